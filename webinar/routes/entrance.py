"""The way in for an account's own people: start page, sign-in, forgotten password, and links from mails."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from urllib.parse import urlsplit

from sqlmodel import select
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.accounts.audit import Action, record_action
from webinar.accounts.links import forgot_password, read_link, use_link
from webinar.accounts.sessions import end_session, start_session
from webinar.accounts.sign_in import check_sign_in
from webinar.errors import Invalid, TooMany
from webinar.limits import Limit, network_of
from webinar.models import User, Webinar, WebinarState
from webinar.passwords import weakness
from webinar.routes.context import services
from webinar.routes.forms import ForgottenPassword, PageForm, SignIn, Welcome
from webinar.routes.incoming import read_form
from webinar.routes.signed_in import clear_session_cookie, find_signed_in, session_token, set_session_cookie

HOME = "/admin/"
ASKING_FOR_LINKS = Limit("forgotten-password", 10, timedelta(hours=1))
USING_LINKS = Limit("welcome", 30, timedelta(hours=1))
# Longer than queuing a mail takes, so that the answer's time doesn't tell whether one was queued (S8).
SAME_TIME_SECONDS = 0.25
OVER = "This link was used already or is too old. Please ask for a new one."


async def start(request: Request) -> Response:
    """What this installation is, and the way in."""
    found = services(request)
    async with found.db.reading() as db:
        await find_signed_in(request, db)
        # Only the demo shows strangers what there is.
        shown = Webinar.state != WebinarState.DRAFT
        webinars = (await db.exec(select(Webinar).where(shown))).all() if found.site.demo else []
    return found.templates.render(
        request, "public/start.html", {"demo": found.site.demo, "webinars": webinars}
    )


async def show_sign_in(request: Request) -> Response:
    """The sign-in form; somebody who is signed in goes on."""
    onward = own_path(request.query_params.get("next", ""))
    found = services(request)
    async with found.db.reading() as db:
        if await find_signed_in(request, db):
            return RedirectResponse(onward, 303)
    return _page(request, "sign_in", SignIn(data={"next": onward}))


async def sign_in(request: Request) -> Response:
    """Checks address and password and starts a new session."""
    form = SignIn(await read_form(request))
    if not form.validate():
        return _page(request, "sign_in", form, 422)
    try:
        user = await check_sign_in(
            services(request).db,
            services(request).passwords,
            services(request).limits,
            email=form.email.data or "",
            password=form.password.data or "",
            network=client_network(request),
        )
    except (Invalid, TooMany) as error:
        form.form_errors = [error.message]
        response = _page(request, "sign_in", form, error.status)
        if isinstance(error, TooMany):
            response.headers["retry-after"] = str(error.retry_after)
        return response
    return await _enter(request, user, own_path(form.next.data or ""))


async def sign_out(request: Request) -> Response:
    """Ends the session of this browser."""
    found = services(request)
    if token := session_token(request):
        async with found.db.writing() as db:
            ended = await end_session(db, token)
        if ended is not None:
            await found.hub.revoke(ended)
    response = RedirectResponse("/sign-in", 303)
    # The browser forgets pages it kept for the back button.
    response.headers["clear-site-data"] = '"cache"'
    clear_session_cookie(response, found.site)
    return response


async def show_forgotten_password(request: Request) -> Response:
    """The form that asks for a link."""
    return _page(request, "forgotten_password", ForgottenPassword(), sent=False)


async def ask_for_link(request: Request) -> Response:
    """Mails a link to the address if a user has it; the same answer after the same time otherwise."""
    form = ForgottenPassword(await read_form(request))
    if not form.validate():
        return _page(request, "forgotten_password", form, 422, sent=False)
    found = services(request)
    await found.limits.hit(ASKING_FOR_LINKS, client_network(request))
    async with _same_time(SAME_TIME_SECONDS), found.db.writing() as db:
        await forgot_password(db, found.signer, form.email.data or "", found.clock.now())
    found.mail.wake()
    return _page(request, "forgotten_password", form, sent=True)


async def show_welcome(request: Request) -> Response:
    """Where links from mails lead. Their token is in the fragment, which never reaches us by looking (S9)."""
    return _page(request, "welcome", Welcome())


async def accept_link(request: Request) -> Response:
    """Uses a link up with the password its holder chose, and signs them in."""
    form = Welcome(await read_form(request))
    found = services(request)
    await found.limits.hit(USING_LINKS, client_network(request))
    if not form.validate():
        return _page(request, "welcome", form, 422)
    token, password = _token_in(form.token.data or ""), form.password.data or ""
    async with found.db.reading() as db:
        link = await read_link(db, token, found.clock.now())
    wrong = weakness(password, link[1].name, link[1].email) if link else ""
    if link is None or wrong:
        form.take(Invalid({"password": wrong}) if wrong else Invalid({}, OVER))
        return _page(request, "welcome", form, 422)
    password_hash = await found.passwords.hash(password)
    try:
        async with found.db.writing() as db:
            user = await use_link(db, token, password_hash, found.clock.now())
    except Invalid as error:
        form.take(error)
        return _page(request, "welcome", form, error.status)
    await found.hub.revoke(user.id)
    return await _enter(request, user, HOME)


def own_path(address: str) -> str:
    """`address` if it is a page of our own for signed-in people, else the admin's first page."""
    parts = urlsplit(address)
    plain = not parts.scheme and not parts.netloc and "\\" not in address
    return parts.path if plain and parts.path.startswith(("/admin/", "/host/")) else HOME


def client_network(request: Request) -> str:
    """Where the request comes from, for counting."""
    return network_of(request.client.host if request.client else "")


async def _enter(request: Request, user: User, onward: str) -> Response:
    found = services(request)
    now = found.clock.now()
    async with found.db.writing() as db:
        started = await start_session(db, user, now, replacing=session_token(request))
        await record_action(db, user, Action.USER_SIGNED_IN, user.id, now=now)
    if started.replaced is not None:
        await found.hub.revoke(started.replaced)
    response = RedirectResponse(onward, 303)
    set_session_cookie(response, found.site, started)
    return response


def _page(request: Request, name: str, form: PageForm, status: int = 200, **context: object) -> Response:
    page = f"accounts/{name}.html"
    return services(request).templates.render(request, page, {"form": form, **context}, status)


def _token_in(pasted: str) -> str:
    """The token of a whole link or of its end alone."""
    return pasted.rpartition("#")[2]


@asynccontextmanager
async def _same_time(seconds: float) -> AsyncIterator[None]:
    clock = asyncio.get_running_loop().time
    end = clock() + seconds
    try:
        yield
    finally:
        await asyncio.sleep(max(0.0, end - clock()))
