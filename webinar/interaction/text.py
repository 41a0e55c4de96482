"""What people type, made safe to show to others: plain text, normalised, without invisible tricks."""

import re
import unicodedata

from webinar.errors import Invalid
from webinar.i18n import N_
from webinar.visible import without_hidden

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_MARKS = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
    r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


def clean_text(typed: str, *, field: str, limit: int) -> str:
    """`typed` in normal form C, trimmed, at most one blank line in a row.

    Raises Invalid for `field` when nothing visible is left or more than `limit` characters are.
    """
    if any("\ud800" <= character <= "\udfff" for character in typed):
        raise Invalid({field: N_("This text contains characters that cannot be stored.")})
    text = without_hidden(_CONTROLS.sub("", _LINE_ENDS.sub("\n", typed).replace("\t", " ")))
    text = _MARKS.sub(r"\1", unicodedata.normalize("NFC", text))
    text = _BLANK_LINES.sub("\n\n", text).strip()
    if not any(_shows(character) for character in text):
        raise Invalid({field: N_("Please type something.")})
    if len(text) > limit:
        raise Invalid({field: f"Please use at most {limit} characters."})
    return text


def _shows(character: str) -> bool:
    return unicodedata.category(character)[0] not in {"C", "M", "Z"}
