"""Ending what is held about people: one delete, the database cascades, a receipt with counts remains.

These functions work in the caller's unit of work and never commit. What has to follow the commit (open rooms,
files, bytes left in the database's files) is `Eraser.finish`'s, which takes what they give.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar
from uuid import UUID, uuid4

from sqlalchemy import delete, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from webinar.errors import NotFound
from webinar.models import (
    Account,
    Answer,
    ChatMessage,
    DataCategory,
    Erasable,
    ErasureProof,
    ErasureReceipt,
    ErasureScope,
    FormVersion,
    Participant,
    Question,
    QuestionVote,
    Registration,
    Webinar,
)
from webinar.privacy.holds import require_not_held
from webinar.privacy.inventory import Within, count_rows
from webinar.privacy.journal import note_erased

# What a category that goes by itself consists of, children first.
CATEGORY_ROWS: Mapping[DataCategory, Sequence[type[ChatMessage | Question | QuestionVote | Answer]]] = {
    DataCategory.CHAT: (ChatMessage,),
    DataCategory.QUESTIONS: (QuestionVote, Question),
    DataCategory.ANSWERS: (Answer,),
}
# Ids in one statement; databases bound the number of parameters.
CHUNK = 500

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Erased:
    """What was deleted, with the webinars whose open rooms must hear of it after the commit."""

    receipt: ErasureReceipt
    rooms: tuple[UUID, ...] = ()


async def erase_participant_rows(db: AsyncSession, within: Within, *, role: str, now: datetime) -> Erased:
    """Deletes the participants that `within` selects, with everything of theirs.

    The room gets a new epoch, so that every open page takes a fresh snapshot, and the votes of questions that
    stay are counted again. `role` is who asked. Raises NotFound when the selection is empty, Held under a legal hold.
    """
    if within.webinar_id is None or within.participants is None:
        raise ValueError("participants are erased within a webinar")
    counts = await count_rows(db, within)
    if not counts.get("participant"):
        raise NotFound
    await require_not_held(db, within)
    gone = (await db.exec(_chosen(within.participants, within))).all()
    await note_erased(db, Erasable.PARTICIPANT, gone, now)
    voted = await _questions_voted_for(db, within.webinar_id, within.participants)
    await db.exec(
        delete(Participant).where(
            col(Participant.account_id) == within.account_id,
            col(Participant.webinar_id) == within.webinar_id,
            col(Participant.id).in_(within.participants),
        )
    )
    await _recount_votes(db, voted)
    await start_epoch(db, within.webinar_id)
    receipt = await _write_receipt(db, within, ErasureScope.PARTICIPANTS, counts, role=role, now=now)
    return Erased(receipt, (within.webinar_id,))


async def erase_webinar_rows(
    db: AsyncSession, account_id: UUID, webinar_id: UUID, *, role: str, now: datetime
) -> Erased:
    """Deletes a webinar with everything in it; raises NotFound when the account has no such webinar, or Held."""
    within = Within(account_id, webinar_id)
    counts = await count_rows(db, within)
    if not counts.get("webinar"):
        raise NotFound
    await require_not_held(db, within)
    await note_erased(db, Erasable.WEBINAR, [webinar_id], now)
    await db.exec(delete(Webinar).where(col(Webinar.account_id) == account_id, col(Webinar.id) == webinar_id))
    receipt = await _write_receipt(db, within, ErasureScope.WEBINAR, counts, role=role, now=now)
    return Erased(receipt, (webinar_id,))


async def erase_account_rows(db: AsyncSession, account_id: UUID, *, role: str, now: datetime) -> Erased:
    """Deletes an account with users, webinars and everything in them; raises NotFound when it is gone, or Held."""
    within = Within(account_id)
    counts = await count_rows(db, within)
    if not counts.get("account"):
        raise NotFound
    await require_not_held(db, within)
    rooms = (await db.exec(select(col(Webinar.id)).where(col(Webinar.account_id) == account_id))).all()
    await note_erased(db, Erasable.ACCOUNT, [account_id], now)
    await db.exec(delete(Account).where(col(Account.id) == account_id))
    receipt = await _write_receipt(db, within, ErasureScope.ACCOUNT, counts, role=role, now=now)
    return Erased(receipt, tuple(rooms))


async def erase_answer_rows(
    db: AsyncSession, form: FormVersion, field_keys: Sequence[str], *, role: str, now: datetime
) -> Erased | None:
    """Deletes the answers to these fields of one version of a form; None when there are none. Raises Held."""
    given = select(col(Registration.id)).where(
        col(Registration.account_id) == form.account_id,
        col(Registration.webinar_id) == form.webinar_id,
        col(Registration.form_version_id) == form.id,
    )
    answers = (
        col(Answer.account_id) == form.account_id,
        col(Answer.webinar_id) == form.webinar_id,
        col(Answer.registration_id).in_(given),
        col(Answer.field_key).in_(field_keys),
    )
    found = (await db.exec(select(func.count()).select_from(Answer).where(*answers))).one()
    if not found:
        return None
    within = Within(form.account_id, form.webinar_id)
    await require_not_held(db, within)
    await db.exec(delete(Answer).where(*answers))
    receipt = await _write_receipt(db, within, ErasureScope.ANSWERS, {"answer": found}, role=role, now=now)
    return Erased(receipt)


async def erase_category_rows(
    db: AsyncSession, webinar: Webinar, category: DataCategory, *, role: str, now: datetime
) -> Erased | None:
    """Deletes a webinar's chat, questions or answers, whoever they are by; None when there are none. Raises Held."""
    within = Within(webinar.account_id, webinar.id)
    counts: dict[str, int] = {}
    for model in CATEGORY_ROWS[category]:
        rows = (col(model.account_id) == webinar.account_id, col(model.webinar_id) == webinar.id)
        if found := (await db.exec(select(func.count()).select_from(model).where(*rows))).one():
            counts[str(model.__tablename__)] = found
            await require_not_held(db, within)
            await db.exec(delete(model).where(*rows))
    if not counts:
        return None
    await start_epoch(db, webinar.id)
    receipt = await _write_receipt(db, within, ErasureScope(category), counts, role=role, now=now)
    return Erased(receipt, (webinar.id,))


async def start_epoch(db: AsyncSession, webinar_id: UUID) -> None:
    """Makes every open page of the webinar's room take a fresh snapshot."""
    await db.exec(
        update(Webinar)
        .where(col(Webinar.id) == webinar_id)
        .values(epoch=uuid4(), last_seq=col(Webinar.last_seq) + 1)
    )


async def open_receipts(db: AsyncSession) -> Sequence[ErasureReceipt]:
    """Erasures of which it isn't proven yet that nothing is left, oldest first."""
    receipts = select(ErasureReceipt).where(col(ErasureReceipt.verified_at).is_(None))
    return (await db.exec(receipts.order_by(col(ErasureReceipt.requested_at)))).all()


async def list_receipts(db: AsyncSession, account_id: UUID) -> Sequence[ErasureReceipt]:
    """The account's receipts, newest first."""
    receipts = select(ErasureReceipt).where(col(ErasureReceipt.account_id) == account_id)
    return (await db.exec(receipts.order_by(col(ErasureReceipt.requested_at).desc()))).all()


async def get_receipt(db: AsyncSession, account_id: UUID, receipt_id: UUID) -> ErasureReceipt:
    """One receipt of the account; raises NotFound."""
    receipt = await db.get(ErasureReceipt, receipt_id)
    if receipt is None or receipt.account_id != account_id:
        raise NotFound
    return receipt


async def note_files(db: AsyncSession, receipt_id: UUID, files: int) -> None:
    """Adds `files` removed files to the receipt."""
    await db.exec(
        update(ErasureReceipt)
        .where(col(ErasureReceipt.id) == receipt_id)
        .values(files=col(ErasureReceipt.files) + files)
    )


async def verify_receipts(
    db: AsyncSession, receipt_ids: Iterable[UUID], proof: ErasureProof, now: datetime
) -> None:
    """States that nothing of these erasures is left, as far as `proof` says."""
    await db.exec(
        update(ErasureReceipt)
        .where(col(ErasureReceipt.id).in_(list(receipt_ids)), col(ErasureReceipt.verified_at).is_(None))
        .values(verified_at=now, proof=proof)
    )


def _chosen(participants: SelectOfScalar[UUID], within: Within) -> SelectOfScalar[UUID]:
    return select(col(Participant.id)).where(
        col(Participant.account_id) == within.account_id,
        col(Participant.webinar_id) == within.webinar_id,
        col(Participant.id).in_(participants),
    )


async def _questions_voted_for(
    db: AsyncSession, webinar_id: UUID, participants: SelectOfScalar[UUID]
) -> Sequence[UUID]:
    votes = (
        select(col(QuestionVote.question_id))
        .where(col(QuestionVote.webinar_id) == webinar_id, col(QuestionVote.participant_id).in_(participants))
        .distinct()
    )
    return (await db.exec(votes)).all()


async def _recount_votes(db: AsyncSession, question_ids: Sequence[UUID]) -> None:
    votes = (
        select(func.count())
        .where(col(QuestionVote.question_id) == col(Question.id))
        .correlate(Question)
        .scalar_subquery()
    )
    for chunk in _chunks(question_ids):
        await db.exec(update(Question).where(col(Question.id).in_(chunk)).values(votes=votes))


async def _write_receipt(
    db: AsyncSession,
    within: Within,
    scope: ErasureScope,
    counts: dict[str, int],
    *,
    role: str,
    now: datetime,
) -> ErasureReceipt:
    # Erased participants are counted under their webinar: a receipt never names a person, not even by id.
    receipt = ErasureReceipt(
        account_id=within.account_id,
        scope=scope,
        subject_id=within.webinar_id or within.account_id,
        counts=counts,
        role=role,
        requested_at=now,
    )
    db.add(receipt)
    await db.flush()
    return receipt


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    remaining = iter(items)
    while chunk := list(islice(remaining, CHUNK)):
        yield chunk
