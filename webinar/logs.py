"""Structured logs, of our own and of every library, without anything that a person typed (G14, ASVS 5 16.2.5).

An exception's message may quote a value (a unique key that was taken, an address that did not parse), so of an
exception only its type and the places it passed are written.
"""

import logging
import sys
from traceback import walk_tb
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

# These say more than our own access log and quote addresses, or tell at every start that nothing had to be done.
SILENCED = ("alembic", "uvicorn.access", "httpx", "httpcore", "aiosqlite", "multipart", "python_multipart")
INNERMOST = 4


def configure_logs(style: str, stream: TextIO = sys.stderr) -> None:
    """Sends every log line of this process to `stream`: `json` one object a line, or `console` for people."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        describe_exception,
    ]
    renderer: Processor = (
        structlog.processors.JSONRenderer()
        if style == "json"
        else structlog.dev.ConsoleRenderer(colors=stream.isatty())
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
            keep_exc_info=False,
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in SILENCED:
        logging.getLogger(name).setLevel(logging.WARNING)


def describe_exception(_: Any, __: str, event: EventDict) -> EventDict:
    """Replaces an exception by its type and the places it passed."""
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    error = found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event.update(described(error))
    return event


def described(error: BaseException) -> dict[str, Any]:
    """What may be logged of `error`: its type, the places it passed, and the same of its cause."""
    facts: dict[str, Any] = {"error": _name(error), "places": _places(error.__traceback__)}
    if cause := error.__cause__ or error.__context__:
        facts |= {"cause": _name(cause), "cause_places": _places(cause.__traceback__)}
    return facts


def _name(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _places(traceback: TracebackType | None) -> list[str]:
    """The places a traceback passed, `module:line function`, outermost first: all of ours and the innermost ones."""
    frames = [
        (frame.f_globals.get("__name__", "?"), line, frame.f_code.co_name)
        for frame, line in walk_tb(traceback)
    ]
    told = [frame for frame in frames[:-INNERMOST] if frame[0].startswith("webinar.")] + frames[-INNERMOST:]
    return [f"{module}:{line} {function}" for module, line, function in told]
