"""Whether the time of the answer tells if an address is registered already: known and unknown addresses, mixed.

One by one and one core serving. The figure is the area under the ROC curve of guessing "known" by the time:
0.5 is a guess, 1 is certainty (it never matters on which side of 0.5 it lies, so the larger side is printed).
"""

import asyncio
import random
import statistics
import tempfile
import time
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from pathlib import Path

from benchmarks.harness import read_answer, server, table
from benchmarks.registrations import prepare, submission

REQUESTS = 2000


async def main() -> None:
    """Registers half of the addresses, then asks for all of them in random order."""
    with tempfile.TemporaryDirectory() as folder:
        sample = await prepare(Path(folder))
        async with server("benchmarks.registrations:product", Path(folder)) as port:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)

            async def send(email: str) -> float:
                sent = time.perf_counter()
                writer.write(submission(port, sample, email))
                status = await read_answer(reader)
                assert status == 303, status
                return (time.perf_counter() - sent) * 1000

            # Each known address is asked for once, so that nobody has too many pages waiting.
            known = [f"known-{number}@example.com" for number in range(REQUESTS // 2)]
            unknown = [f"unknown-{number}@example.com" for number in range(REQUESTS // 2)]
            for email in known:
                await send(email)
            mixed = random.sample(known + unknown, REQUESTS)
            times = {email: await send(email) for email in mixed}
            writer.close()
    _print([times[email] for email in known], [times[email] for email in unknown])


def area_under_curve(known: Sequence[float], unknown: Sequence[float]) -> float:
    """The chance that a known address takes longer than an unknown one, ties counting half."""
    others = sorted(unknown)
    wins = sum(bisect_left(others, each) + bisect_right(others, each) for each in known)
    return wins / 2 / (len(known) * len(unknown))


def _print(known: Sequence[float], unknown: Sequence[float]) -> None:
    area = area_under_curve(known, unknown)
    rows: list[list[object]] = [["", "answers", "median ms", "mean ms"]]
    rows += [
        [name, len(times), statistics.median(times), statistics.mean(times)]
        for name, times in (("known address", known), ("unknown address", unknown))
    ]
    table(rows, f"Area under the curve: {max(area, 1 - area):.3f}. Wanted: below 0.55; 0.5 tells nothing.")
