"""How the rooms of this instance stand, for whoever measures."""

from collections.abc import Callable, Mapping
from uuid import UUID

from webinar.metrics import Metrics
from webinar.realtime.codes import Close
from webinar.realtime.fanout.ring import Ring
from webinar.realtime.room import Room


def watch_rooms(
    metrics: Metrics,
    rooms: Mapping[UUID, Room],
    ring: Callable[[], Ring | None],
    has_broker: Callable[[], bool],
) -> None:
    """Has `metrics` look at the rooms whenever it is read."""
    for code in Close:
        metrics.closes.labels(int(code))  # from 0: of a figure that begins at 1 nobody sees that it rose
    metrics.watch("rooms", "Webinars with somebody in them.", lambda: len(rooms))
    metrics.watch(
        "connections",
        "People in rooms, one for each socket.",
        lambda: sum(len(room.members) for room in rooms.values()),
    )
    metrics.watch(
        "connections_behind",
        "Connections that events wait for.",
        lambda: sum(room.behind for room in rooms.values()),
    )
    metrics.watch(
        "fanout_ring",
        "Whether rooms are written to with io_uring: 1 or 0.",
        lambda: (found := ring()) is not None and not found.given_up,
    )
    metrics.watch("broker_connected", "Whether other instances can be reached: 1 or 0.", has_broker)
