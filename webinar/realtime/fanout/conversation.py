"""What a line needs of whoever listens at its other end."""

from typing import Protocol


class Listener(Protocol):
    """Hears one client. Frames are heard one after the other."""

    async def hear(self, frame: str | bytes) -> None:
        """Hears a frame, and has dealt with it on return. Never raises."""
        ...

    def server_ends(self) -> None:
        """The server wants to end, and waits: sees to it that the line is closed, within seconds."""
        ...

    def hung_up(self) -> None:
        """The client is gone."""
        ...
