"""Consent records after ISO/IEC TS 27560:2023: given, refused, withdrawn; append-only, the latest holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.notices import latest_wordings
from webinar.consent.prepared import drop_exports
from webinar.errors import Conflict, NotFound
from webinar.models import ConsentRecord, ConsentState, NoticeVersion, Participant, Purpose, next_id

WITHDRAWAL = "One click on the page behind the link in every mail, or from the watch page; no sign-in."


@dataclass(frozen=True, slots=True)
class Terms:
    """What was told with the question: who the controller is, and how long the data is kept."""

    controller: str
    retention: str


@dataclass(frozen=True, slots=True)
class Decision:
    """An answer to one purpose, as worded in that notice version and its language."""

    purpose_id: UUID
    notice_version_id: UUID
    language: str
    given: bool


@dataclass(frozen=True, slots=True)
class FirstDecisions:
    """What somebody answered to everything they were asked, under these terms."""

    participant: Participant
    decisions: Iterable[Decision]
    terms: Terms


@dataclass(frozen=True, slots=True)
class Consent:
    """What holds for one purpose: the latest record, with the very wording it was given to.

    `asked` is what the person would be asked today, in the same language; `changed` says that it means something
    else than what they answered to.
    """

    record: ConsentRecord
    purpose: Purpose
    notice: NoticeVersion
    asked: NoticeVersion
    changed: bool

    @property
    def given(self) -> bool:
        """Whether the person agrees at present, to what the words mean at present."""
        return self.record.state is ConsentState.GIVEN and not self.changed

    @property
    def to_renew(self) -> bool:
        """Whether the person agreed to words that have changed in substance since, and is to be asked again."""
        return self.record.state is ConsentState.GIVEN and self.changed and self.purpose.retired_at is None


async def record_first_decisions(
    db: AsyncSession, decided: Iterable[FirstDecisions], *, method: str, now: datetime
) -> None:
    """Stores the answers of people who have never been asked before, in one statement.

    `method` says how they were given ("registration form").
    """
    rows = [
        {
            "id": next_id(),
            "account_id": each.participant.account_id,
            "webinar_id": each.participant.webinar_id,
            "participant_id": each.participant.id,
            "number": 1,
            **_answer(decision, each.terms, method, now),
        }
        for each in decided
        for decision in each.decisions
    ]
    if rows:
        await (await db.connection()).execute(insert(ConsentRecord), rows)


async def current_consents(db: AsyncSession, participant: Participant) -> Sequence[Consent]:
    """What holds for every purpose the participant was asked about, in the purposes' order."""
    newest: dict[UUID, Consent] = {}
    for consent in await consent_history(db, participant):
        newest[consent.purpose.id] = consent
    return sorted(newest.values(), key=lambda consent: (consent.purpose.position, str(consent.purpose.id)))


async def consent_history(db: AsyncSession, participant: Participant) -> Sequence[Consent]:
    """Every record of the participant, oldest first."""
    found = (
        select(ConsentRecord, Purpose, NoticeVersion)
        .join(Purpose, col(Purpose.id) == col(ConsentRecord.purpose_id))
        .join(NoticeVersion, col(NoticeVersion.id) == col(ConsentRecord.notice_version_id))
        .where(
            col(ConsentRecord.account_id) == participant.account_id,
            col(ConsentRecord.webinar_id) == participant.webinar_id,
            col(ConsentRecord.participant_id) == participant.id,
        )
        .order_by(col(ConsentRecord.number), col(ConsentRecord.at))
    )
    rows = (await db.exec(found)).all()
    later = await _later_wordings(db, {notice.id: notice for _, _, notice in rows})
    return [
        Consent(
            record,
            purpose,
            notice,
            asked=later[notice.id][-1] if later[notice.id] else notice,
            changed=any(version.substantive for version in later[notice.id]),
        )
        for record, purpose, notice in rows
    ]


async def withdraw_consent(
    db: AsyncSession, participant: Participant, purpose_id: UUID, *, method: str, now: datetime
) -> ConsentRecord:
    """Withdraws; doing it again, or withdrawing what was refused, changes nothing and is no error.

    `method` says from where ("personal link", "watch page"). Raises NotFound for a purpose never asked about.
    """
    latest = await _latest(db, participant, purpose_id)
    if latest.state is not ConsentState.GIVEN:
        return latest
    await drop_exports(db, webinar_id=participant.webinar_id, purpose_id=purpose_id)
    return await _append(db, latest, ConsentState.WITHDRAWN, method, now)


async def give_consent_again(
    db: AsyncSession, participant: Participant, purpose_id: UUID, shown: UUID, *, method: str, now: datetime
) -> ConsentRecord:
    """Gives a consent that was refused or withdrawn, or that changed words don't cover any more.

    `shown` is the notice version that stood beside the button. Raises Conflict when other words are asked by now,
    NotFound for a purpose never asked about, or retired since.
    """
    latest = await _latest(db, participant, purpose_id)
    purpose = await db.get(Purpose, purpose_id)
    if purpose is None or purpose.retired_at is not None:
        raise NotFound
    asked = (await latest_wordings(db, [purpose]))[purpose_id][await _language_of(db, latest)]
    if asked.id != shown:
        raise Conflict("The words have changed. Please read them again.", code="words_changed")
    if latest.state is ConsentState.GIVEN and latest.notice_version_id == asked.id:
        return latest
    return await _append(db, latest, ConsentState.GIVEN, method, now, notice_version_id=asked.id)


async def _later_wordings(
    db: AsyncSession, shown: Mapping[UUID, NoticeVersion]
) -> Mapping[UUID, list[NoticeVersion]]:
    """The versions that came after each of `shown` in its language, oldest first."""
    purposes = {notice.purpose_id for notice in shown.values()}
    found = select(NoticeVersion).where(col(NoticeVersion.purpose_id).in_(purposes))
    versions = (await db.exec(found.order_by(col(NoticeVersion.number)))).all() if shown else []
    return {
        notice.id: [
            version
            for version in versions
            if (version.purpose_id, version.language) == (notice.purpose_id, notice.language)
            and version.number > notice.number
        ]
        for notice in shown.values()
    }


async def _latest(db: AsyncSession, participant: Participant, purpose_id: UUID) -> ConsentRecord:
    # The participant's row is locked, so that two clicks at once append one record after the other.
    await db.exec(select(col(Participant.id)).where(col(Participant.id) == participant.id).with_for_update())
    newest = (
        select(ConsentRecord)
        .where(
            col(ConsentRecord.participant_id) == participant.id,
            col(ConsentRecord.purpose_id) == purpose_id,
        )
        .order_by(col(ConsentRecord.number).desc())
        .limit(1)
    )
    latest: ConsentRecord | None = (await db.exec(newest)).one_or_none()
    if latest is None:
        raise NotFound
    return latest


async def _language_of(db: AsyncSession, record: ConsentRecord) -> str:
    # The words' own: a person who reads Dutch may have been shown English ones.
    return (await db.get_one(NoticeVersion, record.notice_version_id)).language


async def _append(
    db: AsyncSession,
    latest: ConsentRecord,
    state: ConsentState,
    method: str,
    now: datetime,
    *,
    notice_version_id: UUID | None = None,
) -> ConsentRecord:
    following = ConsentRecord(
        **latest.model_dump(exclude={"id", "number", "state", "at", "method", "notice_version_id"}),
        notice_version_id=notice_version_id or latest.notice_version_id,
        number=latest.number + 1,
        state=state,
        at=now,
        method=method,
    )
    db.add(following)
    await db.flush()
    return following


def _answer(decision: Decision, terms: Terms, method: str, now: datetime) -> dict[str, Any]:
    return {
        "purpose_id": decision.purpose_id,
        "notice_version_id": decision.notice_version_id,
        "state": ConsentState.GIVEN if decision.given else ConsentState.REFUSED,
        "language": decision.language,
        "at": now,
        "method": method,
        "withdrawal_method": WITHDRAWAL,
        "controller": terms.controller,
        "retention": terms.retention,
    }
