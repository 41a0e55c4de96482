"""The two mails to an account's own people, composed at the moment they leave."""

from collections.abc import Mapping

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.accounts.links import link_token
from webinar.mail import Button, Letter, Text
from webinar.mail.letter import Composer, Part
from webinar.models import Account, OutgoingMail, User, UserToken, UserTokenKind
from webinar.signing import Signer
from webinar.site import Site


def user_mails(signer: Signer, site: Site) -> Mapping[str, Composer]:
    """The composers of this floor, by kind of mail. Each gives None once its link was used or replaced."""

    async def invitation(db: AsyncSession, mail: OutgoingMail) -> Letter | None:
        found = await _link_of(db, mail, UserTokenKind.INVITATION)
        if found is None:
            return None
        row, user, account = found
        parts: list[Part] = [
            Text(f"Hello {user.name},"),
            Text(f"{account.name} invites you to work on its webinars. Choose a password to begin."),
            Button("Choose a password", site.url(f"/welcome/#{link_token(signer, row)}")),
            Text("The link works once, and for seven days.", quiet=True),
        ]
        return _letter(user, account, f"Your invitation to {account.name}", parts)

    async def new_password(db: AsyncSession, mail: OutgoingMail) -> Letter | None:
        found = await _link_of(db, mail, UserTokenKind.NEW_PASSWORD)
        if found is None:
            return None
        row, user, account = found
        parts: list[Part] = [
            Text(f"Hello {user.name},"),
            Text("Somebody asked for a new password for this address. If that was you, choose it here."),
            Button("Choose a new password", site.url(f"/welcome/#{link_token(signer, row)}")),
            Text(
                "The link works once, and for one hour. If it was not you, there is nothing to do.",
                quiet=True,
            ),
        ]
        return _letter(user, account, "A new password", parts)

    return {"user_invitation": invitation, "new_password": new_password}


async def _link_of(
    db: AsyncSession, mail: OutgoingMail, kind: UserTokenKind
) -> tuple[UserToken, User, Account] | None:
    statement = (
        select(UserToken, User, Account)
        .join(User, col(User.id) == col(UserToken.user_id))
        .join(Account, col(Account.id) == col(UserToken.account_id))
        .where(
            UserToken.account_id == mail.account_id, UserToken.user_id == mail.user_id, UserToken.kind == kind
        )
    )
    row = (await db.exec(statement)).first()
    return (row[0], row[1], row[2]) if row else None


def _letter(user: User, account: Account, subject: str, parts: list[Part]) -> Letter:
    return Letter(
        to=user.email,
        to_name=user.name,
        language="en",
        subject=subject,
        parts=parts,
        sender_name=account.name,
    )
