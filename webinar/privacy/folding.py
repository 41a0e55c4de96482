"""Texts with everything taken off in which two spellings of a name may differ: case, accents, hidden characters.

Only for comparing. Folding keeps the order of characters, so that a place in the folded text is one in the text.
"""

import unicodedata
from itertools import pairwise

# Letters that no decomposition takes apart, and letters that people write for each other.
LETTERS = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ħ": "h",
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ة": "ه",
    "ک": "ك",
    "ـ": "",
    **dict.fromkeys("’‘ʼʹ`´′", "'"),
    **dict.fromkeys("‐‑‒–—−", "-"),
}
# Accents, and what cannot be seen.
DROPPED = frozenset({"Mn", "Me", "Cf"})


class Folding(dict[int, str]):
    """What each character becomes, for `str.translate`; worked out when a character comes up."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold(chr(code))
        return folded

    def fold(self, text: str) -> str:
        """The folded text, with one blank wherever there is room between words."""
        folded = text.translate(self)
        while "  " in folded:
            folded = folded.replace("  ", " ")
        return folded

    def places(self, text: str) -> list[int]:
        """For each character of `fold(text)` its place in `text`."""
        spread = [(sign, at) for at, character in enumerate(text) for sign in self[ord(character)]]
        first = [at for _, at in spread[:1]]
        return first + [at for (before, _), (sign, at) in pairwise(spread) if (before, sign) != (" ", " ")]

    def drops(self, character: str) -> bool:
        """Whether nothing is left of the character: it belongs to the one before it."""
        return not self[ord(character)]


def _fold(character: str) -> str:
    if character in LETTERS:
        return LETTERS[character]
    if character.isspace():
        return " "
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(
        LETTERS.get(sign, " " if sign.isspace() else sign)
        for sign in apart
        if unicodedata.category(sign) not in DROPPED
    )
