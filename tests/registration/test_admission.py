"""How participants get in: links, codes, and at most two browsers."""

from base64 import urlsafe_b64decode
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from tests.support.installation import SECRET, MovableClock
from tests.support.samples import make_account, make_participant, make_webinar
from webinar.db import Database
from webinar.models import (
    AdmissionClaim,
    OutgoingMail,
    Participant,
    ParticipantSession,
    ParticipantState,
    SocketTicket,
    Webinar,
)
from webinar.realtime.tickets import issue_ticket
from webinar.registration.admission import (
    CODE_ATTEMPTS,
    OPEN_CLAIMS,
    OpenedSession,
    WayIn,
    admit_by_code,
    admit_by_link,
    close_sessions,
    code_for,
    link_token,
    open_claims,
    open_session,
    participant_of,
    send_ways_in,
    visitor_of,
)
from webinar.signing import Signer

SIGNER = Signer(SECRET, MovableClock())


class Door:
    """One webinar's door with a participant before it."""

    def __init__(self, db: Database, webinar: Webinar, participant: Participant) -> None:
        self.db, self.signer, self.clock = db, SIGNER, MovableClock()
        self.webinar = webinar
        self.participant = participant

    async def claim(self, claim_id: UUID | None = None) -> UUID | None:
        async with self.db.writing() as db:
            way_in = WayIn.of(self.participant, claim_id or uuid4(), "registered")
            opened = await open_claims(db, [way_in], self.clock.now())
        return opened[0].claim_id if opened else None

    def code(self, claim_id: UUID) -> str:
        return code_for(self.signer, claim_id, self.participant.id)

    async def enter(self, claim_id: UUID, code: str, webinar_id: UUID | None = None) -> Participant | None:
        async with self.db.writing() as db:
            return await admit_by_code(
                db,
                self.signer,
                webinar_id=webinar_id or self.webinar.id,
                claim_id=claim_id,
                code=code,
                now=self.clock.now(),
            )

    async def open(self) -> OpenedSession:
        self.clock.move(seconds=1)
        async with self.db.writing() as db:
            return await open_session(db, self.participant, self.clock.now())

    async def admits(self, token: str, webinar_id: UUID | None = None) -> bool:
        async with self.db.reading() as db:
            return (
                await participant_of(db, token, webinar_id or self.webinar.id, self.clock.now()) is not None
            )

    async def beside(self) -> "Door":
        """Another participant before the same door."""
        async with self.db.writing() as db:
            other = Door(self.db, self.webinar, await make_participant(db, SIGNER, self.webinar))
        other.clock = self.clock
        return other

    async def all_of(self, table: type) -> Sequence:
        async with self.db.reading() as db:
            return (await db.exec(select(table))).all()


@pytest.fixture
async def door(bare_database: Database) -> Door:
    async with bare_database.writing() as db:
        webinar = await make_webinar(db, await make_account(db))
        participant = await make_participant(db, SIGNER, webinar)
    return Door(bare_database, webinar, participant)


async def claimed(door: Door) -> UUID:
    claim_id = await door.claim()
    assert claim_id
    return claim_id


async def test_the_mailed_code_admits_however_it_is_typed(door: Door):
    claim_id = await claimed(door)
    code = door.code(claim_id)
    admitted = await door.enter(claim_id, f" {code[:4]}-{code[4:]} ")
    assert admitted
    assert admitted.id == door.participant.id


async def test_a_code_admits_once(door: Door):
    claim_id = await claimed(door)
    assert await door.enter(claim_id, door.code(claim_id))
    assert await door.enter(claim_id, door.code(claim_id)) is None


async def test_after_five_wrong_codes_the_right_one_is_refused_too(door: Door):
    claim_id = await claimed(door)
    for _ in range(CODE_ATTEMPTS):
        assert await door.enter(claim_id, "0000 0000") is None
    assert await door.enter(claim_id, door.code(claim_id)) is None


async def test_a_code_runs_out_after_half_an_hour(door: Door):
    claim_id = await claimed(door)
    door.clock.move(minutes=30)
    assert await door.enter(claim_id, door.code(claim_id)) is None
    door.clock.move(seconds=-1)
    assert await door.enter(claim_id, door.code(claim_id))


async def test_four_wrong_codes_are_forgiven(door: Door):
    claim_id = await claimed(door)
    for _ in range(CODE_ATTEMPTS - 1):
        assert await door.enter(claim_id, "0000 0000") is None
    assert await door.enter(claim_id, door.code(claim_id))


async def test_a_wrong_code_counts_for_its_own_page_alone(door: Door):
    claim_id, other = await claimed(door), await claimed(door)
    await door.enter(other, "0000 0000")
    attempts = {claim.id: claim.attempts for claim in await door.all_of(AdmissionClaim)}
    assert attempts == {claim_id: 0, other: 1}


async def test_entering_uses_up_one_page_and_leaves_the_others_waiting(door: Door):
    claim_id, other = await claimed(door), await claimed(door)
    assert await door.enter(claim_id, door.code(claim_id))
    assert [claim.id for claim in await door.all_of(AdmissionClaim)] == [other]


def test_a_code_has_eight_digits_that_only_this_installation_knows():
    claims = [UUID(int=number) for number in range(60)]
    codes = [code_for(SIGNER, claim, claims[0]) for claim in claims]
    assert {len(code) for code in codes} == {8}
    assert all(code.isdecimal() for code in codes)
    assert len(set(codes)) == 60
    assert any(code.startswith("0") for code in codes)
    elsewhere = Signer("another secret, just as long as the first", MovableClock())
    assert code_for(elsewhere, claims[1], claims[0]) != codes[1]
    assert code_for(SIGNER, claims[1], claims[2]) != codes[1]
    number = int.from_bytes(SIGNER.derive("admission-code", claims[1], claims[0]), "big")
    assert codes[1] == str(number)[-8:]  # codes in mails that are on their way go on working


async def test_a_page_waits_for_half_an_hour_with_no_try_used(door: Door):
    claim_id = await claimed(door)
    (claim,) = await door.all_of(AdmissionClaim)
    assert (claim.id, claim.participant_id, claim.attempts) == (claim_id, door.participant.id, 0)
    assert (claim.account_id, claim.webinar_id) == (door.webinar.account_id, door.webinar.id)
    assert claim.expires_at == door.clock.now() + timedelta(minutes=30)


async def test_whoever_waits_too_often_takes_nobody_elses_place(door: Door):
    other = await door.beside()
    for _ in range(OPEN_CLAIMS - 1):
        await claimed(door)
    wanted = [WayIn.of(each.participant, uuid4(), "lost_link") for each in (door, door, other)]
    async with door.db.writing() as db:
        assert await open_claims(db, [], door.clock.now()) == []
        opened = await open_claims(db, wanted, door.clock.now())
    assert opened == [wanted[0], wanted[2]]
    assert {claim.id for claim in await door.all_of(AdmissionClaim)} >= {
        wanted[0].claim_id,
        wanted[2].claim_id,
    }
    assert len(await door.all_of(AdmissionClaim)) == OPEN_CLAIMS + 1


async def test_asking_again_sweeps_ones_own_claims_that_ran_out_and_no_others(door: Door):
    other = await door.beside()
    early, others = await claimed(door), await claimed(other)
    door.clock.move(seconds=1)
    in_time = await claimed(door)
    door.clock.move(minutes=30, seconds=-1)
    now = await claimed(door)
    assert early not in {in_time, now}
    assert {claim.id for claim in await door.all_of(AdmissionClaim)} == {others, in_time, now}


async def test_a_way_in_is_a_mail_with_the_claim_that_its_code_answers(door: Door):
    other = await door.beside()
    wanted = [WayIn.of(each.participant, uuid4(), "lost_link") for each in (door, other)]
    async with door.db.writing() as db:
        await send_ways_in(db, wanted, door.clock.now())
    mails = {mail.participant_id: mail for mail in await door.all_of(OutgoingMail)}
    assert set(mails) == {door.participant.id, other.participant.id}
    for way_in in wanted:
        mail = mails[way_in.participant_id]
        assert (mail.account_id, mail.webinar_id) == (door.webinar.account_id, door.webinar.id)
        assert (mail.claim_id, mail.kind) == (way_in.claim_id, "lost_link")
        assert mail.created_at == mail.due_at == door.clock.now()
        assert mail.user_id is None


async def test_who_has_too_many_mails_on_the_way_is_sent_no_more(door: Door):
    for _ in range(OPEN_CLAIMS + 1):
        async with door.db.writing() as db:
            await send_ways_in(db, [WayIn.of(door.participant, uuid4(), "lost_link")], door.clock.now())
    assert len(await door.all_of(OutgoingMail)) == OPEN_CLAIMS


async def test_a_code_is_of_one_page_and_one_webinar_only(door: Door):
    claim_id, other = await claimed(door), await claimed(door)
    assert await door.enter(other, door.code(claim_id)) is None
    assert await door.enter(claim_id, door.code(claim_id), uuid4()) is None
    assert await door.enter(uuid4(), door.code(claim_id)) is None


async def test_only_so_many_pages_may_wait_for_one_person(door: Door):
    for _ in range(OPEN_CLAIMS):
        assert await door.claim()
    assert await door.claim() is None
    door.clock.move(minutes=30)
    assert await door.claim()


async def test_a_personal_link_admits_until_it_is_replaced(door: Door):
    token = link_token(door.signer, door.participant.id, 1)
    async with door.db.reading() as db:
        found = await admit_by_link(db, token)
        assert found
        assert found.id == door.participant.id
        assert await admit_by_link(db, link_token(door.signer, door.participant.id, 2)) is None
        assert await admit_by_link(db, "") is None
    assert token.encode() not in found.link_hash


async def test_links_and_sessions_have_256_bits_and_are_stored_hashed(door: Door):
    """S9: whoever reads the database gets in with nothing of it."""
    session = await door.open()
    link = link_token(door.signer, door.participant.id, 1)
    async with door.db.reading() as db:
        person = await db.get_one(Participant, door.participant.id)
        stored = await db.get_one(ParticipantSession, session.id)
    for token, kept in ((link, person.link_hash), (session.token, stored.token_hash)):
        assert len(urlsafe_b64decode(token + "=")) == 32
        assert kept == sha256(token.encode()).digest()


async def test_the_token_of_a_link_in_an_old_mail_is_never_made_differently(door: Door):
    somebody = UUID("8b2e4a2c-6a53-4f1f-9f0e-0d8d3b9b7c11")
    assert link_token(SIGNER, somebody, 1) == SIGNER.derive_token("personal-link", somebody, 1)


async def test_a_session_is_the_participants_for_thirty_days(door: Door):
    opened = await door.open()
    now = door.clock.now()
    (stored,) = await door.all_of(ParticipantSession)
    assert (stored.id, stored.participant_id) == (opened.id, door.participant.id)
    assert (stored.account_id, stored.webinar_id) == (door.webinar.account_id, door.webinar.id)
    assert (stored.created_at, stored.expires_at) == (now, now + timedelta(days=30))
    assert opened.expires_at == stored.expires_at
    door.clock.move(days=30, seconds=-1)
    assert await door.admits(opened.token)
    async with door.db.reading() as db:
        found = await visitor_of(db, opened.token, door.webinar.id, door.clock.now())
    assert found is not None
    assert (found.participant.id, found.session_id) == (door.participant.id, opened.id)


async def test_when_somebody_came_first_is_noted_once(door: Door):
    await door.open()
    first = door.clock.now()
    await door.open()
    (person,) = await door.all_of(Participant)
    assert person.first_joined_at == first


async def test_nobody_is_evicted_by_somebody_else(door: Door):
    other = await door.beside()
    sessions = [await door.open(), await other.open(), await door.open(), await other.open()]
    assert [list(each.evicted) for each in sessions] == [[]] * 4
    assert len(await door.all_of(ParticipantSession)) == 4


async def test_with_a_session_its_unused_tickets_go_and_no_others(door: Door):
    closing, staying = await door.open(), await door.open()
    async with door.db.writing() as db:
        for session in (closing, staying):
            await issue_ticket(db, door.webinar, now=door.clock.now(), participant_session_id=session.id)
        await close_sessions(db, [closing.id])
        await close_sessions(db, [])
    assert [each.id for each in await door.all_of(ParticipantSession)] == [staying.id]
    assert [each.participant_session_id for each in await door.all_of(SocketTicket)] == [staying.id]


async def test_the_third_browser_evicts_the_first(door: Door):
    first, second, third = await door.open(), await door.open(), await door.open()
    assert (list(first.evicted), list(second.evicted), list(third.evicted)) == ([], [], [first.id])
    assert not await door.admits(first.token)
    assert await door.admits(second.token)
    assert await door.admits(third.token)


async def test_each_further_browser_evicts_the_one_that_came_first(door: Door):
    opened = [await door.open() for _ in range(8)]
    assert [each.evicted for each in opened[2:]] == [[each.id] for each in opened[:6]]


async def test_a_session_is_of_one_webinar_and_ends(door: Door):
    session = await door.open()
    assert await door.admits(session.token)
    assert not await door.admits(session.token, uuid4())
    assert not await door.admits("")
    door.clock.move(days=30)
    assert not await door.admits(session.token)


async def test_somebody_invited_is_known_but_does_not_take_part_before_registering(door: Door):
    door.participant.state = ParticipantState.INVITED
    async with door.db.writing() as db:
        await db.merge(door.participant)
    session = await door.open()
    assert not await door.admits(session.token)
    async with door.db.reading() as db:
        assert await visitor_of(db, session.token, door.webinar.id, door.clock.now())
