"""What is new to a client, and how long it waits before it comes back."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.client import BackOff, Cursor
from webinar.realtime.protocol import events

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def message(seq: int, identity: UUID | None = None) -> events.Message:
    return events.Message(
        identity or uuid4(),
        seq,
        seq,
        NOW,
        "chat",
        events.Author(uuid4(), "Mira", False),
        "Hello",
        False,
        uuid4(),
    )


def snapshot(seq: int, *messages: events.Message) -> events.Snapshot:
    room = events.Room(0, "Harbours", "live", None, True, True, False, None)
    return events.Snapshot(uuid4(), seq, room, list(messages), False, None, [], [])


def posted(seq: int, identity: UUID | None = None) -> events.ChatPosted:
    return events.ChatPosted(seq, message(seq, identity))


def test_what_was_seen_before_is_not_new():
    cursor = Cursor()
    assert cursor.take(snapshot(5))
    assert not cursor.take(posted(4))
    event = posted(6)
    assert cursor.take(event)
    assert not cursor.take(event)
    assert cursor.seq == 6


def test_rows_that_changed_together_are_each_new_once():
    cursor = Cursor()
    cursor.take(snapshot(5))
    together = [posted(6) for _ in range(3)]
    assert [cursor.take(event) for event in (*together, *together)] == [True] * 3 + [False] * 3


def test_a_row_that_a_snapshot_already_had_newer_than_its_number_is_not_new_as_an_event():
    cursor, early = Cursor(), message(7)
    cursor.take(snapshot(5, early))
    assert cursor.take(posted(6))
    assert not cursor.take(events.ChatPosted(7, early))
    assert cursor.seq == 7


def test_after_an_erasure_everything_starts_over():
    cursor = Cursor()
    cursor.take(snapshot(9))
    renewed = snapshot(2)
    assert cursor.take(renewed)
    assert (cursor.epoch, cursor.seq) == (renewed.epoch, 2)
    assert cursor.take(posted(3))


@given(attempt=st.integers(0, 5000), chance=st.floats(0, 1))
def test_the_wait_is_anywhere_up_to_a_cap_that_doubles(attempt: int, chance: float):
    delay = BackOff(chance=lambda: chance).delay(attempt)
    assert delay == pytest.approx(chance * min(20.0, 0.5 * 2.0 ** min(attempt, 10)))
