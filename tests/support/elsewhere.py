"""Another machine whose network can fall silent: a network of its own, for programs that run in it.

It is tied to nothing: a line between it and this machine's own network would be news to the browsers of other tests,
which then give up whatever they are loading.
"""

import ctypes
import os
import socket
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.tools import NETWORK
from webinar.server import listen

CLONE_NEWNET = 0x40000000  # <sched.h>


@dataclass(frozen=True)
class Elsewhere:
    """A network namespace of the kernel's, where this process can listen too."""

    program: str
    name: str

    @property
    def prefix(self) -> tuple[str, ...]:
        """What a command begins with that is to run there."""
        return (self.program, "netns", "exec", self.name)

    def listen(self, port: int) -> socket.socket:
        """A listening socket there: what comes in by it never touches another network."""
        with ThreadPoolExecutor(1) as thread:  # the one that goes there stays there, and ends
            return thread.submit(self._listen, port).result()

    def fall_silent(self) -> None:
        """Nothing arrives any more, in either direction: not even the kernel's word that something did."""
        self.tell("-n", self.name, "link", "set", "lo", "down")

    def tell(self, *words: str) -> None:
        """Has the kernel change something about networks."""
        subprocess.run((self.program, *words), check=True, capture_output=True)

    def _listen(self, port: int) -> socket.socket:
        with Path("/run/netns", self.name).open("rb") as place:
            if ctypes.CDLL(None, use_errno=True).setns(place.fileno(), CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "setns")
        return listen("127.0.0.1", port)


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    """A network that is there for one test."""
    program = NETWORK.find()
    assert program
    found = Elsewhere(program, f"webinar-{os.getpid()}")
    found.tell("netns", "add", found.name)
    try:
        found.tell("-n", found.name, "link", "set", "lo", "up")
        yield found
    finally:
        found.tell("netns", "del", found.name)
