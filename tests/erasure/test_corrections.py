"""A correction reaches everything: what was wrong is found nowhere any more, what is right everywhere (G5)."""

import re
import secrets

from tests.erasure.life import Person, Play, ok, unique
from webinar.privacy.proof.needles import Needle
from webinar.privacy.proof.scanner import Findings, Scanner

PROOF = re.compile(r"http://\S+/my/address#(\S+)")
CHOSEN = {"coming", "topics", "country", "agrees"}  # everybody chooses from the same words


def needles_of(person: Person) -> list[Needle]:
    """Name, address and answers, as far as they are only theirs."""
    own = {name: value for name, value in person.answers.items() if name not in CHOSEN}
    return [
        Needle("name", person.name),
        Needle("address", person.address, hashed=True),
        *(Needle(name, line) for name, value in own.items() for line in value.split("\n")[:1]),
    ]


async def shown(play: Play, person: Person, needles: list[Needle]) -> dict[str, Findings]:
    """What anybody is shown of the person, searched: lists, pages, files, their own page, the room."""
    people, mine = f"{play.edit}/participants", f"/w/{play.webinar.id}/my"
    one = f"{people}/{await play.id_of(person)}"
    room = await play.join(play.admin, role="host")
    found = {"room": repr(room.events).encode()}
    await room.leave()
    for path in (people, one, f"{one}/answers"):
        found[path] = (await ok(play.admin.get(path))).content
    for end in ("", "/answers", "/address", "/data.json", "/data.csv"):
        found[f"my{end}"] = (await ok(person.client.get(mine + end))).content
    for file in ("participants.csv", "participants.xlsx", "participants.json", "chat.csv", "chat.json"):
        found[file] = (await ok(play.admin.post(f"{people}/export", data={"file": file}))).content
    for file in ("person.csv", "person.json"):
        found[file] = (await ok(play.admin.post(f"{one}/export", data={"file": file}))).content
    scanner = Scanner(needles)
    return {place: scanner.search_bytes(place, content) for place, content in found.items()}


async def correct_everything(play: Play, person: Person) -> None:
    """Name, answers and address, on the page of their own data and by the mail to the new address."""
    here = f"/w/{play.webinar.id}/my"
    person.name = unique("Quilla")
    await ok(person.client.post(f"{here}/name", data={"display_name": person.name}), 303)
    await ok(person.client.post(f"{here}/answers", data=play.answers_of(person)), 303)
    person.address = f"Quilla.{secrets.token_hex(6)}@harbour.example.org"
    await ok(person.client.post(f"{here}/address", data={"email": person.address}), 303)
    token = PROOF.search(await play.mail_to(person))
    assert token
    await ok(play.stage.installation.new_client().post("/my/address", data={"token": token[1]}))


async def test_a_correction_is_everywhere_and_what_was_wrong_nowhere(play: Play):
    person = await play.take_part(with_words=False)
    mine, reader = await play.join(person.client), await play.join(play.admin, role="host")
    await mine.send("chat.send", body="Hello everybody")
    await reader.wait_for(lambda event: event["type"] == "chat.posted")
    wanted = {"purpose": str(play.purpose.id), "format": "csv"}
    await ok(play.admin.post(f"{play.edit}/participants/export/purpose", data=wanted), 303)
    old = needles_of(person)
    names = {needle.name for needle in old}
    # SQLite keeps the number in four bytes: too few to be told from chance.
    assert (await play.stage.search(old)).needles >= names - {"badge"}
    before = await shown(play, person, old)
    assert set().union(*(found.needles for found in before.values())) == names

    await correct_everything(play, person)

    # Whoever has the room open gets it anew, with the new name.
    for client in (mine, reader):
        await client.wait_until(lambda room: person.name in repr(room.messages))
        assert Scanner(old).search_bytes("open room", repr(client.room.shown()).encode()).clean
    after = await shown(play, person, old)
    assert not {place: found.needles for place, found in after.items() if not found.clean}
    new = needles_of(person)
    found = await shown(play, person, new)
    assert {place: each.needles for place, each in found.items()} == {
        place: each.needles for place, each in before.items()
    }
    # A mail that is written later, and every byte that is kept.
    lost = f"/w/{play.webinar.id}/lost-link"
    await ok(person.client.post(lost, data={"email": person.address}), 303)
    await play.house.services.mail.send_due()
    await play.stage.sweep()
    left = await play.stage.search(old)
    assert left.clean, (sorted(left.hits), sorted(left.unread))
    assert (await play.stage.search(new)).needles >= names - {"badge"}
