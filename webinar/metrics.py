"""What an installation tells Prometheus about itself: numbers, with no label that could name a person or a webinar.

Each process counts for itself and is a target of its own; `deploy/prometheus/alerts.yml` says what deserves a look.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    Metric,
    generate_latest,
    write_to_textfile,
)
from prometheus_client.parser import text_string_to_metric_families

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
LOOK = 0.5  # seconds between two looks at the event loop
SHARED_EVERY = 2.0  # seconds between two writings of what another worker may be asked for
MOMENTS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
SIZES = (1, 2, 4, 8, 16, 32, 64, 128)


class Metrics:
    """One process's figures. The parts of the house count on what they are given of it; create one per process.

    Workers that share a port write theirs into the folder `shared`, so that whoever is asked can answer for all:
    then each sample has the label `worker`, the number of its process. Others' figures are SHARED_EVERY old at most.
    """

    def __init__(self, shared: Path | None = None) -> None:
        self._registry = CollectorRegistry()
        self._shared = shared
        self.deliveries = self._counter("deliveries", "Events told, times the connections in their room.")
        self.closes = self._counter("closes", "Connections that the server closed, by close code.", "code")
        self.commands_failed = self._counter(
            "commands_failed", "Commands and pages of the chat that the database did not take or give."
        )
        self.delivery_lag = self._histogram(
            "delivery_lag_seconds",
            "From the news that something was committed until everybody in one audience was written to.",
        )
        self.commit_batch = Histogram(
            "webinar_commit_batch_commands",
            "Commands that one commit made durable.",
            buckets=SIZES,
            registry=self._registry,
        )
        self.broker_lag = self._histogram(
            "broker_lag_seconds", "From publishing a notice to hearing it back from the broker."
        )
        self.loop_delay = self._histogram(
            "event_loop_delay_seconds", "How late the event loop ran what was due."
        )

    def watch(self, name: str, meaning: str, read: Callable[[], float]) -> None:
        """Has `read` asked for the gauge `webinar_{name}` whenever somebody looks."""
        Gauge(f"webinar_{name}", meaning, registry=self._registry).set_function(read)

    def render(self) -> bytes:
        """Everything, as Prometheus reads it."""
        if self._shared is None:
            return generate_latest(self._registry)
        self._write(self._shared)
        together = CollectorRegistry()
        together.register(_Workers(self._shared))
        return generate_latest(together)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Watches the event loop, and shares what it counts, as long as the block runs."""
        tasks = [asyncio.create_task(self._watch_loop())]
        if self._shared is not None:
            tasks.append(asyncio.create_task(self._share(self._shared)))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            if self._shared is not None:
                forget_worker(self._shared, os.getpid())

    async def _share(self, folder: Path) -> None:
        while True:
            self._write(folder)
            await asyncio.sleep(SHARED_EVERY)

    def _write(self, folder: Path) -> None:
        write_to_textfile(str(_file(folder, os.getpid())), self._registry)

    async def _watch_loop(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due = loop.time() + LOOK
            await asyncio.sleep(LOOK)
            self.loop_delay.observe(max(0.0, loop.time() - due))

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(f"webinar_{name}", meaning, labels, registry=self._registry)

    def _histogram(self, name: str, meaning: str) -> Histogram:
        return Histogram(f"webinar_{name}", meaning, buckets=MOMENTS, registry=self._registry)


class _Workers:
    """Everything that the workers of one port have written, each sample with its worker."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def collect(self) -> Iterator[Metric]:
        """One family for each name, as Prometheus wants it."""
        families: dict[str, Metric] = {}
        for worker, text in self._read():
            for family in text_string_to_metric_families(text):
                whole = families.setdefault(
                    family.name, Metric(family.name, family.documentation, family.type)
                )
                for sample in family.samples:
                    whole.samples.append(sample._replace(labels={**sample.labels, "worker": worker}))
        yield from families.values()

    def _read(self) -> Iterator[tuple[str, str]]:
        for path in sorted(self._folder.glob("*.prom")):
            with suppress(FileNotFoundError):  # its worker has ended since
                yield path.stem, path.read_text(encoding="utf-8")


def forget_worker(folder: Path, pid: int) -> None:
    """Takes the figures of a worker that has ended out of those that are shared."""
    _file(folder, pid).unlink(missing_ok=True)


def _file(folder: Path, pid: int) -> Path:
    return folder / f"{pid}.prom"
