"""What the public page of a webinar shows: the webinar, its speakers, and the form as it stands for this visitor."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from webinar.consent.transparency import notice_sections
from webinar.i18n import LANGUAGES, language_name
from webinar.models import Access, Account, Participant, ParticipantState, Speaker, Webinar, WebinarState
from webinar.pages import speak
from webinar.registration.field_types import Field, say
from webinar.registration.form import CompiledForm, RegistrationForm, ShownConsent, label_of
from webinar.registration.register import (
    INVITATION_TOKEN,
    has_registered_people,
    seats_left,
    takes_registrations,
)
from webinar.registration.versions import current_form
from webinar.routes.context import services
from webinar.routes.csp import EMBED_PREFIX, allow_framing
from webinar.sanitize import render_markdown
from webinar.signing import BadToken, new_token
from webinar.webinars.catalogue import find_public_webinar
from webinar.webinars.speakers import list_speakers

INVITATION_LIFE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class EventPage:
    """Everything the page says.

    `form` is None while nobody can register, `invited` who holds an invitation, `anybody` whether somebody may have a
    personal link that works.
    """

    webinar: Webinar
    organiser: Account
    speakers: Sequence[Speaker]
    form: CompiledForm | None
    seats: int | None
    invited: Participant | None
    anybody: bool

    @property
    def state(self) -> str:
        """open, or why nobody can register: full, ended, not_yet, invitation."""
        if not takes_registrations(self.webinar):
            return "ended" if self.webinar.state is WebinarState.ENDED else "not_yet"
        if self.webinar.access is Access.INVITATION and self.invited is None:
            return "invitation"
        if self.form is None:
            return "not_yet"
        return "full" if self.seats == 0 else "open"


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field as the template draws it. `depends` says on which answer it is shown, in words."""

    definition: Field
    bound: Any
    label: str
    help: str
    required: bool
    consent: ShownConsent | None
    depends: str


async def load_event_page(request: Request, db: AsyncSession, *, language: str = "") -> EventPage:
    """The page of the webinar in the address; raises NotFound for a draft as for one that does not exist.

    In `language`, else in the one that the address asks for, else in the webinar's own.
    """
    found = services(request)
    webinar = await find_public_webinar(db, request.path_params["webinar_id"])
    version = await current_form(db, webinar)
    wanted = language or _wanted_language(request) or webinar.language
    form = await found.forms.load(db, version, wanted) if version else None
    return EventPage(
        webinar=webinar,
        organiser=await db.get_one(Account, webinar.account_id),
        speakers=await list_speakers(db, webinar),
        form=form,
        seats=await seats_left(db, webinar),
        invited=await invited_person(request, db),
        anybody=takes_registrations(webinar) or await has_registered_people(db, webinar),
    )


def render_event_page(
    request: Request,
    page: EventPage,
    form: RegistrationForm | None = None,
    *,
    nonce: str = "",
    form_changed: bool = False,
    here: Participant | None = None,
    status: int = 200,
) -> Response:
    """The page as an answer; `form` is what was typed, `nonce` what came with it, `here` who is admitted already."""
    if page.state == "open" and page.form is not None and form is None:
        form = page.form.blank(request.query_params, email=fixed_email(page))
    context = {
        **page_context(request, page.webinar, page.form.language if page.form else ""),
        "page": page,
        "state": "here" if here else page.state,
        "here": here,
        "description": render_markdown(page.webinar.description),
        "form": form,
        "fields": shown_fields(page.form, form) if page.form and form else [],
        "privacy": notice_sections(page.form.privacy.body) if page.form else [],
        "languages": _languages(page.form),
        "nonce": nonce or new_token(),
        "form_changed": form_changed,
    }
    return services(request).templates.render(request, "registration/webinar.html", context, status)


def page_context(request: Request, webinar: Webinar, language: str = "") -> Mapping[str, Any]:
    """What every page of a webinar's registration needs, in `language` or else as the address asks.

    Below `/e/` the page lets the sites frame it that the webinar allows.
    """
    embedded = request.url.path.startswith(EMBED_PREFIX)
    language = language or _wanted_language(request) or webinar.language
    speak(request, language)
    if embedded:
        allow_framing(request, webinar.embed_origins)
    return {
        "layout": "layouts/embed.html" if embedded else "layouts/public.html",
        "webinar": webinar,
        "language": language,
        "base": base_of(request),
        "brand_url": f"/w/{webinar.id}/brand.css?v={webinar.state_seq}" if webinar.brand_colour else "",
        "lost": "lost" in request.query_params,
        "query": f"?{request.url.query}" if request.url.query else "",
    }


def base_of(request: Request) -> str:
    """Where the webinar's pages are, for the audience that asked: `/w/…`, or `/e/…` inside another site."""
    return "/".join(request.url.path.split("/")[:3])


def fixed_email(page: EventPage) -> str:
    """The address an invited person registers with; empty for everybody else."""
    return page.invited.email or "" if page.invited else ""


def shown_fields(compiled: CompiledForm, form: RegistrationForm) -> list[ShownField]:
    """The fields in order, each with its words in the form's language."""
    return [_shown(each, compiled, form) for each in compiled.definition.fields]


def _shown(definition: Field, compiled: CompiledForm, form: RegistrationForm) -> ShownField:
    consent = compiled.consents.get(definition.key)
    return ShownField(
        definition=definition,
        bound=form[definition.key],
        label=label_of(definition, form, compiled.language),
        help=consent.wording.body if consent else say(definition.help, compiled.language),
        required=consent.required if consent else definition.required,
        consent=consent,
        depends=_depends(definition, compiled, form),
    )


def _depends(definition: Field, compiled: CompiledForm, form: RegistrationForm) -> str:
    if definition.shown_if is None:
        return ""
    steering = compiled.definition.find(definition.shown_if.field)
    if steering is None:
        return ""
    offered = steering.steering(compiled.language, str)
    answers = ", ".join(offered.get(value, value) for value in definition.shown_if.values)
    return f"{label_of(steering, form, compiled.language)} {answers}"


def _languages(form: CompiledForm | None) -> list[tuple[str, str]]:
    offered = form.languages if form else []
    return [(language, language_name(language)) for language in offered] if len(offered) > 1 else []


async def invited_person(request: Request, db: AsyncSession) -> Participant | None:
    """Who opened the page with the personal link of an invitation and has not registered yet; None otherwise."""
    try:
        token = request.query_params["invitation"]
        payload = services(request).signer.read(INVITATION_TOKEN, token, INVITATION_LIFE)
        webinar_id, participant_id, generation = UUID(payload[0]), UUID(payload[1]), payload[2]
    except (LookupError, BadToken, ValueError, TypeError, AttributeError):
        return None
    participant = await db.get(Participant, participant_id)
    mine = (
        participant is not None and participant.webinar_id == request.path_params["webinar_id"] == webinar_id
    )
    if participant is None or not mine or participant.state is not ParticipantState.INVITED:
        return None
    # Who opened it at an address that is not theirs any more must not see the new one in the form.
    if participant.link_generation != generation:
        return None
    return participant


def _wanted_language(request: Request) -> str:
    wanted = request.query_params.get("lang", "")
    return wanted if wanted in LANGUAGES else ""
