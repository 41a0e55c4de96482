"""What a line needs of whoever listens at its other end."""

import asyncio
from typing import Any, Protocol


class Listener(Protocol):
    """Hears one client. Frames are heard one after the other."""

    def hear(self, frame: str | bytes) -> asyncio.Future[Any] | None:
        """Hears a frame. None when it is dealt with, else what is done once it is. Never raises."""
        ...

    def server_ends(self) -> None:
        """The server wants to end, and waits: sees to it that the line is closed, within seconds."""
        ...

    def hung_up(self) -> None:
        """The client is gone."""
        ...
