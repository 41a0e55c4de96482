"""Publishing a form: nothing without Art. 13 (G3), and what was shown stays fixed with the version."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from tests.registration.samples import CATALOGUES, FIELDS, entry_of, publish_sample, sent
from tests.support.installation import Installation
from tests.support.samples import NOW, make_account, make_purpose, make_webinar
from webinar.consent.notices import Wording, get_notice, is_intact, publish_wording
from webinar.consent.purposes import list_purposes, retire_purpose
from webinar.consent.transparency import Item
from webinar.errors import Incomplete, NotFound
from webinar.models import Account, Basis, Purpose, Webinar
from webinar.registration.compiled import Forms
from webinar.registration.definition import FormDefinition, read_definition
from webinar.registration.publishing import is_outdated, publish_form, republish_form
from webinar.registration.versions import current_draft, current_form, edited_definition, save_draft

LATER = NOW + timedelta(days=1)


async def ready(db: AsyncSession, **values: Any) -> tuple[Account, Webinar]:
    """An account and a webinar that could publish their form."""
    account = await make_account(db, **values)
    await make_purpose(db, account, "Giving you the webinar", basis=Basis.CONTRACT)
    await make_purpose(db, account, "A calm chat", "Everybody feels safe.", basis=Basis.LEGITIMATE_INTEREST)
    return account, await make_webinar(db, account)


@pytest.mark.parametrize(
    ("column", "item"),
    [
        ("controller_name", Item.CONTROLLER),
        ("controller_address", Item.CONTROLLER),
        ("controller_email", Item.CONTACT),
        ("dpo_contact", Item.DPO),
        ("supervisory_authority", Item.COMPLAINT),
        ("recipients", Item.RECIPIENTS),
        ("transfers", Item.TRANSFERS),
    ],
)
async def test_a_form_is_not_published_while_the_account_leaves_an_item_out(
    installation: Installation, column: str, item: Item
):
    async with installation.services.db.writing() as db:
        account, webinar = await ready(db, **{column: " "})
        with pytest.raises(Incomplete) as incomplete:
            await publish_form(db, account, webinar, catalogues=CATALOGUES, now=NOW)
        assert incomplete.value.missing == (item,)
        assert await current_form(db, webinar) is None


async def test_a_form_is_not_published_without_purpose_interest_or_retention(installation: Installation):
    async with installation.services.db.writing() as db:
        account, webinar = await ready(db)
        told, interest = await list_purposes(db, account.id)
        webinar.retention_days = 0
        await publish_wording(db, interest, "en", Wording.of("A calm chat", ""), NOW)
        await retire_purpose(db, told, NOW)
        with pytest.raises(Incomplete) as incomplete:
            await publish_form(db, account, webinar, catalogues=CATALOGUES, now=NOW)
        assert incomplete.value.missing == (Item.INTERESTS, Item.RETENTION)
        await retire_purpose(db, interest, NOW)
        with pytest.raises(Incomplete) as incomplete:
            await publish_form(db, account, webinar, catalogues=CATALOGUES, now=NOW)
        assert incomplete.value.missing == (Item.PURPOSES, Item.RETENTION)


async def test_a_published_version_keeps_showing_the_words_it_was_published_with(installation: Installation):
    async with installation.services.db.writing() as db:
        published = await publish_sample(db)
        before = published.form
        await publish_wording(db, published.news, "en", Wording.of("News", "Every single day."), LATER)
        version = await current_form(db, published.webinar)
        assert version
        again = await Forms(CATALOGUES).load(db, version, "en")
        (shown,) = again.consents.values()
        assert shown.wording == Wording("News by mail", "About once a month.")
        assert again.privacy == before.privacy
        notice = await get_notice(db, published.account.id, shown.notice_version_id)
        assert is_intact(notice)


async def test_publishing_again_shows_the_new_words_and_leaves_the_draft_alone(installation: Installation):
    async with installation.services.db.writing() as db:
        published = await publish_sample(db)
        account, webinar = published.account, published.webinar
        first = await current_form(db, webinar)
        assert first
        assert not await is_outdated(db, account, webinar, first, CATALOGUES)
        definition = read_definition(first.fields)
        await save_draft(db, webinar, FormDefinition(fields=definition.fields[:-1]))
        await publish_wording(db, published.news, "en", Wording.of("News", "Every single day."), LATER)
        assert await is_outdated(db, account, webinar, first, CATALOGUES)
        second = await republish_form(db, account, webinar, catalogues=CATALOGUES, now=LATER)
        form = await Forms(CATALOGUES).load(db, second, "en")
        assert next(iter(form.consents.values())).wording.body == "Every single day."
        assert read_definition(second.fields) == definition
        draft = await current_draft(db, webinar)
        assert draft
        assert (first.number, second.number, draft.number) == (1, 2, 3)
        assert len(draft.fields) == len(definition.fields) - 1


async def test_a_retired_purpose_is_asked_no_more_once_published_again(installation: Installation):
    async with installation.services.db.writing() as db:
        published = await publish_sample(db)
        await retire_purpose(db, await db.get_one(Purpose, published.news.id), LATER)
        version = await republish_form(
            db, published.account, published.webinar, catalogues=CATALOGUES, now=LATER
        )
        assert not (await Forms(CATALOGUES).load(db, version, "en")).consents


async def test_nothing_is_published_again_before_it_was_published(installation: Installation):
    async with installation.services.db.writing() as db:
        account, webinar = await ready(db)
        with pytest.raises(NotFound):
            await republish_form(db, account, webinar, catalogues=CATALOGUES, now=NOW)


async def test_a_new_webinar_starts_with_address_name_and_the_accounts_consents(installation: Installation):
    async with installation.services.db.writing() as db:
        account, webinar = await ready(db)
        news = await make_purpose(db, account, "News")
        definition = await edited_definition(db, webinar, CATALOGUES)
        assert [field.key for field in definition.fields][:2] == ["name", "email"]
        assert [field.purpose_id for field in definition.consents] == [news.id]


async def test_a_form_is_offered_in_every_language_that_all_labels_have(installation: Installation):
    async with installation.services.db.writing() as db:
        account, webinar = await ready(db)
        version = await publish_form(db, account, webinar, catalogues=CATALOGUES, now=NOW)
        form = await Forms(CATALOGUES).load(db, version, "nl")
        assert (form.language, set(form.languages)) == ("nl", {"en", "nl", "de", "fr", "ar"})
        definition = await edited_definition(db, webinar, CATALOGUES)
        rows = [field.model_dump(mode="json", exclude_none=True) for field in definition.fields]
        await save_draft(db, webinar, read_definition([*rows, FIELDS[0]]))
        version = await publish_form(db, account, webinar, catalogues=CATALOGUES, now=NOW)
        form = await Forms(CATALOGUES).load(db, version, "de")
        assert (form.language, list(form.languages)) == ("en", ["en", "nl"])


async def test_an_optional_consent_never_blocks_and_a_required_one_does(installation: Installation):
    async with installation.services.db.writing() as db:
        published = await publish_sample(db)
        assert not entry_of(published.form).decisions[0].given
        news = await db.get_one(Purpose, published.news.id)
        news.required = True
        db.add(news)
        version = await republish_form(
            db, published.account, published.webinar, catalogues=CATALOGUES, now=LATER
        )
        form = await Forms(CATALOGUES).load(db, version, "en")
    (key,) = form.consents
    refused = form.filled(sent(email="ada@example.com", coming="replay"))
    assert refused.read() is None
    assert list(refused.errors) == [key]


async def test_no_box_is_ticked_beforehand(installation: Installation):
    async with installation.services.db.writing() as db:
        published = await publish_sample(db)
    parameters = {field.key: "y" for field in published.form.definition.fields}
    for field in published.form.blank(parameters):
        assert "checked" not in str(field())


async def test_an_invited_persons_address_can_not_be_changed(installation: Installation):
    async with installation.services.db.writing() as db:
        published = await publish_sample(db)
    filled = published.form.filled(sent(email="eve@example.com", coming="replay"), email="ada@example.com")
    entry = filled.read()
    assert entry
    assert entry.email == "ada@example.com"
    assert "eve" not in str(filled["email"]())


async def test_compiled_forms_are_kept_and_their_number_is_limited(installation: Installation):
    async with installation.services.db.writing() as db:
        published = await publish_sample(db)
        version = await current_form(db, published.webinar)
        assert version
        forms = Forms(CATALOGUES)
        first = await forms.load(db, version, "en")
        assert await forms.load(db, version, "en") is first
        assert forms.get(UUID(int=0), "en") is None
