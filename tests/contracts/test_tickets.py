"""Tickets on every database: however many use one at the same moment, one gets it (S2, ASVS 5 2.3.4)."""

import asyncio
from datetime import timedelta
from hashlib import sha256

from sqlmodel import col, select

from tests.support.installation import SECRET, MovableClock
from tests.support.samples import NOW, make_account, make_participant, make_webinar
from webinar.accounts.sessions import start_session
from webinar.accounts.users import NewUser, add_user
from webinar.db import Database, within
from webinar.models import Access, Role, SocketTicket
from webinar.realtime.codes import Close
from webinar.realtime.door import admit
from webinar.realtime.identity import Identity
from webinar.realtime.tickets import issue_ticket, use_tickets
from webinar.registration.admission import open_session
from webinar.signing import Signer


async def ticket(database: Database) -> str:
    """A nameless viewer's, for an open webinar."""
    async with database.writing() as db:
        webinar = await make_webinar(db, await make_account(db), access=Access.OPEN)
        return await issue_ticket(db, webinar, now=NOW)


async def test_of_many_who_use_a_ticket_at_once_one_gets_it(database: Database):
    token = await ticket(database)
    together = asyncio.Barrier(6)
    one_writer = database.url.get_backend_name() == "sqlite"

    async def use() -> object:
        async with database.writing() as db:
            # On PostgreSQL all are inside a transaction of their own now; SQLite lets one writer in at a time.
            if not one_writer:
                await together.wait()
            [admitted] = await within(db, admit, [token], now=NOW)
            return admitted

    admitted = await asyncio.gather(*(use() for _ in range(6)))
    assert sorted(map(str, map(type, admitted))) == sorted([str(Identity), *[str(Close)] * 5])


async def test_of_two_who_use_a_ticket_in_one_transaction_one_gets_it(database: Database):
    token, other = await ticket(database), await ticket(database)
    admitted = await database.write(admit, [token, token, other, "unknown"], now=NOW)
    assert isinstance(admitted[0], Identity)
    assert isinstance(admitted[2], Identity)
    assert admitted[1] is admitted[3] is Close.BAD_TICKET


async def test_a_ticket_is_for_what_it_was_asked_for_and_stored_hashed(database: Database):
    async with database.writing() as db:
        webinar = await make_webinar(db, await make_account(db))
        participant = await make_participant(db, Signer(SECRET, MovableClock()), webinar)
        session = await open_session(db, participant, NOW)
        token = await issue_ticket(db, webinar, now=NOW, participant_session_id=session.id)
        stored = (await db.exec(select(SocketTicket))).one()
    assert stored.token_hash == sha256(token.encode()).digest()
    assert (stored.account_id, stored.webinar_id) == (webinar.account_id, webinar.id)
    assert (stored.participant_session_id, stored.user_session_id) == (session.id, None)
    assert stored.expires_at == NOW + timedelta(seconds=30)
    [used] = await database.write(use_tickets, [token], NOW)
    assert used is not None
    assert (used.token_hash, used.participant_session_id) == (stored.token_hash, session.id)


async def test_a_users_ticket_is_bound_to_the_users_session(database: Database):
    async with database.writing() as db:
        webinar = await make_webinar(db, await make_account(db))
        user = await add_user(db, webinar.account_id, NewUser("ann@example.org", "Ann", Role.HOST), NOW)
        session = (await start_session(db, user, NOW)).session
        await issue_ticket(db, webinar, now=NOW, user_session_id=session.id)
        stored = (await db.exec(select(SocketTicket))).one()
    assert (stored.participant_session_id, stored.user_session_id) == (None, session.id)


async def test_a_ticket_is_used_within_thirty_seconds_or_never(database: Database):
    async with database.writing() as db:
        webinar = await make_webinar(db, await make_account(db))
        early = await issue_ticket(db, webinar, now=NOW)
        late = await issue_ticket(db, webinar, now=NOW)
    assert await database.write(use_tickets, [early], NOW + timedelta(seconds=29)) != [None]
    assert await database.write(use_tickets, [late], NOW + timedelta(seconds=30)) == [None]
    async with database.reading() as db:
        assert (await db.exec(select(SocketTicket))).all() == []  # too late uses it up too


async def test_an_unknown_ticket_uses_nobodys_up(database: Database):
    async with database.writing() as db:
        webinar = await make_webinar(db, await make_account(db))
        token = await issue_ticket(db, webinar, now=NOW)
    for unknown in ("", "nobody's", token + "x"):
        assert await database.write(use_tickets, [unknown], NOW) == [None]
    assert await database.write(use_tickets, [token], NOW) != [None]


async def test_asking_for_a_ticket_sweeps_those_that_ran_out_and_no_others(database: Database):
    async with database.writing() as db:
        webinar = await make_webinar(db, await make_account(db))
        for seconds in (0, 1):
            await issue_ticket(db, webinar, now=NOW + timedelta(seconds=seconds))
        await issue_ticket(db, webinar, now=NOW + timedelta(seconds=30))
        left = (await db.exec(select(SocketTicket.expires_at).order_by(col(SocketTicket.expires_at)))).all()
    assert left == [NOW + timedelta(seconds=31), NOW + timedelta(seconds=60)]
