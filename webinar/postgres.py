"""PostgreSQL's side of the database: an engine that waits for nobody for ever, and what only its dialect says."""

from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

# A server that stands still, or a line that swallows everything, ends no connection: what is asked there waits for
# hours. Below the minute that proxies give an answer, so that people get one from here.
PATIENCE = 30.0  # seconds
CONNECTS_WITHIN = 10.0  # seconds
# What may take long on a large database and works in the background.
LONG_WORK = 6 * 3600.0  # seconds
# An instance whose machine vanished holds the rows it was changing, and with them its rooms everywhere, until the server
# gives it up: hours without this.
IDLE_FACTOR = 2


def postgres_engine(url: URL, *, size: int, patience: float = PATIENCE) -> AsyncEngine:
    """An engine whose every statement is answered within `patience` seconds or fails with TimeoutError."""
    engine = create_async_engine(
        url,
        pool_size=size,
        max_overflow=size,
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"timeout": min(patience, CONNECTS_WITHIN), "command_timeout": patience},
    )
    idle = round(patience * IDLE_FACTOR * 1000)

    @event.listens_for(engine.sync_engine, "connect")
    def limit_idling(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        # For the session, not for a transaction; and no startup parameter, which poolers refuse.
        cursor.execute(f"SET idle_in_transaction_session_timeout = {idle}")
        cursor.close()
        connection.commit()

    @event.listens_for(engine.sync_engine, "handle_error")
    def give_up(context: ExceptionContext) -> None:
        # Otherwise a rollback would be sent after it, and wait as long again. All others of the pool are made anew too.
        if isinstance(context.original_exception, TimeoutError):
            context.is_disconnect = True

    return engine
