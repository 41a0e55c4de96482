"""Asking for an erasure: from the commit on, nobody can reach or write what goes; a receipt keeps count of it.

These functions work in the caller's unit of work and never commit. A few people go within it: one delete, and the
database cascades. Many people, a webinar or an account are marked, which hides them (`models.hidden`), and
`chunks` deletes their rows little by little. All that follows the commit is `Eraser.finish`'s, which takes what
these functions give.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import delete, func, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.prepared import drop_exports
from webinar.consent.standing import unawaited
from webinar.errors import NotFound
from webinar.models import (
    Account,
    Answer,
    ChatMessage,
    DataCategory,
    Erasable,
    ErasureReceipt,
    ErasureScope,
    ErasureStep,
    ErasureWait,
    FormVersion,
    Participant,
    Question,
    QuestionVote,
    Registration,
    Webinar,
)
from webinar.privacy.chunks import delete_people, delete_users, of_users, start_epoch
from webinar.privacy.holds import require_not_held
from webinar.privacy.inventory import Within, table_named
from webinar.privacy.journal import note_erased
from webinar.privacy.only_kept import require_none_restricted, usable_within
from webinar.privacy.wanted import Wanted, recall, want_people, want_rows

# What a category that goes by itself consists of, children first.
CATEGORY_ROWS: Mapping[DataCategory, Sequence[type[ChatMessage | Question | QuestionVote | Answer]]] = {
    DataCategory.CHAT: (ChatMessage,),
    DataCategory.QUESTIONS: (QuestionVote, Question),
    DataCategory.ANSWERS: (Answer,),
}
# Whose role asks for the erasure of their own data.
PERSON = "participant"
# So many people go with the request itself. Enough for what is chosen by hand, and SQLite's writer is soon free.
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Erased:
    """What was asked for, (where it is about participants) how many people it concerns, and what to look for later."""

    receipt: ErasureReceipt
    people: int = 0
    wanted: Wanted = field(default_factory=Wanted)


async def erase_participant_rows(
    db: AsyncSession,
    within: Within,
    *,
    role: str,
    now: datetime,
    redacted: Mapping[str, int] = MappingProxyType({}),
) -> Erased:
    """Begins to erase the participants that `within` selects, with everything of theirs.

    The room gets a new epoch, so that every open page takes a fresh snapshot, and the votes of questions that
    stay are counted again. `role` is who asked; `redacted` counts rows of others, by table, in which they were named.
    Who restricted the use of their data stays, unless they ask themselves. Raises NotFound when the selection is
    empty, Restricted when nobody of it may go, Held under a legal hold.
    """
    if role != PERSON:
        within = await usable_within(db, within)
    webinar_id, participants = within.people()
    chosen = (
        col(Participant.account_id) == within.account_id,
        col(Participant.webinar_id) == webinar_id,
        col(Participant.id).in_(participants),
    )
    people = (await db.exec(select(func.count()).select_from(Participant).where(*chosen))).one()
    if not people:
        raise NotFound
    await require_not_held(db, within)
    wanted = await want_people(db, within)
    receipt = await write_receipt(
        db, within, ErasureScope.PARTICIPANTS, {}, role=role, now=now, wanted=wanted
    )
    receipt.redacted = dict(redacted)
    if people <= AT_ONCE:
        add_counts(receipt, await delete_people(db, within, now))
    else:
        # Without their address they may come back as somebody new, before they are gone as who they were.
        await db.exec(update(Participant).where(*chosen).values(erasure_id=receipt.id, email_key=None))
    await start_epoch(db, webinar_id)
    return Erased(receipt, people, wanted)


async def erase_webinar_rows(
    db: AsyncSession, account_id: UUID, webinar_id: UUID, *, role: str, now: datetime
) -> Erased:
    """Begins to delete a webinar with everything in it; raises NotFound when the account has none such.

    Raises Held under a legal hold, and Restricted while anybody of it has restricted the use of their data.
    """
    within = Within(account_id, webinar_id)
    await require_not_held(db, within)
    await require_none_restricted(db, within)
    receipt = await write_receipt(db, within, ErasureScope.WEBINAR, {}, role=role, now=now)
    webinar = (col(Webinar.account_id) == account_id, col(Webinar.id) == webinar_id)
    if not (await db.exec(update(Webinar).where(*webinar).values(erasure_id=receipt.id))).rowcount:
        raise NotFound
    await note_erased(db, Erasable.WEBINAR, [webinar_id], now)
    return Erased(receipt)


async def erase_account_rows(db: AsyncSession, account_id: UUID, *, role: str, now: datetime) -> Erased:
    """Begins to delete an account with its webinars and all in them; its users go at once.

    Raises NotFound, or Held and Restricted as for a webinar.
    """
    within = Within(account_id)
    await require_not_held(db, within)
    await require_none_restricted(db, within)
    wanted = await want_rows(db, of_users(account_id))
    receipt = await write_receipt(db, within, ErasureScope.ACCOUNT, {}, role=role, now=now, wanted=wanted)
    account = update(Account).where(col(Account.id) == account_id)
    if not (await db.exec(account.values(erasure_id=receipt.id))).rowcount:
        raise NotFound
    await db.exec(update(Webinar).where(col(Webinar.account_id) == account_id).values(erasure_id=receipt.id))
    await note_erased(db, Erasable.ACCOUNT, [account_id], now)
    add_counts(receipt, await delete_users(db, account_id))
    return Erased(receipt, wanted=wanted)


async def erase_answer_rows(
    db: AsyncSession, form: FormVersion, field_keys: Sequence[str], *, role: str, now: datetime
) -> Erased | None:
    """Deletes the answers to these fields of one version of a form; None when there are none. Raises Held.

    Answers of people who restricted the use of their data, or wait for an answer about it, stay.
    """
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
        unawaited(col(Answer.participant_id)),
    )
    found = (await db.exec(select(func.count()).select_from(Answer).where(*answers))).one()
    if not found:
        return None
    within = Within(form.account_id, form.webinar_id)
    await require_not_held(db, within)
    wanted = await want_rows(db, [(table_named("answer"), answers)])
    await db.exec(delete(Answer).where(*answers))
    counts = {"answer": found}
    receipt = await write_receipt(db, within, ErasureScope.ANSWERS, counts, role=role, now=now, wanted=wanted)
    return Erased(receipt, wanted=wanted)


async def erase_category_rows(
    db: AsyncSession, webinar: Webinar, category: DataCategory, *, role: str, now: datetime
) -> Erased | None:
    """Deletes a webinar's chat, questions or answers, whoever they are by; None when there are none. Raises Held.

    What people wrote who restricted the use of their data, or wait for an answer about it, stays.
    """
    within = Within(webinar.account_id, webinar.id)
    counts: dict[str, int] = {}
    wanted = Wanted()
    for model in CATEGORY_ROWS[category]:
        rows = (
            col(model.account_id) == webinar.account_id,
            col(model.webinar_id) == webinar.id,
            unawaited(col(model.participant_id)),
        )
        if found := (await db.exec(select(func.count()).select_from(model).where(*rows))).one():
            counts[str(model.__tablename__)] = found
            await require_not_held(db, within)
            wanted.add(await want_rows(db, [(table_named(str(model.__tablename__)), rows)]))
            await db.exec(delete(model).where(*rows))
    if not counts:
        return None
    await start_epoch(db, webinar.id)
    scope = ErasureScope(category)
    receipt = await write_receipt(db, within, scope, counts, role=role, now=now, wanted=wanted)
    return Erased(receipt, wanted=wanted)


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


async def reach_step(db: AsyncSession, receipt: ErasureReceipt, step: ErasureStep, *, files: int = 0) -> None:
    """Notes that an erasure has done `step`, and `files` it removed on the way; it waits for nothing any more.

    Nothing happens when another instance has taken it on from `receipt.step` in the meantime.
    """
    await db.exec(
        update(ErasureReceipt)
        .where(col(ErasureReceipt.id) == receipt.id, col(ErasureReceipt.step) == receipt.step)
        .values(step=step, waits_for=None, waits_in="", files=col(ErasureReceipt.files) + files)
    )


async def note_wait(
    db: AsyncSession, receipt_id: UUID, wait: ErasureWait, stores: Sequence[str] = ()
) -> None:
    """Notes what an erasure waits for, and in which stores something is left."""
    this = update(ErasureReceipt).where(col(ErasureReceipt.id) == receipt_id)
    await db.exec(this.values(waits_for=wait, waits_in=" ".join(stores)))


async def note_wanted(db: AsyncSession, receipt_id: UUID, wanted: Wanted) -> None:
    """Notes by which ids to look for what goes, if another process ends the erasure."""
    receipt = await db.get_one(ErasureReceipt, receipt_id, with_for_update=True)
    together = recall(receipt.wanted)
    together.add(wanted)
    receipt.wanted = together.note()
    db.add(receipt)


def add_counts(receipt: ErasureReceipt, counts: Mapping[str, int]) -> None:
    """Adds destroyed rows, by table, to what the receipt counts."""
    receipt.counts = dict(Counter(receipt.counts) + Counter(counts))


async def write_receipt(
    db: AsyncSession,
    within: Within,
    scope: ErasureScope,
    counts: dict[str, int],
    *,
    role: str,
    now: datetime,
    wanted: Wanted | None = None,
) -> ErasureReceipt:
    """The receipt with which an erasure begins; prepared files that may hold what goes end with it."""
    # A webinar that goes takes its own with it, and they are counted.
    if within.webinar_id is not None and scope is not ErasureScope.WEBINAR:
        await drop_exports(db, webinar_id=within.webinar_id)
    # Erased participants are counted under their webinar: a receipt never names a person, not even by id.
    receipt = ErasureReceipt(
        account_id=within.account_id,
        scope=scope,
        subject_id=within.webinar_id or within.account_id,
        counts=counts,
        role=role,
        requested_at=now,
        wanted=wanted.note() if wanted else b"",
    )
    db.add(receipt)
    await db.flush()
    return receipt
