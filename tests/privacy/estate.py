"""Two accounts with a row in every table, in a bare database: what the tests of erasing rows start from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Table, func, insert, update
from sqlmodel import col, select

from tests.support.samples import NOW
from webinar.db import Database
from webinar.models import LegalHold, Participant, RequestState
from webinar.privacy.inventory import Within, all_tables, table_named
from webinar.privacy.proof.canaries import Planted, plant_account, plant_participant, plant_webinar

# What an erasure leaves on purpose: what it writes, and what is nobody's row and goes by itself. privacy/journal.py and
# realtime/revocations.py tell what these say about anybody.
WRITTEN = {"erasure_receipt", "erasure_journal", "revocation"}


@dataclass
class Estate:
    """`people` are three of `webinar`; `outsider` is of the account's other webinar, `stranger` of another account."""

    db: Database
    account: Planted
    webinar: Planted
    other_webinar: Planted
    people: list[Planted]
    outsider: Planted
    stranger: Planted

    @property
    def account_id(self) -> UUID:
        return self.account.id("account")

    @property
    def webinar_id(self) -> UUID:
        return self.webinar.id("webinar")

    def selecting(self, *people: Planted) -> Within:
        ids = [planted.id("participant") for planted in people]
        chosen = select(col(Participant.id)).where(col(Participant.id).in_(ids))
        return Within(self.account_id, self.webinar_id, chosen)

    async def hold(self, webinar_id: UUID | None = None, account_id: UUID | None = None) -> LegalHold:
        async with self.db.writing() as db:
            held = LegalHold(
                account_id=account_id or self.account_id, webinar_id=webinar_id, reason="Claim", placed_at=NOW
            )
            db.add(held)
        return held

    async def insert(self, table: str, like: Planted, **values: Any) -> UUID:
        """One more row, like the planted one but for `values`."""
        row = like.rows[table] | {"id": uuid4()} | values
        async with self.db.writing() as db:
            await db.exec(insert(table_named(table)).values(**row))
        new: UUID = row["id"]
        return new

    async def change(self, table: str, *row_ids: UUID, **values: Any) -> None:
        rows = table_named(table)
        async with self.db.writing() as db:
            await db.exec(update(rows).where(rows.c.id.in_(row_ids)).values(**values))

    async def rows(self, table: str) -> dict[UUID, Any]:
        """Everything in the table, hidden or not, by id."""
        async with self.db.reading() as db:
            found = (await (await db.connection()).execute(table_named(table).select())).mappings().all()
        return {row["id"]: row for row in found}

    async def totals(self) -> dict[str, int]:
        """How many rows each table has."""
        async with self.db.reading() as db:
            return {table.name: await _total(db, table) for table in all_tables()}

    async def left_of(self, *planted: Planted) -> set[str]:
        """The tables in which an own row of these still is, what an erasure writes aside."""
        found = set()
        async with self.db.reading() as db:
            for each in planted:
                for name in set(each.own) - WRITTEN:
                    rows = table_named(name)
                    if (await db.exec(select(rows.c.id).where(rows.c.id == each.id(name)))).first():
                        found.add(name)
        return found


async def _total(db: Any, table: Table) -> int:
    total: int = (await db.exec(select(func.count()).select_from(table))).one()
    return total


async def make_estate(database: Database) -> Estate:
    async with database.writing() as db:
        account = await plant_account(db)
        webinar, other = [await plant_webinar(db, account) for _ in range(2)]
        people = [await plant_participant(db, webinar) for _ in range(3)]
        outsider = await plant_participant(db, other)
        stranger = await plant_participant(db, await plant_webinar(db, await plant_account(db)))
        # Nobody waits for an answer: who does keeps what they asked about.
        requests = table_named("data_subject_request")
        await db.exec(update(requests).values(state=RequestState.CLOSED))
    return Estate(database, account, webinar, other, people, outsider, stranger)


def ids(planted: Sequence[Planted], table: str) -> list[UUID]:
    return [each.id(table) for each in planted]
