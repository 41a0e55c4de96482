"""Receipts: checked offline, and a forged one told apart with a sentence that says what is wrong."""

import json
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlmodel import col
from typer.testing import CliRunner

from tests.privacy.test_erasure import House, house
from webinar.__main__ import cli
from webinar.canonical import canonical_json
from webinar.models import ErasureReceipt
from webinar.privacy.receipts import BadReceipt, check_receipt, find_broken_receipt, hash_of, receipt_file
from webinar.seal import Seal

__all__ = ["house"]
RUNNER = CliRunner()


async def receipts_of(house: House, number: int) -> list[ErasureReceipt]:
    return [await house.erase_participants(house.selecting(each)) for each in house.participants[:number]]


async def test_a_receipt_says_what_was_counted_when_and_by_which_role_and_names_nobody(house: House):
    (receipt,) = await receipts_of(house, 1)
    found = check_receipt(receipt_file(receipt), house.eraser.seal.fingerprint)

    assert found.facts["counts"] == receipt.counts
    assert found.facts["counts"]["participant"] == 1
    assert (found.facts["requested_by"], found.facts["scope"]) == ("owner", "participants")
    gone = house.participants[0]
    for value in (gone.id("participant"), gone.rows["participant"]["email"]):
        assert str(value) not in receipt_file(receipt).decode()


async def test_each_receipt_is_bound_to_the_accounts_one_before(house: House):
    first, second, third = await receipts_of(house, 3)
    facts = [check_receipt(receipt_file(each)).facts for each in (first, second, third)]
    assert [each["number"] - facts[0]["number"] for each in facts] == [0, 1, 2]
    assert facts[1]["previous"] == hash_of(first.document)
    assert facts[2]["previous"] == hash_of(second.document)


@pytest.fixture
async def chain(house: House) -> list[ErasureReceipt]:
    """Three receipts of an account that has no others."""
    async with house.db.writing() as db:
        # The planted one is of no installation.
        await db.exec(
            delete(ErasureReceipt).where(col(ErasureReceipt.account_id) == house.account.id("account"))
        )
    return await receipts_of(house, 3)


async def test_a_receipt_that_was_changed_or_taken_out_breaks_the_chain(
    house: House, chain: list[ErasureReceipt]
):
    account_id, (first, second, _) = house.account.id("account"), chain
    async with house.db.writing() as db:
        assert await find_broken_receipt(db, account_id) is None
        this = update(ErasureReceipt).where(col(ErasureReceipt.id) == second.id)
        await db.exec(this.values(signature=first.signature))
        assert await find_broken_receipt(db, account_id) == 2
        await db.exec(this.values(signature=second.signature))
        assert await find_broken_receipt(db, account_id) is None
        await db.exec(delete(ErasureReceipt).where(col(ErasureReceipt.id) == second.id))
        assert await find_broken_receipt(db, account_id) == 2


Forging = Callable[[dict[str, Any]], object]


def signed(whole: dict[str, Any], seal: Seal) -> dict[str, Any]:
    whole["receipt"]["public_key"] = seal.public_key
    whole["signature"] = b64encode(seal.sign(canonical_json(whole["receipt"]))).decode()
    return whole


def signed_anew(whole: dict[str, Any]) -> None:
    whole["receipt"]["files"] = 0
    signed(whole, Seal("f" * 32))


@pytest.mark.parametrize(
    ("forging", "says"),
    [
        (lambda whole: whole["receipt"]["counts"].update(participant=2), "changed after it was signed"),
        (lambda whole: whole["receipt"].update(verified_at="2020-01-01T00:00:00+00:00"), "changed after"),
        (lambda whole: whole["receipt"].pop("counts"), "lacks: counts"),
        (lambda whole: whole["receipt"].update(kind="something"), "no erasure receipt"),
        (lambda whole: whole["receipt"].update(version=3), "version 3"),
        (lambda whole: whole["receipt"].update(version=[2]), "of version"),
        (lambda whole: whole["receipt"].pop("searched"), "lacks: searched"),
        (lambda whole: whole["receipt"].update(searched={}), "lacks: searched.found"),
        (lambda whole: whole["receipt"]["searched"].update(found=1), "changed after it was signed"),
        (lambda whole: whole.pop("signature"), "no signature"),
        (lambda whole: whole.update(signature="ü"), "can't be read"),
        (lambda whole: whole.pop("receipt"), "no erasure receipt"),
        (lambda whole: whole["receipt"].update(version=1, searched="x"), "lacks: searched"),
        (lambda whole: whole["receipt"].update(version=1, searched={}), "lacks: searched.found"),
        (signed_anew, "another key than the one you trust"),
    ],
)
async def test_a_forged_receipt_is_told_apart(house: House, tmp_path: Path, forging: Forging, says: str):
    (receipt,) = await receipts_of(house, 1)
    whole = json.loads(receipt_file(receipt))
    forging(whole)
    file = tmp_path / "receipt.json"
    file.write_text(json.dumps(whole))

    with pytest.raises(BadReceipt, match=says):
        check_receipt(file.read_bytes(), house.eraser.seal.fingerprint)
    outcome = RUNNER.invoke(cli, ["verify-receipt", str(file), "--key", house.eraser.seal.fingerprint])
    assert outcome.exit_code == 1
    assert says in outcome.output


async def test_a_genuine_receipt_is_told_from_its_file_alone(house: House, tmp_path: Path):
    (receipt,) = await receipts_of(house, 1)
    file = tmp_path / "receipt.json"
    # Another program may have written it with spaces and in another order.
    file.write_text(json.dumps(json.loads(receipt_file(receipt)), indent=2))

    outcome = RUNNER.invoke(cli, ["verify-receipt", str(file)])
    assert outcome.exit_code == 0
    assert "Genuine" in outcome.output
    assert house.eraser.seal.fingerprint in outcome.output


async def test_what_was_searched_is_told_from_the_file_alone(house: House, tmp_path: Path):
    (receipt,) = await receipts_of(house, 1)
    file = tmp_path / "receipt.json"
    file.write_bytes(receipt_file(receipt))
    said = RUNNER.invoke(cli, ["verify-receipt", str(file)]).output
    values = receipt.searched["values"]
    assert f"{values['addresses']} addresses, {values['hashes']} hashes, {values['ids']} ids" in said
    assert f"{values['texts']} texts. Found: 0." in said
    assert f"{receipt.searched['octets']['database']:,}  bytes searched of: database" in said


async def test_what_was_redacted_is_told_from_the_file_alone(house: House, tmp_path: Path):
    (receipt,) = await receipts_of(house, 1)
    file = tmp_path / "receipt.json"
    file.write_bytes(receipt_file(receipt))
    assert "redacted" not in RUNNER.invoke(cli, ["verify-receipt", str(file)]).output

    whole = json.loads(receipt_file(receipt))
    whole["receipt"]["redacted"] = {"chat_message": 2}
    file.write_text(json.dumps(signed(whole, house.eraser.seal)))
    said = RUNNER.invoke(cli, ["verify-receipt", str(file)]).output
    assert "           2  chat_message, of others: a name or an address in it redacted" in said


@pytest.mark.parametrize(
    ("named", "counts"),
    [
        ("counts", {"participant": "\x1b[2J"}),
        ("redacted", {"chat_message": None}),
        ("searched.values", {"ids": [1]}),
        ("searched.octets", {"database": True}),
    ],
)
async def test_a_receipt_that_counts_without_numbers_is_told_apart_whoever_signed_it(
    house: House, tmp_path: Path, named: str, counts: dict[str, object]
):
    (receipt,) = await receipts_of(house, 1)
    whole = json.loads(receipt_file(receipt))
    *inside, name = named.split(".")
    (whole["receipt"]["searched"] if inside else whole["receipt"])[name] = counts
    file = tmp_path / "receipt.json"
    file.write_text(json.dumps(signed(whole, Seal("f" * 32))))
    outcome = RUNNER.invoke(cli, ["verify-receipt", str(file)])
    assert outcome.exit_code == 1
    assert f"These are no numbers: {named}." in outcome.output


async def test_a_receipt_of_the_first_version_is_still_genuine(house: House, tmp_path: Path):
    (receipt,) = await receipts_of(house, 1)
    whole = json.loads(receipt_file(receipt))
    whole["receipt"].pop("searched")
    whole["receipt"]["version"] = 1
    whole["signature"] = b64encode(house.eraser.seal.sign(canonical_json(whole["receipt"]))).decode()
    file = tmp_path / "receipt.json"
    file.write_text(json.dumps(whole))
    outcome = RUNNER.invoke(cli, ["verify-receipt", str(file), "--key", house.eraser.seal.fingerprint])
    assert outcome.exit_code == 0
    assert "first version" in outcome.output


def test_a_file_that_is_no_receipt_is_said_to_be_none(tmp_path: Path):
    for content in (b"", b"[]", b"\xff", b"{}", b"[" * 100_000):
        with pytest.raises(BadReceipt):
            check_receipt(content)
