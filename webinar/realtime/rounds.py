"""What is done again and again as long as the house stands: a round that fails is told, and the next one goes on."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

log = logging.getLogger(__name__)


async def rounds(work: Callable[[], Awaitable[None] | None], seconds: float, failed: str) -> None:
    """Does the work every so many seconds until it is cancelled; `failed` is what the log says of a round that raised."""
    while True:
        await asyncio.sleep(seconds)
        try:
            if (rest := work()) is not None:
                await rest
        except Exception:  # nobody waits for this task, so nobody would see it end
            log.exception(failed)
