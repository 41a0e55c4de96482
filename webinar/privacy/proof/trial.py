"""The trial: canaries in every personal column of an installation's copy, erased by the product, searched in every byte.

Never run it on an installation that is in use: it writes an account of its own into the database.
"""

import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Table
from sqlmodel import col, select

from webinar.db import Database
from webinar.models import Participant
from webinar.privacy.eraser import Eraser
from webinar.privacy.erasure import Erased, erase_account_rows, erase_participant_rows, erase_webinar_rows
from webinar.privacy.inventory import Within, all_tables
from webinar.privacy.proof.canaries import (
    Planted,
    needles_of,
    plant_account,
    plant_participant,
    plant_webinar,
)
from webinar.privacy.proof.scanner import Findings, Scanner

ROLE = "operator"
# What an erasure writes on purpose, and what is nobody's row and goes by itself.
NOTED = frozenset({"erasure_receipt", "erasure_journal", "revocation"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One erasure: how many canaries there were, how many were found before (all, or the search is blind), what is left.

    `unread` is what could not be searched; `octets` how many bytes were.
    """

    what: str
    canaries: int
    found_before: int
    left: Sequence[str]
    unread: Sequence[str]
    octets: int
    verified: bool

    @property
    def proven(self) -> bool:
        """Whether everything was there to be found, and nothing is any more."""
        return self.verified and self.found_before == self.canaries and not self.left and not self.unread


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the trial found; `others` are the rows of everybody else, by table."""

    findings: Sequence[Finding]
    others: dict[str, int]
    others_unchanged: bool

    @property
    def proven(self) -> bool:
        """Whether every erasure is proven and nobody else lost or gained a byte."""
        return self.others_unchanged and all(finding.proven for finding in self.findings)


# Searches a part of the copy.
Place = Callable[[Scanner], Awaitable[Findings]]


class Trial:
    """One trial in the copy whose files are in `folder`, and what else it consists of in `places`."""

    def __init__(
        self,
        db: Database,
        eraser: Eraser,
        folder: Path,
        now: Callable[[], datetime],
        places: Sequence[Place] = (),
    ) -> None:
        self._db, self._eraser, self._folder, self._now = db, eraser, folder, now
        self._places = places

    async def run(self) -> Verdict:
        """A person, several, a webinar, an account: each is planted, found, erased, and searched for."""
        before = await self._others()
        async with self._db.writing() as db:
            account = await plant_account(db)
            webinar, other = await plant_webinar(db, account), await plant_webinar(db, account)
            people = [await plant_participant(db, webinar) for _ in range(4)]
            people.append(await plant_participant(db, other))
        for person in people:
            _write_files(self._folder, person)
        first, second, third, fourth, fifth = people
        findings = [
            await self._erase("one person", [first], self._people(first)),
            await self._erase("two people at once", [second, third], self._people(second, third)),
            await self._erase("a webinar", [webinar, fourth], self._webinar(webinar)),
            await self._erase("an account", [account, other, fifth], self._account(account)),
        ]
        after = await self._others()
        others = {name: rows for name, (rows, _) in after.items() if rows}
        return Verdict(findings, others, others_unchanged=before == after)

    async def _erase(
        self, what: str, planted: Sequence[Planted], ask: Callable[[], Awaitable[Erased]]
    ) -> Finding:
        canaries = [canary for each in planted for canary in each.canaries()]
        scanner = Scanner(needles_of(canaries))
        before = await self._search(scanner)
        receipt = await self._eraser.finish(await ask())
        after = await self._search(scanner)
        return Finding(
            what,
            canaries=len(canaries),
            found_before=len(before.needles),
            left=sorted(
                {f"{canaries[int(hit.needle)].name} in {hit.place} ({hit.encoding})" for hit in after.hits}
            ),
            unread=sorted(after.unread),
            octets=after.octets,
            verified=receipt.verified_at is not None,
        )

    async def _search(self, scanner: Scanner) -> Findings:
        found = scanner.search_folder(self._folder)
        for place in self._places:
            found.add(await place(scanner))
        return found

    def _people(self, *people: Planted) -> Callable[[], Awaitable[Erased]]:
        async def ask() -> Erased:
            ids = [person.id("participant") for person in people]
            chosen = select(col(Participant.id)).where(col(Participant.id).in_(ids))
            within = Within(people[0].id("account"), people[0].id("webinar"), chosen)
            async with self._db.writing() as db:
                return await erase_participant_rows(db, within, role=ROLE, now=self._now())

        return ask

    def _webinar(self, webinar: Planted) -> Callable[[], Awaitable[Erased]]:
        async def ask() -> Erased:
            async with self._db.writing() as db:
                return await erase_webinar_rows(
                    db, webinar.id("account"), webinar.id("webinar"), role=ROLE, now=self._now()
                )

        return ask

    def _account(self, account: Planted) -> Callable[[], Awaitable[Erased]]:
        async def ask() -> Erased:
            async with self._db.writing() as db:
                return await erase_account_rows(db, account.id("account"), role=ROLE, now=self._now())

        return ask

    async def _others(self) -> dict[str, tuple[int, str]]:
        """How many rows each table has, and a hash of all they hold; but for those of `NOTED`."""
        return {table.name: await self._digest(table) for table in all_tables() if table.name not in NOTED}

    async def _digest(self, table: Table) -> tuple[int, str]:
        rows, digest = 0, hashlib.sha256()
        async with self._db.reading() as db:
            found = await db.stream(table.select().order_by(*table.primary_key.columns))
            async for row in found:
                rows += 1
                digest.update(json.dumps(list(row), default=repr).encode())
        return rows, digest.hexdigest()


def _write_files(folder: Path, person: Planted) -> None:
    """What the house would have written about them: a mail, and an export that is on its way to somebody."""
    address = str(person.rows["participant"]["email"])
    for path in (
        folder / "mail" / f"0001-{person.id('outgoing_mail')}.eml",
        folder / "exports" / uuid4().hex / "sheet1.xml",
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(address, encoding="utf-16")
