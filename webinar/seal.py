"""The installation's seal: an Ed25519 key that signs what must be checkable without trusting the installation."""

import hashlib
from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FINGERPRINT_GROUP = 4
FINGERPRINT_LENGTH = 32


class BadSeal(ValueError):
    """A signature that this key did not make for these bytes."""


class Seal:
    """Signs with a key that is made from a secret of at least 32 random characters."""

    def __init__(self, secret: str) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(hashlib.sha256(f"seal {secret}".encode()).digest())
        self.public_key = b64encode(self._key.public_key().public_bytes_raw()).decode()

    @property
    def fingerprint(self) -> str:
        """What an operator publishes, and compares by eye."""
        return fingerprint_of(self.public_key)

    def sign(self, content: bytes) -> bytes:
        """64 bytes that only this installation can make for `content`."""
        return self._key.sign(content)


def check_seal(public_key: str, content: bytes, signature: bytes) -> None:
    """Raises BadSeal unless `signature` was made over `content` by the owner of `public_key` (base64)."""
    try:
        Ed25519PublicKey.from_public_bytes(b64decode(public_key, validate=True)).verify(signature, content)
    except (InvalidSignature, ValueError) as error:
        raise BadSeal("the signature does not fit") from error


def fingerprint_of(public_key: str) -> str:
    """The first half of the key's SHA-256, in groups of four. Raises ValueError when it is no base64."""
    digest = hashlib.sha256(b64decode(public_key, validate=True)).hexdigest()[:FINGERPRINT_LENGTH]
    starts = range(0, FINGERPRINT_LENGTH, FINGERPRINT_GROUP)
    return " ".join(digest[start : start + FINGERPRINT_GROUP] for start in starts)
