"""Receipts: what an erasure destroyed, signed by the installation, each bound to the account's one before.

A receipt holds random ids, counts, moments and a role: nobody's data. Anyone can check it without the installation.
"""

import hashlib
import json
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.accounts.audit import audit_head
from webinar.canonical import canonical_json
from webinar.models import ErasureReceipt, ErasureStep
from webinar.seal import BadSeal, Seal, check_seal, fingerprint_of

KIND = "webinar erasure receipt"
VERSION = 2
# What a receipt of each version must have. The search, and what others wrote, came with the second.
FIRST = {
    "account": str,
    "counts": dict,
    "files": int,
    "id": str,
    "kind": str,
    "number": int,
    "previous": str,
    "proof": str,
    "public_key": str,
    "requested_at": str,
    "requested_by": str,
    "scope": str,
    "subject": str,
    "verified_at": str,
    "version": int,
}
# Of numbers by name: whoever forges one must not end the program with them.
COUNTS = ("counts", "redacted", "searched.octets", "searched.values")
SEARCHED = {"found": int, "left_out": int, "octets": dict, "shared": int, "taken_up": bool, "values": dict}
FACTS = {1: FIRST, VERSION: {**FIRST, "redacted": dict, "searched": dict}}


class BadReceipt(ValueError):
    """A file that is no receipt of anybody, with a sentence that says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class CheckedReceipt:
    """A receipt whose signature fits, and the key that made it."""

    facts: dict[str, Any]
    fingerprint: str


async def seal_receipt(db: AsyncSession, receipt: ErasureReceipt, seal: Seal) -> None:
    """Writes and signs the document of a verified erasure, as the next one of its account's chain."""
    if receipt.verified_at is None or receipt.proof is None:
        raise ValueError("only what is verified gets a receipt")
    before = await _last(db, receipt.account_id)
    receipt.number = (before.number or 0) + 1 if before else 1
    facts = {
        "account": str(receipt.account_id),
        "audit_head": await audit_head(db, receipt.account_id),
        "counts": receipt.counts,
        "files": receipt.files,
        "id": str(receipt.id),
        "kind": KIND,
        "number": receipt.number,
        "previous": hash_of(before.document) if before else "",
        "proof": receipt.proof.value,
        "public_key": seal.public_key,
        "redacted": receipt.redacted,
        "requested_at": _moment(receipt.requested_at),
        "requested_by": receipt.role,
        "scope": receipt.scope.value,
        "searched": receipt.searched,
        "subject": str(receipt.subject_id),
        "verified_at": _moment(receipt.verified_at),
        "version": VERSION,
    }
    content = canonical_json(facts)
    receipt.document, receipt.signature = content.decode(), seal.sign(content)
    receipt.step = ErasureStep.VERIFIED
    db.add(receipt)
    await db.flush()


def receipt_file(receipt: ErasureReceipt) -> bytes:
    """The receipt as a file for `webinar verify-receipt`. Raises ValueError while it is not signed yet."""
    if not receipt.document:
        raise ValueError("not signed yet")
    signature = b64encode(receipt.signature).decode()
    return canonical_json({"receipt": json.loads(receipt.document), "signature": signature})


def check_receipt(content: bytes, fingerprint: str = "") -> CheckedReceipt:
    """Checks a receipt's file without anything else. Raises BadReceipt, which says what is wrong.

    With `fingerprint` the key must be that one; without, only that nothing was changed since it was signed is known.
    """
    facts, signature = _parse(content)
    try:
        found = fingerprint_of(facts["public_key"])
        check_seal(facts["public_key"], canonical_json(facts), b64decode(signature, validate=True))
    except BadSeal as error:
        raise BadReceipt(
            "The signature does not fit: the receipt was changed after it was signed."
        ) from error
    except ValueError as error:
        raise BadReceipt("The signature or the key in it can't be read.") from error
    if fingerprint and _plain(fingerprint) != _plain(found):
        raise BadReceipt(f"It was signed with another key than the one you trust: {found}.")
    return CheckedReceipt(facts, found)


def hash_of(document: str) -> str:
    """By what the next receipt names this one."""
    return hashlib.sha256(document.encode()).hexdigest()


async def find_broken_receipt(db: AsyncSession, account_id: UUID) -> int | None:
    """The number of the first of the account's receipts that is missing or was changed; None when all are whole."""
    receipts = (
        select(ErasureReceipt)
        .where(col(ErasureReceipt.account_id) == account_id, col(ErasureReceipt.number).is_not(None))
        .order_by(col(ErasureReceipt.number))
    )
    previous = ""
    for number, receipt in enumerate((await db.exec(receipts)).all(), 1):
        try:
            facts = check_receipt(receipt_file(receipt)).facts
        except ValueError:
            return number
        if (facts["number"], facts["previous"]) != (number, previous):
            return number
        previous = hash_of(receipt.document)
    return None


async def _last(db: AsyncSession, account_id: UUID) -> ErasureReceipt | None:
    receipts = select(ErasureReceipt).where(
        col(ErasureReceipt.account_id) == account_id, col(ErasureReceipt.number).is_not(None)
    )
    return (await db.exec(receipts.order_by(col(ErasureReceipt.number).desc()).limit(1))).first()


def _parse(content: bytes) -> tuple[dict[str, Any], str]:
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BadReceipt(
            "The file is no JSON. Use it as it was downloaded from the receipt's page, not a print of the page."
        ) from error
    facts = whole.get("receipt") if isinstance(whole, dict) else None
    if not isinstance(facts, dict) or facts.get("kind") != KIND:
        raise BadReceipt("It is no erasure receipt of this platform.")
    if not isinstance(whole.get("signature"), str):
        raise BadReceipt("It has no signature: without one anybody can have written it.")
    version = facts.get("version")
    needed = FACTS.get(version) if isinstance(version, int) else None
    if needed is None:
        raise BadReceipt(
            f"It is of version {version}; this program knows versions up to {VERSION}. A newer program may know it."
        )
    # What only a later version needs must be right as well where it is there.
    kinds = needed | {name: kind for name, kind in FACTS[VERSION].items() if name in facts}
    wrong = [name for name, kind in kinds.items() if not isinstance(facts.get(name), kind)]
    if isinstance(searched := facts.get("searched"), dict):
        wrong += [
            f"searched.{name}" for name, kind in SEARCHED.items() if not isinstance(searched.get(name), kind)
        ]
    if wrong:
        raise BadReceipt(f"It lacks: {', '.join(wrong)}.")
    if unclear := _not_numbers(facts):
        raise BadReceipt(f"These are no numbers: {', '.join(unclear)}.")
    return facts, whole["signature"]


def _not_numbers(facts: dict[str, Any]) -> list[str]:
    said = {**facts, **{f"searched.{name}": value for name, value in facts.get("searched", {}).items()}}
    return [name for name in COUNTS if not all(type(number) is int for number in said.get(name, {}).values())]


def _plain(fingerprint: str) -> str:
    return fingerprint.replace(" ", "").replace(":", "").lower()


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")


def search_in_words(searched: dict[str, Any] | None) -> str:
    """What a receipt says of the search after the erasure, for people."""
    if searched is None:
        return "A receipt of the first version: it does not say what was searched."
    values = ", ".join(f"{number} {kind}" for kind, number in searched["values"].items() if number)
    lines = [
        f"Looked for afterwards: {values or 'nothing, no row had anything to be known by'}. Found: {searched['found']}."
    ]
    lines += [f"{octets:>12,}  bytes searched of: {store}" for store, octets in searched["octets"].items()]
    if searched["left_out"]:
        lines.append(f"{searched['left_out']:>12,}  bytes beyond what one search reads")
    if searched["shared"]:
        lines.append(f"{searched['shared']:>12,}  of the values are also in the words of others who stay")
    if searched["taken_up"]:
        lines.append("Another process finished it: only random ids were still known to look for.")
    return "\n".join(lines)
