"""The parts of the realtime benchmark, and how they are run."""

import asyncio
import signal
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from benchmarks.realtime import chat, client, fanout, instances, joins, rests, saturated, scale, stopped
from benchmarks.realtime.processes import pinned
from benchmarks.realtime.report import Section, write_report
from benchmarks.realtime.stage import Options

WHOLE = "realtime"
PARTS: dict[str, Callable[[Options], Awaitable[list[Section]]]] = {
    f"{WHOLE}_{name}": part
    for name, part in {
        "fanout": fanout.measure,
        "saturated": saturated.measure,
        "chat": chat.measure,
        "joins": joins.measure,
        "stopped": stopped.measure,
        "instances": instances.measure,
        "rests": rests.measure,
        "scale": scale.measure,
    }.items()
}


async def run(names: Sequence[str], *, quick: bool, seconds: float, report: Path | None) -> None:
    """Runs the named parts, prints each table as it is there, and writes all of them to `report`."""
    task = asyncio.current_task()
    assert task is not None
    # A cancelled task ends its servers on its way out; a killed process would leave them behind.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    if not pinned():
        print("This machine has no two cores: server and load client share one, and figures say little.")
    sections: list[Section] = []
    with tempfile.TemporaryDirectory(prefix="webinar-benchmark-") as folder:
        options = Options(Path(folder), quick=quick, length=seconds)
        client.compile_programs(options.programs)
        for name in names:
            for section in await PARTS[name](options):
                section.show()
                sections.append(section)
            if report is not None:
                command = f"python -m benchmarks {WHOLE if len(names) == len(PARTS) else ' '.join(names)}"
                how = " --quick" if quick else f" --seconds {seconds:g}"
                write_report(report, sections, command + how)
