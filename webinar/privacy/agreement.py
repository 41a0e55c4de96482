"""The data processing agreement (Art. 28 GDPR): texts in versions, and which account accepted which of them.

A text is a file of the package, named by its version, and never changed once released: a new text is a new file.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.accounts.actor import Actor
from webinar.accounts.audit import Action, record_action
from webinar.errors import Conflict
from webinar.models import AgreementAcceptance, Role, User

FOLDER = Path(__file__).parent.parent / "agreements"


@dataclass(frozen=True, slots=True)
class Agreement:
    """One version of the text, with the hash of its very bytes."""

    version: str
    text: str
    sha256: bytes


@dataclass(frozen=True, slots=True)
class Acceptance:
    """That a version was accepted, and by whom, as long as that user is there."""

    accepted: AgreementAcceptance
    user: User | None


def read_agreements(folder: Path = FOLDER) -> Sequence[Agreement]:
    """Every version, oldest first."""
    return [_read(path) for path in sorted(folder.glob("*.md"))]


async def accept_agreement(
    db: AsyncSession, actor: Actor, agreement: Agreement, shown: str, now: datetime
) -> AgreementAcceptance:
    """Accepts the agreement for the account; once is enough. Only an owner may.

    `shown` is the hash (hex) of the text that was on the page: raises Conflict when a newer one has come meanwhile.
    """
    actor.require(Role.OWNER)
    if shown != agreement.sha256.hex():
        raise Conflict("The agreement has changed meanwhile. Please read it again.")
    for each in await list_acceptances(db, actor.account_id):
        if each.accepted.sha256 == agreement.sha256:
            return each.accepted
    accepted = AgreementAcceptance(
        account_id=actor.account_id,
        version=agreement.version,
        sha256=agreement.sha256,
        user_id=actor.user.id,
        accepted_at=now,
    )
    db.add(accepted)
    await db.flush()
    await record_action(
        db, actor, Action.AGREEMENT_ACCEPTED, actor.account_id, now=now, version=agreement.version
    )
    return accepted


async def list_acceptances(db: AsyncSession, account_id: UUID) -> Sequence[Acceptance]:
    """What the account accepted, newest first."""
    rows = (
        select(AgreementAcceptance, User)
        .join(User, col(User.id) == col(AgreementAcceptance.user_id), isouter=True)
        .where(col(AgreementAcceptance.account_id) == account_id)
        .order_by(col(AgreementAcceptance.accepted_at).desc())
    )
    return [Acceptance(accepted, user) for accepted, user in (await db.exec(rows)).all()]


def _read(path: Path) -> Agreement:
    content = path.read_bytes()
    return Agreement(path.stem, content.decode("utf-8"), hashlib.sha256(content).digest())
