"""Erasing participants and webinars: what would go is shown first, typing confirms, a receipt remains."""

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.datastructures import FormData, QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.accounts.audit import Action, record_action
from webinar.errors import Invalid, NotFound
from webinar.i18n import N_
from webinar.models import Participant, Webinar
from webinar.privacy.eraser import PATIENCE
from webinar.privacy.erasure import erase_participant_rows, erase_webinar_rows
from webinar.privacy.holds import list_holds_on, require_not_held
from webinar.privacy.inventory import Within, count_rows
from webinar.privacy.mention_sweep import Chosen, redact_mentions
from webinar.privacy.only_kept import count_restricted, usable_within
from webinar.routes.admin.confirm import confirmed_lately, is_recent
from webinar.routes.admin.mentions import offered, read_ticked, redact_ahead
from webinar.routes.admin.records import RECORDS, in_words
from webinar.routes.admin.webinars.editor import Editor, changing, open_editor, render_editor, wrong
from webinar.routes.context import services
from webinar.routes.incoming import read_form, text_in
from webinar.routes.signed_in import signed_in
from webinar.webinars.catalogue import get_webinar

# What is typed to erase people; a webinar is erased by typing its title.
WORD = "erase"
MOST_CHOSEN = 200
NOT_TYPED = N_("Please type it exactly as it is written.")


async def show_erase_participants(request: Request) -> Response:
    """What erasing the chosen participants (`id`, or `all`) would destroy."""
    return await _participants_page(request, request.query_params)


async def erase_participants(request: Request) -> Response:
    """Erases the chosen participants with everything of theirs."""
    form = await read_form(request)
    found = services(request)
    try:
        await confirmed_lately(request, text_in(form, "current", most=1024))
        _typed(form, WORD)
    except Invalid as error:
        return await _participants_page(request, form, error)
    ticked = read_ticked(form)
    await found.eraser.make_room()
    async with found.db.reading() as db:
        actor = await signed_in(request, db)
        webinar = await get_webinar(db, actor.account_id, request.path_params["webinar_id"])
        await require_not_held(db, Within(webinar.account_id, webinar.id))
        chosen = await _chosen(db, await usable_within(db, _within(webinar, form)))
    mentions, left, redacted = await redact_ahead(request, chosen, ticked)
    async with found.db.writing() as db:
        actor = await signed_in(request, db)
        webinar = await get_webinar(db, actor.account_id, request.path_params["webinar_id"])
        now = found.clock.now()
        redacted += await redact_mentions(db, chosen, mentions, left, now)
        erased = await erase_participant_rows(
            db, _within(webinar, form), role=actor.role, now=now, redacted=redacted
        )
        counts = {"redacted": redacted.total()} if redacted else {}
        # By the webinar: not even the id of somebody who is gone is kept.
        await record_action(
            db, actor, Action.PARTICIPANT_ERASED, webinar.id, now=now, participants=erased.people, **counts
        )
    receipt = await found.eraser.finish(erased, within=PATIENCE)
    return RedirectResponse(f"{RECORDS}/{receipt.id}", 303)


async def show_delete_webinar(request: Request) -> Response:
    """What deleting the webinar would destroy."""
    return await _webinar_page(request)


async def delete_webinar(request: Request) -> Response:
    """Deletes the webinar with its participants, conversation and files."""
    form = await read_form(request)
    found = services(request)
    try:
        await confirmed_lately(request, text_in(form, "current", most=1024))
        await found.eraser.make_room()
        async with found.db.writing() as db:
            actor = await signed_in(request, db)
            webinar = await changing(request, db, Action.WEBINAR_DELETED)
            _typed(form, webinar.title.strip())
            erased = await erase_webinar_rows(
                db, actor.account_id, webinar.id, role=actor.role, now=found.clock.now()
            )
    except Invalid as error:
        return await _webinar_page(request, error)
    receipt = await found.eraser.finish(erased, within=PATIENCE)
    return RedirectResponse(f"{RECORDS}/{receipt.id}", 303)


async def _participants_page(
    request: Request, chosen: QueryParams | FormData, error: Invalid | None = None
) -> Response:
    async with services(request).db.reading() as db:
        editor = await open_editor(request, db)
        everybody = _within(editor.webinar, chosen)
        staying = await count_restricted(db, everybody)
        within = await usable_within(db, everybody)
        counts = await count_rows(db, within)
        named = await _some(db, within)
        people = await _chosen(db, within)
        holds = await list_holds_on(db, within)
    if not counts.get("participant"):
        raise NotFound
    context = {
        "people": counts["participant"],
        "named": named,
        "staying": staying,
        "holds": holds,
        "values": {"all": "yes"} if chosen.get("all") else {},
        "ids": [] if chosen.get("all") else [str(participant_id) for participant_id in _ids(chosen)],
        "word": WORD,
        "people_address": f"{editor.address}/participants",
        "action": f"{editor.address}/participants/erase",
        **_what_goes(request, editor, counts, error),
        **await offered(request, people, chosen if isinstance(chosen, FormData) else None),
    }
    return render_editor(
        request,
        editor,
        "participants",
        "admin/participants/erase.html",
        context,
        status=error.status if error else 200,
    )


async def _webinar_page(request: Request, error: Invalid | None = None) -> Response:
    async with services(request).db.reading() as db:
        editor = await open_editor(request, db)
        within = Within(editor.webinar.account_id, editor.webinar.id)
        counts = await count_rows(db, within)
        staying = await count_restricted(db, within)
        holds = await list_holds_on(db, within)
    context = {
        "staying": staying,
        "holds": holds,
        "word": editor.webinar.title.strip(),
        "action": f"{editor.address}/danger",
        **_what_goes(request, editor, counts, error),
    }
    status = error.status if error else 200
    return render_editor(
        request, editor, "danger", "admin/participants/delete_webinar.html", context, status=status
    )


def _what_goes(
    request: Request, editor: Editor, counts: dict[str, int], error: Invalid | None
) -> dict[str, object]:
    return {
        "counts": in_words(counts),
        "recent": is_recent(editor.actor, services(request).clock.now()),
        **(wrong(error) if error else {}),
    }


def _within(webinar: Webinar, chosen: QueryParams | FormData) -> Within:
    people = select(col(Participant.id)).where(col(Participant.webinar_id) == webinar.id)
    if not chosen.get("all"):
        people = people.where(col(Participant.id).in_(_ids(chosen)))
    return Within(webinar.account_id, webinar.id, people)


async def _chosen(db: AsyncSession, within: Within) -> Chosen:
    """The same for the search for mentions: of many there is no list."""
    webinar_id, people = within.people()
    ids = (await db.exec(people.limit(MOST_CHOSEN + 1))).all()
    return Chosen(within.account_id, webinar_id, None if len(ids) > MOST_CHOSEN else ids)


def _ids(chosen: QueryParams | FormData) -> Sequence[UUID]:
    texts = [text for text in chosen.getlist("id") if isinstance(text, str)]
    if not texts:
        raise Invalid({"id": "Please choose at least one participant first."})
    if len(texts) > MOST_CHOSEN:
        raise Invalid({"id": f"Please choose at most {MOST_CHOSEN} participants at a time, or all."})
    try:
        return [UUID(text) for text in texts]
    except ValueError as error:
        raise NotFound from error


async def _some(db: AsyncSession, within: Within, most: int = 5) -> Sequence[Participant]:
    """A few of the chosen people, to recognise them by."""
    if within.participants is None:
        return []
    people = select(Participant).where(
        col(Participant.webinar_id) == within.webinar_id, col(Participant.id).in_(within.participants)
    )
    return (await db.exec(people.limit(most))).all()


def _typed(form: FormData, word: str) -> None:
    if text_in(form, "confirmation", most=1000) != word:
        raise Invalid({"confirmation": NOT_TYPED})
