"""The account's users: invite, change roles, remove."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.accounts.actor import Actor
from webinar.accounts.links import invite_user, send_link
from webinar.accounts.users import NewUser, change_role, get_user, list_users, remove_user
from webinar.errors import Conflict, Invalid
from webinar.models import Role, UserTokenKind
from webinar.routes.context import services
from webinar.routes.forms import ROLES, ChangeRole, Invite
from webinar.routes.incoming import read_form
from webinar.routes.signed_in import signed_in

USERS = "/admin/users"


async def show_users(request: Request) -> Response:
    """Everybody of the account, and the form to invite somebody."""
    return await _users_page(request, Invite())


async def invite(request: Request) -> Response:
    """Adds a user and mails them a link."""
    form = Invite(await read_form(request))
    found = services(request)
    if not form.validate():
        return await _users_page(request, form, 422)
    new = NewUser(form.email.data or "", form.name.data or "", Role(form.role.data))
    try:
        async with found.db.writing() as db:
            actor = await signed_in(request, db)
            await invite_user(db, found.signer, actor, new, found.clock.now())
    except Invalid as error:
        form.take(error)
        return await _users_page(request, form, error.status)
    found.mail.wake()
    return RedirectResponse(f"{USERS}?done=invited", 303)


async def show_user(request: Request) -> Response:
    """One user: role, invitation, and removing them."""
    found = services(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db)
        user = await get_user(db, actor.account_id, request.path_params["id"])
    form = ChangeRole(data={"role": user.role.value})
    context = {"member": user, "form": form, "roles": _roles_for(actor), "himself": user.id == actor.user.id}
    return found.templates.render(request, "admin/user.html", context)


async def give_role(request: Request) -> Response:
    """Changes a user's role."""
    form = ChangeRole(await read_form(request))
    found = services(request)
    async with found.db.writing() as db:
        actor = await signed_in(request, db)
        await get_user(db, actor.account_id, request.path_params["id"])
        if not form.validate():
            raise Invalid({"role": "Please choose one of the roles."})
        await change_role(db, actor, request.path_params["id"], Role(form.role.data), found.clock.now())
    return RedirectResponse(f"{USERS}?done=role", 303)


async def invite_again(request: Request) -> Response:
    """Mails a new link to somebody who did not accept yet."""
    found = services(request)
    async with found.db.writing() as db:
        actor = await signed_in(request, db)
        user = await get_user(db, actor.account_id, request.path_params["id"])
        if user.password_hash:
            raise Conflict("This person has accepted the invitation already.", code="accepted_already")
        await send_link(db, found.signer, user, UserTokenKind.INVITATION, found.clock.now())
    found.mail.wake()
    return RedirectResponse(f"{USERS}?done=invited", 303)


async def remove(request: Request) -> Response:
    """Removes a user; their sessions end with them, and with those their sockets."""
    found = services(request)
    async with found.db.writing() as db:
        actor = await signed_in(request, db)
        await remove_user(db, actor, request.path_params["id"], found.clock.now())
    await found.hub.revoke(request.path_params["id"])
    return RedirectResponse(f"{USERS}?done=removed", 303)


async def _users_page(request: Request, form: Invite, status: int = 200) -> Response:
    found = services(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db)
        users = await list_users(db, actor.account_id)
    context = {
        "members": users,
        "form": form,
        "roles": _roles_for(actor),
        "role_names": ROLES,
        "done": request.query_params.get("done", ""),
    }
    return found.templates.render(request, "admin/users.html", context, status)


def _roles_for(actor: Actor) -> list[tuple[str, str]]:
    """The roles that the actor may give."""
    return [(role.value, text) for role, text in ROLES.items() if role != Role.OWNER or actor.may(Role.OWNER)]
