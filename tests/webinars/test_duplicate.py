"""Duplicating takes what the makers wrote, and nothing of the people."""

from uuid import UUID, uuid4

import pytest
from sqlmodel import func, select

from tests.support.installation import Installation
from tests.support.people import Organisation
from tests.support.webinars import a_webinar, some_participants
from webinar.errors import NotFound
from webinar.models import (
    Account,
    FormVersion,
    MediaKind,
    NoticeKind,
    NoticeVersion,
    Participant,
    Purpose,
    Speaker,
    WebinarState,
)
from webinar.webinars.catalogue import get_webinar
from webinar.webinars.duplicate import duplicate_webinar
from webinar.webinars.speakers import SpeakerWords, add_speaker, list_speakers, move_speaker


async def test_settings_speakers_form_and_purposes_are_copied_and_participants_are_not(
    installation: Installation, organisation: Organisation
):
    now = installation.clock.now()
    original = await a_webinar(
        installation,
        organisation.id,
        WebinarState.ENDED,
        brand_colour="#123456",
        logo_id=uuid4(),
        recording_id=uuid4(),
    )
    await some_participants(installation, original, 2)
    async with installation.services.db.writing() as db:
        webinar = await get_webinar(db, organisation.id, original.id)
        await add_speaker(db, webinar, SpeakerWords("Ada", "Chair", ""))
        purpose = Purpose(account_id=organisation.id, webinar_id=original.id, created_at=now)
        db.add(purpose)
        await db.flush()
        for number in (1, 2):
            db.add(NoticeVersion(account_id=organisation.id, kind=NoticeKind.PURPOSE, webinar_id=original.id, purpose_id=purpose.id, language="en", number=number, body=f"Wording {number}", sha256=bytes(32), created_at=now))  # fmt: skip
        fields = [{"key": "news", "type": "consent", "purpose_id": str(purpose.id)}]
        db.add(FormVersion(account_id=organisation.id, webinar_id=original.id, number=4, fields=fields, published_at=now))  # fmt: skip
    async with installation.services.db.writing() as db:
        copy = await duplicate_webinar(db, organisation.id, original.id, "Again", now)

    assert (copy.state, copy.starts_at, copy.went_live_at, copy.last_seq) == (
        WebinarState.DRAFT,
        None,
        None,
        0,
    )
    assert (copy.title, copy.brand_colour, copy.logo_id) == ("Again", "#123456", None)
    assert (copy.media_kind, copy.recording_id) == (MediaKind.NONE, None)
    assert copy.epoch != original.epoch
    async with installation.services.db.reading() as db:
        assert [speaker.name for speaker in await list_speakers(db, copy)] == ["Ada"]
        [new_purpose] = (await db.exec(select(Purpose).where(Purpose.webinar_id == copy.id))).all()
        [notice] = (await db.exec(select(NoticeVersion).where(NoticeVersion.webinar_id == copy.id))).all()
        assert (notice.purpose_id, notice.number, notice.body) == (new_purpose.id, 1, "Wording 2")
        [form] = (await db.exec(select(FormVersion).where(FormVersion.webinar_id == copy.id))).all()
        assert (form.number, form.published_at) == (1, None)
        assert form.fields == [{**fields[0], "purpose_id": str(new_purpose.id)}]
        assert await count(installation, copy.id) == 0


async def test_a_copy_keeps_its_days_within_what_the_account_allows_by_now(
    installation: Installation, organisation: Organisation
):
    now = installation.clock.now()
    original = await a_webinar(
        installation, organisation.id, WebinarState.ENDED, retention_days=400, chat_days=5, answers_days=90
    )
    kept = {"long": 300, "short": 3, "fine": 60}
    fields = [{"key": key, "type": "text", "retention_days": days} for key, days in kept.items()]
    fields.append({"key": "as long as all", "type": "text"})
    async with installation.services.db.writing() as db:
        db.add(FormVersion(account_id=organisation.id, webinar_id=original.id, number=1, fields=fields))
        account = await db.get_one(Account, organisation.id)
        account.shortest_days, account.longest_days = 30, 200
    async with installation.services.db.writing() as db:
        copy = await duplicate_webinar(db, organisation.id, original.id, "Again", now)
    assert (copy.retention_days, copy.chat_days, copy.answers_days) == (200, 30, 90)
    async with installation.services.db.reading() as db:
        [form] = (await db.exec(select(FormVersion).where(FormVersion.webinar_id == copy.id))).all()
    assert [field.get("retention_days") for field in form.fields] == [200, 30, 60, None]
    assert fields[-1] == form.fields[-1]


async def test_somebody_elses_webinar_cannot_be_duplicated(
    installation: Installation, organisation: Organisation, stranger: Organisation
):
    original = await a_webinar(installation, organisation.id)
    async with installation.services.db.writing() as db:
        with pytest.raises(NotFound):
            await duplicate_webinar(db, stranger.id, original.id, "Mine now", installation.clock.now())


async def test_speakers_are_moved_within_the_list(installation: Installation, organisation: Organisation):
    webinar_id = (await a_webinar(installation, organisation.id)).id
    async with installation.services.db.writing() as db:
        webinar = await get_webinar(db, organisation.id, webinar_id)
        speakers = [await add_speaker(db, webinar, SpeakerWords(name, "", "")) for name in "ABC"]
        await move_speaker(db, webinar, speakers[0].id, 1)
        assert names(await list_speakers(db, webinar)) == "BAC"
        await move_speaker(db, webinar, speakers[2].id, -9)
        assert names(await list_speakers(db, webinar)) == "CBA"


async def count(installation: Installation, webinar_id: UUID) -> int:
    async with installation.services.db.reading() as db:
        query = select(func.count()).select_from(Participant).where(Participant.webinar_id == webinar_id)
        return (await db.exec(query)).one()


def names(speakers: list[Speaker]) -> str:
    return "".join(speaker.name for speaker in speakers)
