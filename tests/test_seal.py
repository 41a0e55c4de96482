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
    ):
        with pytest.raises(BadSeal):
            check_seal(key, words, signature)


def test_the_same_secret_makes_the_same_key_and_its_fingerprint_is_short_enough_to_compare():
    assert Seal("o" * 32).fingerprint == OURS.fingerprint == fingerprint_of(OURS.public_key)
    assert OURS.fingerprint != OTHERS.fingerprint
    assert len(OURS.fingerprint.split()) == 8
