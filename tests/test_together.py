"""Many answered at once."""

import asyncio
from collections.abc import Sequence

import pytest

from webinar.together import Together


class Clerk(Together[str, str]):
    """Answers when it is let, and notes who shared each answer."""

    def __init__(self, *, apart: float = 0.0) -> None:
        super().__init__(self._give, 128, apart=apart)
        self.shared: list[list[str]] = []
        self.may = asyncio.Event()

    async def _give(self, questions: Sequence[str]) -> Sequence[str]:
        self.shared.append([*questions])
        await self.may.wait()
        return [question.upper() for question in questions]


async def test_those_who_come_while_others_are_answered_share_the_next_answer():
    clerk = Clerk()
    first = clerk.ask("a")
    await asyncio.sleep(0)
    others = [clerk.ask(each) for each in "bc"]
    await asyncio.sleep(0)
    clerk.may.set()
    assert [await first, *await asyncio.gather(*others)] == ["A", "B", "C"]
    assert clerk.shared == [["a"], ["b", "c"]]


async def test_in_a_crowd_answers_begin_apart_and_whoever_comes_between_shares_the_next(
    monkeypatch: pytest.MonkeyPatch,
):
    pauses: list[float] = []
    over = asyncio.Event()

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        await over.wait()

    clerk = Clerk(apart=60)
    first = clerk.ask("a")
    await asyncio.sleep(0)
    second = clerk.ask("b")
    await asyncio.sleep(0)
    monkeypatch.setattr(asyncio, "sleep", sleep)
    clerk.may.set()
    assert await first == "A"
    third = clerk.ask("c")
    over.set()
    assert [await second, await third] == ["B", "C"]
    assert clerk.shared == [["a"], ["b", "c"]]
    assert 0 < pauses[0] <= 60


async def test_nobody_waits_who_finds_nobody_before_them(monkeypatch: pytest.MonkeyPatch):
    clerk = Clerk(apart=60)
    clerk.may.set()
    monkeypatch.setattr(asyncio, "sleep", None)  # whoever slept would fail
    assert [await clerk.ask(each) for each in "ab"] == ["A", "B"]
