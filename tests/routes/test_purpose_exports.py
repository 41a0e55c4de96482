"""Exports for one purpose: who agrees now, what was declared for it, until it expires or somebody goes (G11)."""

import json
import re
import tracemalloc
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.exceptions import InvalidTag
from sqlmodel import col, select

from tests.privacy.test_participant_table import read_csv, register_somebody
from tests.registration.samples import CATALOGUES, Published, publish_sample
from tests.support.installation import Installation
from tests.support.people import PASSWORD, Organisation, signed_in_member
from tests.support.samples import make_purpose
from webinar.consent.notices import Wording, publish_wording
from webinar.models import AuditEntry, Basis, ExportFile, Participant, ProcessingVersion
from webinar.privacy.prepared import _opened, _sealed
from webinar.registration.compiled import Forms
from webinar.registration.definition import read_definition
from webinar.registration.mails import withdrawal_token
from webinar.registration.publishing import publish_form
from webinar.registration.versions import current_form, save_draft


@dataclass
class Desk:
    """A webinar of the organisation: ada and eve agree to the news, bob does not; the organisation is declared."""

    installation: Installation
    organisation: Organisation
    published: Published

    @property
    def folder(self) -> Path:
        return self.installation.services.exports.parent / "prepared"

    def at(self, end: str = "") -> str:
        return f"/admin/webinars/{self.published.webinar.id}/participants/export/purpose{end}"

    async def declare(self, key: str, *purposes: UUID) -> None:
        """Publishes the form with other purposes for a field."""
        async with self.installation.services.db.writing() as db:
            version = await current_form(db, self.published.webinar)
            assert version
            rows = [
                {**row, "purposes": [str(each) for each in purposes]} if row["key"] == key else row
                for row in version.fields
            ]
            await save_draft(db, self.published.webinar, read_definition(rows))
            new = await publish_form(
                db, self.organisation.account, self.published.webinar, catalogues=CATALOGUES,
                now=self.installation.clock.now(),
            )  # fmt: skip
            self.published.form = await Forms(CATALOGUES).load(db, new, "en")

    async def reload(self) -> None:
        """Takes up the form that was published in the browser."""
        async with self.installation.services.db.reading() as db:
            version = await current_form(db, self.published.webinar)
            assert version
            self.published.form = await Forms(CATALOGUES).load(db, version, "en")

    async def register(self, email: str, *, agrees: bool) -> None:
        consent = {self.published.form.definition.consents[0].key: "y"} if agrees else {}
        await register_somebody(
            self.installation, self.published.form, email, organisation=f"Firm of {email}", **consent
        )

    async def person(self, email: str) -> Participant:
        async with self.installation.services.db.reading() as db:
            return (await db.exec(select(Participant).where(col(Participant.email) == email))).one()

    async def prepare(self, kind: str = "csv", **values: str) -> Any:
        fields = {"purpose": str(self.published.news.id), "format": kind, **values}
        return await self.organisation.admin.client.post(self.at(), data=fields)

    async def files(self) -> list[ExportFile]:
        async with self.installation.services.db.reading() as db:
            return list((await db.exec(select(ExportFile).order_by(col(ExportFile.made_at)))).all())

    async def download(self, **values: str) -> Any:
        [file] = await self.files()
        return await self.organisation.admin.client.post(self.at(f"/{file.id}"), data=values)

    async def traces(self, action: str) -> list[AuditEntry]:
        async with self.installation.services.db.reading() as db:
            found = select(AuditEntry).where(AuditEntry.action == action)
            return list((await db.exec(found)).all())

    def gone(self) -> bool:
        return not self.folder.exists() or not list(self.folder.iterdir())


@pytest.fixture
async def desk(installation: Installation, organisation: Organisation) -> Desk:
    async with installation.services.db.writing() as db:
        published = await publish_sample(db, account=organisation.account)
    desk = Desk(installation, organisation, published)
    await desk.declare("organisation", published.news.id)
    for email, agrees in (("ada@example.com", True), ("bob@example.com", False), ("eve@example.com", True)):
        await desk.register(email, agrees=agrees)
    return desk


async def recorded_uses(desk: Desk) -> dict[str, list[str]]:
    """What each field is for, as the newest record of processing says."""
    await desk.installation.services.retention.run()
    async with desk.installation.services.db.reading() as db:
        versions = select(ProcessingVersion).where(col(ProcessingVersion.account_id) == desk.organisation.id)
        newest = (await db.exec(versions.order_by(col(ProcessingVersion.number).desc()))).first()
    assert newest
    return {each["name"]: each["uses"] for each in newest.facts["retention"][0]["fields"]}


async def test_only_who_agrees_is_in_it_with_the_declared_fields_only(desk: Desk):
    assert (await desk.prepare()).status_code == 303
    answer = await desk.download()
    assert answer.headers["content-disposition"].endswith('-purpose.csv"')
    rows = read_csv(answer.content.decode("utf-8-sig"))
    assert {row["E-mail address"]: row["Organisation"] for row in rows} == {
        address: f"Firm of {address}" for address in ("ada@example.com", "eve@example.com")
    }
    assert list(rows[0]) == ["E-mail address", "Organisation", "Agreed (UTC)"]


@pytest.mark.parametrize("kind", ["json", "xlsx"])
async def test_the_other_formats_hold_the_same(desk: Desk, kind: str):
    await desk.prepare(kind)
    content = (await desk.download()).content
    if kind == "json":
        assert [[each["field"] for each in row["answers"]] for row in json.loads(content)] == [
            ["email", "organisation"]
        ] * 2
    else:
        assert content.startswith(b"PK")


async def test_what_was_declared_after_somebody_registered_is_not_used_of_them(desk: Desk):
    await desk.declare("name", desk.published.news.id)
    await desk.register("new@example.com", agrees=True)
    await desk.prepare()
    rows = read_csv((await desk.download()).content.decode("utf-8-sig"))
    assert {row["E-mail address"]: row["Name"] for row in rows} == {
        "ada@example.com": "", "eve@example.com": "", "new@example.com": "Ada",
    }  # fmt: skip


async def test_the_file_on_the_disk_says_nothing_and_only_the_server_may_read_it(desk: Desk):
    await desk.prepare()
    [path] = desk.folder.iterdir()
    assert path.stat().st_mode & 0o777 == 0o600
    assert desk.folder.stat().st_mode & 0o777 == 0o700
    assert b"example.com" not in path.read_bytes()
    [file] = await desk.files()
    assert path.name == str(file.id)


async def test_a_file_expires_after_a_day(desk: Desk):
    await desk.prepare()
    desk.installation.clock.move(hours=24)
    [file] = await desk.files()
    again = await signed_in_member(desk.installation, desk.organisation.admin.user)
    assert (await again.client.post(desk.at(f"/{file.id}"), data={})).status_code == 404
    await desk.installation.services.prepared.clear()
    assert await desk.files() == []
    assert desk.gone()


async def withdraw(desk: Desk) -> None:
    person = await desk.person("ada@example.com")
    token = withdrawal_token(desk.installation.services.signer, person)
    assert (await desk.installation.client.post(f"/my/withdraw/{token}")).status_code == 200


async def erase(desk: Desk) -> None:
    person = await desk.person("ada@example.com")
    address = f"/admin/webinars/{desk.published.webinar.id}/participants/erase"
    fields = {"id": str(person.id), "confirmation": "erase"}
    assert (await desk.organisation.admin.client.post(address, data=fields)).status_code == 303


async def correct(desk: Desk) -> None:
    person = await desk.person("ada@example.com")
    address = f"/admin/webinars/{desk.published.webinar.id}/participants/{person.id}"
    fields = {"name": "Ada", "email": "ada@new.example.com"}
    assert (await desk.organisation.admin.client.post(address, data=fields)).status_code == 303


async def change_the_words(desk: Desk) -> None:
    async with desk.installation.services.db.writing() as db:
        words = Wording.of("News", "And of our partners.")
        await publish_wording(db, desk.published.news, "en", words, desk.installation.clock.now())
    await desk.installation.services.prepared.clear()


@pytest.mark.parametrize("happens", [withdraw, erase, correct, change_the_words])
async def test_a_file_ends_at_once_when(desk: Desk, happens: Any):
    await desk.prepare()
    [file] = await desk.files()
    await happens(desk)
    assert await desk.files() == []
    assert desk.gone()
    answer = await desk.organisation.admin.client.post(desk.at(f"/{file.id}"), data={})
    assert answer.status_code == 404


async def test_who_withdrew_is_not_in_the_next_file(desk: Desk):
    await withdraw(desk)
    await desk.prepare()
    assert (await desk.files())[0].rows == 1
    assert b"ada@example.com" not in (await desk.download()).content


async def test_somebody_who_goes_while_a_file_is_made_stops_it(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    prepared = desk.installation.services.prepared
    whole = type(prepared).write

    async def slowly(self: Any, export: ExportFile, chunks: Any) -> None:
        await whole(self, export, chunks)
        await withdraw(desk)

    monkeypatch.setattr(type(prepared), "write", slowly)
    assert (await desk.prepare()).status_code == 409
    assert await desk.files() == []
    assert desk.gone()
    assert await desk.traces("webinar.export_prepared") == []


async def test_each_download_is_logged_without_participants(desk: Desk):
    await desk.prepare()
    await desk.download()
    await desk.download()
    [prepared] = await desk.traces("webinar.export_prepared")
    taken = await desk.traces("webinar.export_downloaded")
    details = {"purpose": str(desk.published.news.id), "format": "csv", "rows": 2}
    assert [prepared.details, *(each.details for each in taken)] == [details] * 3
    assert {each.user_id for each in taken} == {desk.organisation.admin.user.id}
    page = (await desk.organisation.admin.client.get(desk.at())).text
    assert page.count("Downloaded an export for a purpose") == 2
    assert "Admin of Example (admin)" in page
    assert "ada@example.com" not in page


async def test_a_file_is_deleted_by_hand(desk: Desk):
    await desk.prepare()
    [file] = await desk.files()
    answer = await desk.organisation.admin.client.post(desk.at(f"/{file.id}/remove"))
    assert answer.status_code == 303
    assert desk.gone()


@pytest.mark.parametrize(
    "wrong", [{"purpose": "nonsense"}, {"purpose": str(uuid4())}, {"format": "exe"}, {"purpose": ""}]
)
async def test_what_makes_no_sense_is_refused(desk: Desk, wrong: dict[str, str]):
    assert (await desk.prepare(**wrong)).status_code == 422
    assert await desk.files() == []


async def test_who_signed_in_long_ago_shows_the_password(desk: Desk):
    await desk.prepare()
    desk.installation.clock.move(hours=1)
    assert (await desk.prepare()).status_code == 422
    assert (await desk.download()).status_code == 422
    assert (await desk.download(current=PASSWORD)).status_code == 200


async def test_a_foreign_id_is_not_found_before_anything_is_looked_at(desk: Desk, stranger: Organisation):
    await desk.prepare()
    [file] = await desk.files()
    desk.installation.clock.move(hours=1)  # the password would be asked for
    person = await desk.person("ada@example.com")
    people = f"/admin/webinars/{desk.published.webinar.id}/participants"
    for path in (
        desk.at(), desk.at(f"/{file.id}"), desk.at(f"/{file.id}/remove"),
        f"{people}/export", f"{people}/{person.id}/export",
    ):  # fmt: skip
        for body in ({}, {"file": "nonsense", "purpose": "nonsense"}):
            assert (await stranger.owner.client.post(path, data=body)).status_code == 404, path
    assert len(await desk.files()) == 1


async def test_a_file_of_another_webinar_is_not_found(desk: Desk, stranger: Organisation):
    await desk.prepare()
    [file] = await desk.files()
    async with desk.installation.services.db.writing() as db:
        theirs = await publish_sample(db, account=stranger.account)
    path = f"/admin/webinars/{theirs.webinar.id}/participants/export/purpose/{file.id}"
    for end in ("", "/remove"):
        assert (await stranger.owner.client.post(path + end, data={})).status_code == 404
    assert not desk.gone()


async def test_the_builder_declares_what_an_answer_may_be_used_for(desk: Desk):
    client, news = desk.organisation.admin.client, str(desk.published.news.id)
    form = f"/admin/webinars/{desk.published.webinar.id}/form"
    page = (await client.get(form)).text
    ticked = re.findall(rf'name="purposes" value="{news}"( checked)?', page)
    # The address by default, the organisation as declared; nothing else.
    assert ticked.count(" checked") == 2
    fields = {"label_en": "A question", "required": "yes", "purposes_asked": "yes"}
    sent = {**fields, "purposes": [news, str(uuid4())]}
    assert (await client.post(f"{form}/fields/question", data=sent)).status_code == 303
    page = (await client.get(form)).text
    assert re.findall(rf'name="purposes" value="{news}"( checked)?', page).count(" checked") == 3
    # An address that serves nothing is left out of every export.
    assert (
        await client.post(f"{form}/fields/email", data={"label_en": "Address", "required": "yes", "purposes_asked": "yes"})
    ).status_code == 303  # fmt: skip
    page = (await client.get(form)).text
    assert re.findall(rf'name="purposes" value="{news}"( checked)?', page).count(" checked") == 2


async def test_a_field_is_declared_for_a_legitimate_interest_in_the_builder_and_the_file_has_it(desk: Desk):
    async with desk.installation.services.db.writing() as db:
        account, tell = desk.organisation.account, {"basis": Basis.LEGITIMATE_INTEREST}
        interest = await make_purpose(db, account, "Improving our webinars", "We look at it.", **tell)
    client, form = desk.organisation.admin.client, f"/admin/webinars/{desk.published.webinar.id}/form"
    assert f'name="purposes" value="{interest.id}" checked' not in (await client.get(form)).text
    sent = {"label_en": "Organisation", "purposes_asked": "yes", "purposes": [str(interest.id)]}
    assert (await client.post(f"{form}/fields/organisation", data=sent)).status_code == 303
    assert (await client.get(form)).text.count(f'name="purposes" value="{interest.id}" checked') == 1
    assert (await desk.prepare(purpose=str(interest.id))).status_code == 422  # nobody was told of it yet
    assert (await client.post(f"{form}/publish")).status_code == 303
    await desk.reload()
    await desk.register("kim@example.com", agrees=False)
    page = (await client.get(desk.at())).text
    assert "Legitimate interest" in page
    assert (await desk.prepare(purpose=str(interest.id))).status_code == 303
    [row] = read_csv((await desk.download()).content.decode("utf-8-sig"))
    assert (list(row), row["Organisation"]) == (["Organisation", "Told (UTC)"], "Firm of kim@example.com")
    uses = await recorded_uses(desk)
    assert (uses["Organisation"], uses["E-mail address"]) == (["Improving our webinars"], ["News by mail"])


async def test_the_record_of_processing_names_what_a_field_is_declared_for(desk: Desk):
    uses = await recorded_uses(desk)
    assert uses["Organisation"] == ["News by mail"]
    assert uses["Will you be there?"] == []


async def test_a_copy_of_the_webinar_keeps_what_is_declared(desk: Desk):
    client = desk.organisation.admin.client
    answer = await client.post(f"/admin/webinars/{desk.published.webinar.id}/duplicate")
    page = (await client.get(answer.headers["location"].partition("?")[0] + "/form")).text
    assert page.count(f'name="purposes" value="{desk.published.news.id}" checked') == 2


async def test_memory_does_not_grow_with_the_file(tmp_path: Path):
    key, piece = bytes(32), bytes(256 * 1024)

    async def pieces() -> Any:
        for _ in range(200):
            yield piece

    path = tmp_path / "file"
    tracemalloc.start()
    with path.open("wb") as file:
        async for frame in _sealed(pieces(), key):
            file.write(frame)
    size = sum([len(each) async for each in _opened(path.open("rb"), key)])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size == 200 * len(piece)
    assert peak < 8 * len(piece)


@pytest.mark.parametrize("cut", [1, 2])
async def test_a_file_that_was_cut_is_not_handed_out(tmp_path: Path, cut: int):
    key = bytes(32)

    async def pieces() -> Any:
        for number in range(3):
            yield bytes([number])

    frames = [frame async for frame in _sealed(pieces(), key)]
    path = tmp_path / "file"
    path.write_bytes(b"".join(frames[:cut]))
    with pytest.raises(InvalidTag):
        async for _ in _opened(path.open("rb"), key):
            pass
