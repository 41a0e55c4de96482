"""Mailed links of users: to accept an invitation, or to choose a new password. Single use, stored hashed.

The token is derived from the row's id, so the mail's composer can compute it when the mail leaves and nothing
readable waits in the outbox.
"""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.accounts.actor import Actor
from webinar.accounts.audit import Action, record_action
from webinar.accounts.sessions import end_sessions
from webinar.accounts.users import NewUser, add_user, find_by_address, get_user
from webinar.errors import Forbidden, Invalid
from webinar.mail import enqueue_mail
from webinar.models import Role, User, UserToken, UserTokenKind
from webinar.signing import Signer, hash_token

PURPOSE = "user-link"
LIFETIMES = {UserTokenKind.INVITATION: timedelta(days=7), UserTokenKind.NEW_PASSWORD: timedelta(hours=1)}
MAIL_KINDS = {UserTokenKind.INVITATION: "user_invitation", UserTokenKind.NEW_PASSWORD: "new_password"}


async def invite_user(db: AsyncSession, signer: Signer, actor: Actor, new: NewUser, now: datetime) -> User:
    """Adds a user who still has to choose a password, and queues the mail with their link."""
    actor.require(Role.ADMIN)
    if new.role == Role.OWNER and not actor.may(Role.OWNER):
        raise Forbidden("Only an owner can invite an owner.")
    user = await add_user(db, actor.account_id, new, now)
    await send_link(db, signer, user, UserTokenKind.INVITATION, now)
    await record_action(db, actor, Action.USER_INVITED, user.id, now=now, role=new.role)
    return user


async def forgot_password(db: AsyncSession, signer: Signer, email: str, now: datetime) -> None:
    """Queues a link for the user with this address, if there is one. The caller must not tell which (S8)."""
    user = await find_by_address(db, email)
    if user is not None:
        kind = UserTokenKind.NEW_PASSWORD if user.password_hash else UserTokenKind.INVITATION
        await send_link(db, signer, user, kind, now)


async def send_link(
    db: AsyncSession, signer: Signer, user: User, kind: UserTokenKind, now: datetime
) -> UserToken:
    """Queues a mail with a new link and returns the link's row; older links of the user stop working."""
    await _end_links(db, user)
    row = UserToken(
        account_id=user.account_id,
        user_id=user.id,
        kind=kind,
        token_hash=b"",
        expires_at=now + LIFETIMES[kind],
    )
    row.token_hash = hash_token(link_token(signer, row))
    db.add(row)
    await enqueue_mail(db, account_id=user.account_id, kind=MAIL_KINDS[kind], now=now, user_id=user.id)
    return row


async def read_link(db: AsyncSession, token: str, now: datetime) -> tuple[UserToken, User] | None:
    """The link and its user; None when it was used, is too old, or never was. Reading does not use it up."""
    statement = (
        select(UserToken, User)
        .join(User, col(User.id) == col(UserToken.user_id))
        .where(UserToken.token_hash == hash_token(token), UserToken.expires_at > now)
    )
    row = (await db.exec(statement)).first()
    return (row[0], row[1]) if row else None


async def use_link(db: AsyncSession, token: str, password_hash: str, now: datetime) -> User:
    """Uses the link up and stores the password the person chose; raises Invalid when the link is over.

    Deleting with RETURNING makes one of two simultaneous uses win.
    """
    used = delete(UserToken).where(
        col(UserToken.token_hash) == hash_token(token), col(UserToken.expires_at) > now
    )
    row = (
        await db.exec(used.returning(UserToken.account_id, UserToken.user_id, UserToken.kind))  # type: ignore[call-overload]
    ).first()
    if row is None:
        raise Invalid({}, "This link was used already or is too old. Please ask for a new one.")
    account_id, user_id, kind = row
    user = await get_user(db, account_id, user_id)
    user.password_hash = password_hash
    db.add(user)
    await _end_links(db, user)
    # Whoever knew the old password is out (ASVS 5 7.4.3).
    await end_sessions(db, user)
    joined = kind == UserTokenKind.INVITATION
    action = Action.USER_JOINED if joined else Action.USER_PASSWORD_CHANGED
    await record_action(db, user, action, user.id, now=now)
    return user


def link_token(signer: Signer, row: UserToken) -> str:
    """The token that belongs into the link of `row`: 256 bits."""
    return signer.derive_token(PURPOSE, row.id)


async def _end_links(db: AsyncSession, user: User) -> None:
    await db.exec(
        delete(UserToken).where(
            col(UserToken.account_id) == user.account_id, col(UserToken.user_id) == user.id
        )
    )
