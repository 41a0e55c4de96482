"""Tokens: random ones, ones derived from the installation's secret, and signed payloads.

A signed payload can be read by everybody who holds it, so it carries ids only; each purpose has its own salt.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Any

from itsdangerous import BadData, URLSafeTimedSerializer
from itsdangerous.timed import TimestampSigner

from webinar.clock import Clock

TOKEN_BYTES = 32


class BadToken(Exception):
    """A token that is forged, of another purpose, or too old."""


def new_token() -> str:
    """A random token of 256 bits, for a cookie or a link."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> bytes:
    """What is stored of a token. It has 256 bits, so a fast hash is enough (ASVS 5 11.4.2 is about passwords)."""
    return hashlib.sha256(token.encode()).digest()


class Signer:
    """Signs and derives with the installation's secret."""

    def __init__(self, secret: str, clock: Clock) -> None:
        self._secret = secret.encode()
        self._clock = clock

    def derive(self, purpose: str, *parts: object) -> bytes:
        """32 bytes that only this installation can compute for `purpose` and `parts` (HMAC-SHA256)."""
        message = "\x1f".join((purpose, *map(str, parts))).encode()
        return hmac.new(self._secret, message, hashlib.sha256).digest()

    def derive_token(self, purpose: str, *parts: object) -> str:
        """`derive` in characters that fit a URL."""
        return urlsafe_b64encode(self.derive(purpose, *parts)).rstrip(b"=").decode()

    def sign(self, purpose: str, payload: Any, *, at: datetime | None = None) -> str:
        """A token that carries `payload` (JSON, ids only) and the time; `at` another one, for equal tokens."""
        return self._serializer(purpose, at).dumps(payload)

    def read(self, purpose: str, token: str, max_age: timedelta) -> Any:
        """The payload of `token`; raises BadToken when it is forged, of another purpose or older than `max_age`."""
        try:
            return self._serializer(purpose).loads(token, max_age=int(max_age.total_seconds()))
        except BadData as error:
            raise BadToken(purpose) from error

    def _serializer(self, purpose: str, at: datetime | None = None) -> URLSafeTimedSerializer:
        clock = self._clock

        class ClockSigner(TimestampSigner):
            def get_timestamp(self) -> int:
                return int((at or clock.now()).timestamp())

            def timestamp_to_datetime(self, ts: int) -> datetime:
                return datetime.fromtimestamp(ts, clock.now().tzinfo)

        return URLSafeTimedSerializer(
            self._secret,
            salt=f"webinar.{purpose}",
            signer=ClockSigner,
            signer_kwargs={"digest_method": hashlib.sha256},
        )
