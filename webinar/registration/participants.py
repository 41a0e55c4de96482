"""The participants of a webinar as its account sees them: found, filtered, paged, corrected."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, tuple_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.addresses import MAX_LENGTH, address_key, normal_address
from webinar.consent.coverage import agrees
from webinar.consent.prepared import drop_exports
from webinar.consent.standing import STANDING, objecting_people, require_usable, restricted_people
from webinar.errors import Invalid, NotFound
from webinar.models import Participant, ParticipantState, Webinar
from webinar.registration.address_change import give_address, is_taken
from webinar.signing import Signer

PAGE = 50
# Counting further would read the whole list for a figure that nobody needs exactly.
COUNTED = 1000
NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in the list, between two participants."""

    created_at: datetime
    id: UUID

    @classmethod
    def of(cls, participant: Participant) -> "Cursor":
        """The place of `participant`."""
        return cls(participant.created_at, participant.id)

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """The place that `str` wrote; raises Invalid."""
        moment, _, number = text.partition("_")
        try:
            cursor = cls(datetime.fromisoformat(moment), UUID(number))
        except ValueError as error:
            raise Invalid({"page": "There is no such place in the list."}) from error
        if cursor.created_at.tzinfo is None:
            raise Invalid({"page": "There is no such place in the list."})
        return cursor

    def __str__(self) -> str:
        return f"{self.created_at.isoformat()}_{self.id}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which participants: those whose name or address contains `search`, in `state`, who agree to `purpose_id`.

    `joined` tells those who have been in the room from those who have not; `restricted` asks for those who restricted
    the use of their data, `objecting` for those whose objection stands. What is empty asks for nothing.
    """

    search: str = ""
    state: ParticipantState | None = None
    purpose_id: UUID | None = None
    joined: bool | None = None
    restricted: bool = False
    objecting: bool = False

    @property
    def everybody(self) -> bool:
        """Whether nobody is left out."""
        return self == Wanted()

    def but(self, **changes: Any) -> "Wanted":
        """The same with another filter."""
        return replace(self, **changes)


@dataclass(frozen=True, slots=True)
class ParticipantPage:
    """A page of the list, newest first, and where the pages around it begin."""

    people: Sequence[Participant]
    newer: Cursor | None
    older: Cursor | None


async def list_participants(
    db: AsyncSession,
    webinar: Webinar,
    wanted: Wanted,
    *,
    older_than: Cursor | None = None,
    newer_than: Cursor | None = None,
    limit: int = PAGE,
) -> ParticipantPage:
    """One page of those that are wanted: the first, or the one beside a cursor.

    It seeks its place in an index, so the last page of 100,000 costs what the first one costs.
    """
    place = tuple_(col(Participant.created_at), col(Participant.id))
    query = select(Participant).where(*conditions(webinar, wanted))
    if newer_than is not None:
        query = query.where(place > (newer_than.created_at, newer_than.id))
        order: Any = (col(Participant.created_at), col(Participant.id))
    else:
        if older_than is not None:
            query = query.where(place < (older_than.created_at, older_than.id))
        order = (col(Participant.created_at).desc(), col(Participant.id).desc())
    found = list((await db.exec(query.order_by(*order).limit(limit + 1))).all())
    more, people = len(found) > limit, found[:limit]
    if newer_than is not None:
        people.reverse()
        return _page(people, newer=more, older=True)
    return _page(people, newer=older_than is not None, older=more)


async def count_participants(
    db: AsyncSession, webinar: Webinar, wanted: Wanted = Wanted(), *, most: int | None = None
) -> int:
    """How many are wanted; no further than `most`, where that is enough to know."""
    query = select(col(Participant.id)).where(*conditions(webinar, wanted))
    if most is not None:
        query = query.limit(most)
    return (await db.exec(select(func.count()).select_from(query.subquery()))).one()


async def get_participant(db: AsyncSession, webinar: Webinar, participant_id: UUID) -> Participant:
    """The webinar's participant; raises NotFound for any other."""
    participant = await db.get(Participant, participant_id)
    if participant is None or participant.webinar_id != webinar.id:
        raise NotFound
    return participant


async def correct_participant(
    db: AsyncSession, signer: Signer, participant: Participant, *, name: str, email: str, now: datetime
) -> bool:
    """Corrects a name and an address (Art. 16 GDPR) wherever they are shown, as they are kept once; False for no change.

    Another mailbox gets a personal link of its own; see `give_address`. Raises Restricted while the data is only kept, and Invalid, naming the
    field, for an address that can't be one or that somebody else of the webinar has.
    """
    await require_usable(db, participant.id)
    name, wrong = name.strip(), {}
    if len(name) > NAME_LENGTH:
        wrong["name"] = f"Please use at most {NAME_LENGTH} characters."
    try:
        address = normal_address(email) if email.strip() else None
    except ValueError as error:
        raise Invalid({**wrong, "email": str(error)}) from error
    if address is None and participant.email is not None:
        wrong["email"] = "Please enter an address: without one nobody could get in any more."
    if address is not None and len(address) > MAX_LENGTH:
        wrong["email"] = f"Please use at most {MAX_LENGTH} characters."
    if address is not None and await is_taken(db, participant, address):
        wrong["email"] = "Somebody else of this webinar has this address."
    if wrong:
        raise Invalid(wrong)
    if (participant.display_name, participant.email) == (name, address):
        return False
    moves = address is not None and address_key(address) != participant.email_key
    participant.display_name, participant.email = name, address
    db.add(participant)
    if address is not None and moves:
        await give_address(db, signer, participant, address, now)
    await drop_exports(db, webinar_id=participant.webinar_id)
    return True


def conditions(webinar: Webinar, wanted: Wanted) -> list[ColumnElement[bool]]:
    """What makes a participant of `webinar` one that is wanted."""
    # By the webinar alone, which was looked up through its account: this way its index gives the order too.
    found: list[ColumnElement[bool]] = [col(Participant.webinar_id) == webinar.id]
    if search := wanted.search.strip():
        found.append(
            or_(
                col(Participant.email_key).contains(search.casefold(), autoescape=True),
                *(
                    col(Participant.display_name).icontains(spelling, autoescape=True)
                    for spelling in _spellings(search)
                ),
            )
        )
    if wanted.state is not None:
        # With the account, the index by state serves it.
        found += [col(Participant.account_id) == webinar.account_id, col(Participant.state) == wanted.state]
    if wanted.joined is not None:
        joined = col(Participant.first_joined_at)
        found.append(joined.is_not(None) if wanted.joined else joined.is_(None))
    if wanted.purpose_id is not None:
        found.append(agrees(col(Participant.id), wanted.purpose_id))
    if wanted.restricted:
        found.append(col(Participant.id).in_(restricted_people()))
    if wanted.objecting:
        found.append(col(Participant.id).in_(objecting_people(*STANDING)))
    return found


def _spellings(search: str) -> set[str]:
    # SQLite knows upper and lower case of plain letters only: É and é are two letters to it.
    return {search} if search.isascii() else {search, search.lower(), search.upper(), search.title()}


def _page(people: Sequence[Participant], *, newer: bool, older: bool) -> ParticipantPage:
    return ParticipantPage(
        people,
        Cursor.of(people[0]) if newer and people else None,
        Cursor.of(people[-1]) if older and people else None,
    )
