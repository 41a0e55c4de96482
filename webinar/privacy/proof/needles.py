"""What is looked for: a person's values, in every form in which software is likely to have written them down.

All forms are in lower case, as far as ASCII goes, and so is the haystack: that folds case, also of hex and escapes.
"""

import hashlib
import html
import json
import quopri
import struct
import unicodedata
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, quote_plus
from uuid import UUID

# Shorter ones stand in any file by chance.
SHORTEST = 6
# Of longer texts the beginning and the end are looked for: one that was cut off is found too.
PIECE = 48
HASHES = ("sha256", "sha1", "md5")
POSTGRES_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)

Value = str | bytes | UUID | datetime


class TooShort(ValueError):
    """The value is too short to be told from chance."""


@dataclass(frozen=True, slots=True)
class Needle:
    """One value of a person; `name` is what a hit is reported under. With `hashed`, its hashes are looked for too."""

    name: str
    value: Value
    hashed: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a needle may be written. One that `wraps` may also be broken into lines."""

    needle: str
    encoding: str
    content: bytes
    wraps: bool = False


def forms_of(needle: Needle) -> list[Form]:
    """Every form of the needle, without doubles. Raises TooShort."""
    found: dict[bytes, Form] = {}
    for encoding, content, wraps in _written(needle):
        folded = content.lower()
        if len(folded) >= SHORTEST:
            found.setdefault(folded, Form(needle.name, encoding, folded, wraps))
    if not found:
        raise TooShort(needle.name)
    return list(found.values())


def _written(needle: Needle) -> Iterator[tuple[str, bytes, bool]]:
    value = needle.value
    if isinstance(value, str):
        for text in _spellings(value):
            if len(text.encode()) >= SHORTEST:
                yield from _text(text)
        if needle.hashed:
            yield from _hashes(value)
    elif isinstance(value, UUID):
        yield from _text(str(value))
        yield from _text(value.hex)
        yield from _octets("bytes", value.bytes)
    elif isinstance(value, datetime):
        yield from _moment(value.astimezone(UTC))
    elif len(value) >= SHORTEST:
        yield from _octets("bytes", value)


def _spellings(value: str) -> Iterator[str]:
    pieces = [value] if len(value) <= 2 * PIECE else [value[:PIECE], value[-PIECE:]]
    for piece in pieces:
        for cased in (piece, piece.lower(), piece.upper(), piece.casefold()):
            for form in ("NFC", "NFD"):
                yield unicodedata.normalize(form, cased)
            yield cased


def _text(text: str) -> Iterator[tuple[str, bytes, bool]]:
    raw = text.encode()
    yield "utf-8", raw, True
    yield "utf-16-le", text.encode("utf-16-le"), False
    yield "utf-16-be", text.encode("utf-16-be"), False
    with suppress(UnicodeEncodeError):
        yield "latin-1", text.encode("latin-1"), False
    yield from _octets("utf-8", raw)
    yield from _percent(text, raw)
    yield from _json(text)
    yield from _html(text)
    for header in (False, True):
        printable = quopri.encodestring(raw, quotetabs=header, header=header)
        yield "quoted-printable", printable.replace(b"=\n", b""), True
    yield "csv", text.replace('"', '""').encode(), True
    yield "python", ascii(text)[1:-1].encode(), False


def _octets(what: str, raw: bytes) -> Iterator[tuple[str, bytes, bool]]:
    """Any bytes: as they are, in hex, and in base64 wherever they start within a group of three bytes."""
    yield what, raw, False
    yield f"hex of {what}", raw.hex().encode(), True
    for offset in range(3):
        # The characters at both ends also depend on the neighbours: they are left out.
        start, end = -(-8 * offset // 6), 8 * (offset + len(raw)) // 6
        padded = b"\0" * offset + raw
        yield f"base64 of {what}", b64encode(padded)[start:end], True
        yield f"base64url of {what}", urlsafe_b64encode(padded)[start:end], True


def _percent(text: str, raw: bytes) -> Iterator[tuple[str, bytes, bool]]:
    for safe in ("/", "", "@", "@/:,;!$'()*"):
        yield "percent", quote(text, safe=safe).encode(), False
    yield "form", quote_plus(text).encode(), False
    yield "percent", b"".join(b"%%%02x" % octet for octet in raw), False


def _json(text: str) -> Iterator[tuple[str, bytes, bool]]:
    yield "json", json.dumps(text)[1:-1].encode(), False
    yield "json", json.dumps(text, ensure_ascii=False)[1:-1].encode(), False
    yield "json", json.dumps(text)[1:-1].replace("/", "\\/").encode(), False
    units = struct.unpack(f">{len(text.encode('utf-16-be')) // 2}H", text.encode("utf-16-be"))
    yield "json", b"".join(b"\\u%04x" % unit for unit in units), False
    # As templates put JSON into a page.
    shown = json.dumps(text, ensure_ascii=False)[1:-1]
    for sign in "&<>'":
        shown = shown.replace(sign, f"\\u{ord(sign):04x}")
    yield "json in html", shown.encode(), False


def _html(text: str) -> Iterator[tuple[str, bytes, bool]]:
    for escaped in (
        html.escape(text),
        html.escape(text, quote=False),
        html.escape(text).replace("&#x27;", "&#39;").replace("&quot;", "&#34;"),
        html.escape(text).replace("&#x27;", "&apos;"),
    ):
        yield "html", escaped.encode(), False
        yield "html", escaped.encode("ascii", "xmlcharrefreplace"), False
    yield "html", "".join(f"&#{ord(sign)};" for sign in text).encode(), False
    yield "html", "".join(f"&#x{ord(sign):x};" for sign in text).encode(), False


def _hashes(value: str) -> Iterator[tuple[str, bytes, bool]]:
    for text in dict.fromkeys((value, value.strip(), value.lower(), value.casefold())):
        for name in HASHES:
            yield from _octets(name, hashlib.new(name, text.encode(), usedforsecurity=False).digest())


def _moment(at: datetime) -> Iterator[tuple[str, bytes, bool]]:
    """A time to the microsecond, as SQLite, ISO 8601 and PostgreSQL's own pages write it."""
    yield "sqlite", at.strftime("%Y-%m-%d %H:%M:%S.%f").encode(), False
    yield "iso 8601", at.strftime("%Y-%m-%dT%H:%M:%S.%f").encode(), False
    since = at - POSTGRES_EPOCH
    microseconds = (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
    yield "postgresql", struct.pack("<q", microseconds), False
    yield "postgresql copy", struct.pack(">q", microseconds), False
