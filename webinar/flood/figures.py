"""What a flood came to, and how it is told."""

import statistics
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Figures:
    """Counted while it runs. Latencies are in seconds; `cuts` are connections that had to come back."""

    viewers: int
    joined: int = 0
    cuts: int = 0
    said: int = 0
    heard: int = 0
    missed: int = 0
    doubled: int = 0
    seconds: float = 0.0
    joins: list[float] = field(default_factory=list)
    acks: list[float] = field(default_factory=list)
    deliveries: list[float] = field(default_factory=list)
    closes: Counter[str] = field(default_factory=Counter)

    @property
    def sound(self) -> bool:
        """Whether everybody came in and heard everything once."""
        return self.joined == self.viewers and not (self.missed or self.doubled or self.closes)

    def summary(self) -> str:
        """For people: a line for each thing that was measured, and the verdict."""
        rate = self.heard / max(self.seconds, 0.001)
        lines = [
            f"{self.joined:,} of {self.viewers:,} viewers joined{_spread(self.joins)}",
            f"{self.said:,} messages acknowledged{_spread(self.acks)}",
            f"{self.heard:,} deliveries, {rate:,.0f} a second{_spread(self.deliveries)}",
            f"{self.missed:,} missed, {self.doubled:,} doubled, {self.cuts:,} connections cut and resumed",
        ]
        lines += [f"{count:,} shut out: {why}" for why, count in self.closes.most_common()]
        lines.append("Everybody heard everything, once." if self.sound else "Not everybody heard everything.")
        return "\n".join(f"  {line}" for line in lines)


def _spread(seconds: list[float]) -> str:
    """Median, 99th percentile and longest, in milliseconds."""
    if len(seconds) < 2:
        return ""
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    p50, p99, longest = (1000 * value for value in (cuts[49], cuts[98], max(seconds)))
    return f"; p50 {p50:,.0f} ms, p99 {p99:,.0f} ms, longest {longest:,.0f} ms"
