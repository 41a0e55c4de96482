"""The audit trail: who of the account did what, when. Ids and counts only, nothing about participants."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.accounts.actor import Actor
from webinar.canonical import canonical_json
from webinar.models import Account, AuditEntry, User

# The role of what is done at the command line.
OPERATOR = "operator"


class Action(StrEnum):
    """Everything that leaves a trace. The first word is the kind of the subject."""

    ACCOUNT_CREATED = "account.created"
    ACCOUNT_CHANGED = "account.changed"
    ACCOUNT_RESTORED = "account.restored"
    AGREEMENT_ACCEPTED = "agreement.accepted"
    HOLD_PLACED = "hold.placed"
    HOLD_LIFTED = "hold.lifted"
    USER_SIGNED_IN = "user.signed_in"
    USER_SIGNED_OUT_EVERYWHERE = "user.signed_out_everywhere"
    USER_INVITED = "user.invited"
    USER_JOINED = "user.joined"
    USER_CHANGED = "user.changed"
    USER_PASSWORD_CHANGED = "user.password_changed"  # noqa: S105 - the name of an action
    USER_ROLE_CHANGED = "user.role_changed"
    USER_REMOVED = "user.removed"
    WEBINAR_CREATED = "webinar.created"
    WEBINAR_CHANGED = "webinar.changed"
    WEBINAR_DUPLICATED = "webinar.duplicated"
    WEBINAR_STATE_CHANGED = "webinar.state_changed"
    WEBINAR_DELETED = "webinar.deleted"
    WEBINAR_EXPORTED = "webinar.exported"
    WEBINAR_EXPORT_PREPARED = "webinar.export_prepared"
    WEBINAR_EXPORT_DOWNLOADED = "webinar.export_downloaded"
    FORM_PUBLISHED = "form.published"
    PURPOSE_CHANGED = "purpose.changed"
    PARTICIPANT_INVITED = "participant.invited"
    PARTICIPANT_CHANGED = "participant.changed"
    PARTICIPANT_EXPORTED = "participant.exported"
    PARTICIPANT_ERASED = "participant.erased"
    PARTICIPANT_RESTRICTED = "participant.restricted"
    PARTICIPANT_RESTRICTION_ENDING = "participant.restriction_ending"
    MENTIONS_REDACTED = "mentions.redacted"
    PARTICIPANT_MUTED = "participant.muted"
    PARTICIPANT_BANNED = "participant.banned"
    PARTICIPANT_RESTORED = "participant.restored"
    REQUEST_EXTENDED = "request.extended"
    REQUEST_ANSWERED = "request.answered"
    REQUEST_REFUSED = "request.refused"
    REQUEST_CLOSED = "request.closed"
    MESSAGE_REMOVED = "message.removed"
    QUESTION_DISMISSED = "question.dismissed"


WORDS = {
    Action.ACCOUNT_CREATED: "Created the account",
    Action.ACCOUNT_CHANGED: "Changed the account",
    Action.ACCOUNT_RESTORED: "Restored everything from a backup",
    Action.AGREEMENT_ACCEPTED: "Accepted the data processing agreement",
    Action.HOLD_PLACED: "Placed a legal hold",
    Action.HOLD_LIFTED: "Lifted a legal hold",
    Action.USER_SIGNED_IN: "Signed in",
    Action.USER_SIGNED_OUT_EVERYWHERE: "Signed out everywhere",
    Action.USER_INVITED: "Invited a user",
    Action.USER_JOINED: "Accepted the invitation",
    Action.USER_CHANGED: "Changed their own name or address",
    Action.USER_PASSWORD_CHANGED: "Changed their password",
    Action.USER_ROLE_CHANGED: "Changed a user's role",
    Action.USER_REMOVED: "Removed a user",
    Action.WEBINAR_CREATED: "Created a webinar",
    Action.WEBINAR_CHANGED: "Changed a webinar",
    Action.WEBINAR_DUPLICATED: "Duplicated a webinar",
    Action.WEBINAR_STATE_CHANGED: "Changed a webinar's state",
    Action.WEBINAR_DELETED: "Deleted a webinar",
    Action.WEBINAR_EXPORTED: "Exported a webinar's conversation",
    Action.WEBINAR_EXPORT_PREPARED: "Prepared an export for a purpose",
    Action.WEBINAR_EXPORT_DOWNLOADED: "Downloaded an export for a purpose",
    Action.FORM_PUBLISHED: "Published a registration form",
    Action.PURPOSE_CHANGED: "Changed a purpose",
    Action.PARTICIPANT_INVITED: "Invited participants",
    Action.PARTICIPANT_CHANGED: "Changed a participant",
    Action.PARTICIPANT_EXPORTED: "Exported participants",
    Action.PARTICIPANT_ERASED: "Erased participants",
    Action.PARTICIPANT_RESTRICTED: "Restricted the use of a participant's data",
    Action.PARTICIPANT_RESTRICTION_ENDING: "Announced the end of a restriction",
    Action.MENTIONS_REDACTED: "Redacted mentions of somebody who is gone",
    Action.PARTICIPANT_MUTED: "Muted a participant",
    Action.PARTICIPANT_BANNED: "Banned a participant",
    Action.PARTICIPANT_RESTORED: "Let a participant back in",
    Action.REQUEST_EXTENDED: "Took more time for a data subject request",
    Action.REQUEST_ANSWERED: "Answered a data subject request",
    Action.REQUEST_REFUSED: "Refused a data subject request",
    Action.REQUEST_CLOSED: "Closed a data subject request that was taken back",
    Action.MESSAGE_REMOVED: "Removed a chat message",
    Action.QUESTION_DISMISSED: "Dismissed a question",
}


@dataclass(frozen=True, slots=True)
class Trace:
    """One entry with the user behind it, or None once they were removed."""

    entry: AuditEntry
    user: User | None


async def record_action(
    db: AsyncSession,
    actor: Actor | User,
    action: Action,
    subject_id: UUID | None = None,
    *,
    now: datetime,
    **details: int | str | bool,
) -> None:
    """Adds one entry in the unit of work of the action itself, so that there is never one without the other.

    `details` are counts, states and roles. A name, an address or anything a person typed must not be among them.
    """
    user = actor.user if isinstance(actor, Actor) else actor
    await _append(
        db,
        AuditEntry(
            account_id=user.account_id,
            at=now,
            user_id=user.id,
            role=user.role,
            action=action,
            subject_kind=action.partition(".")[0],
            subject_id=subject_id,
            details=details,
            who=who_of(user.id),
        ),
    )


async def record_operation(
    db: AsyncSession, account_id: UUID, action: Action, *, now: datetime, **details: int | str | bool
) -> AuditEntry:
    """Adds an entry for what the operator did, who is no user of the account."""
    entry = AuditEntry(
        account_id=account_id,
        at=now,
        role=OPERATOR,
        action=action,
        subject_kind=action.partition(".")[0],
        details=details,
        who=b"",
    )
    await _append(db, entry)
    return entry


async def _append(db: AsyncSession, entry: AuditEntry) -> None:
    # One at a time in an account: PostgreSQL would let two take the same place in the chain.
    await db.exec(select(col(Account.id)).where(col(Account.id) == entry.account_id).with_for_update())
    await db.flush()
    last = await last_entry(db, entry.account_id)
    entry.number = last.number + 1 if last else 1
    entry.link = link_of(entry, last.link if last else b"")
    db.add(entry)
    await db.flush()


async def last_entry(db: AsyncSession, account_id: UUID) -> AuditEntry | None:
    """The latest entry of the account's chain."""
    entries = select(AuditEntry).where(col(AuditEntry.account_id) == account_id)
    return (await db.exec(entries.order_by(col(AuditEntry.number).desc()).limit(1))).first()


async def audit_head(db: AsyncSession, account_id: UUID) -> dict[str, int | str]:
    """Where the account's chain ends: the number and the link (hex) of its last entry."""
    last = await last_entry(db, account_id)
    return {"number": last.number, "link": last.link.hex()} if last else {"number": 0, "link": ""}


def who_of(user_id: UUID) -> bytes:
    """What stays of who it was: found by whoever knows the id, nothing once the user is removed."""
    return hashlib.sha256(f"audit {user_id}".encode()).digest()


def link_of(entry: AuditEntry, before: bytes) -> bytes:
    """The SHA-256 over everything that an entry says and the link before it."""
    facts = {
        "account": str(entry.account_id),
        "action": str(entry.action),
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "before": before.hex(),
        "details": entry.details,
        "number": entry.number,
        "role": str(entry.role),
        "subject": str(entry.subject_id) if entry.subject_id else "",
        "subject_kind": entry.subject_kind,
        "who": entry.who.hex(),
    }
    return hashlib.sha256(canonical_json(facts)).digest()


async def list_traces(
    db: AsyncSession,
    account_id: UUID,
    *,
    before: int | None = None,
    subject_id: UUID | None = None,
    actions: Sequence[Action] = (),
    limit: int = 50,
) -> Sequence[Trace]:
    """The account's entries, newest first; only those with a lower number than `before`, about `subject_id`, of `actions`, if given."""
    statement = (
        select(AuditEntry, User)
        .join(User, col(User.id) == col(AuditEntry.user_id), isouter=True)
        .where(AuditEntry.account_id == account_id)
        .order_by(col(AuditEntry.number).desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(AuditEntry.number < before)
    if subject_id is not None:
        statement = statement.where(AuditEntry.subject_id == subject_id)
    if actions:
        statement = statement.where(col(AuditEntry.action).in_(actions))
    return [Trace(entry, user) for entry, user in (await db.exec(statement)).all()]
