"""Answers that leave on a beat, so that how long the work took can't be told from outside (S8)."""

import asyncio

BEAT = 0.025


def now() -> float:
    """The event loop's own time, in seconds."""
    return asyncio.get_running_loop().time()


async def until_next_beat(began: float) -> None:
    """Waits until a whole number of beats has passed since `began` (of `now`). Waiting costs nothing."""
    await asyncio.sleep(-(now() - began) % BEAT)
