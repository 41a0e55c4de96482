"""What an installation tells Prometheus about itself: numbers, with no label that could name a person or a webinar.

Each process counts for itself and is a target of its own; `deploy/prometheus/alerts.yml` says what deserves a look.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
LOOK = 0.1  # seconds between two looks at the event loop
MOMENTS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
SIZES = (1, 2, 4, 8, 16, 32, 64, 128)


class Metrics:
    """One process's figures. The parts of the house count on what they are given of it; create one per process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.deliveries = self._counter("deliveries", "Events told, times the connections in their room.")
        self.closes = self._counter("closes", "Connections that the server closed, by close code.", "code")
        self.delivery_lag = self._histogram(
            "delivery_lag_seconds",
            "From the news that something was committed to the hand-over to connections.",
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
        return generate_latest(self._registry)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Watches the event loop as long as the block runs."""
        task = asyncio.create_task(self._watch_loop())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

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
