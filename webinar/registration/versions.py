"""The versions of a webinar's form: the draft that is edited, the published one that people see."""

from sqlalchemy import delete
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from webinar.consent.purposes import list_purposes
from webinar.i18n import Catalogues
from webinar.models import Basis, FormVersion, Purpose, Webinar
from webinar.registration.definition import (
    FormDefinition,
    dump_definition,
    read_definition,
    starting_definition,
)
from webinar.registration.field_types import Consent


async def current_form(db: AsyncSession, webinar: Webinar) -> FormVersion | None:
    """The published version that people see; None before the first publishing."""
    published = _versions(webinar).where(col(FormVersion.published_at).is_not(None)).limit(1)
    return (await db.exec(published)).one_or_none()


async def current_draft(db: AsyncSession, webinar: Webinar) -> FormVersion | None:
    """The version that is being edited; None when nothing differs from the published one."""
    draft = _versions(webinar).where(col(FormVersion.published_at).is_(None)).limit(1)
    return (await db.exec(draft)).one_or_none()


async def edited_definition(db: AsyncSession, webinar: Webinar, catalogues: Catalogues) -> FormDefinition:
    """What the builder shows: the draft, else the published form, else the smallest form there is."""
    version = await current_draft(db, webinar) or await current_form(db, webinar)
    if version is not None:
        return read_definition(version.fields)
    asked = [
        purpose for purpose in await list_purposes(db, webinar.account_id) if purpose.basis is Basis.CONSENT
    ]
    return starting_definition(webinar.language, catalogues, [consent_field(purpose) for purpose in asked])


async def save_draft(db: AsyncSession, webinar: Webinar, definition: FormDefinition) -> FormVersion:
    """Keeps the definition as the draft, making one if there is none. Nobody but the account sees it."""
    draft = await current_draft(db, webinar)
    if draft is None:
        draft = _next(webinar, await current_form(db, webinar))
    draft.fields = dump_definition(definition)
    db.add(draft)
    await db.flush()
    return draft


async def discard_draft(db: AsyncSession, webinar: Webinar) -> None:
    """Goes back to the published form."""
    await db.exec(
        delete(FormVersion).where(
            col(FormVersion.account_id) == webinar.account_id,
            col(FormVersion.webinar_id) == webinar.id,
            col(FormVersion.published_at).is_(None),
        )
    )


def consent_field(purpose: Purpose) -> Consent:
    """The field that asks for a purpose."""
    return Consent(key=f"consent_{purpose.id.hex[:12]}", purpose_id=purpose.id)


def _next(webinar: Webinar, latest: FormVersion | None) -> FormVersion:
    number = latest.number + 1 if latest else 1
    return FormVersion(account_id=webinar.account_id, webinar_id=webinar.id, number=number)


def _versions(webinar: Webinar) -> SelectOfScalar[FormVersion]:
    return (
        select(FormVersion)
        .where(col(FormVersion.account_id) == webinar.account_id, col(FormVersion.webinar_id) == webinar.id)
        .order_by(col(FormVersion.number).desc())
    )
