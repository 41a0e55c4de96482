"""How long the account's webinars keep data: where a new one starts, and the bounds that all of them stay within."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.accounts.accounts import get_account
from webinar.accounts.actor import Actor
from webinar.accounts.audit import Action, record_action
from webinar.errors import Invalid
from webinar.models import Account, Role

# No account may go beyond: two years are longer than any webinar needs its people's data.
SHORTEST, LONGEST = 1, 730
OUTSIDE = "This must lie between the shortest and the longest time."


@dataclass(frozen=True, slots=True)
class Keeping:
    """Days after a webinar's end. A category without days of its own goes with everything else."""

    retention_days: int
    chat_days: int | None
    questions_days: int | None
    answers_days: int | None
    shortest_days: int
    longest_days: int


async def change_keeping(db: AsyncSession, actor: Actor, keeping: Keeping, now: datetime) -> Account:
    """Changes the defaults and bounds. Webinars that exist keep their days until somebody changes them.

    Raises Invalid, naming what does not fit.
    """
    actor.require(Role.ADMIN)
    _check(keeping)
    account = await get_account(db, actor.account_id)
    changed = [name for name, days in asdict(keeping).items() if getattr(account, name) != days]
    for name in changed:
        setattr(account, name, getattr(keeping, name))
    if changed:
        db.add(account)
        await record_action(db, actor, Action.ACCOUNT_CHANGED, account.id, now=now, items=", ".join(changed))
    return account


def _check(keeping: Keeping) -> None:
    problems = {
        name: f"From {SHORTEST} to {LONGEST} days."
        for name in ("shortest_days", "longest_days")
        if not SHORTEST <= getattr(keeping, name) <= LONGEST
    }
    if not problems and keeping.shortest_days > keeping.longest_days:
        problems["longest_days"] = "The longest time can't be shorter than the shortest."
    for name in ("retention_days", "chat_days", "questions_days", "answers_days"):
        days: int | None = getattr(keeping, name)
        if days is None or problems.keys() & {"shortest_days", "longest_days"}:
            continue
        if not keeping.shortest_days <= days <= keeping.longest_days:
            problems[name] = OUTSIDE
        elif days > keeping.retention_days:
            problems[name] = "Everything goes after the days above, so this can only be sooner."
    if problems:
        raise Invalid(problems)
