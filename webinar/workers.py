"""Several processes behind one port: instances that share a machine, a database and Redis like any others.

uvicorn's own supervisor starts them and replaces them one by one on SIGHUP. What it leaves open is decided here:
a worker that dies is replaced, one that cannot even begin ends them all, and none outlives the supervisor.
"""

import multiprocessing
import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from socket import socket

import structlog
from starlette.applications import Starlette
from uvicorn import Config, Server
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess
from uvicorn.supervisors.multiprocess import Process

from webinar.app import app_to_serve
from webinar.errors import Unavailable
from webinar.logs import configure_logs
from webinar.metrics import forget_worker
from webinar.server import GRACE_SECONDS, ReadyServer, server_config
from webinar.settings import Settings

log = structlog.get_logger(__name__)
# Seconds without an answer after which a worker is replaced: a busy machine takes its time to start one.
STANDSTILL = 30
# Seconds for all of them to end: open requests first, then what runs in the background.
ENDING = 2 * GRACE_SECONDS


def missing_for_workers(settings: Settings) -> list[str]:
    """The settings that several processes need and that are not set.

    PostgreSQL, because an erasure scrubs SQLite's files only while no other process reads them, and its one writer
    would be fought over; Redis, because they must hear each other.
    """
    missing = [] if settings.database.startswith("postgresql") else ["PostgreSQL (WEBINAR_DATABASE_URL)"]
    return missing if settings.redis_url else [*missing, "Redis (WEBINAR_REDIS_URL)"]


def serve_workers(settings: Settings, listener: socket, workers: int, ready: Callable[[], None]) -> None:
    """Serves in so many processes until told to stop; calls `ready` once all of them answer requests.

    Raises Unavailable when one of them cannot begin; why stands in its log.
    """
    with tempfile.TemporaryDirectory(prefix="webinar-figures-") as figures:
        config = server_config(
            partial(create_worker, settings, Path(figures)),
            factory=True,
            workers=workers,
            timeout_worker_healthcheck=STANDSTILL,
        )
        supervisor = _Supervisor(config, listener, Path(figures), ready)
        supervisor.run()
    if supervisor.failed:
        raise Unavailable("A worker could not begin, so all have ended.")


def create_worker(settings: Settings, figures: Path) -> Starlette:
    """One worker's application. The figures of all, in a folder of this machine, are read through whichever is asked."""
    configure_logs(settings.log_format)
    if supervisor := multiprocessing.parent_process():
        threading.Thread(target=_end_with, args=(supervisor,), daemon=True).start()
    return app_to_serve(settings, figures=figures)


def _end_with(supervisor: BaseProcess) -> None:
    """Nobody would replace or stop a worker that is left alone, and it would hold on to the port."""
    wait([supervisor.sentinel])
    os.kill(os.getpid(), signal.SIGTERM)


class _Worker(Process):
    @property
    def server(self) -> Server:
        """What serves in the worker; made there."""
        if self._server is None:
            self._server = ReadyServer(self.config)
        return self._server


class _Supervisor(Multiprocess):
    def __init__(self, config: Config, listener: socket, figures: Path, ready: Callable[[], None]) -> None:
        super().__init__(config, [listener])
        self.failed = False
        self._figures = figures
        self._ready: Callable[[], None] | None = ready

    def init_processes(self) -> None:
        self.processes = [self._begin() for _ in range(self.processes_num)]

    def keep_subprocess_alive(self) -> None:
        for place, process in enumerate(self.processes):
            if process.is_alive(timeout=STANDSTILL):
                continue
            self._bury(process)
            if process.exitcode == STARTUP_FAILURE and self._ready is not None:
                log.error("worker_failed_to_start")
                self.failed = True
                self.should_exit.set()
                return
            log.warning("worker_replaced", pid=process.pid, exit_code=process.exitcode)
            self.processes[place] = self._begin()
        if self._ready is not None and all(process.is_ready() for process in self.processes):
            self._ready()
            self._ready = None

    def join_all(self) -> None:
        """Waits for all; whoever stands still is not waited for any longer."""
        until = time.monotonic() + ENDING
        for process in self.processes:
            process.process.join(max(0.0, until - time.monotonic()))
            self._bury(process)

    def _begin(self) -> Process:
        process = _Worker(self.config, self.sockets)
        process.start()
        # The worker has its own. With this one open nobody would hear that the worker is gone while it is asked.
        process.child_conn.close()
        return process

    def _bury(self, process: Process) -> None:
        process.kill()
        process.join()
        if process.pid is not None:
            forget_worker(self._figures, process.pid)
