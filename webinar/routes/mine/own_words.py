"""What somebody wrote, and deleting some of it: without JavaScript, and by no GET."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.errors import NotFound
from webinar.models import ChatMessage
from webinar.privacy.eraser import PATIENCE
from webinar.privacy.own_words import erase_words, list_words
from webinar.routes.context import services
from webinar.routes.event_page import base_of, page_context
from webinar.routes.incoming import read_form
from webinar.routes.mine.page import myself

MOST = 500  # in one form


async def show_words(request: Request) -> Response:
    """The person's messages and questions, each with a box."""
    return await _page(request)


async def erase_chosen(request: Request) -> Response:
    """Deletes what was ticked, for everybody and for good."""
    found = services(request)
    chosen = (await read_form(request)).getlist("id")[:MOST]
    if not chosen:
        return await _page(request, chose_nothing=True, status=422)
    await found.eraser.make_room()
    async with found.db.writing() as db:
        participant, _ = await myself(request, db)
        erased = await erase_words(db, participant, {_id(text) for text in chosen}, now=found.clock.now())
    await found.eraser.finish(erased, within=PATIENCE)
    return RedirectResponse(f"{base_of(request)}/my?done=words#held", 303)


async def _page(request: Request, *, chose_nothing: bool = False, status: int = 200) -> Response:
    found = services(request)
    async with found.db.reading() as db:
        participant, webinar = await myself(request, db)
        written = await list_words(db, participant)
    shared: Mapping[str, Any] = page_context(request, webinar, participant.language)
    context = {
        **shared,
        "here": f"{base_of(request)}/my",
        "written": [(words, isinstance(words, ChatMessage)) for words in written],
        "chose_nothing": chose_nothing,
    }
    return found.templates.render(request, "mine/words.html", context, status)


def _id(text: object) -> UUID:
    try:
        return UUID(str(text))
    except ValueError as error:
        raise NotFound from error
