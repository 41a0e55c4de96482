"""Taking words out of what people wrote, and showing what surrounds them. A value is a text, or JSON with texts in it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

# What stands where somebody was named.
MARK = "[removed]"
# Characters that are shown on either side of a mention.
AROUND = 80


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """Where somebody is named: in the how-manieth text of a value, from character to character.

    `sure`: by their whole name or address; otherwise by a part of it, which may mean somebody or something else.
    """

    text: int
    start: int
    end: int
    sure: bool


def texts_of(value: Any) -> Iterator[str]:
    """The texts in a value, in an order that stays the same."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from texts_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner)


def redacted(value: Any, mentions: Iterable[Mention]) -> Any:
    """The value with a mark in each of these places; what overlaps is one."""
    texts = list(texts_of(value))
    for number, start, end in reversed(_merged(mentions)):
        texts[number] = texts[number][:start] + MARK + texts[number][end:]
    return _with_texts(value, iter(texts))


def blanked(value: Any) -> Any:
    """The value with a mark instead of each of its texts."""
    return _with_texts(value, iter([MARK if text else "" for text in texts_of(value)]))


def excerpt(value: Any, mentions: Sequence[Mention]) -> list[tuple[str, bool]]:
    """The value as people read it, cut down to what surrounds the mentions: pieces, and whether each is a mention."""
    pieces: list[tuple[str, bool]] = []
    for number, text in enumerate(texts_of(value)):
        here = [(start, end) for at, start, end in _merged(mentions) if at == number]
        if mentions and not here:
            continue
        edges = [0, *(edge for place in here for edge in place), len(text)]
        if pieces:
            pieces.append((" · ", False))
        for place, (start, end) in enumerate(pairwise(edges)):
            inside = place % 2 == 1
            piece = text[start:end]
            pieces.append((piece if inside else _cut(piece, first=start == 0, last=end == len(text)), inside))
    return [piece for piece in pieces if piece[0]]


def _merged(mentions: Iterable[Mention]) -> list[tuple[int, int, int]]:
    """The places (text, start, end) in order, without overlaps."""
    merged: list[tuple[int, int, int]] = []
    for mention in sorted(mentions):
        number, start, end = mention.text, mention.start, mention.end
        if merged and merged[-1][0] == number and start < merged[-1][2]:
            _, start, before = merged.pop()
            end = max(before, end)
        merged.append((number, start, end))
    return merged


def _cut(text: str, *, first: bool, last: bool) -> str:
    """What is far from the neighbouring mentions is left out."""
    if first and last:
        return text if len(text) <= 4 * AROUND else f"{text[: 4 * AROUND].rstrip()}…"
    if len(text) <= 2 * AROUND:
        return text
    before = "" if first else _shortened(text[:AROUND], at_end=True)
    after = "" if last else _shortened(text[-AROUND:], at_end=False)
    return f"{before} … {after}" if before and after else f"{before} …" if before else f"… {after}"


def _shortened(text: str, *, at_end: bool) -> str:
    """Without the word that was cut through, where there are several."""
    rest = text.rpartition(" ")[0] if at_end else text.partition(" ")[2]
    return rest or text


def _with_texts(value: Any, texts: Iterator[str]) -> Any:
    if isinstance(value, str):
        return next(texts)
    if isinstance(value, dict):
        return {key: _with_texts(inner, texts) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_texts(inner, texts) for inner in value]
    return value
