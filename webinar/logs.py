"""Structured logs, of our own and of every library, without anything that a person typed (G14, ASVS 5 16.2.5).

An exception's message may quote a value (a unique key that was taken, an address that did not parse), so of an
exception only its type, the engine's own code and the places it passed are written.
"""

import errno
import logging
import re
import sys
from traceback import walk_tb
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor

# These say more than our own access log and quote addresses, or tell at every start that nothing had to be done.
SILENCED = ("alembic", "uvicorn.access", "httpx", "httpcore", "aiosqlite", "multipart", "python_multipart")
INNERMOST = 4
# What SQLite calls it, and the five signs of SQL's standard by which PostgreSQL does.
ENGINES_CODE = re.compile(r"SQLITE_[A-Z0-9_]+|[0-9A-Z]{5}", re.ASCII)


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
    """Replaces an exception by what may be logged of it."""
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    error = found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event.update(described(error))
    return event


def described(error: BaseException) -> dict[str, Any]:
    """What may be logged of `error`: its type and code, the places it passed, and the same of its cause."""
    facts: dict[str, Any] = {"error": _name(error), "places": _places(error.__traceback__)}
    if code := code_of(error):
        facts["code"] = code
    if cause := error.__cause__ or error.__context__:
        facts |= {"cause": _name(cause), "cause_places": _places(cause.__traceback__)}
    return facts


def brief(error: BaseException) -> dict[str, str]:
    """The type and code of an error that is no surprise: where it happened is known."""
    code = code_of(error)
    return {"error": type(error).__name__, **({"code": code} if code else {})}


def code_of(error: BaseException) -> str:
    """What the database or the system calls it, like `SQLITE_FULL`, `53100` or `ENOSPC`: fixed words, never a message.

    Of the error itself, of what the driver raised before it was wrapped, or of its cause; empty without any.
    """
    cause = error.__cause__ or error.__context__
    for each in (error, getattr(error, "orig", None), cause, getattr(cause, "orig", None)):
        named = getattr(each, "sqlite_errorname", None) or getattr(each, "sqlstate", None)
        if isinstance(named, str) and ENGINES_CODE.fullmatch(named):
            return named
        if isinstance(each, OSError) and (named := errno.errorcode.get(each.errno or 0)):
            return named
    return ""


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
