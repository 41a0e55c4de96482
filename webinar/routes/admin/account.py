"""The account: what it says about itself, and its end."""

from dataclasses import asdict, fields

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.accounts.accounts import AccountData, change_account, check_deletion, count_account, get_account
from webinar.errors import Forbidden, Invalid
from webinar.models import Role
from webinar.privacy.eraser import PATIENCE
from webinar.privacy.erasure import erase_account_rows
from webinar.privacy.holds import list_holds_on
from webinar.privacy.inventory import Within
from webinar.routes.admin.confirm import confirmed
from webinar.routes.admin.records import public_receipt
from webinar.routes.context import services
from webinar.routes.forms import DeleteAccount, Organisation
from webinar.routes.incoming import read_form
from webinar.routes.signed_in import clear_session_cookie, signed_in

ACCOUNT = "/admin/account"


async def show_account(request: Request) -> Response:
    """The organisation, and the items that every privacy notice repeats."""
    return await _page(request, None)


async def change(request: Request) -> Response:
    """Changes what the account says about itself."""
    form = Organisation(await read_form(request))
    if not form.validate():
        return await _page(request, form, 422)
    found = services(request)
    values = {item.name: form[item.name].data or "" for item in fields(AccountData)}
    async with found.db.writing() as db:
        actor = await signed_in(request, db)
        await change_account(db, actor, AccountData(**values), found.clock.now())
    return RedirectResponse(f"{ACCOUNT}?done=changed", 303)


async def show_delete(request: Request) -> Response:
    """What deleting the account destroys, and the typed confirmation."""
    return await _delete_page(request, DeleteAccount())


async def delete(request: Request) -> Response:
    """Deletes the account with everything in it; what remains is the receipt."""
    form = DeleteAccount(await read_form(request))
    if not form.validate():
        return await _delete_page(request, form, 422)
    found = services(request)
    try:
        await confirmed(request, form.current.data or "", Role.OWNER)
        await found.eraser.make_room()
        async with found.db.writing() as db:
            actor = await signed_in(request, db, Role.OWNER)
            await check_deletion(db, actor, form.confirmation.data or "")
            erased = await erase_account_rows(db, actor.account_id, role=actor.role, now=found.clock.now())
    except Invalid as error:
        form.take(error)
        return await _delete_page(request, form, error.status)
    except Forbidden as error:
        if error.code != "not_confirmed":
            raise
        form.take(Invalid({"confirmation": error.message}))
        return await _delete_page(request, form, 422)
    receipt = await found.eraser.finish(erased, within=PATIENCE)
    response = RedirectResponse(public_receipt(found.signer, receipt), 303)
    clear_session_cookie(response, found.site)
    return response


async def _page(request: Request, form: Organisation | None, status: int = 200) -> Response:
    found = services(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db)
        account = await get_account(db, actor.account_id)
    values = {item.name: getattr(account, item.name) for item in fields(AccountData)}
    context = {
        "form": form or Organisation(data=values),
        "may_delete": actor.may(Role.OWNER),
        "done": request.query_params.get("done", ""),
    }
    return found.templates.render(request, "admin/account.html", context, status)


async def _delete_page(request: Request, form: DeleteAccount, status: int = 200) -> Response:
    found = services(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db, Role.OWNER)
        account = await get_account(db, actor.account_id)
        counts = await count_account(db, actor.account_id)
        holds = await list_holds_on(db, Within(actor.account_id))
    context = {"form": form, "account": account, "counts": asdict(counts), "holds": holds}
    return found.templates.render(request, "admin/delete_account.html", context, status)
