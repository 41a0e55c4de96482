"""The proof: everything that people gave is found, is erased, and is found nowhere (G6, G7, G8)."""

from uuid import UUID

from sqlmodel import col, select

from tests.erasure.held import Held, all_held, columns_of, make_distinct
from tests.erasure.life import FIELDS, Person, Play, ok
from tests.support.people import PASSWORD
from webinar.models import Participant
from webinar.privacy.inventory import Within
from webinar.privacy.proof.needles import Needle
from webinar.registration.field_types import FIELD_TYPES


async def held(play: Play, within: Within) -> list[Held]:
    """What the database holds, after every column that needs it got a value of its own."""
    async with play.house.services.db.writing() as db:
        await make_distinct(db, within)
    async with play.house.services.db.reading() as db:
        return await all_held(db, within)


async def only(play: Play, *people: Person) -> Within:
    ids = [UUID(await play.id_of(person)) for person in people]
    chosen = select(col(Participant.id)).where(col(Participant.id).in_(ids))
    return Within(play.organisation.id, play.webinar.id, chosen)


def needles_of(some: list[Held]) -> list[Needle]:
    return [
        Needle(f"{number} {needle.name}", needle.value, needle.hashed)
        for number, each in enumerate(some)
        for needle in each.needles()
    ]


def typed_by(*people: Person) -> list[Needle]:
    return [Needle(f"typed {text}", text) for person in people for text in person.typed]


async def erase_by_hand(play: Play, *people: Person) -> None:
    ids = [await play.id_of(person) for person in people]
    form = {"id": ids, "confirmation": "erase"}
    await ok(play.admin.post(f"{play.edit}/participants/erase", data=form), 303)


async def test_every_field_type_is_filled_in():
    assert {field["type"] for field in FIELDS} | {"email", "consent"} == set(FIELD_TYPES)


async def test_a_person_who_used_everything_is_erased_to_the_last_byte(play: Play):
    gone = await play.take_part()
    stays = await play.take_part()
    await play.run_the_house(gone)
    within = await only(play, gone)
    theirs, others = await held(play, within), await held(play, await only(play, stays))
    assert {each.column for each in theirs} == columns_of(within)
    needles = needles_of(theirs)
    before = await play.stage.search(needles)
    assert not [needle for needle in needles if needle.name not in before.needles]

    await erase_by_hand(play, gone)
    await play.stage.sweep()

    after = await play.stage.search([*needles, *typed_by(gone)])
    assert after.clean, (sorted(after.hits), [n for n in needles if n.name in after.needles])
    kept = needles_of(others)
    found = await play.stage.search(kept)
    assert not [needle for needle in kept if needle.name not in found.needles]


async def test_several_people_are_erased_to_the_last_byte(play: Play):
    gone = [await play.take_part(), await play.take_part(with_words=False), await play.invite()]
    theirs = await held(play, await only(play, *gone))
    needles = needles_of(theirs)
    assert (await play.stage.search(needles)).needles == {needle.name for needle in needles}

    await erase_by_hand(play, *gone)
    await play.stage.sweep()

    after = await play.stage.search([*needles, *typed_by(*gone)])
    assert after.clean, (sorted(after.hits), [n for n in needles if n.name in after.needles])


async def test_a_webinar_is_deleted_to_the_last_byte(play: Play):
    people = [await play.take_part()]
    await play.run_the_house(people[0])
    people.append(await play.invite())
    await play.keep_the_account()
    within = Within(play.organisation.id, play.webinar.id)
    theirs = await held(play, within)
    assert {each.column for each in theirs} == columns_of(within)
    # The audit trail says for which purpose a file was made: the id of a text, and nobody's.
    needles = needles_of([each for each in theirs if each.column != "consent_record.purpose_id"])
    assert (await play.stage.search(needles)).needles == {needle.name for needle in needles}

    form = {"confirmation": play.webinar.title}
    await ok(play.admin.post(f"{play.edit}/danger", data=form), 303)
    await play.stage.sweep()

    after = await play.stage.search([*needles, *typed_by(*people), Needle("title", play.webinar.title)])
    assert after.clean, (sorted(after.hits), [n for n in needles if n.name in after.needles])


async def test_an_account_is_deleted_to_the_last_byte(play: Play):
    people = [await play.take_part()]
    await play.run_the_house(people[0])
    await play.keep_the_account()
    await play.ticket(play.admin, "host")
    within = Within(play.organisation.id)
    theirs = await held(play, within)
    assert {each.column for each in theirs} == columns_of(within)
    needles = needles_of(theirs)
    assert (await play.stage.search(needles)).needles == {needle.name for needle in needles}

    form = {"confirmation": play.organisation.account.name, "current": PASSWORD}
    await ok(play.admin.post("/admin/account/delete", data=form), 303)
    await play.stage.sweep()

    after = await play.stage.search([*needles, *typed_by(*people)])
    assert after.clean, (sorted(after.hits), [n for n in needles if n.name in after.needles])
