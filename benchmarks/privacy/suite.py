"""How it is measured, and what must be reached."""

import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx2
from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from benchmarks.admin import Owner, forget_peak, megabytes, signed_in
from benchmarks.crowd import Crowd, make_crowd
from benchmarks.privacy.chatters import CHATTERS, PAUSE, Chat, add_chatters, chatting
from benchmarks.privacy.places import PLACES, Lacking, Place
from benchmarks.privacy.product import DATABASE
from benchmarks.realtime.report import Check, Section, write_report
from webinar.db import Database
from webinar.models import ChatMessage, Participant
from webinar.schema import migrate

PEOPLE, QUICK_PEOPLE, MESSAGES_EACH = 100_000, 2_000, 10
NAME, EACH = "Zuleika Quarterstaff", 100
QUIET = 10.0  # seconds of chat with nothing else going on
MB_MORE, ONE_WITHIN, PROVEN_WITHIN, WEBINAR_WITHIN, STALL = 50, 1.0, 60.0, 60.0, 100.0
FILES = ("participants.csv", "participants.json", "chat.csv")
EXPORTS_READ = (
    "MB more is how far the server's memory rose above where it was before the file, at its peak: a stream stays flat however "
    "long the file. Rows a second are what one download gets while others chat."
)
ERASURES_READ = (
    "The request ends with its commit: from there nobody finds what goes. Gone is when rows, files and rooms are done, and SQLite's "
    "log is truncated or PostgreSQL vacuumed. Proven is when every byte was searched for it, at half speed, and the receipt is "
    "signed. Bare is one `DELETE` with its cascade in a copy of the database, with the same truncation or VACUUM, and nobody else "
    "there; ratio is gone to bare. A bare delete holds everybody up for as long as it takes."
)
MENTIONS_READ = (
    "Others named somebody in every hundredth message. The page that offers these places searches everything that was said; erasing "
    "them with all places redacted searches it once more, and changes them."
)
NOTICED_READ = (
    f"{CHATTERS} people in another webinar send a message every {PAUSE:.0f} s each, from another process; the wait is for the word "
    "that it is kept. Stall is the longest time that the server's event loop did not come round. Other programs on the same "
    "cores show up in both: compare with the line in which nothing else goes on."
)


@dataclass
class Prepared:
    """What is there to be measured."""

    crowd: Crowd
    someone: UUID
    named: UUID
    other: UUID
    tokens: list[str]
    bare: list[float]


class Notes:
    """The tables of one database, filled line by line."""

    def __init__(self, name: str, people: int) -> None:
        self.name, self.people = name, people
        self.exports: list[list[object]] = []
        self.erasures: list[list[object]] = []
        self.mentions: list[list[object]] = []
        self.noticed: list[list[object]] = []
        self.more = 0.0
        self.stall = 0.0
        self.gone: dict[str, float] = {}
        self.proven: dict[str, float] = {}
        self.rows = 0

    def sections(self) -> list[Section]:
        """As they are printed."""
        whole = f"{self.people:,} participants, {self.people * MESSAGES_EACH:,} messages"
        return [
            Section(
                f"{self.name}: exports ({whole})",
                [["file", "seconds", "rows", "rows a second", "MB of file", "MB more"], *self.exports],
                EXPORTS_READ,
                [Check("most MB more", self.more, MB_MORE)],
            ),
            Section(
                f"{self.name}: erasures ({whole})",
                [
                    [
                        "what",
                        "rows",
                        "request s",
                        "gone s",
                        "proven s",
                        "rows a second",
                        "bare s",
                        "ratio",
                        "proof",
                    ],
                    *self.erasures,
                ],
                ERASURES_READ,
                [
                    Check("one person, gone, seconds", self.gone.get("one person"), ONE_WITHIN),
                    Check("one person, proven, seconds", self.proven.get("one person"), PROVEN_WITHIN),
                    Check("the webinar, gone, seconds", self.gone.get("the webinar"), WEBINAR_WITHIN),
                ],
            ),
            Section(
                f"{self.name}: mentions ({whole})",
                [["what", "seconds", "places", "messages a second"], *self.mentions],
                MENTIONS_READ,
            ),
            Section(
                f"{self.name}: what others notice",
                [["meanwhile", "messages", "p50 ms", "p99 ms", "longest ms", "stall ms"], *self.noticed],
                NOTICED_READ,
                [Check("longest stall during an erasure, ms", self.stall, STALL)],
            ),
        ]


async def run(names: Sequence[str], *, quick: bool, report: Path | None) -> None:
    """Measures on the named databases, prints each table as it is there, and writes all of them to `report`."""
    people = QUICK_PEOPLE if quick else PEOPLE
    sections: list[Section] = []
    for name in names:
        try:
            found = await _measure(name, people)
        except Lacking as error:
            found = [Section(f"{name}: exports and erasures", [["what"]], "", missing=[str(error)])]
        for section in found:
            section.show()
        sections += found
    if report is not None:
        chosen = f" --database {names[0]}" if len(names) < len(PLACES) else ""
        write_report(report, sections, f"python -m benchmarks privacy{chosen}", title="Figures of privacy")


async def _measure(name: str, people: int) -> list[Section]:
    with tempfile.TemporaryDirectory(prefix="webinar-benchmark-") as folder:
        data, notes = Path(folder), Notes(name, people)
        async with PLACES[name](data) as place:
            prepared = await _prepare(data, place, people)
            _progress(f"{name}: made, bare floor {prepared.bare[-1]:.1f} s")
            async with (
                signed_in(data, prepared.crowd, "benchmarks.privacy.product:probed") as owner,
                chatting(str(owner.client.base_url), prepared.other, prepared.tokens) as chat,
            ):
                await _stall(owner)
                await asyncio.sleep(QUIET)
                await _note(notes, "nothing else", chat, owner)
                for file in FILES:
                    await _export(notes, file, owner)
                    await _note(notes, f"export of {file}", chat, owner)
                await _sweep(notes, prepared.named, owner)
                notes.stall = max(notes.stall, await _note(notes, "sweep for mentions", chat, owner))
                for number, (what, person) in enumerate(
                    (("one person", prepared.someone), ("the webinar", None))
                ):
                    await _erase(notes, what, person, prepared.crowd, owner, bare=prepared.bare[number])
                    stall = await _note(notes, f"erasure of {what}", chat, owner)
                    notes.stall = max(notes.stall, stall)
        return notes.sections()


async def _prepare(data: Path, place: Place, number: int) -> Prepared:
    await asyncio.to_thread(migrate, place.url)
    (data / DATABASE).write_text(place.url)
    db = Database(place.url)
    crowd = await make_crowd(db, number, MESSAGES_EACH)
    other, tokens = await add_chatters(db, crowd.account)
    async with db.writing() as unit:
        people = select(col(Participant.id)).where(col(Participant.webinar_id) == crowd.webinar.id)
        someone, named = (await unit.exec(people.limit(2))).all()
        await _mention(unit, crowd, named)
    await db.close()
    await place.settle()
    bare = await place.bare([("participant", someone), ("webinar", crowd.webinar.id)])
    return Prepared(crowd, someone, named, other, tokens, bare)


async def _mention(unit: AsyncSession, crowd: Crowd, person: UUID) -> None:
    """Lets others name somebody in every hundredth message."""
    await unit.exec(update(Participant).where(col(Participant.id) == person).values(display_name=NAME))
    of_others = col(ChatMessage.participant_id) != person
    often = (
        col(ChatMessage.webinar_id) == crowd.webinar.id,
        col(ChatMessage.posted_seq) % EACH == 0,
        of_others,
    )
    await unit.exec(
        update(ChatMessage)
        .where(*often)
        .values(body=col(ChatMessage.body) + f" Ask {NAME}.")
        .execution_options(synchronize_session=False)
    )


async def _sweep(notes: Notes, person: UUID, owner: Owner) -> None:
    """What the page of an erasure takes that looks for mentions, and erasing with all of them redacted."""
    address = f"{owner.address}/participants/erase"
    # The first time a process shows a page, it compiles its template: once, and whatever is on it.
    for page in (address, "/admin/records"):
        (await owner.client.get(page, params={"id": str(person)})).raise_for_status()
    await _stall(owner)
    began = time.perf_counter()
    (await owner.client.get(address, params={"id": str(person)})).raise_for_status()
    looked = time.perf_counter()
    form = {"id": str(person), "confirmation": "erase", "rest": "sure"}
    answer = await owner.client.post(address, data=form)
    redacted = time.perf_counter() - looked
    receipt = await owner.client.get(answer.headers["location"])
    found = receipt.raise_for_status().text
    if "without their name now" not in found:
        raise RuntimeError("nothing was redacted")
    messages = notes.people * MESSAGES_EACH
    places = messages // EACH
    notes.mentions.append(
        ["the page that offers them", looked - began, f"{places:,}", messages / (looked - began)]
    )
    notes.mentions.append(["erased, all redacted", redacted, f"{places:,}", messages / redacted])
    _progress(f"{notes.name}: {places:,} mentions in {looked - began:.1f} s, redacted in {redacted:.1f} s")


async def _export(notes: Notes, file: str, owner: Owner) -> None:
    page = f"{owner.address}/participants/export"
    # The first time a process shows a page, it compiles its template, which is no part of the file.
    (await owner.client.get(page)).raise_for_status()
    await _stall(owner)
    forget_peak(owner.server)
    before, size = megabytes(owner.server, "VmRSS"), 0
    began = time.perf_counter()
    async with owner.client.stream("POST", page, data={"file": file}) as answer:
        answer.raise_for_status()
        async for chunk in answer.aiter_bytes():
            size += len(chunk)
    seconds = time.perf_counter() - began
    more = megabytes(owner.server, "VmHWM") - before
    rows = notes.people * MESSAGES_EACH if file.startswith("chat") else notes.people
    notes.exports.append([file, seconds, f"{rows:,}", rows / seconds, size / 1e6, more])
    notes.more = max(notes.more, more)
    _progress(f"{notes.name}: {file} in {seconds:.1f} s")


async def _erase(
    notes: Notes, what: str, person: UUID | None, crowd: Crowd, owner: Owner, *, bare: float
) -> None:
    asked = {"account": str(crowd.account.id), "webinar": str(crowd.webinar.id)}
    asked |= {"person": str(person)} if person else {}
    answer = await owner.client.post("/benchmark/erase", json=asked)
    answer.raise_for_status()
    took: dict[str, Any] = answer.json()
    gone, whole = float(took["gone"]), float(took["whole"])
    proof = took["proof"] or "NOT PROVEN"
    times = [f"{took['request']:.3f}", f"{gone:.3f}", whole, took["rows"] / gone]
    notes.erasures.append([what, f"{took['rows']:,}", *times, f"{bare:.3f}", gone / bare, proof])
    # What is not proven took for ever.
    notes.gone[what] = gone if took["proof"] else float("inf")
    notes.proven[what] = whole if took["proof"] else float("inf")
    _progress(f"{notes.name}: {what} gone in {gone:.2f} s, proven in {whole:.2f} s")


async def _note(notes: Notes, meanwhile: str, chat: Chat, owner: Owner) -> float:
    stall = await _stall(owner) * 1000
    notes.noticed.append(
        [meanwhile, len(chat.waits), chat.percentile(50), chat.percentile(99), chat.longest(), stall]
    )
    chat.forget()
    return stall


async def _stall(owner: Owner) -> float:
    answer: httpx2.Response = await owner.client.get("/benchmark/stall")
    answer.raise_for_status()
    longest: float = answer.json()
    return longest


def _progress(line: str) -> None:
    print(f"  {line}", file=sys.stderr, flush=True)
