"""The servers that are compared. What is not on this machine is fetched from the package registries into `build/`.

Nothing is installed on the system: Debian packages are unpacked, npm packages come without their scripts.
"""

import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.realtime.processes import SERVERS, Running, free_port, running

CACHE = Path(__file__).parents[2] / "build" / "benchmark-peers"


class Missing(Exception):
    """A peer cannot be had here; the text says why."""


@dataclass(frozen=True)
class Peer:
    """A server that relays. `command(port, folder)` may raise Missing."""

    name: str
    command: Callable[[int, Path], list[str]]
    dialect: str = "plain"
    path: str = "/"

    @asynccontextmanager
    async def serving(self, folder: Path) -> AsyncIterator[Running]:
        """Runs it with its files in `folder`."""
        port = free_port()
        async with running(self.command(port, folder), port) as server:
            yield server

    def joining(self, port: int, viewers: int, size: int) -> list[str]:
        """The load client's arguments: one of the viewers is the sender, so that its order is everybody's."""
        wanted = {"dialect": self.dialect, "path": self.path, "port": port, "viewers": viewers, "size": size}
        return [f"{name}={value}" for name, value in wanted.items()]


# Whatever its configuration says, nchan wants /var/lib/nginx: it gets one that nobody else sees.
_OWN_VAR_LIB = (
    *("unshare", "--mount", "--map-root-user", "sh", "-c"),
    'mount -t tmpfs none /var/lib && mkdir /var/lib/nginx && exec "$0" "$@"',
)


def _floor(port: int, folder: Path) -> list[str]:
    return [str(folder.parent / "floor"), str(port)]


def _nchan(port: int, folder: Path) -> list[str]:
    program, module = "usr/sbin/nginx", "usr/lib/nginx/modules/ngx_nchan_module.so"
    root = _debian(program, module, packages=("nginx", "libnginx-mod-nchan"))
    written = _filled("nchan.conf", port, folder, root / module)
    return [*_OWN_VAR_LIB, str(root / program), "-p", str(folder), "-c", written]


def _nats(port: int, folder: Path) -> list[str]:
    program = "usr/sbin/nats-server"
    root = _debian(program, packages=("nats-server",))
    return [str(root / program), "-c", _filled("nats.conf", port, folder)]


def _node(script: str) -> Callable[[int, Path], list[str]]:
    def command(port: int, folder: Path) -> list[str]:
        node = shutil.which("node")
        if node is None:
            raise Missing("there is no node")
        return [node, _beside_modules(script), str(port)]

    return command


def _bun(port: int, folder: Path) -> list[str]:
    script = _beside_modules("bun.js")
    found = next((CACHE / "npm/node_modules/@oven").glob("bun-*/bin/bun"), None)
    if found is None:
        raise Missing("npm has no Bun for this machine")
    found.chmod(0o755)
    return [str(found), script, str(port)]


def _python(script: str) -> Callable[[int, Path], list[str]]:
    return lambda port, folder: [sys.executable, str(SERVERS / script), str(port)]


FLOOR = Peer("floor: C, one send() each", _floor)
NCHAN = Peer("nginx + nchan (C)", _nchan)
NATS = Peer("NATS (Go)", _nats, dialect="nats")
BUN = Peer("Bun (µWebSockets, C++)", _bun)
WS = Peer("ws (Node)", _node("ws.js"))
SOCKETIO = Peer("Socket.IO (Node)", _node("socketio.js"), "socketio", "/socket.io/?EIO=4&transport=websocket")
BROADCAST = Peer("websockets.broadcast", _python("broadcast.py"))
STARLETTE = Peer("Starlette, a plain loop", _python("plain.py"))
PEERS = (FLOOR, NCHAN, NATS, BUN, WS, SOCKETIO, BROADCAST, STARLETTE)


def _filled(name: str, port: int, folder: Path, module: Path | None = None) -> str:
    text = (SERVERS / name).read_text(encoding="utf-8")
    for word, value in {"PORT": port, "FOLDER": folder, "MODULE": module}.items():
        text = text.replace(f"@{word}@", str(value))
    written = folder / name
    written.write_text(text, encoding="utf-8")
    return str(written)


def _debian(*files: str, packages: tuple[str, ...]) -> Path:
    """The folder under which the packages' files are: the system's own, or one they were unpacked into."""
    unpacked = CACHE / "debian"
    for root in (Path("/"), unpacked):
        if all((root / file).exists() for file in files):
            return root
    downloads = CACHE / "downloads"
    downloads.mkdir(parents=True, exist_ok=True)
    for package in packages:
        _run("apt-get", "download", "--quiet", package, cwd=downloads)
        for archive in downloads.glob(f"{package}_*.deb"):
            _run("dpkg-deb", "--extract", str(archive), str(unpacked), cwd=downloads)
    if not all((unpacked / file).exists() for file in files):
        raise Missing(f"{', '.join(packages)} unpacked, but the program is not there")
    return unpacked


def _beside_modules(script: str) -> str:
    """The script, copied to where its npm packages are."""
    folder = CACHE / "npm"
    folder.mkdir(parents=True, exist_ok=True)
    wanted = (SERVERS / "package.json").read_bytes()
    stated = folder / "package.json"
    if not stated.exists() or stated.read_bytes() != wanted:
        stated.write_bytes(wanted)
        try:
            _run("npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", cwd=folder)
        except Missing:
            stated.unlink()
            raise
    return str(shutil.copy(SERVERS / script, folder / script))


def _run(*command: str, cwd: Path) -> None:
    try:
        done = subprocess.run(command, cwd=cwd, check=False, capture_output=True, text=True, timeout=300)
    except (FileNotFoundError, subprocess.TimeoutExpired) as error:
        raise Missing(f"{command[0]}: {error}") from error
    if done.returncode != 0:
        last = (done.stderr.strip() or done.stdout.strip()).splitlines()[-1:]
        raise Missing(f"{' '.join(command[:3])} failed: {' '.join(last)}")
