"""R1: the server dies at any moment, and nobody loses or hears twice what was acknowledged."""

from pathlib import Path

from benchmarks.kills import run
from webinar.client import BackOff


async def test_a_server_that_is_killed_loses_doubles_and_reorders_nothing(tmp_path: Path):
    """A moderate size; `make benchmarks ARGS=kills` runs 200 clients and 20 kills."""
    outcome = await run(
        12, 3, tmp_path, pause=0.5, alive=(0.3, 2.0), back_off=BackOff(first=0.1, longest=0.5)
    )
    assert outcome.acked >= 12
    assert outcome.faultless, outcome
