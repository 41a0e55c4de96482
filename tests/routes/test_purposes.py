"""The pages on which an admin words what people are asked and told."""

from hashlib import sha256

from sqlmodel import col, select

from tests.support.installation import Installation
from tests.support.people import Organisation
from webinar.models import NoticeVersion, Purpose

NEWS = {"basis": "consent", "language": "en", "title": "News", "body": "A letter each month.", "webinar": ""}


async def only_purpose(installation: Installation) -> Purpose:
    async with installation.services.db.reading() as db:
        return (await db.exec(select(Purpose))).one()


async def versions(installation: Installation) -> list[tuple[str, int, str]]:
    async with installation.services.db.reading() as db:
        found = await db.exec(select(NoticeVersion).order_by(col(NoticeVersion.number)))
        return [(notice.language, notice.number, notice.body) for notice in found]


async def test_a_purpose_is_added_with_its_first_words(
    installation: Installation, organisation: Organisation
):
    client = organisation.admin.client
    assert (await client.post("/admin/purposes", data=NEWS)).status_code == 303
    page = (await client.get("/admin/purposes")).text
    assert "News" in page
    assert "your consent" in page
    assert await versions(installation) == [("en", 1, "A letter each month.")]


async def test_new_words_are_a_version_beside_the_old_ones(
    installation: Installation, organisation: Organisation
):
    client = organisation.admin.client
    await client.post("/admin/purposes", data=NEWS)
    address = f"/admin/purposes/{(await only_purpose(installation)).id}"
    words = {"language": "en", "title": "News", "body": "A letter each week."}
    assert (await client.post(f"{address}/wording", data=words)).status_code == 303
    dutch = {"language": "nl", "title": "Nieuws", "body": "Elke week een brief."}
    assert (await client.post(f"{address}/wording", data=dutch)).status_code == 303
    assert len(await versions(installation)) == 3
    page = (await client.get(address)).text
    assert page.count("A letter each month.") == 1
    assert "Elke week een brief." in page


async def test_what_does_not_fit_is_named_and_what_was_typed_is_kept(
    installation: Installation, organisation: Organisation
):
    answer = await organisation.admin.client.post(
        "/admin/purposes", data={**NEWS, "title": "", "webinar": "x"}
    )
    assert answer.status_code == 422
    assert "In a few words" in answer.text
    assert "A letter each month." in answer.text
    refused = {**NEWS, "basis": "contract", "required": "yes"}
    answer = await organisation.admin.client.post("/admin/purposes", data=refused)
    assert answer.status_code == 422
    assert "Only consent can be asked for" in answer.text
    assert await versions(installation) == []


async def test_a_webinar_of_another_account_gets_no_purpose(
    organisation: Organisation, stranger: Organisation, installation: Installation
):
    for webinar in ("not an id", "7e9c1d8e-9a52-4a57-a53f-2f6d4c3b2a10"):
        answer = await organisation.admin.client.post("/admin/purposes", data={**NEWS, "webinar": webinar})
        assert answer.status_code in {404, 422}
    assert await versions(installation) == []


async def test_a_purpose_is_required_and_retired(installation: Installation, organisation: Organisation):
    client = organisation.admin.client
    await client.post("/admin/purposes", data=NEWS)
    address = f"/admin/purposes/{(await only_purpose(installation)).id}"
    await client.post(f"{address}/required", data={"required": "yes"})
    assert (await only_purpose(installation)).required
    await client.post(f"{address}/required", data={})
    assert not (await only_purpose(installation)).required
    assert (await client.post(f"{address}/retire", data={})).status_code == 303
    assert "News" not in (await client.get("/admin/purposes")).text
    assert "Retired" in (await client.get(address)).text


async def test_the_ledger_and_each_of_its_words_are_shown_to_the_account_alone(
    installation: Installation, organisation: Organisation, stranger: Organisation
):
    client = organisation.admin.client
    await client.post("/admin/purposes", data=NEWS)
    purpose = await only_purpose(installation)
    async with installation.services.db.reading() as db:
        notice = (await db.exec(select(NoticeVersion))).one()
    assert "Nobody has answered yet" in (await client.get(f"/admin/purposes/{purpose.id}/ledger")).text
    page = (await client.get(f"/admin/notices/{notice.id}")).text
    assert notice.sha256.hex() in page
    assert "Unchanged since it was published" in page
    raw = (await client.get(f"/admin/notices/{notice.id}/text")).content
    assert sha256(raw).digest() == notice.sha256
    for end in ("", "/text"):
        foreign = await stranger.admin.client.get(f"/admin/notices/{notice.id}{end}")
        assert foreign.status_code == 404


async def test_an_admin_says_whether_new_words_change_the_meaning(
    installation: Installation, organisation: Organisation
):
    client = organisation.admin.client
    await client.post("/admin/purposes", data=NEWS)
    address = f"/admin/purposes/{(await only_purpose(installation)).id}/wording"
    for body, change in (("A letter, monthly.", "editorial"), ("A letter each day.", "substantive")):
        words = {"language": "en", "title": "News", "body": body, "change": change}
        assert (await client.post(address, data=words)).status_code == 303
    async with installation.services.db.reading() as db:
        found = await db.exec(select(NoticeVersion).order_by(col(NoticeVersion.number)))
        assert [notice.substantive for notice in found] == [True, False, True]
    answer = await client.post(address, data={**NEWS, "change": "a little"})
    assert answer.status_code == 422
