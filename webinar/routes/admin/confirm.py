"""Asking for the password again before what matters (ASVS 5 7.5)."""

from datetime import datetime, timedelta

from starlette.requests import Request

from webinar.accounts.actor import Actor
from webinar.errors import Invalid
from webinar.limits import Limit
from webinar.models import Role
from webinar.routes.context import services
from webinar.routes.signed_in import signed_in

# Who signed in this lately has shown the password already.
RECENT = timedelta(minutes=30)
CONFIRMING = Limit("confirm-password", 20, timedelta(minutes=10))


async def confirmed(request: Request, password: str, at_least: Role = Role.HOST) -> Actor:
    """The signed-in user, once `password` proved to be theirs; raises Invalid naming `current` otherwise.

    Opens a short unit of work of its own: none may stay open while a hash is computed. The action's own unit
    calls `signed_in` again.
    """
    found = services(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db, at_least)
    await found.limits.hit(CONFIRMING, actor.user.id)
    if not await found.passwords.verify(password, actor.user.password_hash):
        raise Invalid({"current": "This is not your password."})
    return actor


def is_recent(actor: Actor, now: datetime) -> bool:
    """Whether the user signed in so lately that the password need not be asked for again."""
    return now - actor.session.created_at <= RECENT


async def confirmed_lately(request: Request, password: str, at_least: Role = Role.ADMIN) -> Actor:
    """The signed-in user, who signed in lately or typed the password now; raises Invalid naming `current` otherwise."""
    found = services(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db, at_least)
    if is_recent(actor, found.clock.now()):
        return actor
    return await confirmed(request, password, at_least)
