"""The chat as a client that comes and goes has heard it."""

from itertools import pairwise
from uuid import uuid4

from hypothesis import example, given
from hypothesis import strategies as st

from tests.client.test_cursor import message
from webinar.client import ChatLog
from webinar.realtime.protocol import events

NEWEST, REPLAYED, PAGE = 4, 3, 3  # messages in a snapshot, that are replayed at most, and in a page
EPOCH = uuid4()
# What is said while somebody is away, and while they are there, by turns; and whether they read back in between.
STAYS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 6), st.booleans()), min_size=1, max_size=6)


def snapshot(said: list[events.Message]) -> events.Snapshot:
    room = events.Room(0, "Harbours", "live", None, True, True, False, None)
    return events.Snapshot(EPOCH, len(said), room, said[-NEWEST:], len(said) > NEWEST, None, [], [])


def page_before(said: list[events.Message], before: int) -> events.ChatPaged:
    older = [each for each in said if each.posted_seq < before]
    return events.ChatPaged(uuid4(), older[-PAGE:], len(older) > PAGE)


def read_back(log: ChatLog, said: list[events.Message]) -> None:
    """Asks for pages until nothing is missing, and never twice for the same one."""
    asked: list[int] = []
    while log.hole_before is not None:
        asked.append(log.hole_before)
        log.take(page_before(said, log.hole_before))
    assert all(earlier > later for earlier, later in pairwise(asked))


@given(STAYS)
@example([(0, 1, False), (9, 1, False), (9, 1, False)])
def test_whoever_comes_back_again_and_again_can_read_all_that_was_said(stays: list[tuple[int, int, bool]]):
    log, said, there = ChatLog(), list[events.Message](), 0
    for missed, heard, reads_back in stays:
        said += [message(seq) for seq in range(len(said) + 1, len(said) + missed + 1)]
        if there == 0 or missed > REPLAYED:
            log.take(snapshot(said))
        else:
            for each in said[there:]:
                log.take(events.ChatPosted(each.seq, each))
        for _ in range(heard):
            said.append(message(len(said) + 1))
            log.take(events.ChatPosted(said[-1].seq, said[-1]))
        there = len(said)
        if reads_back:
            read_back(log, said)
    read_back(log, said)
    assert log.in_order() == said
    assert log.doubled == 0


def test_a_page_that_is_empty_ends_the_reading():
    log = ChatLog()
    log.take(events.Snapshot(EPOCH, 9, snapshot([]).webinar, [message(9)], True, None, [], []))
    assert log.hole_before == 9
    log.take(events.ChatPaged(uuid4(), [], False))
    assert log.hole_before is None
