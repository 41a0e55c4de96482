"""Putting a webinar on other sites: the snippets to copy, and which sites may show it."""

from html import escape

from starlette.requests import Request
from starlette.responses import Response

from webinar.accounts.audit import Action
from webinar.errors import Invalid
from webinar.models import Webinar
from webinar.routes.admin.webinars.editor import Words, back_to, changing, open_editor, render_editor, wrong
from webinar.routes.context import services
from webinar.routes.incoming import read_form
from webinar.site import Site
from webinar.webinars.look import read_origins, set_embed_origins
from webinar.webinars.typed import typed_text


async def show_embed(request: Request) -> Response:
    """The page "Embed"."""
    return await _page(request)


async def save_embed(request: Request) -> Response:
    """Changes the sites that may embed the webinar."""
    typed = typed_text(await read_form(request)).get("embed_origins", "")
    try:
        origins = read_origins(typed)
        async with services(request).db.writing() as db:
            webinar = await changing(request, db, Action.WEBINAR_CHANGED, sites=len(origins))
            await set_embed_origins(db, webinar.account_id, webinar.id, origins)
    except Invalid as error:
        return await _page(request, typed, error)
    return back_to(webinar.id, "embed")


async def _page(request: Request, typed: str | None = None, error: Invalid | None = None) -> Response:
    async with services(request).db.reading() as db:
        editor = await open_editor(request, db)
    origins = "\n".join(editor.webinar.embed_origins) if typed is None else typed
    context = {
        "values": Words(embed_origins=origins),
        **_snippets(services(request).site, editor.webinar),
        **(wrong(error) if error else {}),
    }
    status = error.status if error else 200
    return render_editor(request, editor, "embed", "admin/webinars/embed.html", context, status=status)


def _snippets(site: Site, webinar: Webinar) -> dict[str, str]:
    """What people paste into their own pages, as text; the title is an attribute's value in it."""
    title = escape(webinar.title)
    script = f'<script src="{site.url("/embed.js")}" data-webinar="{webinar.id}" data-title="{title}" async></script>'
    frame = (
        f'<iframe src="{site.url(f"/e/{webinar.id}")}" title="{title}" width="100%" height="720" '
        'allow="autoplay; fullscreen; picture-in-picture" style="border: 0"></iframe>'
    )
    return {"embed_script": script, "embed_frame": frame}
