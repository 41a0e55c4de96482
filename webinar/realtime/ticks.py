"""How often a room hears what is only good for a moment: the more rarely, the more people hear it."""

DELIVERIES = 1000  # a second, at most, for each kind of passing news in a room of this instance
MOST = 10.0  # seconds


def apart(listeners: int) -> float:
    """Seconds between two pieces of passing news in a room of so many: none in a small one, at most ten."""
    return min(MOST, listeners / DELIVERIES)
