"""What follows every correction, whoever corrected what."""

from collections.abc import Sequence
from uuid import UUID

from starlette.requests import Request

from webinar.routes.context import services


async def forget_the_old(request: Request, mails: Sequence[UUID] = ()) -> None:
    """After the commit: nobody may keep what was wrong, in prepared files, in what is still in our hands of `mails`
    that left, or in what the database leaves behind.
    """
    found = services(request)
    await found.prepared.clear()
    await found.mail.transport.remove(mails)
    await found.db.scrub()
