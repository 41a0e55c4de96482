"""Sealing receipts: what stands in one, how the next is bound to it, and where a chain is broken."""

import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import col, delete, update

from tests.support.samples import NOW, make_account
from webinar.accounts.audit import Action, audit_head, record_action
from webinar.accounts.users import NewUser, add_user
from webinar.canonical import canonical_json
from webinar.db import Database
from webinar.models import ErasureProof, ErasureReceipt, ErasureScope, ErasureStep, Role
from webinar.privacy.receipts import (
    BadReceipt,
    check_receipt,
    find_broken_receipt,
    hash_of,
    receipt_file,
    seal_receipt,
)
from webinar.seal import Seal

SEAL = Seal("s" * 32)
SEARCHED = {
    "found": 0,
    "left_out": 0,
    "octets": {"database": 7},
    "shared": 0,
    "taken_up": False,
    "values": {"ids": 1},
}
# A receipt of the first version, from before the search: it stays genuine for ever.
OLD = {
    "account": "a", "counts": {}, "files": 0, "id": "i", "kind": "webinar erasure receipt", "number": 1, "previous": "",
    "proof": "bytes", "public_key": SEAL.public_key, "requested_at": "r", "requested_by": "owner", "scope": "webinar",
    "subject": "s", "verified_at": "v", "version": 1,
}  # fmt: skip


def a_receipt(account_id: UUID, **values: Any) -> ErasureReceipt:
    usual: dict[str, Any] = {
        "scope": ErasureScope.WEBINAR,
        "subject_id": uuid4(),
        "counts": {"webinar": 1},
        "files": 3,
        "role": "admin",
        "requested_at": NOW,
        "verified_at": NOW + timedelta(minutes=1),
        "proof": ErasureProof.TABLES,
        "step": ErasureStep.CHECKPOINT,
        "redacted": {"question": 2},
        "searched": SEARCHED,
    }
    return ErasureReceipt(account_id=account_id, **(usual | values))


async def sealed(database: Database, account_id: UUID, **values: Any) -> ErasureReceipt:
    receipt = a_receipt(account_id, **values)
    async with database.writing() as db:
        await seal_receipt(db, receipt, SEAL)
    return receipt


async def chain(database: Database, account_id: UUID, number: int = 3) -> list[ErasureReceipt]:
    return [await sealed(database, account_id) for _ in range(number)]


async def broken_at(database: Database, account_id: UUID) -> int | None:
    async with database.reading() as db:
        return await find_broken_receipt(db, account_id)


async def change(database: Database, receipt: ErasureReceipt, **values: Any) -> None:
    async with database.writing() as db:
        this = update(ErasureReceipt).where(col(ErasureReceipt.id) == receipt.id)
        await db.exec(this.values(**values))


async def test_a_receipt_says_all_of_this_and_nothing_else(bare_database: Database):
    async with bare_database.writing() as db:
        account = await make_account(db)
        user = await add_user(db, account.id, NewUser("ann@example.org", "Ann", Role.OWNER), NOW)
        await record_action(db, user, Action.WEBINAR_DELETED, uuid4(), now=NOW)
        head = await audit_head(db, account.id)
    elsewhere = datetime(2026, 11, 23, 14, 0, 30, 999, tzinfo=timezone(timedelta(hours=2)))
    receipt = await sealed(bare_database, account.id, requested_at=elsewhere)
    async with bare_database.reading() as db:
        stored = await db.get_one(ErasureReceipt, receipt.id)
    assert (stored.step, stored.number) == (ErasureStep.VERIFIED, 1)
    assert json.loads(stored.document) == {
        "account": str(account.id),
        "audit_head": head,
        "counts": {"webinar": 1},
        "files": 3,
        "id": str(receipt.id),
        "kind": "webinar erasure receipt",
        "number": 1,
        "previous": "",
        "proof": "tables",
        "public_key": SEAL.public_key,
        "redacted": {"question": 2},
        "requested_at": "2026-11-23T12:00:30+00:00",
        "requested_by": "admin",
        "scope": "webinar",
        "searched": SEARCHED,
        "subject": str(receipt.subject_id),
        "verified_at": (NOW + timedelta(minutes=1)).astimezone(UTC).isoformat(),
        "version": 2,
    }
    assert stored.document.encode() == canonical_json(json.loads(stored.document))
    assert head["number"] == 1


async def test_the_file_is_the_document_with_its_signature(bare_database: Database):
    receipt = await sealed(bare_database, uuid4())
    whole = json.loads(receipt_file(receipt))
    assert whole["receipt"] == json.loads(receipt.document)
    assert whole["signature"] == b64encode(receipt.signature).decode()
    assert list(whole) == ["receipt", "signature"]
    found = check_receipt(receipt_file(receipt))
    assert (found.facts, found.fingerprint) == (whole["receipt"], SEAL.fingerprint)


async def test_what_is_not_verified_gets_no_receipt(bare_database: Database):
    for missing in ({"verified_at": None}, {"proof": None}):
        with pytest.raises(ValueError, match="only what is verified gets a receipt"):
            await sealed(bare_database, uuid4(), **missing)
    with pytest.raises(ValueError, match="not signed yet"):
        receipt_file(a_receipt(uuid4()))


async def test_each_account_has_a_chain_of_its_own(bare_database: Database):
    mine, other = uuid4(), uuid4()
    first = await sealed(bare_database, mine)
    others = await sealed(bare_database, other)
    async with bare_database.writing() as db:
        db.add(a_receipt(mine, verified_at=None))  # under way: it has no number yet
    second, third = [await sealed(bare_database, mine) for _ in range(2)]
    assert [each.number for each in (first, others, second, third)] == [1, 1, 2, 3]
    documents = [json.loads(each.document) for each in (first, others, second, third)]
    before = [sha256(each.document.encode()).hexdigest() for each in (first, second)]
    assert [each["previous"] for each in documents] == ["", "", *before]
    assert hash_of(first.document) == before[0]
    assert await broken_at(bare_database, mine) is None
    assert await broken_at(bare_database, other) is None
    assert await broken_at(bare_database, uuid4()) is None


async def test_a_chain_is_broken_where_a_receipt_is_missing(bare_database: Database):
    account_id = uuid4()
    receipts = await chain(bare_database, account_id, 4)
    for gone, number in ((receipts[2], 3), (receipts[0], 1)):
        async with bare_database.writing() as db:
            await db.exec(delete(ErasureReceipt).where(col(ErasureReceipt.id) == gone.id))
        assert await broken_at(bare_database, account_id) == number


async def test_a_chain_is_broken_where_a_receipt_was_changed_or_put_in_anothers_place(
    bare_database: Database,
):
    account_id = uuid4()
    first, second, third = await chain(bare_database, account_id)
    for values in (
        {"signature": first.signature},
        {"signature": b""},
        {"document": ""},
        {"document": third.document, "signature": third.signature},
        {"document": second.document.replace('"files":3', '"files":4')},
    ):
        await change(bare_database, second, **values)
        assert await broken_at(bare_database, account_id) == 2
        await change(bare_database, second, document=second.document, signature=second.signature)
        assert await broken_at(bare_database, account_id) is None


async def test_a_genuine_receipt_of_another_chain_is_no_link_of_this_one(bare_database: Database):
    mine, other = uuid4(), uuid4()
    _, second = await chain(bare_database, mine, 2)
    _, foreign = await chain(bare_database, other, 2)
    await change(bare_database, second, document=foreign.document, signature=foreign.signature)
    assert await broken_at(bare_database, mine) == 2


@pytest.fixture
async def whole(bare_database: Database) -> dict[str, Any]:
    """A genuine receipt, for forgers."""
    found: dict[str, Any] = json.loads(receipt_file(await sealed(bare_database, uuid4())))
    return found


def signed(facts: dict[str, Any]) -> bytes:
    signature = b64encode(SEAL.sign(canonical_json(facts))).decode()
    return json.dumps({"receipt": facts, "signature": signature}).encode()


FORGED = "The signature does not fit: the receipt was changed after it was signed."
NONE = "It is no erasure receipt of this platform."
NO_JSON = "The file is no JSON. Use it as it was downloaded from the receipt's page, not a print of the page."
UNSIGNED = "It has no signature: without one anybody can have written it."


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", NO_JSON),
        (b"\xff", NO_JSON),
        (b"[]", NONE),
        (b"{}", NONE),
        (b'{"receipt": []}', NONE),
        (b'{"receipt": {}}', NONE),
        (b'{"receipt": {"kind": "webinar erasure receipt"}}', UNSIGNED),
        (b'{"receipt": {"kind": "webinar erasure receipt"}, "signature": 1}', UNSIGNED),
    ],
)
def test_what_is_no_receipt_is_told_in_a_sentence(content: bytes, says: str):
    with pytest.raises(BadReceipt) as refused:
        check_receipt(content)
    assert str(refused.value) == says


async def test_what_was_forged_is_told_in_a_sentence(whole: dict[str, Any]):
    facts = whole["receipt"]
    unsigned = {"receipt": facts, "signature": "ü"}
    wrong_key = facts | {"public_key": "?"}
    newer = "this program knows versions up to 2. A newer program may know it."
    for content, says in (
        (json.dumps(whole | {"receipt": facts | {"files": 4}}).encode(), FORGED),
        (json.dumps(unsigned).encode(), "The signature or the key in it can't be read."),
        (json.dumps({"receipt": wrong_key, "signature": whole["signature"]}).encode(),
         "The signature or the key in it can't be read."),
        (signed(facts | {"version": 3}), f"It is of version 3; {newer}"),
        (signed(facts | {"version": "2"}), f"It is of version 2; {newer}"),
        (signed(facts | {"version": None}), f"It is of version None; {newer}"),
        (signed({name: value for name, value in facts.items() if name not in {"files", "id"}}),
         "It lacks: files, id."),
        (signed(facts | {"counts": [], "searched": SEARCHED | {"found": "none"}}), "It lacks: counts, searched.found."),
        (signed(facts | {"searched": {}}),
         f"It lacks: {', '.join(f'searched.{name}' for name in SEARCHED)}."),
        (signed(facts | {"searched": None}), "It lacks: searched."),
    ):  # fmt: skip
        with pytest.raises(BadReceipt) as refused:
            check_receipt(content)
        assert str(refused.value) == says


@pytest.mark.parametrize("signature", ["!", "AAAA"])
async def test_a_signature_is_read_strictly(whole: dict[str, Any], signature: str):
    content = json.dumps(whole | {"signature": signature + whole["signature"]}).encode()
    with pytest.raises(BadReceipt):
        check_receipt(content)


async def test_the_key_that_is_trusted_can_be_written_in_any_way(whole: dict[str, Any]):
    content = json.dumps(whole).encode()
    plain = SEAL.fingerprint.replace(" ", "")
    for written in (SEAL.fingerprint, plain, plain.upper(), SEAL.fingerprint.replace(" ", ":"), f" {plain} "):
        assert check_receipt(content, written).fingerprint == SEAL.fingerprint
    for other in (Seal("x" * 32).fingerprint, plain[:-1], "?"):
        with pytest.raises(BadReceipt) as refused:
            check_receipt(content, other)
        assert str(refused.value) == (
            f"It was signed with another key than the one you trust: {SEAL.fingerprint}."
        )


def test_a_receipt_from_before_the_search_stays_genuine():
    assert check_receipt(signed(OLD), SEAL.fingerprint).facts == OLD
    with pytest.raises(BadReceipt, match="lacks: proof"):
        check_receipt(signed({name: value for name, value in OLD.items() if name != "proof"}))
