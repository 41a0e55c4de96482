"""How long a webinar's data is kept: the account's defaults for new webinars, and its bounds for all of them."""

from collections.abc import Mapping
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.errors import Invalid
from webinar.models import Account, Webinar

# What has days of its own, beside `retention_days` for everything else.
CATEGORY_DAYS = ("chat_days", "questions_days", "answers_days")
ALL_DAYS = ("retention_days", *CATEGORY_DAYS)


def days_of(source: Account | Webinar) -> dict[str, Any]:
    """The days that an account gives to new webinars, or those of a webinar, by column."""
    return {name: getattr(source, name) for name in ALL_DAYS}


async def keeping_problems(db: AsyncSession, webinar: Webinar, wanted: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with new days for `webinar`, by column. What stays as it is, is let be."""
    account = await db.get_one(Account, webinar.account_id)
    problems = {}
    for name in ALL_DAYS:
        days = wanted[name]
        if days is None or days == getattr(webinar, name):
            continue
        if not account.shortest_days <= days <= account.longest_days:
            problems[name] = out_of_bounds(account)
        elif days > wanted["retention_days"]:
            problems[name] = "Everything goes after the days above, so this can only be sooner."
    return problems


async def check_field_days(db: AsyncSession, webinar: Webinar, days: int | None) -> None:
    """Whether a field's answers may be kept that long; raises Invalid, naming `retention_days`."""
    account = await db.get_one(Account, webinar.account_id)
    if days is not None and not account.shortest_days <= days <= account.longest_days:
        raise Invalid({"retention_days": out_of_bounds(account)})


def within_bounds(account: Account, days: int | None) -> int | None:
    """The days nearest to these that the account allows; none stays none."""
    return None if days is None else min(max(days, account.shortest_days), account.longest_days)


def out_of_bounds(account: Account) -> str:
    """What to say about a number of days that the account does not allow."""
    return f"Your account keeps data from {account.shortest_days} to {account.longest_days} days."
