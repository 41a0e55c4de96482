"""Answering many at once: those who ask while others are being answered share the next answer.

Who finds nobody before them is answered at once, alone; so the more come, the more share one answer, and the less each of
them costs.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class Together(Generic[Question, Answer]):
    """`answer` gives each question's answer, in order; an exception among them is raised where that one was asked.

    What it raises itself is raised wherever one of the questions was asked. It gets `most` of them at the most.
    `apart`: seconds from the beginning of one answer to the next one's, for which only those wait who had to wait anyway.
    """

    __slots__ = ("_answer", "_apart", "_most", "_waiting", "_work")

    def __init__(
        self,
        answer: Callable[[Sequence[Question]], Awaitable[Sequence[Answer | Exception]]],
        most: int,
        *,
        apart: float = 0.0,
    ) -> None:
        self._answer, self._most, self._apart = answer, most, apart
        self._waiting: list[tuple[Question, asyncio.Future[Answer]]] = []
        self._work: asyncio.Task[None] | None = None

    @property
    def waiting(self) -> int:
        """How many wait for the next answer, while one is being given; 0 while none is."""
        return len(self._waiting)

    @property
    def busy(self) -> bool:
        """Whether somebody is being answered."""
        return self._work is not None

    def ask(self, question: Question) -> asyncio.Future[Answer]:
        """The answer, once it is there, together with others'."""
        answer: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, answer))
        if self._work is None:
            self._work = asyncio.create_task(self._work_off())
        return answer

    async def _work_off(self) -> None:
        clock = asyncio.get_running_loop().time
        try:
            while self._waiting:
                next_at = clock() + self._apart
                batch = self._waiting[: self._most]
                del self._waiting[: self._most]
                await self._serve(batch)
                if self._waiting and (pause := next_at - clock()) > 0:
                    await asyncio.sleep(pause)
        finally:
            self._work = None

    async def _serve(self, batch: Sequence[tuple[Question, asyncio.Future[Answer]]]) -> None:
        answers: Sequence[Answer | Exception]
        try:
            answers = await self._answer([question for question, _ in batch])
        except Exception as error:  # noqa: BLE001 - whoever asked is told, and nobody else
            answers = [error] * len(batch)
        for (_, asked), answer in zip(batch, answers, strict=True):
            if asked.done():  # whoever asked has stopped waiting
                continue
            if isinstance(answer, Exception):
                asked.set_exception(answer)
            else:
                asked.set_result(answer)
        self.answered()

    def answered(self) -> None:
        """Called when all of a batch have their answers and are about to go on with them."""
