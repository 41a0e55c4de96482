"""A Redis server of the tests' own: one per test process, emptied for every test."""

import signal
import socket
import subprocess
from collections.abc import Iterator

import pytest
import redis

from tests.support.tools import REDIS

READY = "Ready to accept connections"


class RedisServer:
    """A server on a free port of the loopback interface that writes nothing to disk."""

    def __init__(self, program: str) -> None:
        self.program = program

    def start(self) -> None:
        """Return when the server takes connections. A port that was snatched away is tried anew with another."""
        for _ in range(5):
            self.port = free_port()
            if self._listens():
                return
        raise RuntimeError("redis-server doesn't start")

    def restart(self, **options: str) -> None:
        """Kill the server and start it again, empty, at the same address; `options` are of its configuration."""
        self.stop()
        if not self._listens(**options):
            raise RuntimeError("redis-server doesn't start again")

    def tell(self, *commands: str) -> None:
        """Has the server do one thing after the other on one connection; each is words with blanks between."""
        with redis.Redis.from_url(self.url, socket_timeout=30, single_connection_client=True) as client:
            for command in commands:
                client.execute_command(*command.split())

    def sleep(self, seconds: float) -> None:
        """Let the server do nothing else for that long; returns at once."""
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            connection.sendall(f"DEBUG SLEEP {seconds}\r\n".encode())

    def pause(self) -> None:
        """Let the server stand still, as a machine that swaps does: it takes connections and answers nothing."""
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let the server go on."""
        self.process.send_signal(signal.SIGCONT)

    def stop(self) -> None:
        """End the server; what it held is gone."""
        if self.process.returncode is None:
            self.process.kill()
            self.process.communicate()

    def _listens(self, **options: str) -> bool:
        own = {
            "port": self.port,
            "bind": "127.0.0.1",
            "save": "",
            "appendonly": "no",
            "enable-debug-command": "local",
            **options,
        }
        arguments = [part for name, value in own.items() for part in (f"--{name}", str(value))]
        self.process = subprocess.Popen(
            [self.program, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/",
            text=True,
        )
        assert self.process.stdout
        if any(READY in line for line in self.process.stdout):
            return True
        self.process.wait()
        return False

    @property
    def url(self) -> str:
        """Where the server listens."""
        return f"redis://127.0.0.1:{self.port}/0"


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """A running server, shared by the tests of one process."""
    yield from _running()


@pytest.fixture
def own_redis() -> Iterator[RedisServer]:
    """A server that one test may pause and kill."""
    yield from _running()


def _running() -> Iterator[RedisServer]:
    program = REDIS.find()
    assert program
    server = RedisServer(program)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """The URL of an empty Redis."""
    with redis.Redis.from_url(redis_server.url) as client:
        client.flushall()
    return redis_server.url
