"""Which fields somebody's form declares for which consent: read from the version they filled in, which never changes."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.handling import DataItem
from webinar.models import DataClass, FormVersion, Participant, Registration
from webinar.registration.definition import EMAIL, NAME, read_definition, serves
from webinar.registration.field_types import Consent, EmailAddress, Field, PhoneNumber, ShortText, WebAddress

REACHING = (EmailAddress, PhoneNumber, WebAddress)


async def declared_data(db: AsyncSession, participant: Participant) -> Mapping[UUID, Sequence[DataItem]]:
    """By each consent that the person's form asks for, what may be used for it; nothing for who filled in none."""
    filled_in = (
        select(FormVersion)
        .join(Registration, col(Registration.form_version_id) == col(FormVersion.id))
        .where(
            col(Registration.account_id) == participant.account_id,
            col(Registration.webinar_id) == participant.webinar_id,
            col(Registration.participant_id) == participant.id,
        )
    )
    version = (await db.exec(filled_in)).first()
    if version is None:
        return {}
    definition = read_definition(version.fields)
    fields = [field for field in definition.fields if not isinstance(field, Consent)]
    return {
        consent.purpose_id: [_item(field) for field in fields if serves(field, consent.purpose_id)]
        for consent in definition.consents
    }


def _item(field: Field) -> DataItem:
    words = {str(language): text for language, text in field.label.items()}
    return DataItem(field.key, words, _class_of(field), field.personal_data, field.required)


def _class_of(field: Field) -> DataClass:
    if field.key == EMAIL or isinstance(field, REACHING):
        return DataClass.CONTACT
    named = field.key == NAME or (isinstance(field, ShortText) and field.names_somebody)
    return DataClass.NAME if named else DataClass.ANSWER
