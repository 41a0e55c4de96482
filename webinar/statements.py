"""Statements that are put into a database's words once, and handed to its driver as they are from then on.

For those that come with every chat message and everybody who comes in. What SQLAlchemy does for each execution (finding
the words again, the keys of the rows, an object for each) takes longer than the statement itself, and longest when other
work came between.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Delete,
    Dialect,
    Insert,
    Select,
    Update,
    Uuid,
    bindparam,
)
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

KNOWN_IDS = 16_384  # kept at hand

Made = Select[Any] | Insert | Update | Delete
Convert = Callable[[Any], Any] | None
# Gives the places of a list, called `name` and compared with `column`.
Places = Callable[[str, ColumnElement[Any]], list[BindParameter[Any]]]


class Statement:
    """One of SQLAlchemy's Core, on whichever database a connection leads to. An expanding IN has no words of its own."""

    __slots__ = ("_made", "_worded")

    def __init__(self, made: Made) -> None:
        self._made = made
        self._worded: dict[str, Worded] = {}

    def rows(self, db: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Carries it out; gives the rows, each as the values of its columns. Raises as `Connection.execute`."""
        worded = self.in_words_of(db.dialect)
        with _cursor(db, worded.words) as cursor:
            cursor.execute(worded.words, worded.values(values))
            return [worded.row(row) for row in cursor.fetchall()]

    def carry_out(self, db: Connection, many: Sequence[Mapping[str, Any]]) -> None:
        """Carries it out once for each of `many`. Raises as `Connection.execute`."""
        worded = self.in_words_of(db.dialect)
        with _cursor(db, worded.words) as cursor:
            cursor.executemany(worded.words, [worded.values(values) for values in many])

    def in_words_of(self, dialect: Dialect) -> "Worded":
        """In that database's words."""
        if (worded := self._worded.get(dialect.name)) is None:
            worded = self._worded[dialect.name] = _put_in_words(self._made, dialect)
        return worded


class Listing:
    """A statement with lists of values. `make` is called with what gives the places of a list in an IN.

    A list has as many places as the next power of two, so that there are few statements; its last value fills them up.
    """

    __slots__ = ("_make", "_sized")

    def __init__(self, make: Callable[[Places], Made]) -> None:
        self._make = make
        self._sized: dict[int, Statement] = {}

    def rows(
        self, db: Connection, lists: Mapping[str, Sequence[Any]], values: Mapping[str, Any] | None = None
    ) -> list[tuple[Any, ...]]:
        """As `Statement.rows`; a list that holds nothing finds nothing, and then the statement is not carried out."""
        if not all(lists.values()):
            return []
        size = 1 << (max(map(len, lists.values())) - 1).bit_length()
        placed = {
            f"{name}_{place}": listed[min(place, len(listed) - 1)]
            for name, listed in lists.items()
            for place in range(size)
        }
        return self.statement(size).rows(db, {**placed, **(values or {})})

    def statement(self, size: int) -> Statement:
        """The one whose lists have so many places."""
        if (found := self._sized.get(size)) is None:
            found = self._sized[size] = Statement(self._make(partial(_places, size)))
        return found


def _places(size: int, name: str, column: ColumnElement[Any]) -> list[BindParameter[Any]]:
    return [bindparam(f"{name}_{place}", type_=column.type) for place in range(size)]


@dataclass(frozen=True, slots=True)
class Worded:
    """A statement in one database's words: what it takes, in the driver's order, and what its rows' values become."""

    words: str
    takes: list[tuple[str, Any, Convert]]
    gives: list[Convert]

    def values(self, given: Mapping[str, Any]) -> tuple[Any, ...]:
        """For the driver: what is given, and the statement's own where nothing is."""
        values = [(convert, given.get(name, own)) for name, own, convert in self.takes]
        return tuple([convert(value) if convert else value for convert, value in values])

    def row(self, found: Iterable[Any]) -> tuple[Any, ...]:
        """A row of the driver's as the tables' types have it."""
        return tuple(
            [convert(value) if convert else value for convert, value in zip(self.gives, found, strict=True)]
        )


def tell(db: Connection, words: str) -> None:
    """Has the driver carry out `words`. Raises as `Connection.execute`."""
    with _cursor(db, words) as cursor:
        cursor.execute(words)


def _put_in_words(made: Made, dialect: Dialect) -> Worded:
    compiled = made.compile(dialect=dialect)
    own = compiled.params
    takes: list[tuple[str, Any, Convert]] = [
        (name, own.get(name), compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
        for name in compiled.positiontup or ()
    ]
    gives = [_conversion(column.type.dialect_impl(dialect), dialect) for column in made.exported_columns]
    return Worded(compiled.string, takes, gives)


def _conversion(kind: TypeEngine[Any], dialect: Dialect) -> Convert:
    """What makes a value of that type of what the driver gives."""
    convert: Convert = kind.result_processor(dialect, None)
    return _known_uuid if isinstance(kind, Uuid) and convert is not None else convert


@lru_cache(KNOWN_IDS)
def _known_uuid(words: str | None) -> UUID | None:
    """The id that stands in a row as text: each made once, for most come again, a webinar's with everybody in it."""
    return None if words is None else UUID(words)


@contextmanager
def _cursor(db: Connection, words: str) -> Iterator[DBAPICursor]:
    """The driver's own, for one statement; its errors become SQLAlchemy's, and a connection that is gone is dropped."""
    with closing(db.connection.cursor()) as cursor:
        try:
            yield cursor
        except db.dialect.loaded_dbapi.Error as error:
            gone = db.dialect.is_disconnect(error, db.connection.dbapi_connection, cursor)
            if gone:
                db.invalidate(error)
            raise DBAPIError.instance(
                words,
                None,
                error,
                db.dialect.loaded_dbapi.Error,
                hide_parameters=True,
                connection_invalidated=gone,
                dialect=db.dialect,
            ) from error
