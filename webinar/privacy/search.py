"""The search that ends an erasure: for values of what went, in every byte of the stores where they could be left.

One search goes on at a time, for all erasures that wait for one; it rests as long as it works, in small portions, so
that nobody notices it.
"""

import asyncio
import os
import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, String, Table, cast, exists, func, or_
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.sqltypes import AutoString

from webinar.db import Database
from webinar.privacy.inventory import all_tables
from webinar.privacy.leftovers import UUID_IN_NAME
from webinar.privacy.proof.scanner import Findings, Hit, Scanner, Stream
from webinar.privacy.wanted import Value, Wanted

DATABASE, TABLES = "database", "tables"
PORTION = 256 * 1024
# Bytes of one search. What is beyond is said in the receipt.
MOST_OCTETS = 16 * 1024**3
# Values of one search; erasures beyond wait for the next. Making a scanner holds the event loop up: not for too many.
MOST_VALUES, AT_ONCE = 600, 100


@dataclass(frozen=True, slots=True)
class Store:
    """A file, or a folder of files, in which something of a person could be left; `name` is the receipt's word for it."""

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search came to: how many bytes of each store it read, how many it left out, and where something is left.

    `shared` values are also held by somebody who stays, in their own words.
    """

    octets: Mapping[str, int]
    left_out: int
    shared: int
    found_in: Sequence[str]


@dataclass(slots=True, eq=False)
class _Asked:
    """One erasure that waits for a search."""

    wanted: Wanted
    outcome: Searched | None = None


@dataclass(slots=True)
class _Pass:
    """One search for several erasures."""

    asked: Sequence[_Asked]
    scanners: list[Scanner] = field(default_factory=list)
    found: Findings = field(default_factory=Findings)
    octets: Counter[str] = field(default_factory=Counter)
    left_out: int = 0

    def open(self, place: str, *, unwrap: bool) -> list[Stream]:
        """What to feed a place to."""
        return [each.open(place, self.found, unwrap=unwrap, unpack=False) for each in self.scanners]

    async def feed(self, store: str, streams: Sequence[Stream], data: bytes) -> bool:
        """Searches the next bytes of a place, and rests as long; False when they are more than one search reads."""
        if self.octets.total() + len(data) > MOST_OCTETS:
            self.left_out += len(data)
            return False
        self.octets[store] += len(data)
        began = time.perf_counter()
        await asyncio.to_thread(_feed, streams, data)
        await asyncio.sleep(time.perf_counter() - began)
        return True


class Search:
    """Looks for what must be found nowhere."""

    def __init__(self, db: Database, stores: Sequence[Store]) -> None:
        """`stores` are those beside the database."""
        self._db, self._stores = db, stores
        self._waiting: list[_Asked] = []
        self._turn = asyncio.Lock()

    async def look_for(self, wanted: Wanted) -> Searched:
        """Searches all stores. Raises OSError when one can't be read, and SQLAlchemyError."""
        asked = _Asked(wanted)
        self._waiting.append(asked)
        try:
            async with self._turn:
                # Who came while the last search went on is looked for in this one, and finds it done in their turn.
                return asked.outcome or await self._search(asked)
        finally:
            self._waiting.remove(asked)

    async def _search(self, first: _Asked) -> Searched:
        going = _Pass(list(self._together(first)))
        wanted = [(asked, value) for asked in going.asked for value in asked.wanted.values()]
        needles = [asked.wanted.needle(str(number), value) for number, (asked, value) in enumerate(wanted)]
        parts = -(-len(needles) // AT_ONCE)
        # Dealt out like cards: texts, which come last, have the most forms.
        for number in range(parts):
            going.scanners.append(await asyncio.to_thread(Scanner, needles[number::parts]))
        for store in self._stores:
            await self._read_store(going, store)
        await self._read_database(going)
        hits: defaultdict[_Asked, defaultdict[Value, list[Hit]]] = defaultdict(lambda: defaultdict(list))
        for found in going.found.hits:
            asked, value = wanted[int(found.needle)]
            hits[asked][value].append(found)
        explained = await self._said_by_others({hit.content for hit in going.found.hits})
        for asked in going.asked:
            asked.outcome = _outcome(going, asked.wanted, hits[asked], explained)
        return _outcome(going, first.wanted, hits[first], explained)

    def _together(self, first: _Asked) -> Iterator[_Asked]:
        """Those that one search is for: `first`, and who waits, as far as there is room."""
        values = 0
        for asked in (first, *(each for each in self._waiting if each is not first)):
            values += len(asked.wanted)
            if asked is first or (asked.outcome is None and values <= MOST_VALUES):
                yield asked

    async def _read_store(self, going: _Pass, store: Store) -> None:
        going.octets[store.name] += 0
        for path in await asyncio.to_thread(_files, store.path):
            place = f"{store.name}/{path.name}"
            for scanner in going.scanners:
                scanner.open(place, going.found, unpack=False).feed(path.name.encode("utf-8", "replace"))
            await self._read_file(going, store.name, path, place, unwrap=True)

    async def _read_database(self, going: _Pass) -> None:
        if files := self._db.files():
            for path in files:
                await self._read_file(going, DATABASE, path, DATABASE, unwrap=False)
            return
        going.octets[TABLES] += 0
        streams, portion = going.open(TABLES, unwrap=False), bytearray()

        async def take(data: bytes) -> None:
            portion.extend(data)
            if len(portion) >= PORTION:
                await going.feed(TABLES, streams, bytes(portion))
                portion.clear()

        await self._db.read_tables([table.name for table in all_tables()], take)
        await going.feed(TABLES, streams, bytes(portion))

    async def _read_file(self, going: _Pass, store: str, path: Path, place: str, *, unwrap: bool) -> None:
        try:
            content = await asyncio.to_thread(self._db.open_file, path)
        except FileNotFoundError:
            return
        streams = going.open(place, unwrap=unwrap)
        with closing(content):
            while data := await asyncio.to_thread(content.read, PORTION):
                if not await going.feed(store, streams, data):
                    going.left_out += os.fstat(content.fileno()).st_size - content.tell()
                    break

    async def _said_by_others(self, contents: Collection[bytes]) -> set[bytes]:
        """What stands in the same letters in a row that stays, or in the schema: their own words, or ours."""
        texts = {content: text for content in contents if (text := _as_text(content))}
        schema = "".join(await self._db.schema()).lower()
        found = {content for content, text in texts.items() if text in schema}
        rest = [content for content in texts if content not in found]
        for start in range(0, len(rest), AT_ONCE):
            some = rest[start : start + AT_ONCE]
            async with self._db.reading() as db:
                for table in all_tables():
                    found.update(await _said_in(db, table, {content: texts[content] for content in some}))
        return found


def search_facts(wanted: Wanted, found: Searched, *, taken_up: bool) -> dict[str, Any]:
    """What a receipt says of a search that found nothing. `taken_up`: another process ended the erasure, and of
    what the first one saw going only random ids were still known.
    """
    return {
        "found": 0,
        "left_out": found.left_out,
        "octets": dict(found.octets),
        "shared": found.shared,
        "taken_up": taken_up,
        "values": wanted.counts(),
    }


def searched_stores(data_dir: Path, journal: Path) -> list[Store]:
    """Everything beside the database where a value of a person could be left: what is encrypted is not, nor are pictures."""
    names = {"mails": "mail", "exports": "exports", "audit": "audit"}
    return [
        *(Store(name, data_dir / folder) for name, folder in names.items()),
        Store("journal", journal),
    ]


def _outcome(
    going: _Pass, wanted: Wanted, hits: Mapping[Value, Sequence[Hit]], explained: Collection[bytes]
) -> Searched:
    found_in, shared = set(), 0
    for value, places in hits.items():
        left = {
            hit.place.partition("/")[0]
            for hit in places
            # A file that bears the id of a row belongs to somebody who stays, or it would be gone by now.
            if hit.content not in explained and not (wanted.chosen(value) and UUID_IN_NAME.search(hit.place))
        }
        found_in |= left
        shared += not left
    return Searched(dict(going.octets), going.left_out, shared, sorted(found_in))


async def _said_in(db: AsyncSession, table: Table, texts: Mapping[bytes, str]) -> list[bytes]:
    columns = [
        func.lower(cast(column, String))
        for column in table.columns
        if isinstance(column.type, String | AutoString | JSON)
    ]
    if not columns:
        return []
    patterns = [func.lower(_containing(text)) for text in texts.values()]
    asked = [
        exists().select_from(table).where(or_(*(column.like(pattern, escape="!") for column in columns)))
        for pattern in patterns
    ]
    row = (await (await db.connection()).execute(select(*asked))).one()
    return [content for content, there in zip(texts, row, strict=True) if there]


def _feed(streams: Sequence[Stream], data: bytes) -> None:
    for stream in streams:
        stream.feed(data)


def _containing(text: str) -> str:
    for sign in "!%_":
        text = text.replace(sign, f"!{sign}")
    return f"%{text}%"


def _as_text(content: bytes) -> str:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return ""
    return "" if "\0" in text else text


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
