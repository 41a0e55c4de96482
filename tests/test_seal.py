"""The installation's seal."""

import pytest

from webinar.seal import BadSeal, Seal, check_seal, fingerprint_of

OURS, OTHERS = Seal("o" * 32), Seal("x" * 32)


def test_what_was_sealed_is_checked_with_the_public_key_alone():
    check_seal(OURS.public_key, b"words", OURS.sign(b"words"))


def test_other_words_another_key_and_a_broken_key_do_not_fit():
    signature = OURS.sign(b"words")
    for key, words in (
        (OURS.public_key, b"word"),
        (OTHERS.public_key, b"words"),
        ("?", b"words"),
        ("AAAA", b"words"),
        # Decoding that passes over foreign characters would take this for the right key.
        (f"!{OURS.public_key}", b"words"),
    ):
        with pytest.raises(BadSeal, match=r"^the signature does not fit$"):
            check_seal(key, words, signature)


def test_the_same_secret_makes_the_same_key_and_its_fingerprint_is_short_enough_to_compare():
    assert Seal("o" * 32).fingerprint == OURS.fingerprint == fingerprint_of(OURS.public_key)
    assert OURS.fingerprint != OTHERS.fingerprint
    assert len(OURS.fingerprint.split()) == 8


def test_receipts_of_years_ago_are_checked_with_the_key_that_the_secret_makes_today():
    """Whoever changes how the key is made leaves every receipt without a key that fits."""
    assert OURS.public_key == "jLlwNc/6my5aeHT4dL5L8/BcFQjrvW6Yvi7ieq2d8Cs="
    assert OURS.fingerprint == "a1c6 afd4 e05f 38be d7b5 a14c c08d 57e7"


def test_a_fingerprint_is_made_of_a_key_and_of_nothing_else():
    with pytest.raises(ValueError, match="base64"):
        fingerprint_of(f"!{OURS.public_key}")
