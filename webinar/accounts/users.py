"""Users: an account's own people. Name, e-mail address, password and role, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.accounts.actor import Actor
from webinar.accounts.audit import Action, record_action
from webinar.addresses import address_key
from webinar.errors import Conflict, Forbidden, Invalid, NotFound
from webinar.models import Role, User

TAKEN = "This address can't be used here."


@dataclass(frozen=True, slots=True)
class NewUser:
    """Somebody who is to become a user. `password_hash` is empty until they choose a password themselves."""

    email: str
    name: str
    role: Role
    password_hash: str = ""


async def add_user(db: AsyncSession, account_id: UUID, new: NewUser, now: datetime) -> User:
    """Adds a user to the account; raises Invalid when the address has a user already, in whichever account."""
    if await find_by_address(db, new.email):
        raise Invalid({"email": TAKEN})
    user = User(
        account_id=account_id,
        email=new.email,
        email_key=address_key(new.email),
        name=new.name,
        role=new.role,
        password_hash=new.password_hash,
        created_at=now,
    )
    db.add(user)
    await db.flush()
    return user


async def find_by_address(db: AsyncSession, email: str) -> User | None:
    """The user with this address, in whichever account."""
    return (await db.exec(select(User).where(User.email_key == address_key(email)))).first()


async def get_user(db: AsyncSession, account_id: UUID, user_id: UUID) -> User:
    """A user of the account; raises NotFound, for another account's user too."""
    statement = select(User).where(User.account_id == account_id, User.id == user_id)
    user = (await db.exec(statement)).first()
    if user is None:
        raise NotFound
    return user


async def list_users(db: AsyncSession, account_id: UUID) -> Sequence[User]:
    """Everybody of the account, by name."""
    statement = select(User).where(User.account_id == account_id)
    return (await db.exec(statement.order_by(func.lower(col(User.name)), col(User.email_key)))).all()


async def list_responsible(db: AsyncSession, account_id: UUID) -> Sequence[User]:
    """The owners and admins who have accepted their invitation: they are told what has to be done in time."""
    users = select(User).where(
        col(User.account_id) == account_id,
        col(User.role).in_([Role.OWNER, Role.ADMIN]),
        col(User.password_hash) != "",
    )
    return (await db.exec(users.order_by(col(User.id)))).all()


async def change_own_data(db: AsyncSession, actor: Actor, *, name: str, email: str, now: datetime) -> None:
    """Changes the actor's own name and address; raises Invalid when the address has a user already."""
    user = await get_user(db, actor.account_id, actor.user.id)
    other = await find_by_address(db, email)
    if other is not None and other.id != user.id:
        raise Invalid({"email": TAKEN})
    user.name, user.email, user.email_key = name, email, address_key(email)
    db.add(user)
    await db.flush()
    await record_action(db, actor, Action.USER_CHANGED, user.id, now=now)


async def set_password(db: AsyncSession, user: User, password_hash: str, now: datetime) -> None:
    """Stores a new password's hash. The caller ends the user's other sessions."""
    user.password_hash = password_hash
    db.add(user)
    await db.flush()
    await record_action(db, user, Action.USER_PASSWORD_CHANGED, user.id, now=now)


async def change_role(db: AsyncSession, actor: Actor, user_id: UUID, role: Role, now: datetime) -> User:
    """Gives a user another role. Only an owner makes or unmakes owners, and one owner must remain."""
    user = await get_user(db, actor.account_id, user_id)
    _require_power_over(actor, user.role, role)
    if role == user.role:
        return user
    await _require_another_owner(db, user)
    before, user.role = user.role, role
    db.add(user)
    await db.flush()
    await record_action(db, actor, Action.USER_ROLE_CHANGED, user.id, now=now, before=before, after=role)
    return user


async def remove_user(db: AsyncSession, actor: Actor, user_id: UUID, now: datetime) -> None:
    """Removes a user with their sessions and links; the audit trail keeps their acts and forgets their name."""
    user = await get_user(db, actor.account_id, user_id)
    _require_power_over(actor, user.role)
    await _require_another_owner(db, user)
    await db.exec(delete(User).where(col(User.id) == user.id))
    await record_action(db, actor, Action.USER_REMOVED, user.id, now=now, role=user.role)


def _require_power_over(actor: Actor, *roles: Role) -> None:
    actor.require(Role.ADMIN)
    if Role.OWNER in roles and not actor.may(Role.OWNER):
        raise Forbidden("Only an owner can do this to an owner.")


async def _require_another_owner(db: AsyncSession, user: User) -> None:
    if user.role != Role.OWNER:
        return
    # Locked, so that two owners who remove each other at the same moment don't both succeed.
    owners = (
        select(User.id).where(User.account_id == user.account_id, User.role == Role.OWNER).with_for_update()
    )
    if len((await db.exec(owners)).all()) < 2:
        raise Conflict("An account needs an owner. Make somebody else an owner first.", code="last_owner")
