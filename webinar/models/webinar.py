"""Webinars: what is shown, when, to whom and how it looks."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, Index, UniqueConstraint

from webinar.models.base import (
    AccountRow,
    Basis,
    DataClass,
    WebinarRow,
    choice,
    in_account,
    in_webinar,
    personal,
    plain,
)


class WebinarState(StrEnum):
    """draft → scheduled → live ⇄ paused → ended; see `webinars.lifecycle` for the transitions."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    LIVE = "live"
    PAUSED = "paused"
    ENDED = "ended"


class Access(StrEnum):
    """Who may watch: everybody who registers, everybody, or those who were invited and then registered."""

    REGISTRATION = "registration"
    OPEN = "open"
    INVITATION = "invitation"


class MediaKind(StrEnum):
    """Where a picture comes from: nowhere yet, any HLS URL, or a recording of ours."""

    NONE = "none"
    EXTERNAL = "external"
    RECORDING = "recording"


class Webinar(AccountRow, table=True):
    """One webinar with one session.

    `last_seq` orders everything that happens in its room; `state_seq` is the `seq` of the latest change
    of what the room shows of the webinar itself. A new `epoch` tells clients to take a fresh snapshot.
    `retention_days` after the end everything that people left goes; a category with days of its own goes earlier.
    With an `erasure_id` it is being deleted, and no query of the house finds it (`models.hidden`).
    """

    __table_args__ = (
        in_account(),
        UniqueConstraint("account_id", "id"),
        Index(None, "account_id", "starts_at"),
    )

    title: str = plain()
    description: str = plain(default="")
    language: str = plain(default="en")
    time_zone: str = plain(default="Europe/Amsterdam")
    starts_at: datetime | None = plain(default=None)
    duration_minutes: int = plain(default=60)
    state: WebinarState = plain(default=WebinarState.DRAFT, sa_type=choice(WebinarState))
    access: Access = plain(default=Access.REGISTRATION, sa_type=choice(Access))
    max_registrants: int | None = plain(default=None)
    chat_enabled: bool = plain(default=True)
    questions_enabled: bool = plain(default=True)
    questions_moderated: bool = plain(default=True)
    replay_enabled: bool = plain(default=False)
    media_kind: MediaKind = plain(default=MediaKind.NONE, sa_type=choice(MediaKind))
    media_url: str = plain(default="")
    recording_id: UUID | None = plain(default=None)
    replay_kind: MediaKind = plain(default=MediaKind.NONE, sa_type=choice(MediaKind))
    replay_url: str = plain(default="")
    replay_recording_id: UUID | None = plain(default=None)
    brand_colour: str = plain(default="")
    logo_id: UUID | None = plain(default=None)
    embed_origins: list[str] = plain(default_factory=list, sa_type=JSON)
    retention_days: int = plain(default=90)
    chat_days: int | None = plain(default=None)
    questions_days: int | None = plain(default=None)
    answers_days: int | None = plain(default=None)
    last_seq: int = plain(default=0)
    state_seq: int = plain(default=0)
    epoch: UUID = plain()
    went_live_at: datetime | None = plain(default=None)
    ended_at: datetime | None = plain(default=None)
    created_at: datetime = plain()
    erasure_id: UUID | None = plain(default=None)


class Speaker(WebinarRow, table=True):
    """Somebody who speaks, as the webinar's public page presents them."""

    __table_args__ = (in_webinar(), Index(None, "account_id", "webinar_id"))

    position: int = plain()
    name: str = personal(DataClass.NAME, "presenting the speakers", basis=Basis.LEGITIMATE_INTEREST)
    role: str = personal(
        DataClass.NAME, "presenting the speakers", basis=Basis.LEGITIMATE_INTEREST, default=""
    )
    biography: str = personal(
        DataClass.NAME, "presenting the speakers", basis=Basis.LEGITIMATE_INTEREST, default=""
    )


class AssetKind(StrEnum):
    """What a stored file of a webinar is: a logo, or a recorded HLS folder."""

    LOGO = "logo"
    RECORDING = "recording"


class MediaAsset(WebinarRow, table=True):
    """A file or folder of a webinar in the media folder, at `<webinar id>/<asset id>`.

    The uploaded file's own name is not kept: it may name a person.
    """

    __tablename__ = "media_asset"
    __table_args__ = (in_webinar(), Index(None, "account_id", "webinar_id"))

    kind: AssetKind = plain(sa_type=choice(AssetKind))
    content_type: str = plain()
    size: int = plain()
    label: str = plain(default="")
    created_at: datetime = plain()
