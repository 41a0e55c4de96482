"""Whether the audit trail is whole: no entry changed, none taken out, none cut off at its end; receipts likewise.

Each entry is bound to the one before. Where the trail ends is written down and signed outside its table, once a
minute in a file beside the database and in every receipt, so that a cut tail shows.
"""

import asyncio
import json
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import UUID

import structlog
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.accounts.audit import audit_head, link_of, who_of
from webinar.canonical import canonical_json
from webinar.db import Database
from webinar.models import Account, AuditEntry, ErasureReceipt
from webinar.privacy.receipts import find_broken_receipt, hash_of
from webinar.seal import BadSeal, Seal, check_seal

PAGE = 1000
FOLDER = "audit"
NO_RECEIPT: dict[str, Any] = {"receipts": 0, "receipt": ""}

log = structlog.get_logger(__name__)


class Trail(StrEnum):
    """What a check found."""

    WHOLE = "whole"
    CHANGED = "changed"  # an entry does not fit to what was signed, or to the one before it
    CUT = "cut"  # entries that were signed for are gone from the end


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state of one account's trail: its length, and (unless it is whole) the first number that is wrong."""

    trail: Trail
    entries: int
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class Head:
    """Where a trail ended when it was signed, `link` in hex, and with which receipt (0 and empty: none) that chain."""

    number: int
    link: str
    receipts: int = 0
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """How many entries and receipts were signed for and are not in the database."""

    entries: int
    receipts: int


class Anchors:
    """The signed ends of all trails, in files named after their accounts: an account's goes with the account."""

    def __init__(self, db: Database, folder: Path, seal: Seal) -> None:
        self._db, self._folder, self._seal = db, folder, seal

    async def write(self) -> None:
        """Signs where each trail ends by now. The anchor of a trail that isn't whole stays what it was."""
        async with self._db.reading() as db:
            accounts = (await db.exec(select(col(Account.id)))).all()
        for account_id in accounts:
            async with self._db.reading() as db:
                head: dict[str, Any] = await audit_head(db, account_id)
                last = await _last_receipt(db, account_id)
                before = await asyncio.to_thread(self._read, account_id)
                if before is not None and not await _has(db, account_id, before):
                    log.error("audit.not_whole", account=str(account_id))
                    continue
            if head["number"] and before != Head(**head, **last):
                await asyncio.to_thread(self._write, account_id, {**head, **last})

    async def missing(self, account_id: UUID) -> Missing | None:
        """What a database that only went back in time lacks of what was signed for.

        None where nothing was signed, and where the database contradicts what was: then it did more than go back.
        """
        before = await asyncio.to_thread(self._read, account_id)
        if before is None or not before.link:
            return None
        async with self._db.reading() as db:
            verdict = await check_trail(db, account_id, await _heads_in_receipts(db, account_id))
            broken = await find_broken_receipt(db, account_id)
            if verdict.trail is not Trail.WHOLE or broken is not None:
                return None
            entries = before.number - verdict.entries
            receipts = before.receipts - int((await _last_receipt(db, account_id))["receipts"])
            fits = (entries > 0 or await _has_entry(db, account_id, before)) and (
                receipts > 0 or await _has_receipt(db, account_id, before)
            )
        return Missing(max(entries, 0), max(receipts, 0)) if fits else None

    async def renew(self, account_id: UUID) -> None:
        """Signs where the trail ends now, whatever was signed before: for a restore alone, see `restored`."""
        async with self._db.reading() as db:
            head = await audit_head(db, account_id)
            last = await _last_receipt(db, account_id)
        await asyncio.to_thread(self._write, account_id, {**head, **last})

    async def broken_receipt(self, account_id: UUID) -> int | None:
        """The number of the first receipt of the account that is missing or was changed; None when all are whole."""
        head = await asyncio.to_thread(self._read, account_id)
        async with self._db.reading() as db:
            broken = await find_broken_receipt(db, account_id)
            if broken is not None or head is None or await _has_receipt(db, account_id, head):
                return broken
            last = await _last_receipt(db, account_id)
            return min(int(last["receipts"]) + 1, head.receipts)

    async def check(self, account_id: UUID) -> Verdict:
        """Goes through all of an account's trail, against its anchor and its receipts."""
        heads = [head] if (head := await asyncio.to_thread(self._read, account_id)) else []
        async with self._db.reading() as db:
            return await check_trail(db, account_id, [*heads, *await _heads_in_receipts(db, account_id)])

    def _read(self, account_id: UUID) -> Head | None:
        try:
            whole = json.loads((self._folder / f"{account_id}.json").read_bytes())
            facts = whole["head"]
            check_seal(self._seal.public_key, canonical_json(facts), b64decode(whole["signature"]))
        except FileNotFoundError:
            return None
        except (BadSeal, ValueError, KeyError, TypeError):
            # Whoever forges an anchor must not make it look as if there had never been one.
            return Head(1, "")
        if facts["account"] != str(account_id):
            return Head(1, "")
        return Head(facts["number"], facts["link"], facts.get("receipts", 0), facts.get("receipt", ""))

    def _write(self, account_id: UUID, head: dict[str, Any]) -> None:
        facts = {"account": str(account_id), **head}
        content = canonical_json(facts)
        signature = b64encode(self._seal.sign(content)).decode()
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = self._folder / f"{account_id}.{os.getpid()}.new"
        unfinished.write_bytes(canonical_json({"head": facts, "signature": signature}))
        unfinished.replace(self._folder / f"{account_id}.json")


async def check_trail(db: AsyncSession, account_id: UUID, heads: list[Head]) -> Verdict:
    """Goes through all entries of an account, and compares them with where the trail is known to have ended."""
    expected = {head.number: head.link for head in heads}
    number, link = 0, b""
    while entries := await _after(db, account_id, number):
        for entry in entries:
            whole = entry.number == number + 1 and link_of(entry, link) == entry.link
            known = entry.user_id is None or who_of(entry.user_id) == entry.who
            if not (whole and known and expected.get(entry.number, entry.link.hex()) == entry.link.hex()):
                return Verdict(Trail.CHANGED, number, number + 1)
            number, link = entry.number, entry.link
    if max(expected, default=0) > number:
        return Verdict(Trail.CUT, number, number + 1)
    return Verdict(Trail.WHOLE, number)


async def _after(db: AsyncSession, account_id: UUID, number: int) -> list[AuditEntry]:
    entries = select(AuditEntry).where(
        col(AuditEntry.account_id) == account_id, col(AuditEntry.number) > number
    )
    return list((await db.exec(entries.order_by(col(AuditEntry.number)).limit(PAGE))).all())


async def _last_receipt(db: AsyncSession, account_id: UUID) -> dict[str, Any]:
    """Where the account's chain of receipts ends: the number and the hash of the last one."""
    receipts = select(ErasureReceipt).where(
        col(ErasureReceipt.account_id) == account_id, col(ErasureReceipt.number).is_not(None)
    )
    last = (await db.exec(receipts.order_by(col(ErasureReceipt.number).desc()).limit(1))).first()
    return {"receipts": last.number, "receipt": hash_of(last.document)} if last else NO_RECEIPT


async def _has_receipt(db: AsyncSession, account_id: UUID, head: Head) -> bool:
    if not head.receipts:
        return True
    receipt = select(ErasureReceipt).where(
        col(ErasureReceipt.account_id) == account_id, col(ErasureReceipt.number) == head.receipts
    )
    found = (await db.exec(receipt)).first()
    return found is not None and hash_of(found.document) == head.receipt


async def _has(db: AsyncSession, account_id: UUID, head: Head) -> bool:
    """Whether what was signed still stands: the entry and the receipt."""
    return await _has_entry(db, account_id, head) and await _has_receipt(db, account_id, head)


async def _has_entry(db: AsyncSession, account_id: UUID, head: Head) -> bool:
    entry = select(AuditEntry).where(
        col(AuditEntry.account_id) == account_id, col(AuditEntry.number) == head.number
    )
    found = (await db.exec(entry)).first()
    return found is not None and found.link.hex() == head.link


async def _heads_in_receipts(db: AsyncSession, account_id: UUID) -> list[Head]:
    documents = select(col(ErasureReceipt.document)).where(
        col(ErasureReceipt.account_id) == account_id, col(ErasureReceipt.number).is_not(None)
    )
    heads = [_head_in(document) for document in (await db.exec(documents)).all()]
    return [head for head in heads if head is not None]


def _head_in(document: str) -> Head | None:
    try:
        head = json.loads(document)["audit_head"]
        return Head(head["number"], head["link"]) if head["number"] else None
    except (ValueError, KeyError, TypeError):
        # Whoever changed a receipt is told of by `find_broken_receipt`; the trail is checked without it.
        return None
