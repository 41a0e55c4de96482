"""Finding people's names and addresses in what others wrote: pure functions; `mention_sweep` brings the rows.

Case, accents, hidden characters and blanks make no difference, and a find is a whole word. Names that a language bends
(other than by an “s”) are not recognised.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ahocorasick_rs import AhoCorasick

from webinar.privacy.folding import Folding
from webinar.privacy.redaction import Mention, texts_of

SHORTEST = 3
# Words that are part of many names and name nobody.
PARTICLES = frozenset(
    "aan and ben bin bint dal das del dem den der des die dos frau herr ibn les los madame miss mister mme mrs prof the und "  # noqa: SIM905 - a list of its own would fill a page
    "van von zum zur".split()
)
# Mailboxes that are nobody's own.
ROLES = frozenset("admin contact hello info kontakt mail office post sales support team webmaster".split())  # noqa: SIM905
WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
LETTERS_ONLY = re.compile(r"[^\W_]+")
# As names with an umlaut are written where there is no key for it, and back.
SPELLED_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"}
DRAWN_TOGETHER = re.compile("([aou])e")
# Scripts that put no blank between words, and Korean, which adds endings to names.
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
# “And”, “to”, “by” … that Arabic and Hebrew write together with the word that follows.
JOINING, ATTACHED, MOST_ATTACHED = re.compile("[\u0590-\u06ff]"), frozenset("وفبلكוהבכלמש"), 2
# Between two parts of one name.
BETWEEN = re.compile(r"[ .,_-]{0,2}")


@dataclass(frozen=True, slots=True)
class Named:
    """What one person may be called by."""

    names: Sequence[str]
    addresses: Sequence[str]


class Mentions:
    """Searches values for people's names, all at once (Aho-Corasick): a thousand people take no longer than one.

    Without `parts` only whole names and addresses are searched for.
    """

    def __init__(self, people: Iterable[Named], *, parts: bool = True) -> None:
        self._folding = Folding()
        sure: set[str] = set()
        perhaps: set[str] = set()
        for person in people:
            for pattern, certain in self._patterns(person):
                (sure if certain else perhaps).add(pattern)
        self._sure = len(sure)
        self._words = [*sure, *(perhaps - sure if parts else ())]
        self._search = AhoCorasick(self._words)

    def find(self, value: Any) -> list[Mention]:
        """Where in `value` somebody is named; overlapping and neighbouring places are one."""
        return [
            mention for number, text in enumerate(texts_of(value)) for mention in self._find_in(number, text)
        ]

    def _find_in(self, number: int, text: str) -> list[Mention]:
        folded = self._folding.fold(text)
        found = [
            (start, end, word)
            for word, start, end in self._search.find_matches_as_indexes(folded, overlapping=True)
            if _stands_alone(folded, start, end)
        ]
        if not found:
            return []
        places = self._folding.places(text)
        merged: list[tuple[int, int, set[int]]] = []
        for start, end, word in sorted(found):
            if merged and BETWEEN.fullmatch(folded[merged[-1][1] : start]):
                before = merged.pop()
                merged.append((before[0], max(before[1], end), before[2] | {word}))
            else:
                merged.append((start, end, {word}))
        return [
            Mention(number, places[start], self._whole(text, places[end - 1] + 1), self._is_sure(words))
            for start, end, words in merged
        ]

    def _is_sure(self, words: set[int]) -> bool:
        """A whole name or address, or two parts of one side by side."""
        apart = [word for word in words if not any(self._within(word, other) for other in words)]
        return len(apart) > 1 or any(word < self._sure for word in words)

    def _within(self, word: int, other: int) -> bool:
        return word != other and self._words[word] in self._words[other]

    def _whole(self, text: str, end: int) -> int:
        """`end`, with the accents that follow it."""
        while end < len(text) and self._folding.drops(text[end]):
            end += 1
        return end

    def _patterns(self, person: Named) -> Iterator[tuple[str, bool]]:
        for name in person.names:
            for spelling in _spellings(name):
                yield from self._of_name(self._folding.fold(spelling).strip())
        for address in person.addresses:
            folded = self._folding.fold(address).strip()
            mailbox = folded.partition("@")[0].partition("+")[0]
            if "@" in folded:
                yield folded, True
            if mailbox not in ROLES:
                yield from (
                    (part, False) for part in (mailbox, *LETTERS_ONLY.findall(mailbox)) if _tells(part)
                )

    def _of_name(self, name: str) -> Iterator[tuple[str, bool]]:
        words = WORD.findall(name)
        together = "".join(words)
        if len(words) > 1:
            yield from ((" ".join(words), True), (name, True))
            if len(together) >= 2 * SHORTEST:
                yield together, True
        elif len(name) > 1:
            yield name, False
        for word in words:
            yield from ((part, False) for part in (word, *LETTERS_ONLY.findall(word)) if _tells(part))


def _spellings(name: str) -> set[str]:
    plain = unicodedata.normalize("NFC", name).lower()
    out = "".join(SPELLED_OUT.get(letter, letter) for letter in plain)
    return {name, out, DRAWN_TOGETHER.sub(r"\1", out)}


def _tells(word: str) -> bool:
    """Whether a word alone may point to somebody."""
    seen = unicodedata.normalize("NFC", word)
    enough = SHORTEST - 1 if UNSPACED.search(seen) else SHORTEST
    return len(seen) >= enough and word not in PARTICLES and not word.isdecimal()


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a find is a word, or several, and not a part of one."""
    word = text[start:end]
    if UNSPACED.search(word):
        return True
    return _begins(text, start, word) and _ends(text, end, word)


def _begins(text: str, start: int, word: str) -> bool:
    if not word[0].isalnum() or start == 0:
        return True
    before = text[:start]
    if "@" in word:
        return not (before[-1].isalnum() or before[-1] in "._%+-")
    if JOINING.match(word):
        joined = before[-MOST_ATTACHED:]
        before = before[: len(before) - len(joined)] + joined.rstrip("".join(ATTACHED))
    return not before or not before[-1].isalnum()


def _ends(text: str, end: int, word: str) -> bool:
    after = text[end : end + 2]
    if not after or not word[-1].isalnum():
        return True
    if "@" in word:
        return not (after[0].isalnum() or after[0] == "-" or (after[0] == "." and after[1:].isalnum()))
    # Ada's, and the same without an apostrophe.
    if after[0] == "s" and len(word) > SHORTEST:
        after = after[1:]
    return not after or not after[0].isalnum()
