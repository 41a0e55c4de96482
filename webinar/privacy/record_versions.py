"""The record of processing as it was: a version is kept whenever something changed, and versions can be compared."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.db import one_at_a_time
from webinar.errors import NotFound
from webinar.models import Account, ProcessingVersion
from webinar.privacy.processing_record import ProcessingRecord, read_processing_record, record_as_facts
from webinar.privacy.processor import Processor

# By what an entry of a list is known, so that another order is no change.
NAMES = ("purpose", "webinar", "name", "field")
Place = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. An empty `before` is an addition, an empty `after` a removal."""

    place: str
    before: str
    after: str


async def keep_version(
    db: AsyncSession, account: Account, processor: Processor, now: datetime
) -> ProcessingVersion | None:
    """Keeps the record as it is now, if it differs from the newest version; gives the version that was added."""
    await one_at_a_time(db, "record versions")
    facts = plain_facts(await read_processing_record(db, account, processor))
    sha256 = hashlib.sha256(msgspec.json.encode(facts, order="sorted")).digest()
    newest = await newest_version(db, account.id)
    if newest is not None and newest.sha256 == sha256:
        return None
    number = newest.number + 1 if newest else 1
    version = ProcessingVersion(account_id=account.id, number=number, made_at=now, facts=facts, sha256=sha256)
    db.add(version)
    await db.flush()
    return version


async def keep_versions(db: AsyncSession, processor: Processor, now: datetime) -> int:
    """Keeps the records of all accounts; gives the number of those that changed."""
    kept = 0
    for account in (await db.exec(select(Account).order_by(col(Account.id)))).all():
        kept += await keep_version(db, account, processor, now) is not None
    return kept


async def newest_version(db: AsyncSession, account_id: UUID) -> ProcessingVersion | None:
    """The account's newest version."""
    return next(iter(await list_versions(db, account_id, limit=1)), None)


async def list_versions(
    db: AsyncSession, account_id: UUID, *, limit: int = 100
) -> Sequence[ProcessingVersion]:
    """The account's versions, newest first."""
    versions = select(ProcessingVersion).where(col(ProcessingVersion.account_id) == account_id)
    return (await db.exec(versions.order_by(col(ProcessingVersion.number).desc()).limit(limit))).all()


async def get_version(
    db: AsyncSession, account_id: UUID, number: int
) -> tuple[ProcessingVersion, list[Change]]:
    """One version with what changed since the one before it; raises NotFound."""
    rows = select(ProcessingVersion).where(
        col(ProcessingVersion.account_id) == account_id,
        col(ProcessingVersion.number).in_([number - 1, number]),
    )
    found = {version.number: version for version in (await db.exec(rows)).all()}
    if number not in found:
        raise NotFound
    before = found.get(number - 1)
    return found[number], changes(before.facts if before else {}, found[number].facts)


def plain_facts(record: ProcessingRecord) -> dict[str, Any]:
    """The record as JSON holds it."""
    facts: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(record_as_facts(record)))
    return facts


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What differs between two records, in the order of their parts. What came or went as a whole is one change."""
    old, new = dict(_flat(before)), dict(_flat(after))
    _gather(old, new)
    _gather(new, old)
    places = [*new, *(place for place in old if place not in new)]
    return [
        Change(" › ".join(place), old.get(place, ""), new.get(place, ""))
        for place in places
        if old.get(place, "") != new.get(place, "")
    ]


def _gather(facts: dict[Place, str], others: Mapping[Place, str]) -> None:
    """Puts all that is told of an entry which the others don't have into one text, a line for each part of it."""
    there = {place[:depth] for place in others for depth in range(1, len(place) + 1)}
    parts: dict[Place, dict[Place, list[str]]] = {}
    for place in list(facts):
        entry = next((place[:depth] for depth in range(2, len(place)) if place[:depth] not in there), None)
        if entry is not None and (value := facts.pop(place)):
            part = parts.setdefault(entry, {}).setdefault(place[len(entry) : -1], [])
            part.append(f"{place[-1]}: {value}")
    for entry, told in parts.items():
        facts[entry] = "\n".join(" › ".join([*part, ", ".join(values)]) for part, values in told.items())


def _flat(value: Any, place: Place = ()) -> Iterator[tuple[Place, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            words = name.replace("_", " ")
            told = inner.replace("_", " ") if name == "kind" else inner
            yield from _flat(told, (*place, f"{words[:1].upper()}{words[1:]}"))
    elif isinstance(value, list) and any(isinstance(entry, dict) for entry in value):
        seen: Counter[str] = Counter()
        for entry in value:
            known_by = next((key for key in NAMES if key in entry), "")
            facts = {key: each for key, each in entry.items() if key != known_by}
            name = str(entry.get(known_by, ""))
            seen[name] += 1
            # A webinar and its copy may bear one name: neither may hide what changed of the other.
            yield from _flat(facts, (*place, name if seen[name] == 1 else f"{name} ({seen[name]})"))
    elif isinstance(value, list):
        yield place, "; ".join(map(str, value))
    elif isinstance(value, bool):
        yield place, "yes" if value else "no"
    else:
        yield place, "" if value is None else str(value)
