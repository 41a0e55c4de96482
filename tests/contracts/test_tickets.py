"""Tickets on every database: however many use one at the same moment, one gets it (S2, ASVS 5 2.3.4)."""

import asyncio

from tests.support.samples import NOW, make_account, make_webinar
from webinar.db import Database
from webinar.models import SocketTicket
from webinar.realtime.tickets import issue_ticket, use_ticket


async def test_of_many_who_use_a_ticket_at_once_one_gets_it(database: Database):
    async with database.writing() as db:
        webinar = await make_webinar(db, await make_account(db))
        token = await issue_ticket(db, webinar, now=NOW)
    together = asyncio.Barrier(6)
    one_writer = database.url.get_backend_name() == "sqlite"

    async def use() -> SocketTicket | None:
        async with database.writing() as db:
            # On PostgreSQL all are inside a transaction of their own now; SQLite lets one writer in at a time.
            if not one_writer:
                await together.wait()
            return await use_ticket(db, token, NOW)

    used = await asyncio.gather(*(use() for _ in range(6)))
    assert len([ticket for ticket in used if ticket is not None]) == 1
