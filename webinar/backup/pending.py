"""A restore that is not finished: while the journal has not been replayed, nothing is served (G9).

A file in the data folder says so. It is written before the restored database is put in place, so that a process
that dies in between leaves an installation that stays shut instead of one that shows erased people.
"""

import asyncio
import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import structlog

from webinar.clock import Clock
from webinar.db import Database
from webinar.logs import brief
from webinar.models import Erasable
from webinar.privacy.audit_check import Anchors
from webinar.privacy.eraser import Eraser
from webinar.privacy.journal import Entry
from webinar.privacy.replay import replay
from webinar.privacy.restored import Restored, note_restore
from webinar.privacy.retention import Retention

FILE = "restoring.json"
PLACING, REPLAYING = "placing", "replaying"
AGAIN_SECONDS = 10.0

log = structlog.get_logger(__name__)


class Restoring:
    """Whether a restore is under way, and its end: erasing again what was erased since the backup."""

    def __init__(
        self,
        data_dir: Path,
        db: Database,
        clock: Clock,
        eraser: Eraser,
        *,
        retention: Retention,
        anchors: Anchors,
    ) -> None:
        self._file = data_dir / FILE
        self._db = db
        self._clock = clock
        self._anchors = anchors
        self._eraser = eraser
        self._retention = retention
        self._turn = asyncio.Lock()
        self.under_way = self._file.exists()

    async def settle(self) -> None:
        """Returns once no restore is under way any more; tries again while something is in the way."""
        while self.under_way:
            try:
                await self.finish()
            except Exception as error:  # noqa: BLE001 - a busy database must not leave the doors shut for ever
                log.error("restore.not_finished", **brief(error))
                await asyncio.sleep(AGAIN_SECONDS)

    async def finish(self) -> int:
        """Replays the journal and what retention demands, then opens the doors; gives the number of erased rows.

        Whoever asks while somebody else is at it gets 0 once that is done. Raises RuntimeError when the restored
        database is not in place: only restoring again helps.
        """
        async with self._turn:
            return await self._finish() if self.under_way else 0

    async def _finish(self) -> int:
        phase, entries, restored = read_marker(self._file)
        if phase != REPLAYING:
            raise RuntimeError("The restore was interrupted. Run webinar restore again.")
        await note_restore(self._db, self._anchors, restored, self._clock.now())
        erased = await replay(self._db, entries, self._clock.now())
        await self._retention.run()
        await self._eraser.finish_open()
        await self._eraser.clean()
        self._file.unlink()
        self.under_way = False
        return erased


def write_marker(data_dir: Path, phase: str, entries: Sequence[Entry], restored: Restored) -> None:
    """Notes how far which restore is, with the journal that is to be replayed; waits for the disk."""
    rows = [[entry.subject, entry.digest.hex(), entry.at.isoformat()] for entry in entries]
    what = [restored.at.isoformat(), restored.backup_of.isoformat(), restored.sha256]
    unfinished = data_dir / f"{FILE}.new"
    with unfinished.open("w", encoding="utf-8") as file:
        json.dump({"phase": phase, "restored": what, "journal": rows}, file)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(data_dir / FILE)


def read_marker(file: Path) -> tuple[str, list[Entry], Restored]:
    """The phase of a restore, the journal to replay, and what is restored."""
    from_json = json.loads(file.read_text(encoding="utf-8"))
    at, backup_of, sha256 = from_json["restored"]
    restored = Restored(datetime.fromisoformat(at), datetime.fromisoformat(backup_of), sha256)
    return from_json["phase"], [_entry(*row) for row in from_json["journal"]], restored


def _entry(subject: str, digest: str, at: str) -> Entry:
    return Entry(Erasable(subject), bytes.fromhex(digest), datetime.fromisoformat(at))
