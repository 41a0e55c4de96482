"""Purposes and their wording: what people are asked and told, version by version."""

from dataclasses import dataclass

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from webinar.accounts.accounts import get_account
from webinar.accounts.actor import Actor
from webinar.accounts.audit import Action, record_action
from webinar.consent.notices import Wording, latest_wordings, pick_language, publish_wording, purpose_history
from webinar.consent.purposes import add_purpose, get_purpose, list_purposes, require_purpose, retire_purpose
from webinar.consent.transparency import basis_words
from webinar.errors import Invalid
from webinar.i18n import FALLBACK, LANGUAGES, language_name
from webinar.models import Basis, NoticeVersion, Purpose, Role, Webinar
from webinar.registration.publishing import outdated_forms
from webinar.routes.context import services
from webinar.routes.forms import AddPurpose, PurposeWording
from webinar.routes.incoming import read_form
from webinar.routes.signed_in import signed_in
from webinar.webinars.catalogue import get_webinar, list_webinars

PURPOSES = "/admin/purposes"
EDITORIAL = "editorial"
LANGUAGE_NAMES = [(language, language_name(language)) for language in LANGUAGES]


@dataclass(frozen=True, slots=True)
class ListedPurpose:
    """A purpose with the words it goes by, and the webinar it belongs to, if it is not the account's."""

    purpose: Purpose
    notice: NoticeVersion | None
    languages: list[str]
    webinar: Webinar | None


async def show_purposes(request: Request) -> Response:
    """Every purpose of the account and of its webinars, and the form to add one."""
    return await _list_page(request, AddPurpose(data={"webinar": request.query_params.get("webinar", "")}))


async def show_purposes_of_webinar(request: Request) -> Response:
    """The editor's tab: the same page, ready to add a purpose to this webinar."""
    found = services(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db, at_least=Role.ADMIN)
        webinar = await get_webinar(db, actor.account_id, request.path_params["webinar_id"])
    return RedirectResponse(f"{PURPOSES}?webinar={webinar.id}#add", 303)


async def add(request: Request) -> Response:
    """Adds a purpose together with its first wording."""
    form = AddPurpose(await read_form(request))
    if not form.validate():
        return await _list_page(request, form, 422)
    found = services(request)
    now = found.clock.now()
    try:
        async with found.db.writing() as db:
            actor = await signed_in(request, db, at_least=Role.ADMIN)
            webinar_id = form.webinar_id
            if webinar_id is not None:
                await get_webinar(db, actor.account_id, webinar_id)
            purpose = await add_purpose(
                db,
                actor.account_id,
                basis=Basis(form.basis.data),
                required=bool(form.required.data),
                webinar_id=webinar_id,
                now=now,
            )
            wording = Wording.of(form.title.data or "", form.body.data or "")
            await publish_wording(db, purpose, form.language.data, wording, now)
            await record_action(db, actor, Action.PURPOSE_CHANGED, purpose.id, now=now)
    except Invalid as error:
        form.take(error)
        return await _list_page(request, form, error.status)
    return RedirectResponse(f"{PURPOSES}?done=added", 303)


async def show_purpose(request: Request) -> Response:
    """One purpose: its words in each language, every version of them, and how many people answered to which."""
    return await _purpose_page(
        request, PurposeWording(data={"language": request.query_params.get("language", "")})
    )


async def publish(request: Request) -> Response:
    """Publishes a new wording in one language. Nobody's earlier answer changes its meaning."""
    form = PurposeWording(await read_form(request))
    if not form.validate():
        return await _purpose_page(request, form, 422)
    found = services(request)
    now = found.clock.now()
    try:
        async with found.db.writing() as db:
            actor, purpose = await _mine(request, db)
            wording = Wording.of(form.title.data or "", form.body.data or "")
            substantive = form.change.data != EDITORIAL
            await publish_wording(db, purpose, form.language.data, wording, now, substantive=substantive)
            await record_action(db, actor, Action.PURPOSE_CHANGED, purpose.id, now=now)
    except Invalid as error:
        form.take(error)
        return await _purpose_page(request, form, error.status)
    await found.prepared.clear()
    found.mail.wake()
    return RedirectResponse(f"{PURPOSES}/{purpose.id}?done=wording", 303)


async def require(request: Request) -> Response:
    """Says whether one can register without this consent."""
    required = (await read_form(request)).get("required") == "yes"
    found = services(request)
    async with found.db.writing() as db:
        actor, purpose = await _mine(request, db)
        await require_purpose(db, purpose, required=required)
        await record_action(db, actor, Action.PURPOSE_CHANGED, purpose.id, now=found.clock.now())
    return RedirectResponse(f"{PURPOSES}/{purpose.id}?done=required", 303)


async def retire(request: Request) -> Response:
    """Asks nobody for it any more."""
    found = services(request)
    async with found.db.writing() as db:
        actor, purpose = await _mine(request, db)
        await retire_purpose(db, purpose, found.clock.now())
        await record_action(db, actor, Action.PURPOSE_CHANGED, purpose.id, now=found.clock.now())
    return RedirectResponse(f"{PURPOSES}?done=retired", 303)


async def _mine(request: Request, db: AsyncSession) -> tuple[Actor, Purpose]:
    actor = await signed_in(request, db, at_least=Role.ADMIN)
    return actor, await get_purpose(db, actor.account_id, request.path_params["id"])


async def _list_page(request: Request, form: AddPurpose, status: int = 200) -> Response:
    found = services(request)
    async with found.db.reading() as db:
        actor = await signed_in(request, db, at_least=Role.ADMIN)
        webinars = [summary.webinar for summary in await list_webinars(db, actor.account_id)]
        listed = await _listed(db, actor, webinars)
        account = await get_account(db, actor.account_id)
        outdated = await outdated_forms(db, account, found.catalogues)
    context = {
        "listed": listed,
        "outdated": outdated,
        "form": form,
        "bases": [(basis.value, basis_words(basis, str)) for basis in Basis],
        "language_names": LANGUAGE_NAMES,
        "webinars": [("", "All webinars of this account"), *((each.id, each.title) for each in webinars)],
        "done": request.query_params.get("done", ""),
    }
    return found.templates.render(request, "admin/purposes/list.html", context, status)


async def _listed(db: AsyncSession, actor: Actor, webinars: list[Webinar]) -> list[ListedPurpose]:
    of_account = await list_purposes(db, actor.account_id)
    owners: list[tuple[Purpose, Webinar | None]] = [(purpose, None) for purpose in of_account]
    for webinar in webinars:
        owned = await list_purposes(db, actor.account_id, webinar.id)
        owners += [(purpose, webinar) for purpose in owned if purpose.webinar_id == webinar.id]
    wordings = await latest_wordings(db, [purpose for purpose, _ in owners])
    return [
        ListedPurpose(
            purpose,
            pick_language(wordings[purpose.id], FALLBACK, FALLBACK),
            [language_name(language) for language in LANGUAGES if language in wordings[purpose.id]],
            webinar,
        )
        for purpose, webinar in owners
    ]


async def _purpose_page(request: Request, form: PurposeWording, status: int = 200) -> Response:
    found = services(request)
    async with found.db.reading() as db:
        _, purpose = await _mine(request, db)
        history = await purpose_history(db, purpose)
    newest = {seen.notice.language: seen.notice for seen in reversed(history)}
    form.start_from(newest)
    context = {
        "purpose": purpose,
        "basis": basis_words(purpose.basis, str),
        "history": history,
        "newest": pick_language(newest, FALLBACK, FALLBACK),
        "language_names": LANGUAGE_NAMES,
        "names": dict(LANGUAGE_NAMES),
        "form": form,
        "done": request.query_params.get("done", ""),
    }
    return found.templates.render(request, "admin/purposes/purpose.html", context, status)
