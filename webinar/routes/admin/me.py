"""A user's own data, password and sessions."""

from uuid import UUID

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.accounts.audit import Action, record_action
from webinar.accounts.sessions import end_sessions, start_session
from webinar.accounts.users import change_own_data, get_user, set_password
from webinar.errors import Invalid
from webinar.models import Role
from webinar.passwords import weakness
from webinar.routes.admin.confirm import confirmed
from webinar.routes.context import services
from webinar.routes.forms import OwnData, OwnPassword
from webinar.routes.incoming import read_form
from webinar.routes.signed_in import clear_session_cookie, session_token, set_session_cookie, signed_in

ME = "/admin/me"


async def show_me(request: Request) -> Response:
    """The user's own page."""
    return await _page(request)


async def change_data(request: Request) -> Response:
    """Changes the user's own name and address; other sessions end when the address changed."""
    form = OwnData(await read_form(request))
    if not form.validate():
        return await _page(request, data=form, status=422)
    found = services(request)
    try:
        await confirmed(request, form.current.data or "")
        async with found.db.writing() as db:
            actor = await signed_in(request, db, Role.HOST)
            moved = form.email.data != actor.user.email
            await change_own_data(
                db, actor, name=form.name.data or "", email=form.email.data or "", now=found.clock.now()
            )
            ended = await end_sessions(db, actor.user, but=actor.session.id) if moved else []
    except Invalid as error:
        form.take(error)
        return await _page(request, data=form, status=error.status)
    await _close_sockets(request, ended)
    return RedirectResponse(f"{ME}?done=data", 303)


async def change_password(request: Request) -> Response:
    """Changes the password; every other session ends, and this one goes on under a new token."""
    form = OwnPassword(await read_form(request))
    if not form.validate():
        return await _page(request, password=form, status=422)
    found = services(request)
    now = found.clock.now()
    try:
        actor = await confirmed(request, form.current.data or "")
        if wrong := weakness(form.password.data or "", actor.user.name, actor.user.email):
            raise Invalid({"password": wrong})
        password_hash = await found.passwords.hash(form.password.data or "")
        async with found.db.writing() as db:
            actor = await signed_in(request, db, Role.HOST)
            user = await get_user(db, actor.account_id, actor.user.id)
            await set_password(db, user, password_hash, now)
            ended = await end_sessions(db, user)
            started = await start_session(db, user, now, replacing=session_token(request))
    except Invalid as error:
        form.take(error)
        return await _page(request, password=form, status=error.status)
    await _close_sockets(request, ended)
    response = RedirectResponse(f"{ME}?done=password", 303)
    set_session_cookie(response, found.site, started)
    return response


async def sign_out_everywhere(request: Request) -> Response:
    """Ends every session of the user, this one included."""
    found = services(request)
    async with found.db.writing() as db:
        actor = await signed_in(request, db, Role.HOST)
        ended = await end_sessions(db, actor.user)
        await record_action(
            db,
            actor,
            Action.USER_SIGNED_OUT_EVERYWHERE,
            actor.user.id,
            now=found.clock.now(),
            sessions=len(ended),
        )
    await _close_sockets(request, ended)
    response = RedirectResponse("/sign-in", 303)
    clear_session_cookie(response, found.site)
    return response


async def _close_sockets(request: Request, ended: list[UUID]) -> None:
    await services(request).hub.revoke(*ended)


async def _page(
    request: Request, *, data: OwnData | None = None, password: OwnPassword | None = None, status: int = 200
) -> Response:
    found = services(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db, Role.HOST)
    context = {
        "data": data or OwnData(data={"name": actor.user.name, "email": actor.user.email}),
        "password": password or OwnPassword(),
        "done": request.query_params.get("done", ""),
    }
    return found.templates.render(request, "admin/me.html", context, status)
