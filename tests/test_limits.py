"""Limits: counted in memory and in Redis, and kept without anybody's address."""

import asyncio
import time
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.installation import SECRET, MovableClock
from webinar.errors import TooMany
from webinar.limits import REDIS_SECONDS, Limit, Limits, MonotonicMemory, network_of
from webinar.signing import Signer

TWICE = Limit("test", 2, timedelta(hours=1))
ADDRESS = "anna@example.org"


@pytest.fixture
def limits() -> Limits:
    return Limits(Signer(SECRET, MovableClock()))


async def test_the_third_time_is_one_too_many_and_says_when_to_come_back(limits: Limits):
    await limits.hit(TWICE, ADDRESS)
    await limits.hit(TWICE, ADDRESS)
    with pytest.raises(TooMany) as refused:
        await limits.hit(TWICE, ADDRESS)
    assert 0 < refused.value.retry_after <= 2 * 3600


async def test_keys_and_limits_are_counted_apart(limits: Limits):
    for key in ("one", "two"):
        await limits.hit(TWICE, key)
        await limits.hit(TWICE, key)
    await limits.hit(Limit("other", 1, timedelta(hours=1)), "one")


async def test_what_is_kept_names_nobody(limits: Limits):
    await limits.hit(TWICE, ADDRESS, "192.0.2.7")
    kept = repr(vars(limits._local.storage))
    assert "test" in kept
    assert ADDRESS not in kept
    assert "192.0.2.7" not in kept


@pytest.mark.parametrize("hours", [-2, 2])
async def test_a_step_of_the_wall_clock_opens_and_closes_no_limit(
    limits: Limits, monkeypatch: pytest.MonkeyPatch, hours: int
):
    real = time.time
    await limits.hit(TWICE, ADDRESS)
    monkeypatch.setattr(time, "time", lambda: real() + hours * 3600)
    await limits.hit(TWICE, ADDRESS)
    with pytest.raises(TooMany) as refused:
        await limits.hit(TWICE, ADDRESS)
    assert 0 < refused.value.retry_after <= 2 * 3600


@given(st.lists(st.floats(0, 30), max_size=80))
async def test_never_more_pass_than_two_neighbouring_windows_allow_and_a_pause_forgets(pauses: list[float]):
    now = 1000.0
    memory = MonotonicMemory(lambda: now)
    passed: list[float] = []
    for pause in pauses:
        now += pause
        if await memory.acquire_sliding_window_entry("key", limit=3, expiry=10):
            passed.append(now)
    assert all(sum(at <= each < at + 10 for each in passed) <= 2 * 3 for at in passed)
    now += 20
    for _ in range(3):
        assert await memory.acquire_sliding_window_entry("key", limit=3, expiry=10)
    assert not await memory.acquire_sliding_window_entry("key", limit=3, expiry=10)


async def test_counts_that_weigh_nothing_any_more_are_forgotten():
    now = 0.0
    memory = MonotonicMemory(lambda: now)
    for number in range(100):
        await memory.acquire_sliding_window_entry(str(number), limit=1, expiry=5)
    now = 120
    await memory.acquire_sliding_window_entry("new", limit=1, expiry=5)
    assert list(memory._windows) == ["new"]


@pytest.mark.parametrize("away", ["redis://127.0.0.1:1/0", "unix:///nowhere/redis.sock"])
async def test_without_redis_each_process_counts_for_itself(away: str):
    limits = Limits(Signer(SECRET, MovableClock()), away)
    await limits.hit(TWICE, ADDRESS)
    await limits.hit(TWICE, ADDRESS)
    with pytest.raises(TooMany):
        await limits.hit(TWICE, ADDRESS)
    await limits.close()


async def test_a_redis_that_never_answers_holds_up_one_request_shortly_and_no_other():
    heard: list[asyncio.StreamWriter] = []

    async def mute(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(writer)

    async with await asyncio.start_server(mute, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        limits = Limits(Signer(SECRET, MovableClock()), f"redis://127.0.0.1:{port}/0")
        async with asyncio.timeout(10 * REDIS_SECONDS):
            await limits.hit(TWICE, ADDRESS)
        asked = len(heard)
        await limits.hit(TWICE, ADDRESS)
        with pytest.raises(TooMany):
            await limits.hit(TWICE, ADDRESS)
        assert len(heard) == asked
        await limits.close()
        for writer in heard:
            writer.close()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8::1", "2001:db8::ffff", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
    ],
)
def test_a_customer_s_whole_ipv6_network_counts_as_one(one: str, other: str, same: bool):
    assert (network_of(one) == network_of(other)) == same


@pytest.mark.redis
async def test_all_instances_count_together_in_redis(redis_url: str):
    one, other = (Limits(Signer(SECRET, MovableClock()), redis_url) for _ in range(2))
    await one.hit(TWICE, ADDRESS)
    await other.hit(TWICE, ADDRESS)
    with pytest.raises(TooMany):
        await one.hit(TWICE, ADDRESS)
    await one.close()
    await other.close()
