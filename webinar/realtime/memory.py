"""The embedded broker: instances in one process. With one instance there is nobody to tell."""

import asyncio
from collections.abc import Callable

from webinar.realtime.notices import AnyNotice


class MemoryBus:
    """What the brokers of one process share."""

    def __init__(self) -> None:
        self.members: set[MemoryBroker] = set()


class MemoryBroker:
    """Delivers to every other broker on the same bus, in the next turn of the loop."""

    connected = True
    loses = False

    def __init__(self, bus: MemoryBus | None = None) -> None:
        self._bus = bus or MemoryBus()
        self._deliver: Callable[[AnyNotice], None] = _nowhere

    def start(self, deliver: Callable[[AnyNotice], None], missed: Callable[[], None]) -> None:
        """Begins to deliver. Nothing is ever missed here."""
        self._deliver = deliver
        self._bus.members.add(self)

    def publish(self, notice: AnyNotice) -> None:
        """Tells the others on the bus."""
        loop = asyncio.get_running_loop()
        for member in self._bus.members - {self}:
            loop.call_soon(member._deliver, notice)

    async def close(self) -> None:
        """Leaves the bus."""
        self._bus.members.discard(self)


def _nowhere(_: AnyNotice) -> None:
    pass
