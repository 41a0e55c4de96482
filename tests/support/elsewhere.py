"""Another machine, at the end of a line that can fall silent: a network of its own, for programs that run in it."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network

import pytest

from tests.support.redis import RedisServer
from tests.support.tools import NETWORK, REDIS

# Each process of tests has a piece of its own, of four addresses.
PIECES = list(IPv4Network("10.203.0.0/16").subnets(new_prefix=30))


@dataclass(frozen=True)
class Elsewhere:
    """A network namespace of the kernel's. `here` is this machine's address as seen from there, `there` its own."""

    program: str
    name: str
    here: str
    there: str

    @property
    def prefix(self) -> tuple[str, ...]:
        """What a command begins with that is to run there."""
        return (self.program, "netns", "exec", self.name)

    def fall_silent(self) -> None:
        """Nothing comes from there any more, not even the kernel's word that something arrived."""
        self.tell("-n", self.name, "route", "add", "blackhole", self.here)

    def speak_again(self) -> None:
        """Everything arrives again."""
        self.tell("-n", self.name, "route", "del", "blackhole", self.here)

    def tell(self, *words: str) -> None:
        """Has the kernel change something about networks."""
        subprocess.run((self.program, *words), check=True, capture_output=True)


@pytest.fixture
def elsewhere() -> Iterator[Elsewhere]:
    """A network that is there for one test."""
    program = NETWORK.find()
    assert program
    here, there = map(str, PIECES[os.getpid() % len(PIECES)].hosts())
    found = Elsewhere(program, f"webinar-{os.getpid()}", here, there)
    end, far_end = f"w{os.getpid()}a", f"w{os.getpid()}b"
    found.tell("netns", "add", found.name)
    found.tell("link", "add", end, "type", "veth", "peer", "name", far_end, "netns", found.name)
    try:
        found.tell("address", "add", f"{here}/30", "dev", end)
        found.tell("link", "set", end, "up")
        found.tell("-n", found.name, "address", "add", f"{there}/30", "dev", far_end)
        found.tell("-n", found.name, "link", "set", far_end, "up")
        yield found
    finally:
        # A namespace takes its ends of lines along, but in its own time.
        found.tell("link", "del", end)
        found.tell("netns", "del", found.name)


@pytest.fixture
def redis_elsewhere(elsewhere: Elsewhere) -> Iterator[RedisServer]:
    """A server that runs there."""
    program = REDIS.find()
    assert program
    server = RedisServer(*elsewhere.prefix, program, address=elsewhere.there)
    server.start()
    yield server
    server.stop()
