"""The participants of a webinar: the list, one person with everything held about them, and correcting it."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.accounts.audit import Action
from webinar.consent.records import consent_history
from webinar.consent.standing import objecting_among, restricted_among
from webinar.errors import Invalid
from webinar.i18n import N_
from webinar.models import ParticipantState
from webinar.privacy.chunks import start_epoch
from webinar.privacy.participant_table import asked_purposes
from webinar.privacy.person import export_person
from webinar.privacy.request_mails import KINDS
from webinar.privacy.requests import list_own
from webinar.privacy.restriction import find_restriction, is_told
from webinar.registration.address_change import mails_that_left
from webinar.registration.participants import (
    COUNTED,
    Cursor,
    ParticipantPage,
    Wanted,
    correct_participant,
    count_participants,
    get_participant,
    list_participants,
)
from webinar.routes.admin.confirm import is_recent
from webinar.routes.admin.subject_requests import STATES as REQUEST_STATES
from webinar.routes.admin.webinars.editor import Words, changing, open_editor, render_editor, wrong
from webinar.routes.context import services
from webinar.routes.corrections import forget_the_old
from webinar.routes.incoming import read_form, text_in

TAB = "participants"
MOST_SEARCHED = 200
STATES = {
    ParticipantState.INVITED: N_("Invited"),
    ParticipantState.REGISTERED: N_("Registered"),
    ParticipantState.JOINED: N_("Joined without registering"),
}


async def show_participants(request: Request) -> Response:
    """The list: searched (`search`), filtered (`state`, `consent`, `joined`, `right`), paged (`older`, `newer`)."""
    query = request.query_params
    wanted = read_wanted(query)
    async with services(request).db.reading() as db:
        editor = await open_editor(request, db)
        page = await list_participants(
            db,
            editor.webinar,
            wanted,
            older_than=Cursor.read(query["older"]) if query.get("older") else None,
            newer_than=Cursor.read(query["newer"]) if query.get("newer") else None,
        )
        counted = await count_participants(
            db, editor.webinar, wanted, most=None if wanted.everybody else COUNTED + 1
        )
        purposes = await asked_purposes(db, editor.webinar)
        ids = [person.id for person in page.people]
        restricted, objecting = await restricted_among(db, ids), await objecting_among(db, ids)
    address = f"{editor.address}/participants"
    context = {
        "people": page.people,
        "restricted": restricted,
        "objecting": objecting,
        "wanted": wanted,
        "states": STATES,
        "counted": min(counted, COUNTED) if not wanted.everybody else counted,
        "more_than_counted": not wanted.everybody and counted > COUNTED,
        "purposes": purposes,
        "people_address": address,
        "addresses": _filters(address, wanted, purposes),
        **_places(address, wanted, page),
    }
    return render_editor(request, editor, TAB, "admin/participants/list.html", context)


async def show_participant(request: Request) -> Response:
    """One person: what they answered, agreed to, said and were sent."""
    return await _person_page(request)


async def correct(request: Request) -> Response:
    """Corrects name and address; open pages, lists, exports and waiting mails follow by themselves (G5)."""
    form = await read_form(request)
    typed = {name: text_in(form, name, most=500) for name in ("name", "email")}
    found = services(request)
    try:
        async with found.db.writing() as db:
            webinar = await changing(request, db, Action.PARTICIPANT_CHANGED)
            participant = await get_participant(db, webinar, request.path_params["participant_id"])
            left = await mails_that_left(db, participant)
            now, before = found.clock.now(), participant.link_generation
            if changed := await correct_participant(db, found.signer, participant, **typed, now=now):
                await start_epoch(db, webinar.id)
    except Invalid as error:
        return await _person_page(request, typed, error)
    if changed:
        await found.hub.close_room(webinar.id)
        await forget_the_old(request, left if participant.link_generation != before else ())
        found.mail.wake()
    return RedirectResponse(f"{request.url.path}?done=saved", 303)


def read_wanted(query: QueryParams) -> Wanted:
    """The filters of the address; those that make no sense ask for nothing."""
    state, consent, joined = (query.get(name, "") for name in ("state", "consent", "joined"))
    return Wanted(
        search=query.get("search", "").strip()[:MOST_SEARCHED],
        state=ParticipantState(state) if state in set(ParticipantState) else None,
        purpose_id=_id(consent),
        joined={"yes": True, "no": False}.get(joined),
        restricted=query.get("right") == "restricted",
        objecting=query.get("right") == "objecting",
    )


async def _person_page(
    request: Request, typed: Mapping[str, str] | None = None, error: Invalid | None = None
) -> Response:
    async with services(request).db.reading() as db:
        editor = await open_editor(request, db)
        person = await get_participant(db, editor.webinar, request.path_params["participant_id"])
        facts = await export_person(db, person)
        consents = await consent_history(db, person)
        restriction = await find_restriction(db, person)
        told = restriction is not None and await is_told(db, restriction, person)
        requests = await list_own(db, person)
    context = {
        "person": person,
        "facts": facts,
        "consents": consents,
        "restriction": restriction,
        "told": told,
        "requests": requests,
        "request_kinds": KINDS,
        "request_states": REQUEST_STATES,
        "states": STATES,
        "recent": is_recent(editor.actor, services(request).clock.now()),
        "values": Words(typed or {"name": person.display_name, "email": person.email or ""}),
        "people_address": f"{editor.address}/participants",
        **(wrong(error) if error else {}),
    }
    status = error.status if error else 200
    return render_editor(request, editor, TAB, "admin/participants/person.html", context, status=status)


def _address(address: str, wanted: Wanted, **more: object) -> str:
    """The list's address with these filters, leaving out what is empty."""
    joined = {True: "yes", False: "no", None: ""}[wanted.joined]
    values = {
        "search": wanted.search,
        "state": wanted.state,
        "consent": wanted.purpose_id,
        "joined": joined,
        "right": "restricted" if wanted.restricted else "objecting" if wanted.objecting else "",
    }
    query = urlencode({name: str(value) for name, value in (values | more).items() if value})
    return f"{address}?{query}" if query else address


def _filters(
    address: str, wanted: Wanted, purposes: Mapping[UUID, str]
) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """The filters as groups of links: words, address, whether it is on. A filter that is on leads to the list without."""
    states = [
        (
            words,
            _address(address, wanted.but(state=None if wanted.state == state else state)),
            wanted.state == state,
        )
        for state, words in STATES.items()
    ]
    joined = [
        (
            words,
            _address(address, wanted.but(joined=None if wanted.joined is value else value)),
            wanted.joined is value,
        )
        for words, value in ((N_("Has been there"), True), (N_("Has not been there"), False))
    ]
    agreed = [
        (
            title,
            _address(address, wanted.but(purpose_id=None if wanted.purpose_id == purpose else purpose)),
            wanted.purpose_id == purpose,
        )
        for purpose, title in purposes.items()
    ]
    groups = (
        (N_("State"), states),
        (N_("Presence"), joined),
        (N_("Rights"), _rights(address, wanted)),
        (N_("Agrees to"), agreed),
    )
    return [(name, links) for name, links in groups if links]


def _rights(address: str, wanted: Wanted) -> list[tuple[str, str, bool]]:
    return [
        (words, _address(address, wanted.but(**{"restricted": False, "objecting": False, name: not on})), on)
        for words, name, on in (
            (N_("Use restricted"), "restricted", wanted.restricted),
            (N_("Objects"), "objecting", wanted.objecting),
        )
    ]


def _places(address: str, wanted: Wanted, page: ParticipantPage) -> dict[str, str]:
    return {
        "newer": _address(address, wanted, newer=page.newer) if page.newer else "",
        "older": _address(address, wanted, older=page.older) if page.older else "",
        "everybody": address,
    }


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
