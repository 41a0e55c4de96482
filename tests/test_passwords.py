"""Passwords: two hashes at once, the same work for an address nobody has, and what makes a password weak."""

import asyncio
import threading
import time

import pytest
from passlib.hash import argon2  # type: ignore[import-untyped]

from webinar.passwords import Passwords, weakness


async def test_a_password_is_recognised_and_another_is_not():
    keeper = Passwords()
    stored = await keeper.hash("correct horse battery")
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert await keeper.verify("correct horse battery", stored)
    assert not await keeper.verify("correct horse batterY", stored)


async def test_what_is_longer_than_any_password_is_wrong_and_no_error():
    keeper = Passwords()
    assert not await keeper.verify("x" * 100_000, await keeper.hash("correct horse battery"))


async def test_nobody_s_password_is_checked_against_a_hash_of_the_real_cost(monkeypatch):
    checked: list[str] = []

    def agree(password: str, stored: str) -> bool:
        checked.append(stored)
        return True

    monkeypatch.setattr(argon2, "verify", agree)
    assert not await Passwords().verify("whatever", "")
    real = argon2.hash("x")
    assert checked[0].split("$")[:4] == real.split("$")[:4]
    assert len(checked[0]) == len(real)


async def test_however_many_sign_in_two_hashes_run_at_once(monkeypatch):
    lock, running, most = threading.Lock(), 0, 0

    def slow_verify(password: str, stored: str) -> bool:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.002)
        with lock:
            running -= 1
        return True

    monkeypatch.setattr(argon2, "verify", slow_verify)
    keeper = Passwords()
    await asyncio.gather(*(keeper.verify("x", "y") for _ in range(200)))
    assert most == 2


@pytest.mark.parametrize(
    ("password", "hint"),
    [
        ("short", "at least 12"),
        ("a" * 1025, "at most"),
        ("aaaaaaaaaaaaaaaa", "different"),
        ("anna@example.org", "repeat"),
        ("a long walk in the rain", ""),
    ],
)
def test_a_weak_password_is_refused_with_a_reason(password: str, hint: str):
    found = weakness(password, "Anna Example", "anna@example.org")
    assert hint in found
    assert bool(found) == bool(hint)
