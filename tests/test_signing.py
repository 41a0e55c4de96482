"""Tokens: random ones, derived ones, and signed payloads that run out (S9)."""

import hashlib
import hmac
from base64 import urlsafe_b64decode
from datetime import timedelta
from uuid import UUID

import pytest

from tests.support.installation import MovableClock
from webinar.signing import BadToken, Signer, hash_token, new_token

SECRET = "a secret of this test, long enough to sign with"
SOMEBODY = UUID("8b2e4a2c-6a53-4f1f-9f0e-0d8d3b9b7c11")
HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def signer(clock: MovableClock) -> Signer:
    return Signer(SECRET, clock)


def bytes_of(token: str) -> bytes:
    return urlsafe_b64decode(token + "=" * (-len(token) % 4))


def test_a_random_token_has_256_bits_and_is_another_one_each_time():
    tokens = {new_token() for _ in range(50)}
    assert len(tokens) == 50
    assert {len(bytes_of(token)) for token in tokens} == {32}


def test_a_stored_token_is_its_sha256():
    assert hash_token("abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_what_is_derived_is_an_hmac_over_purpose_and_parts_so_that_old_mails_keep_working(signer: Signer):
    message = b"personal-link\x1f8b2e4a2c-6a53-4f1f-9f0e-0d8d3b9b7c11\x1f1"
    wanted = hmac.new(SECRET.encode(), message, hashlib.sha256).digest()
    assert signer.derive("personal-link", SOMEBODY, 1) == wanted
    assert bytes_of(signer.derive_token("personal-link", SOMEBODY, 1)) == wanted


def test_every_purpose_and_part_and_secret_derives_something_else(signer: Signer, clock: MovableClock):
    derived = [
        signer.derive("link", SOMEBODY, 1),
        signer.derive("link", SOMEBODY, 2),
        signer.derive("link", SOMEBODY),
        signer.derive("code", SOMEBODY, 1),
        # Parts don't run into each other.
        signer.derive("link", 1, 11),
        signer.derive("link", 11, 1),
        signer.derive("link1", 11),
        Signer("another secret, just as long as the first", clock).derive("link", SOMEBODY, 1),
    ]
    assert len(set(derived)) == len(derived)


def test_a_derived_token_fits_a_url_and_has_no_padding(signer: Signer):
    tokens = {signer.derive_token("link", number) for number in range(300)}
    assert len(tokens) == 300
    letters = set("".join(tokens))
    assert {len(token) for token in tokens} == {43}
    assert {"-", "_"} < letters
    assert not letters & set("+/=")


def test_a_signed_payload_is_read_back_and_can_be_read_by_everybody(signer: Signer):
    token = signer.sign("purpose", {"webinar": str(SOMEBODY)})
    assert signer.read("purpose", token, HOUR) == {"webinar": str(SOMEBODY)}
    assert SOMEBODY.hex[:8].encode() in bytes_of(token.partition(".")[0])


def test_a_signed_payload_is_good_up_to_its_age_and_no_second_longer(signer: Signer, clock: MovableClock):
    token = signer.sign("purpose", [1])
    clock.move(hours=1)
    assert signer.read("purpose", token, HOUR) == [1]
    clock.move(seconds=1)
    with pytest.raises(BadToken, match=r"^purpose$"):
        signer.read("purpose", token, HOUR)


def test_a_payload_from_the_future_is_not_taken(signer: Signer, clock: MovableClock):
    token = signer.sign("purpose", [1])
    clock.move(seconds=-1)
    with pytest.raises(BadToken):
        signer.read("purpose", token, HOUR)


def test_signed_for_another_time_it_is_the_same_token_whenever_it_is_made(
    signer: Signer, clock: MovableClock
):
    at = clock.now()
    token = signer.sign("purpose", [1], at=at)
    clock.move(minutes=30)
    assert signer.sign("purpose", [1], at=at) == token
    assert signer.sign("purpose", [1]) != token
    clock.move(minutes=30, seconds=1)
    with pytest.raises(BadToken):
        signer.read("purpose", token, HOUR)


def test_another_purpose_another_secret_and_a_changed_letter_are_refused(signer: Signer, clock: MovableClock):
    token = signer.sign("purpose", [1])
    for reader, purpose, read in (
        (signer, "purpos", token),
        (Signer("another secret, just as long as the first", clock), "purpose", token),
        (signer, "purpose", token[:-2] + ("AA" if token[-2:] != "AA" else "BB")),
        (signer, "purpose", "x" + token),
        (signer, "purpose", ""),
        (signer, "purpose", "no token at all"),
    ):
        with pytest.raises(BadToken):
            reader.read(purpose, read, HOUR)


def test_a_signed_payload_carries_an_hmac_of_sha256_and_no_weaker_one(signer: Signer):
    assert len(bytes_of(signer.sign("purpose", [1]).rpartition(".")[2])) == 32


def test_a_token_in_an_old_mail_is_read_for_ever(signer: Signer):
    """Whoever changes how tokens are made turns every link in people's mailboxes into nothing."""
    assert signer.sign("purpose", [1]) == "WzFd.awQqwA.ES45ZpNcExYMmIoSD_yI8E1wNv1adKtRfkjf14OrfTQ"
