"""How participants get in: links, codes, and at most two browsers."""

from base64 import urlsafe_b64decode
from hashlib import sha256
from uuid import UUID, uuid4

import pytest

from tests.support.installation import Installation
from tests.support.samples import make_account, make_participant, make_webinar
from webinar.models import Participant, ParticipantSession, ParticipantState, Webinar
from webinar.registration.admission import (
    CODE_ATTEMPTS,
    OPEN_CLAIMS,
    OpenedSession,
    WayIn,
    admit_by_code,
    admit_by_link,
    code_for,
    link_token,
    open_claims,
    open_session,
    participant_of,
    visitor_of,
)


class Door:
    """One webinar's door with a participant before it."""

    def __init__(self, installation: Installation, webinar: Webinar, participant: Participant) -> None:
        self.services = installation.services
        self.clock = installation.clock
        self.webinar = webinar
        self.participant = participant

    async def claim(self, claim_id: UUID | None = None) -> UUID | None:
        async with self.services.db.writing() as db:
            way_in = WayIn.of(self.participant, claim_id or uuid4(), "registered")
            opened = await open_claims(db, [way_in], self.clock.now())
        return opened[0].claim_id if opened else None

    def code(self, claim_id: UUID) -> str:
        return code_for(self.services.signer, claim_id, self.participant.id)

    async def enter(self, claim_id: UUID, code: str, webinar_id: UUID | None = None) -> Participant | None:
        async with self.services.db.writing() as db:
            return await admit_by_code(
                db,
                self.services.signer,
                webinar_id=webinar_id or self.webinar.id,
                claim_id=claim_id,
                code=code,
                now=self.clock.now(),
            )

    async def open(self) -> OpenedSession:
        self.clock.move(seconds=1)
        async with self.services.db.writing() as db:
            return await open_session(db, self.participant, self.clock.now())

    async def admits(self, token: str, webinar_id: UUID | None = None) -> bool:
        async with self.services.db.reading() as db:
            return (
                await participant_of(db, token, webinar_id or self.webinar.id, self.clock.now()) is not None
            )


@pytest.fixture
async def door(installation: Installation) -> Door:
    found = installation.services
    async with found.db.writing() as db:
        account = await make_account(db)
        webinar = await make_webinar(db, account)
        participant = await make_participant(db, found.signer, webinar)
    return Door(installation, webinar, participant)


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
    token = link_token(door.services.signer, door.participant.id, 1)
    async with door.services.db.reading() as db:
        found = await admit_by_link(db, token)
        assert found
        assert found.id == door.participant.id
        assert await admit_by_link(db, link_token(door.services.signer, door.participant.id, 2)) is None
        assert await admit_by_link(db, "") is None
    assert token.encode() not in found.link_hash


async def test_links_and_sessions_have_256_bits_and_are_stored_hashed(door: Door):
    """S9: whoever reads the database gets in with nothing of it."""
    session = await door.open()
    link = link_token(door.services.signer, door.participant.id, 1)
    async with door.services.db.reading() as db:
        person = await db.get_one(Participant, door.participant.id)
        stored = await db.get_one(ParticipantSession, session.id)
    for token, kept in ((link, person.link_hash), (session.token, stored.token_hash)):
        assert len(urlsafe_b64decode(token + "=")) == 32
        assert kept == sha256(token.encode()).digest()


async def test_the_third_browser_evicts_the_first(door: Door):
    first, second, third = await door.open(), await door.open(), await door.open()
    assert (list(first.evicted), list(second.evicted), list(third.evicted)) == ([], [], [first.id])
    assert not await door.admits(first.token)
    assert await door.admits(second.token)
    assert await door.admits(third.token)


async def test_a_session_is_of_one_webinar_and_ends(door: Door):
    session = await door.open()
    assert not await door.admits(session.token, uuid4())
    assert not await door.admits("")
    door.clock.move(days=30)
    assert not await door.admits(session.token)


async def test_somebody_invited_is_known_but_does_not_take_part_before_registering(door: Door):
    door.participant.state = ParticipantState.INVITED
    async with door.services.db.writing() as db:
        await db.merge(door.participant)
    session = await door.open()
    assert not await door.admits(session.token)
    async with door.services.db.reading() as db:
        assert await visitor_of(db, session.token, door.webinar.id, door.clock.now())
