"""Finding people in what others wrote: which spellings are found, which words are left alone, what is taken out."""

from uuid import uuid4

import pytest
from sqlalchemy import select as select_rows

from webinar.db import Database
from webinar.privacy.mention_sweep import CHUNK
from webinar.privacy.mentions import Mentions, Named
from webinar.privacy.redaction import blanked, excerpt, redacted
from webinar.privacy.text_columns import TextColumn, text_columns

ADA = Named(["Ada Lovelace"], ["ada.l@example.org"])


def after(text: object, *people: Named, **options: bool) -> object:
    mentions = Mentions(people or [ADA], **options)
    return redacted(text, mentions.find(text))


@pytest.mark.parametrize(
    ("text", "without"),
    [
        ("I met Ada Lovelace there", "I met [removed] there"),
        ("ADA  lovelace", "[removed]"),
        ("Ada\nLovelace", "[removed]"),
        ("A\u200bda Love\u00adlace", "[removed]"),
        ("Ádá and 𝐀𝐝𝐚", "[removed] and [removed]"),
        ("Lovelace, Ada", "[removed]"),
        ("@AdaLovelace!", "@[removed]!"),
        ("ada_lovelace", "[removed]"),
        ("Ada's idea, Lovelaces Frage", "[removed]'s idea, [removed]s Frage"),
        ("write to ADA.L@Example.org.", "write to [removed]."),
        ("mailto:ada.l@example.org?subject=x", "mailto:[removed]?subject=x"),
        ("ada.l is her box", "[removed] is her box"),
        ("ada (at) example.org", "[removed] (at) example.org"),
    ],
)
def test_a_name_or_address_is_found_however_it_is_written(text: str, without: str):
    assert after(text) == without


@pytest.mark.parametrize(
    "text",
    ["adamant", "Canada", "Lovelaced", "xada.l@example.org", "example.org", "nada.l@example.org", "a l d"],
)
def test_words_that_only_hold_the_name_are_left_alone(text: str):
    assert after(text) == text


@pytest.mark.parametrize(
    ("name", "text", "without"),
    [
        ("Jürgen Müller", "Juergen Mueller; MULLER; Ju\u0308rgen", "[removed]; [removed]; [removed]"),
        ("Anna Mueller", "Frau Müller", "Frau [removed]"),
        ("Łukasz Øberg", "lukasz und Oberg", "[removed] und [removed]"),
        ("محمد أحمد", "سألت مُحَمَّد، ولأحمد", "سألت [removed]، ول[removed]"),
        ("דוד לוי", "ולדוד", "ול[removed]"),
        ("田中さん", "昨日田中さんは", "昨日[removed]は"),
        ("김민수", "김민수는 왔다", "[removed]는 왔다"),
        ("Anne-Marie O’Neill", "anne-marie o'neill; Marie", "[removed]; [removed]"),
        ("Jan van den Berg", "van den vielen, Berg", "van den vielen, [removed]"),
        ("Bo Li", "Bo Li or bo", "[removed] or bo"),
        ("Mix", "the mix", "the [removed]"),
    ],
)
def test_names_of_many_languages_are_found(name: str, text: str, without: str):
    assert after(text, Named([name], [])) == without


def test_mailboxes_that_are_nobodys_own_are_no_names():
    shared = Named([], ["info@example.org"])
    assert after("for info write to info@example.org", shared) == "for info write to [removed]"


def test_whole_names_are_sure_and_parts_are_not():
    mentions = Mentions([ADA])
    sure = {
        text: [found.sure for found in mentions.find(text)] for text in ("Ada Lovelace", "Ada", "Ada, Ada")
    }
    assert sure == {"Ada Lovelace": [True], "Ada": [False], "Ada, Ada": [False]}
    assert [found.sure for found in mentions.find("ada.l@example.org")] == [True]


def test_without_parts_only_whole_names_and_addresses_are_found():
    assert after("Ada, Ada Lovelace and ada.l@example.org", parts=False) == "Ada, [removed] and [removed]"


def test_somebody_without_a_name_is_found_nowhere():
    assert after("anything", Named([], [])) == "anything"


def test_texts_within_an_answer_are_searched_and_everything_else_of_it_stays():
    value = {"text": "with Ada", "list": ["Ada", "x", 3, None], "yes": True}
    assert after(value) == {"text": "with [removed]", "list": ["[removed]", "x", 3, None], "yes": True}
    assert blanked(value)["list"] == ["[removed]", "[removed]", 3, None]


def test_what_surrounds_a_mention_is_shown_and_the_rest_is_cut():
    text = f"{'before ' * 40}Ada {'between ' * 40}Lovelace {'after ' * 40}"
    pieces = excerpt(text, Mentions([ADA]).find(text))
    assert [piece for piece, mention in pieces if mention] == ["Ada", "Lovelace"]
    shown = "".join(piece for piece, _ in pieces)
    assert len(shown) < 500
    assert shown.startswith("… before")
    assert " … " in shown
    assert shown.endswith("after …")
    assert excerpt("Ask Ada now", Mentions([ADA]).find("Ask Ada now")) == [
        ("Ask ", False),
        ("Ada", True),
        (" now", False),
    ]


@pytest.mark.parametrize("column", text_columns(), ids=lambda column: column.name)
async def test_places_are_read_by_their_ids_and_not_with_all_of_the_webinar(
    bare_database: Database, column: TextColumn
):
    these = column.these_in([uuid4() for _ in range(CHUNK)], uuid4(), uuid4())
    statement = select_rows(column.table.c.id).where(*these)
    async with bare_database.reading() as db:
        asked = statement.compile(dialect=db.get_bind().dialect, compile_kwargs={"literal_binds": True})
        plan = await (await db.connection()).exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}")
        (step,) = [row.detail for row in plan if column.table.name in row.detail]
    assert step.endswith("(id=?)")
