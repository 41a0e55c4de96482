"""Sample rows for domain tests: an account whose controller data is complete, purposes with wording, a webinar."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.notices import Wording, publish_wording
from webinar.consent.purposes import add_purpose
from webinar.models import (
    NONE,
    Account,
    Basis,
    Participant,
    ParticipantState,
    Purpose,
    Webinar,
    WebinarState,
)
from webinar.registration.admission import link_hash, link_token
from webinar.signing import Signer

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


async def make_account(db: AsyncSession, **values: Any) -> Account:
    """An account that has filled in everything Art. 13 asks of the controller."""
    complete = {
        "name": "Polder Academy",
        "controller_name": "Polder Academy B.V.",
        "controller_address": "Dijkweg 1, 1234 AB Polderdam",
        "controller_email": "privacy@polder.example.com",
        "dpo_contact": NONE,
        "supervisory_authority": "Autoriteit Persoonsgegevens, The Hague",
        "recipients": "Our hosting provider",
        "transfers": NONE,
        "created_at": NOW,
    }
    account = Account(**{**complete, **values})
    db.add(account)
    await db.flush()
    return account


async def make_webinar(db: AsyncSession, account: Account, **values: Any) -> Webinar:
    """A scheduled webinar that people register for."""
    usual = {
        "title": "Dikes that breathe",
        "description": "How **living dikes** grow with the sea.",
        "state": WebinarState.SCHEDULED,
        "starts_at": NOW + timedelta(days=7),
        "epoch": uuid4(),
        "created_at": NOW,
    }
    webinar = Webinar(account_id=account.id, **{**usual, **values})
    db.add(webinar)
    await db.flush()
    return webinar


async def make_purpose(
    db: AsyncSession, account: Account, title: str, body: str = "", **values: Any
) -> Purpose:
    """A purpose with an English wording; asked for (consent) unless `basis` says otherwise."""
    purpose = await add_purpose(db, account.id, now=NOW, **{"basis": Basis.CONSENT, **values})
    await publish_wording(db, purpose, "en", Wording.of(title, body), NOW)
    return purpose


async def make_participant(db: AsyncSession, signer: Signer, webinar: Webinar, **values: Any) -> Participant:
    """Somebody registered, with a personal link that works."""
    participant_id = uuid4()
    email = values.pop("email", f"guest-{participant_id.hex[:8]}@example.org")
    usual = {
        "id": participant_id,
        "account_id": webinar.account_id,
        "webinar_id": webinar.id,
        "email": email,
        "email_key": email and email.casefold(),
        "display_name": "Mira Castell",
        "state": ParticipantState.REGISTERED,
        "link_hash": link_hash(link_token(signer, participant_id, 1)),
        "created_at": NOW,
    }
    participant = Participant(**{**usual, **values})
    db.add(participant)
    await db.flush()
    return participant
