"""Accounts: customer organisations, each the controller of what its webinars gather."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.accounts.actor import Actor
from webinar.accounts.audit import Action, record_action
from webinar.accounts.users import NewUser, add_user
from webinar.errors import Forbidden, NotFound
from webinar.models import Account, Participant, Role, User, Webinar


@dataclass(frozen=True, slots=True)
class AccountData:
    """What an account says about itself: its name, and the items of Art. 13(1) GDPR that every notice repeats."""

    name: str
    controller_name: str = ""
    controller_address: str = ""
    controller_email: str = ""
    dpo_contact: str = ""
    supervisory_authority: str = ""
    recipients: str = ""
    transfers: str = ""


async def create_account(
    db: AsyncSession, data: AccountData, owner: NewUser, now: datetime
) -> tuple[Account, User]:
    """A new account with its first owner; raises Invalid when the owner's address has a user already."""
    account = Account(**asdict(data), created_at=now)
    db.add(account)
    await db.flush()
    user = await add_user(db, account.id, owner, now)
    await record_action(db, user, Action.ACCOUNT_CREATED, account.id, now=now)
    return account, user


async def any_account(db: AsyncSession) -> bool:
    """Whether the installation has an account at all."""
    return (await db.exec(select(Account.id).limit(1))).first() is not None


async def get_account(db: AsyncSession, account_id: UUID) -> Account:
    """The account; raises NotFound."""
    account = (await db.exec(select(Account).where(Account.id == account_id))).first()
    if account is None:
        raise NotFound
    return account


async def change_account(db: AsyncSession, actor: Actor, data: AccountData, now: datetime) -> Account:
    """Changes what the account says about itself. The trail tells which items changed, not to what."""
    actor.require(Role.ADMIN)
    account = await get_account(db, actor.account_id)
    changed = {name: value for name, value in asdict(data).items() if getattr(account, name) != value}
    if changed:
        for name, value in changed.items():
            setattr(account, name, value)
        db.add(account)
        await record_action(
            db, actor, Action.ACCOUNT_CHANGED, account.id, now=now, items=", ".join(sorted(changed))
        )
    return account


@dataclass(frozen=True, slots=True)
class AccountCounts:
    """How much an account holds."""

    users: int
    webinars: int
    participants: int


async def count_account(db: AsyncSession, account_id: UUID) -> AccountCounts:
    """What deleting the account would destroy, for the page that asks whether to."""
    tables = (User, Webinar, Participant)
    counts = [
        (await db.exec(select(func.count()).select_from(table).where(table.account_id == account_id))).one()
        for table in tables
    ]
    return AccountCounts(*counts)


async def check_deletion(db: AsyncSession, actor: Actor, confirmation: str) -> None:
    """Whether the account may be deleted now. Only an owner may, who typed its name; raises Forbidden otherwise."""
    actor.require(Role.OWNER)
    account = await get_account(db, actor.account_id)
    if confirmation.strip() != account.name.strip():
        raise Forbidden("That is not the name of the account.", code="not_confirmed")
