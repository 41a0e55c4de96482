"""Sample people and webinars, as rows: what a test needs to exist before it begins."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.clock import Clock
from webinar.models import Account, Participant, ParticipantState, Webinar, WebinarState
from webinar.registration.admission import link_hash, link_token
from webinar.signing import Signer


async def add_account(db: AsyncSession, clock: Clock, **values: Any) -> Account:
    """A controller with everything that Art. 13 asks of it."""
    facts = {
        "name": "Harbour Academy",
        "controller_name": "Harbour Academy",
        "controller_address": "Quay 1, 3011 Rotterdam",
        "controller_email": "privacy@harbour.example.org",
        "supervisory_authority": "Autoriteit Persoonsgegevens",
        "created_at": clock.now(),
    }
    account = Account(**{**facts, **values})
    db.add(account)
    await db.flush()
    return account


async def add_webinar(db: AsyncSession, clock: Clock, account: Account, **values: Any) -> Webinar:
    """A scheduled webinar with registration, three days ahead."""
    facts = {
        "account_id": account.id,
        "title": "Harbours at night",
        "state": WebinarState.SCHEDULED,
        "starts_at": clock.now() + timedelta(days=3),
        "epoch": uuid4(),
        "created_at": clock.now(),
    }
    webinar = Webinar(**{**facts, **values})
    db.add(webinar)
    await db.flush()
    return webinar


async def add_participant(
    db: AsyncSession, clock: Clock, signer: Signer, webinar: Webinar, **values: Any
) -> Participant:
    """Somebody registered, with a personal link that works."""
    participant_id = uuid4()
    email = values.pop("email", f"guest-{participant_id.hex[:8]}@example.org")
    facts = {
        "id": participant_id,
        "account_id": webinar.account_id,
        "webinar_id": webinar.id,
        "email": email,
        "email_key": email and email.casefold(),
        "display_name": "Mira Castell",
        "state": ParticipantState.REGISTERED,
        "link_hash": link_hash(link_token(signer, participant_id, 1)),
        "created_at": clock.now(),
    }
    participant = Participant(**{**facts, **values})
    db.add(participant)
    await db.flush()
    return participant
