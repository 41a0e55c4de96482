"""The form builder's pages: every change by a plain form, nothing public before it is published."""

import re
from typing import Any

import httpx2
import pytest

from tests.support.installation import Installation
from tests.support.people import Organisation
from tests.support.samples import make_purpose
from tests.support.webinars import a_webinar
from webinar.models import Account, Basis, Webinar
from webinar.registration.versions import current_draft, current_form


@pytest.fixture
async def webinar(installation: Installation, organisation: Organisation) -> Webinar:
    """A webinar of an account that has said what its data is used for."""
    async with installation.services.db.writing() as db:
        await make_purpose(db, organisation.account, "Giving you the webinar", basis=Basis.CONTRACT)
    return await a_webinar(installation, organisation.id)


async def post(organisation: Organisation, webinar: Webinar, path: str, **values: Any) -> httpx2.Response:
    return await organisation.admin.client.post(f"/admin/webinars/{webinar.id}/form{path}", data=values)


async def page(organisation: Organisation, webinar: Webinar) -> str:
    answer = await organisation.admin.client.get(f"/admin/webinars/{webinar.id}/form")
    assert answer.status_code == 200
    return answer.text


async def test_a_field_is_added_described_and_published(
    installation: Installation, organisation: Organisation, webinar: Webinar
):
    added = await post(organisation, webinar, "/fields", kind="short_text")
    assert added.headers["location"].endswith("&field=short_text#field-short_text")
    saved = await post(
        organisation,
        webinar,
        "/fields/short_text",
        label_en="Organisation",
        help_en="For the name tag.",
        required="yes",
        max_length="80",
    )
    assert saved.status_code == 303
    public = await installation.client.get(f"/w/{webinar.id}")
    assert "Registration is not open yet" in public.text
    published = await post(organisation, webinar, "/publish")
    assert published.headers["location"].endswith("?done=published")
    public = await installation.client.get(f"/w/{webinar.id}")
    assert "For the name tag." in public.text
    async with installation.services.db.reading() as db:
        assert await current_draft(db, webinar) is None


async def test_a_change_is_seen_in_the_preview_and_nowhere_else(
    installation: Installation, organisation: Organisation, webinar: Webinar
):
    await post(organisation, webinar, "/publish")
    await post(organisation, webinar, "/fields", kind="country")
    shown = await page(organisation, webinar)
    assert "You have changes that nobody sees yet" in shown
    assert 'value="NL"' in shown
    assert 'value="NL"' not in (await installation.client.get(f"/w/{webinar.id}")).text
    assert (await post(organisation, webinar, "/discard")).status_code == 303
    assert 'value="NL"' not in await page(organisation, webinar)


async def test_the_preview_follows_what_is_typed_and_stores_nothing(
    installation: Installation, organisation: Organisation, webinar: Webinar
):
    await post(organisation, webinar, "/publish")
    drawn = await post(organisation, webinar, "/fields/name/preview", label_en="Your <b>nickname</b>")
    assert drawn.status_code == 200
    assert "Your &lt;b&gt;nickname&lt;/b&gt;" in drawn.text
    wrong = await post(organisation, webinar, "/fields/name/preview", label_en="x" * 600)
    assert wrong.status_code == 422
    async with installation.services.db.reading() as db:
        assert await current_draft(db, webinar) is None


async def test_what_does_not_fit_comes_back_with_what_was_typed(organisation: Organisation, webinar: Webinar):
    answer = await post(
        organisation, webinar, "/fields/name", label_en="A name to keep", max_length="very long"
    )
    assert answer.status_code == 422
    assert "A name to keep" in answer.text
    assert "very long" in answer.text
    assert "Enter a whole number." in answer.text


async def test_fields_move_by_button_and_by_place(organisation: Organisation, webinar: Webinar):
    order = re.compile(r'id="field-(\w+)"')
    assert order.findall(await page(organisation, webinar)) == ["name", "email"]
    await post(organisation, webinar, "/fields/name/move", to="down")
    assert order.findall(await page(organisation, webinar)) == ["email", "name"]
    await post(organisation, webinar, "/fields/name/move", to="0")
    assert order.findall(await page(organisation, webinar)) == ["name", "email"]
    for nonsense in ("", "-1", "9" * 50, "sideways"):
        assert (await post(organisation, webinar, "/fields/name/move", to=nonsense)).status_code == 303


async def test_what_others_depend_on_stays_and_the_page_says_so(organisation: Organisation, webinar: Webinar):
    await post(organisation, webinar, "/fields", kind="checkbox")
    await post(organisation, webinar, "/fields", kind="long_text")
    await post(
        organisation,
        webinar,
        "/fields/long_text",
        label_en="More",
        max_length="100",
        shown_if="checkbox=yes",
    )
    for path in ("/fields/checkbox/remove", "/fields/email/remove"):
        answer = await post(organisation, webinar, path)
        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
    assert (await post(organisation, webinar, "/fields/long_text/remove")).status_code == 303


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("controller_name", "Who is responsible, with a postal address"),
        ("controller_address", "Who is responsible, with a postal address"),
        ("controller_email", "An address for privacy questions"),
        ("dpo_contact", "The data protection officer, or that there is none"),
        ("supervisory_authority", "Where people can complain"),
        ("recipients", "Who receives the data"),
        ("transfers", "Transfers to other countries, or that there are none"),
    ],
)
async def test_publishing_says_what_is_missing_and_where_it_goes(
    installation: Installation, organisation: Organisation, webinar: Webinar, column: str, words: str
):
    async with installation.services.db.writing() as db:
        account = await db.get_one(Account, organisation.id)
        setattr(account, column, "")
        db.add(account)
    answer = await post(organisation, webinar, "/publish")
    assert answer.status_code == 409
    assert f'<a href="/admin/account">{words}</a>' in answer.text
    async with installation.services.db.reading() as db:
        assert await current_form(db, webinar) is None


async def test_a_consent_is_asked_once_and_never_somebody_elses(
    installation: Installation, organisation: Organisation, stranger: Organisation, webinar: Webinar
):
    async with installation.services.db.writing() as db:
        news = await make_purpose(db, organisation.account, "News by mail", "Once a month.")
        theirs = await make_purpose(db, stranger.account, "Theirs")
    # The account's consents are on a new form from the start.
    assert "Once a month." in await page(organisation, webinar)
    again = await post(organisation, webinar, "/fields", kind=f"consent:{news.id}")
    assert again.status_code == 422
    for foreign in (f"consent:{theirs.id}", "consent:", "consent:nonsense"):
        assert (await post(organisation, webinar, "/fields", kind=foreign)).status_code == 404


async def test_a_new_wording_is_announced_until_it_is_published(
    installation: Installation, organisation: Organisation, webinar: Webinar
):
    await post(organisation, webinar, "/publish")
    async with installation.services.db.writing() as db:
        account = await db.get_one(Account, organisation.id)
        account.recipients = "A new hosting provider"
        db.add(account)
    assert "What you tell people has changed" in await page(organisation, webinar)
    await post(organisation, webinar, "/publish")
    assert "A new hosting provider" in (await installation.client.get(f"/w/{webinar.id}")).text
    assert "What you tell people has changed" not in await page(organisation, webinar)
