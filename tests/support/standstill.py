"""What waits for something that never comes fails with the line that waits, and the run goes on.

Where even that doesn't help, as no turn of the event loop ends, `faulthandler_timeout` ends the process.
"""

import asyncio
import functools
import inspect
from collections.abc import AsyncIterator, Callable, Generator
from typing import Any

import pytest

OF_A_TEST, OF_A_FIXTURE = 200, 100  # seconds; of a fixture, for its beginning and for its end


def pytest_itemcollected(item: pytest.Item) -> None:
    """Gives every test that is a coroutine its end."""
    if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.obj):
        item.obj = _within(OF_A_TEST, item.obj)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Generator[None, Any, Any]:
    """Gives every fixture that is a coroutine, or makes way for its tests, its end."""
    with pytest.MonkeyPatch.context() as patch:
        if inspect.iscoroutinefunction(fixturedef.func):
            patch.setattr(fixturedef, "func", _within(OF_A_FIXTURE, fixturedef.func))
        elif inspect.isasyncgenfunction(fixturedef.func):
            patch.setattr(fixturedef, "func", _both_within(OF_A_FIXTURE, fixturedef.func))
        return (yield)


def _within(seconds: float, function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    async def bounded(*arguments: Any, **fixtures: Any) -> Any:
        async with asyncio.timeout(seconds):
            return await function(*arguments, **fixtures)

    return bounded


def _both_within(seconds: float, function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    async def bounded(*arguments: Any, **fixtures: Any) -> AsyncIterator[Any]:
        steps = function(*arguments, **fixtures)
        async with asyncio.timeout(seconds):
            given = await anext(steps)
        yield given
        async with asyncio.timeout(seconds):
            await anext(steps, None)

    return bounded
