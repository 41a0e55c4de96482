"""What others wrote about people who are, or were, erased: offered on the page of the erasure, and under Records."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.accounts.actor import Actor
from webinar.accounts.audit import Action, record_action
from webinar.errors import NotFound
from webinar.i18n import N_
from webinar.models import Webinar
from webinar.privacy.eraser import PATIENCE
from webinar.privacy.erasure import Erased
from webinar.privacy.mention_places import leave_kept, list_kept, redact_kept
from webinar.privacy.mention_sweep import (
    CHUNK,
    Chosen,
    Offer,
    Place,
    find_places,
    offer_places,
    read_mentions,
    redact_mentions,
)
from webinar.privacy.mentions import Mentions
from webinar.privacy.redaction import excerpt
from webinar.privacy.text_columns import Ref, read_ref
from webinar.routes.admin.records import RECORDS
from webinar.routes.context import services
from webinar.routes.incoming import read_form, text_in
from webinar.routes.signed_in import signed_in
from webinar.webinars.catalogue import get_webinar

PLACES = f"{RECORDS}/places"
# What a place is called; others go by the name of their table.
WRITTEN_IN = {
    "chat_message.body": N_("Chat message"),
    "question.body": N_("Question"),
    "question.answer": N_("Answer to a question"),
    "answer.value": N_("Answer in the registration form"),
    "legal_hold.reason": N_("Reason of a legal hold"),
    "data_subject_request.body": N_("Request of a person"),
    "data_subject_request.extension": N_("Why a request takes longer"),
    "data_subject_request.answer": N_("Answer to a request"),
}
MOST_TYPED = 100_000
SURE, PERHAPS = "sure", "perhaps"


@dataclass(frozen=True, slots=True)
class Shown:
    """A place as the page shows it: `pieces` are texts, and whether each is what would be taken out."""

    name: str
    kind: str
    at: datetime | None
    pieces: Sequence[tuple[str, bool]]
    ticked: bool
    changed: bool


@dataclass(frozen=True, slots=True)
class Ticked:
    """What an admin wants redacted: places they saw, and all others of a kind. Those seen and left unticked stay."""

    places: Sequence[Ref]
    seen: Set[Ref]
    rest: Set[str]


def shown(place: Place, *, ticked: bool = False) -> Shown:
    """The place for a page."""
    kind = WRITTEN_IN.get(place.column, place.column.partition(".")[0].replace("_", " ").capitalize())
    return Shown(place.name, kind, place.at, excerpt(place.value, place.mentions), ticked, not place.mentions)


async def offered(request: Request, chosen: Chosen, form: FormData | None) -> dict[str, object]:
    """The part of a context that offers places. Whole names and addresses are ticked until somebody unticks them."""
    reading = services(request).db.reading
    offer = await offer_places(reading, chosen, await read_mentions(reading, chosen))
    typed = set(form.getlist("place")) if form is not None else None
    rest = set(form.getlist("rest")) if form is not None else {SURE}
    return {
        "sure": [shown(place, ticked=typed is None or place.name in typed) for place in offer.sure],
        "perhaps": [
            shown(place, ticked=typed is not None and place.name in typed) for place in offer.perhaps
        ],
        "more": {SURE: offer.more_sure, PERHAPS: offer.more_perhaps},
        "rest": rest,
        "seen": _seen(offer),
    }


def read_ticked(form: FormData) -> Ticked:
    """What was ticked; raises NotFound for what no page offers."""
    return Ticked(
        _refs(form.getlist("place")),
        frozenset(_refs(text_in(form, "seen", most=MOST_TYPED).split())),
        {kind for kind in form.getlist("rest") if isinstance(kind, str)},
    )


async def redact_ahead(
    request: Request, chosen: Chosen, ticked: Ticked
) -> tuple[Mentions, Sequence[Ref], Counter[str]]:
    """Redacts all but what fits in the erasure's own unit of work: gives what finds mentions, what is left, and counts.

    It takes many mentions for that. Who asks again after a failure goes on where this ended.
    """
    found = services(request)
    mentions = await read_mentions(found.db.reading, chosen)
    refs = [*ticked.places, *await _rest(request, chosen, mentions, ticked)]
    redacted: Counter[str] = Counter()
    while len(refs) > CHUNK:
        async with found.db.writing() as db:
            redacted += await redact_mentions(db, chosen, mentions, refs[:CHUNK], found.clock.now())
        refs = refs[CHUNK:]
    return mentions, refs, redacted


async def show_places(request: Request) -> Response:
    """Where people who erased themselves were named by others."""
    found = services(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db)
        kept = await list_kept(db, actor.account_id, found.clock.now())
    context = {
        "kept": [(each.webinar, [shown(place) for place in each.places], each.more) for each in kept],
        "done": request.query_params.get("done", ""),
        "tab": "places",
    }
    return found.templates.render(request, "admin/records/places.html", context)


async def decide(request: Request) -> Response:
    """Redacts the ticked places of a webinar, or leaves them as they are; either way they have been looked at."""
    found = services(request)
    form = await read_form(request)
    refs = frozenset(_refs(form.getlist("place")))
    redacting = text_in(form, "redact") == "yes"
    if redacting:
        await found.eraser.make_room()
    async with found.db.writing() as db:
        actor = await signed_in(request, db)
        webinar = await get_webinar(db, actor.account_id, request.path_params["webinar_id"])
        erased = await _redact(db, actor, webinar, refs, found.clock.now()) if redacting and refs else None
        if not redacting:
            await leave_kept(db, webinar, refs)
    if erased is None:
        done = "none" if not refs else "left"
        return RedirectResponse(f"{PLACES}?done={done}", 303)
    receipt = await found.eraser.finish(erased, within=PATIENCE)
    return RedirectResponse(f"{RECORDS}/{receipt.id}", 303)


async def _redact(
    db: AsyncSession, actor: Actor, webinar: Webinar, refs: Collection[Ref], now: datetime
) -> Erased | None:
    erased = await redact_kept(db, webinar, refs, role=actor.role, now=now)
    if erased is not None:
        rows = sum(erased.receipt.redacted.values())
        await record_action(db, actor, Action.MENTIONS_REDACTED, webinar.id, now=now, rows=rows)
    return erased


async def _rest(request: Request, chosen: Chosen, mentions: Mentions, ticked: Ticked) -> list[Ref]:
    """What is to be redacted without having been seen."""
    refs: list[Ref] = []
    if not ticked.rest:
        return refs
    async for places in find_places(services(request).db.reading, chosen, mentions):
        refs += [
            ref
            for place in places
            if (SURE if place.sure else PERHAPS) in ticked.rest
            and (ref := (place.column, place.row_id)) not in ticked.seen
        ]
    return refs


def _seen(offer: Offer) -> str:
    """What the page shows, where there is more than that."""
    if not offer.more_sure and not offer.more_perhaps:
        return ""
    return " ".join(place.name for place in (*offer.sure, *offer.perhaps))


def _refs(names: Iterable[object]) -> list[Ref]:
    try:
        return [read_ref(str(name)) for name in names]
    except ValueError as error:
        raise NotFound from error
