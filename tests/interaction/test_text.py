"""What people type: plain, normalised, without invisible tricks."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.errors import Invalid
from webinar.interaction.text import clean_text


def clean(typed: str, limit: int = 500) -> str:
    return clean_text(typed, field="body", limit=limit)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  hello  ", "hello"),
        ("cafe\u0301", "caf\u00e9"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\n\n\n \n\nb", "a\n\nb"),
        ("tab\there", "tab here"),
        ("null\x00 bell\x07 escape\x1b[31m", "null bell escape[31m"),
        ("pay \u202e001\u202c now", "pay 001 now"),
        ("\u2066isolated\u2069", "isolated"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("<b>not html</b>", "<b>not html</b>"),
        # What must stay: the joiners of Persian and of emoji, and the marks of right-to-left writing.
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("\u200fمرحبا (hello)\u200f", "\u200fمرحبا (hello)\u200f"),
        ("a" + "\u0335" * 100, "a" + "\u0335" * 4),
    ],
)
def test_text_keeps_its_meaning_and_loses_its_tricks(typed: str, kept: str):
    assert clean(typed) == kept


@pytest.mark.parametrize("typed", ["", "   ", "\n\t", "\u200b\u202e", "\u200d\u200f", "\ud800", "x" * 501])
def test_text_with_nothing_to_see_or_too_much_of_it_is_refused(typed: str):
    with pytest.raises(Invalid) as refused:
        clean(typed)
    assert set(refused.value.fields) == {"body"}


def test_the_limit_counts_what_is_left():
    assert clean("x" * 500 + "\u200b" * 100) == "x" * 500


@given(st.text(max_size=700))
def test_cleaning_twice_changes_nothing_and_never_breaks(typed: str):
    try:
        once = clean(typed)
    except Invalid:
        return
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert 1 <= len(once) <= 500
    assert not [c for c in once if unicodedata.category(c) == "Cc" and c != "\n"]
