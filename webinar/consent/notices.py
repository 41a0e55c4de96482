"""Versioned wording: every text a person may have been shown, in the very bytes that were shown.

A notice version is never changed: a new wording is a new version. `sha256` is over the canonical text, which is
what pages show: `title`, an empty line, `body`, in UTF-8, NFC, with single line feeds and no trailing blanks.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.prepared import drop_exports
from webinar.errors import Invalid, NotFound
from webinar.i18n import FALLBACK, LANGUAGES
from webinar.models import ConsentRecord, NoticeKind, NoticeVersion, Purpose, Webinar

T = TypeVar("T")
TITLE_LENGTH = 300
BODY_LENGTH = 20_000


@dataclass(frozen=True, slots=True)
class Wording:
    """A text to be shown, canonical once made with `Wording.of`."""

    title: str
    body: str

    @classmethod
    def of(cls, title: str, body: str) -> "Wording":
        """The canonical form of what somebody typed."""
        return cls(_canonical(title).replace("\n", " "), _canonical(body))

    @property
    def shown(self) -> bytes:
        """The bytes that are hashed."""
        return f"{self.title}\n\n{self.body}".encode()

    @property
    def sha256(self) -> bytes:
        """The hash of the bytes shown."""
        return hashlib.sha256(self.shown).digest()


@dataclass(frozen=True, slots=True)
class Seen:
    """A version of a wording, and how many consent records rest on it."""

    notice: NoticeVersion
    records: int


def wording_of(notice: NoticeVersion) -> Wording:
    """The text of a stored version, for showing and for checking its hash."""
    return Wording(notice.title, notice.body)


def is_intact(notice: NoticeVersion) -> bool:
    """Whether the stored text still is what was hashed when it was published."""
    return wording_of(notice).sha256 == notice.sha256


async def publish_wording(
    db: AsyncSession,
    purpose: Purpose,
    language: str,
    wording: Wording,
    now: datetime,
    *,
    substantive: bool = True,
) -> NoticeVersion:
    """Stores a new wording of a purpose; gives the latest version back when nothing changed.

    Consents to older words of the language don't cover a `substantive` change: people are asked again. Raises
    Invalid, naming `language`, `title` or `body`.
    """
    key = and_(
        col(NoticeVersion.account_id) == purpose.account_id,
        col(NoticeVersion.purpose_id) == purpose.id,
        col(NoticeVersion.language) == language,
    )
    new = NoticeVersion(
        account_id=purpose.account_id,
        webinar_id=purpose.webinar_id,
        purpose_id=purpose.id,
        kind=NoticeKind.PURPOSE,
        substantive=substantive,
        **_content(language, wording, now),
    )
    published = await _publish(db, key, new)
    if published is new and substantive:
        # Who agreed to the old words does not agree to these.
        await drop_exports(db, purpose_id=purpose.id)
    return published


async def publish_privacy_notice(
    db: AsyncSession, webinar: Webinar, language: str, wording: Wording, now: datetime
) -> NoticeVersion:
    """Stores a webinar's privacy notice; gives the latest version back when nothing changed. Raises Invalid."""
    key = and_(
        col(NoticeVersion.account_id) == webinar.account_id,
        col(NoticeVersion.webinar_id) == webinar.id,
        col(NoticeVersion.kind) == NoticeKind.PRIVACY,
        col(NoticeVersion.language) == language,
    )
    new = NoticeVersion(
        account_id=webinar.account_id,
        webinar_id=webinar.id,
        kind=NoticeKind.PRIVACY,
        **_content(language, wording, now),
    )
    return await _publish(db, key, new)


async def get_notice(db: AsyncSession, account_id: UUID, notice_id: UUID) -> NoticeVersion:
    """One version; raises NotFound."""
    notice = await db.get(NoticeVersion, notice_id)
    if notice is None or notice.account_id != account_id:
        raise NotFound
    return notice


async def get_notices(db: AsyncSession, ids: Iterable[UUID]) -> Mapping[UUID, NoticeVersion]:
    """These versions by their id. For ids that came from rows of the right account."""
    found = select(NoticeVersion).where(col(NoticeVersion.id).in_(set(ids)))
    return {notice.id: notice for notice in (await db.exec(found))}


async def latest_wordings(
    db: AsyncSession, purposes: Sequence[Purpose]
) -> Mapping[UUID, Mapping[str, NoticeVersion]]:
    """The newest version of each purpose in each language: purpose id → language → version."""
    newest: dict[UUID, dict[str, NoticeVersion]] = {purpose.id: {} for purpose in purposes}
    if not purposes:
        return newest
    found = (
        select(NoticeVersion)
        .where(
            col(NoticeVersion.account_id) == purposes[0].account_id,
            col(NoticeVersion.purpose_id).in_(list(newest)),
        )
        .order_by(col(NoticeVersion.number))
    )
    for notice in await db.exec(found):
        if notice.purpose_id is not None:
            newest[notice.purpose_id][notice.language] = notice
    return newest


def pick_language(by_language: Mapping[str, T], wanted: str, default: str) -> T | None:
    """The version in the wanted language, else in the webinar's, else in English, else the first there is."""
    for language in (wanted, default, FALLBACK):
        if language in by_language:
            return by_language[language]
    return next(iter(by_language.values()), None)


async def purpose_history(db: AsyncSession, purpose: Purpose) -> Sequence[Seen]:
    """Every version of a purpose's wording, newest first, with how many consent records rest on each."""
    counted = (
        select(NoticeVersion, func.count(col(ConsentRecord.id)))
        .outerjoin(ConsentRecord, col(ConsentRecord.notice_version_id) == col(NoticeVersion.id))
        .where(
            col(NoticeVersion.account_id) == purpose.account_id, col(NoticeVersion.purpose_id) == purpose.id
        )
        .group_by(*NoticeVersion.__table__.columns)  # type: ignore[attr-defined]
        .order_by(col(NoticeVersion.created_at).desc(), col(NoticeVersion.number).desc())
    )
    return [Seen(notice, records) for notice, records in (await db.exec(counted)).all()]


async def _publish(db: AsyncSession, key: ColumnElement[bool], new: NoticeVersion) -> NoticeVersion:
    newest = select(NoticeVersion).where(key).order_by(col(NoticeVersion.number).desc()).limit(1)
    latest: NoticeVersion | None = (await db.exec(newest)).one_or_none()
    if latest is not None and latest.sha256 == new.sha256:
        return latest
    new.number = latest.number + 1 if latest else 1
    db.add(new)
    await db.flush()
    return new


def _content(language: str, wording: Wording, now: datetime) -> dict[str, Any]:
    problems: dict[str, str] = {}
    if language not in LANGUAGES:
        problems["language"] = "Choose one of the languages."
    if not wording.title:
        problems["title"] = "Say in a few words what it is for."
    elif len(wording.title) > TITLE_LENGTH:
        problems["title"] = f"Use at most {TITLE_LENGTH} characters."
    if len(wording.body) > BODY_LENGTH:
        problems["body"] = f"Use at most {BODY_LENGTH} characters."
    if problems:
        raise Invalid(problems)
    return {
        "language": language,
        "number": 0,
        "title": wording.title,
        "body": wording.body,
        "sha256": wording.sha256,
        "created_at": now,
    }


def _canonical(text: str) -> str:
    lines = unicodedata.normalize("NFC", text.replace("\t", " ").replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(_printable(line).rstrip() for line in lines.split("\n")).strip()


def _printable(line: str) -> str:
    return "".join(character for character in line if unicodedata.category(character) not in {"Cc", "Cs"})
