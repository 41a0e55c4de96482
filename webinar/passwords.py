"""Passwords: argon2id, in threads, two at a time; checking costs the same for an address that nobody has."""

import asyncio
from base64 import b64encode
from secrets import token_bytes

from passlib.hash import argon2  # type: ignore[import-untyped]

AT_ONCE = 2
MIN_LENGTH = 12
MAX_LENGTH = 1024
MIN_DIFFERENT = 5


class Passwords:
    """Hashes and checks. Each hash fills 64 MiB, so more than two at once would let strangers fill the memory."""

    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._of_nobody = _hash_of_nobody()

    async def hash(self, password: str) -> str:
        """What is stored of `password`."""
        async with self._turns:
            hashed: str = await asyncio.to_thread(argon2.hash, password)
            return hashed

    async def verify(self, password: str, stored: str) -> bool:
        """Whether `password` is the one behind `stored`.

        An empty `stored` (no such user, no password yet) answers False after the same work, so that the time
        an answer takes doesn't tell who has an account (ASVS 5 6.3.8). Longer than any password is False too.
        """
        possible = len(password) <= MAX_LENGTH
        async with self._turns:
            same: bool = await asyncio.to_thread(
                argon2.verify, password if possible else "", stored or self._of_nobody
            )
        return same and possible and bool(stored)


def weakness(password: str, *known: str) -> str:
    """Why `password` will not do, as a sentence for the person; empty when it will.

    Length is what counts (NIST SP 800-63B); `known` are words an attacker would try first, such as the person's
    name and address.
    """
    if len(password) < MIN_LENGTH:
        return f"Please use at least {MIN_LENGTH} characters. A few words are easy to remember."
    if len(password) > MAX_LENGTH:
        return f"Please use at most {MAX_LENGTH} characters."
    if len(set(password)) < MIN_DIFFERENT:
        return "Please use more different characters."
    lowered = password.casefold()
    words = {word for text in known for word in text.casefold().replace("@", " ").split() if len(word) > 3}
    for word in sorted(words, key=len, reverse=True):
        lowered = lowered.replace(word, "")
    if len(lowered) < MIN_LENGTH // 2:
        return "Please use a password that does not repeat your name or address."
    return ""


def _hash_of_nobody() -> str:
    """A hash with the parameters of real ones and no password behind it."""
    salt, digest = (b64encode(token_bytes(size)).rstrip(b"=").decode() for size in (16, 32))
    cost = f"m={argon2.memory_cost},t={argon2.default_rounds},p={argon2.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${digest}"
