"""What is asked for every message and everybody who comes finds them by an index, however many are in the webinar."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.dialects import sqlite

from webinar.interaction import posting
from webinar.realtime import door, office, snapshot, tickets
from webinar.statements import Listing

ASKED = {
    "who of the participants speaks": posting._PARTICIPANTS,
    "who of the hosts speaks": posting._HOSTS,
    "who asks for a ticket": office._ADMITTED,
    "whose ticket it is": tickets._USE,
    "to which webinar it leads": door._DESTINATIONS,
    "which participant it lets in": door._GUESTS,
    "which host it lets in": door._HOSTS,
    "what is their own": snapshot._PEOPLE,
}


@pytest.mark.parametrize("listing", ASKED.values(), ids=ASKED)
@pytest.mark.parametrize("size", [1, 4])
def test_nobody_else_is_read(listing: Listing, size: int, migrated_database: Path):
    words = listing.statement(size).in_words_of(sqlite.dialect())
    with closing(sqlite3.connect(migrated_database)) as db:
        plan = [step[3] for step in db.execute(f"EXPLAIN QUERY PLAN {words.words}", words.values({}))]
    steps = [step for step in plan if step.startswith(("SCAN", "SEARCH"))]
    assert steps
    assert [step for step in steps if step.startswith("SCAN") or "(webinar_id=?)" in step] == []
