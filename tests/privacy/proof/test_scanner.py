"""The scanner of the proof: whatever form a value takes and wherever it stands, it is found, and nothing else is."""

import base64
import gzip
import hashlib
import html
import io
import json
import zipfile
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote, quote_plus
from uuid import uuid4

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from webinar.privacy.proof.needles import SHORTEST, Needle
from webinar.privacy.proof.scanner import Scanner

TEXT = "Zoë O'Neill-Łukasz <zoe@marram.example>"


def wrapped(text: str) -> bytes:
    return base64.encodebytes(b"From: somebody\n" + text.encode() + b" and more of the letter" * 9)


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "upper": lambda text: text.upper().encode(),
    "lower": lambda text: text.lower().encode(),
    "percent": lambda text: quote(text).encode(),
    "percent, every sign": lambda text: quote(text, safe="").encode(),
    "percent, all": lambda text: "".join(f"%{octet:02X}" for octet in text.encode()).encode(),
    "form": lambda text: quote_plus(text).encode(),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64, one later": lambda text: base64.b64encode(b"x" + text.encode() + b"yy"),
    "base64, two later": lambda text: base64.urlsafe_b64encode(b"xx" + text.encode() + b"y"),
    "base64 in lines": wrapped,
    "hex": lambda text: text.encode().hex().upper().encode(),
    "json": lambda text: json.dumps(text).encode(),
    "json, raw": lambda text: json.dumps(text, ensure_ascii=False).encode(),
    "html": lambda text: html.escape(text).encode(),
    "html, ascii": lambda text: html.escape(text).encode("ascii", "xmlcharrefreplace"),
    "html, numbers": lambda text: "".join(f"&#{ord(sign)};" for sign in text).encode(),
    "gzip": lambda text: gzip.compress(text.encode()),
    "zlib": lambda text: zlib.compress(text.encode()),
    "zip": lambda text: zipped(text.encode()),
    "gzip in zip": lambda text: zipped(gzip.compress(text.encode("utf-16-le"))),
    "json in gzip": lambda text: gzip.compress(json.dumps({"name": text}).encode()),
    "sha256": lambda text: hashlib.sha256(text.encode()).digest(),
    "sha1 in hex": lambda text: hashlib.sha1(text.encode()).hexdigest().encode(),
    "md5 in base64": lambda text: base64.b64encode(b"." + hashlib.md5(text.encode()).digest()),
}


def zipped(content: bytes) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sheet1.xml", content)
    return written.getvalue()


# Signs that any of the encodings treats in its own way, and words; no lone surrogates, which no encoding takes.
needles = st.text(
    st.one_of(
        st.sampled_from("abcXYZ019@._-+ '\"&<>%=/\\éßŁ漢🐦"),
        st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs")),
    ),
    min_size=SHORTEST,
    max_size=40,
).filter(lambda text: text.strip() == text)


@given(
    text=needles,
    encoding=st.sampled_from(sorted(ENCODINGS)),
    before=st.binary(max_size=120),
    after=st.binary(max_size=120),
    chunk=st.integers(1, 90),
)
@example(text=TEXT, encoding="zip", before=b"", after=b"", chunk=1)
@example(text="PK\x03\x04 inside", encoding="utf-8", before=b"", after=b"", chunk=7)
def test_every_form_is_found_wherever_it_stands(
    text: str, encoding: str, before: bytes, after: bytes, chunk: int
):
    haystack = before + ENCODINGS[encoding](text) + after
    found = Scanner([Needle("theirs", text, hashed=True)], chunk=chunk).search_bytes("here", haystack)
    assert found.needles == {"theirs"}


@given(haystack=st.binary(max_size=2000), chunk=st.integers(1, 300))
def test_nothing_is_found_where_nothing_is(haystack: bytes, chunk: int):
    scanner = Scanner([Needle("theirs", TEXT, hashed=True), Needle("id", uuid4())], chunk=chunk)
    assert not scanner.search_bytes("here", haystack).hits


@pytest.mark.parametrize("encoding", sorted(ENCODINGS))
def test_somebody_elses_value_is_not_taken_for_ones_own(encoding: str):
    scanner = Scanner([Needle("theirs", TEXT, hashed=True)])
    assert scanner.search_bytes("here", ENCODINGS[encoding]("Somebody else <else@example.org>")).clean


def test_ids_moments_and_tokens_are_found_as_databases_keep_them():
    row, at, token = uuid4(), datetime(2031, 5, 6, 7, 8, 9, 123456, tzinfo=UTC), uuid4().bytes * 2
    scanner = Scanner([Needle("id", row), Needle("at", at), Needle("token", token)])
    for haystack in (row.bytes, str(row).encode(), row.hex.encode()):
        assert scanner.search_bytes("here", b"." + haystack).needles == {"id"}
    for haystack in (b"2031-05-06 07:08:09.123456", b'"2031-05-06T07:08:09.123456Z"'):
        assert scanner.search_bytes("here", haystack).needles == {"at"}
    assert scanner.search_bytes("here", token.hex().encode()).needles == {"token"}


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_a_mail_is_read_as_it_is_meant(encoding: str):
    mail = EmailMessage(policy=policy.SMTP)
    mail["Subject"] = f"Welcome, {TEXT}"
    mail.set_content(f"Hello {'and good day ' * 9}{TEXT}, here is your link.", cte=encoding)
    body = mail.as_bytes().partition(b"\r\n\r\n")[2]
    assert Scanner([Needle("theirs", TEXT)]).search_bytes("mail", body).needles == {"theirs"}


def test_a_folded_calendar_is_read_as_it_is_meant():
    line = f"SUMMARY:{'x' * 60}{TEXT}"
    folded = "\r\n ".join([line[:70], line[70:]]).encode()
    assert Scanner([Needle("theirs", TEXT)]).search_bytes("event.ics", folded).needles == {"theirs"}


def test_file_names_and_files_of_any_depth_are_searched(tmp_path: Path):
    (tmp_path / "deep" / "down").mkdir(parents=True)
    (tmp_path / "deep" / "down" / "a.bin").write_bytes(b"\0" * 3000 + TEXT.encode("utf-16-be"))
    (tmp_path / "quillon@marram.example.eml").write_bytes(b"")
    found = Scanner([Needle("body", TEXT), Needle("address", "quillon@marram.example")], chunk=999)
    hits = sorted(found.search_folder(tmp_path, "data").hits)
    assert [(hit.place, hit.needle) for hit in hits] == [
        ("data/deep/down/a.bin", "body"),
        ("the name of data/quillon@marram.example.eml", "address"),
    ]


def test_what_cannot_be_read_is_never_called_clean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "locked").write_bytes(b"anything")
    monkeypatch.setattr(Path, "open", refuse)
    found = Scanner([Needle("theirs", TEXT)]).search_folder(tmp_path)
    assert found.unread == {"locked: Permission denied"}
    assert not found.clean


def test_a_locked_zip_and_a_bomb_are_never_called_clean():
    locked = bytearray(zipped(b"a secret"))
    locked[6] |= 1
    assert not Scanner([Needle("theirs", TEXT)]).search_bytes("a.zip", bytes(locked)).clean
    bomb = gzip.compress(bytes(1_000_000))
    assert not Scanner([Needle("theirs", TEXT)], most_inside=100_000).search_bytes("a.gz", bomb).clean
    russian_dolls = TEXT.encode()
    for _ in range(9):
        russian_dolls = gzip.compress(russian_dolls)
    assert not Scanner([Needle("theirs", TEXT)]).search_bytes("dolls.gz", russian_dolls).clean


def test_a_value_that_is_too_short_to_tell_is_named():
    scanner = Scanner([Needle("name", "Bo"), Needle("address", "bo@example.org")])
    assert scanner.too_short == ["name"]


def test_a_long_text_is_found_when_it_was_cut_off():
    text = " ".join(f"word{number}" for number in range(200))
    scanner = Scanner([Needle("message", text)])
    assert scanner.search_bytes("here", text[:300].encode()).needles == {"message"}
    assert scanner.search_bytes("here", text[-300:].encode()).needles == {"message"}
