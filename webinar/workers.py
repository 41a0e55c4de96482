"""Several processes behind one port: instances that share a machine, a database and Redis like any others.

uvicorn's own supervisor starts them, looks after them, and replaces them one by one on SIGHUP.
"""

from collections.abc import Callable
from functools import partial
from socket import socket

from starlette.applications import Starlette
from uvicorn import Config
from uvicorn.supervisors import Multiprocess

from webinar.app import create_app
from webinar.logs import configure_logs
from webinar.server import server_config
from webinar.settings import Settings

# Seconds without an answer after which a worker is replaced: a busy machine takes its time to start one.
STARTING = 30


def missing_for_workers(settings: Settings) -> list[str]:
    """The settings that several processes need and that are not set: SQLite has one writer, and they must hear each other."""
    missing = [] if settings.database.startswith("postgresql") else ["PostgreSQL (WEBINAR_DATABASE_URL)"]
    return missing if settings.redis_url else [*missing, "Redis (WEBINAR_REDIS_URL)"]


def serve_workers(settings: Settings, listener: socket, workers: int, ready: Callable[[], None]) -> None:
    """Serves in so many processes until told to stop; calls `ready` once all of them answer requests."""
    config = server_config(
        partial(create_worker, settings),
        factory=True,
        workers=workers,
        timeout_worker_healthcheck=STARTING,
    )
    _Supervisor(config, listener, ready).run()


def create_worker(settings: Settings) -> Starlette:
    """One worker's application. The figures of all are read through whichever is asked."""
    configure_logs(settings.log_format)
    return create_app(settings, figures=settings.data_dir / "figures")


class _Supervisor(Multiprocess):
    def __init__(self, config: Config, listener: socket, ready: Callable[[], None]) -> None:
        super().__init__(config, [listener])
        self._ready: Callable[[], None] | None = ready

    def keep_subprocess_alive(self) -> None:
        super().keep_subprocess_alive()
        if self._ready is not None and all(process.is_ready() for process in self.processes):
            self._ready()
            self._ready = None
