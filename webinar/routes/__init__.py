"""Every URL on one screen."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from webinar.routes import (
    admission,
    branding,
    calendar,
    components,
    demo_mail,
    entrance,
    health,
    languages,
    live,
    media,
    public,
    registration,
    static,
    watch,
)
from webinar.routes.admin import (
    account,
    audit,
    erasure,
    exports,
    forms,
    keeping,
    ledger,
    me,
    mentions,
    participants,
    processing,
    purpose_exports,
    purposes,
    records,
    restrictions,
    subject_requests,
    users,
)
from webinar.routes.admin import answers as answers_of_others
from webinar.routes.admin.webinars import (
    catalogue,
    details,
    embedding,
    invitations,
    look,
    picture,
    recordings,
    statistics,
)
from webinar.routes.api import description, flood, state
from webinar.routes.host import console
from webinar.routes.mine import address, answers, confirm_address, entry, own_words, requests, restriction
from webinar.routes.mine import page as mine

Endpoint = Callable[[Request], Awaitable[Response]]


def all_routes() -> list[BaseRoute]:
    """The routes of the whole site, in the order in which they are tried."""
    return [
        # First, because thousands come at once, and each would try all others before it.
        WebSocketRoute("/live", live.join_live),
        *_entrance(),
        *_admin(),
        *_host(),
        Route("/demo/components", components.show_components),
        Route("/demo/mail", demo_mail.show_mailbox),
        Route("/demo/mail/{id:uuid}", demo_mail.show_mail),
        *_registration(),
        Route("/w/{webinar_id:uuid}/brand.css", branding.brand_css),
        Route("/w/{webinar_id:uuid}/logo", branding.logo),
        Route("/media/{token}/{name:path}", media.serve),
        *_page("/j/", admission.show_link, admission.enter_by_link),
        *_page("/my/", entry.show_entry, entry.enter),
        *_page("/my/address", confirm_address.show_confirmation, confirm_address.confirm),
        *_page("/my/withdraw/{token}", entry.show_withdrawal, entry.withdraw_by_mail),
        Route("/w/{webinar_id:uuid}/event.ics", calendar.serve),
        Route("/healthz", health.alive),
        Route("/readyz", health.ready),
        Route("/metrics", health.measure),
        Route("/api/v1/openapi.json", description.openapi),
        Route("/api/v1/webinars/{webinar_id:uuid}/ticket", live.ask_for_ticket, methods=["POST"]),
        Route("/api/v1/webinars/{webinar_id:uuid}/flood", flood.ask_for_flood, methods=["POST"]),
        Route("/api/v1/webinars/{webinar_id:uuid}/messages", live.read_messages),
        *_page("/api/v1/webinars/{webinar_id:uuid}/state", state.read_state, state.change_state),
        Route("/api/v1/webinars/{webinar_id:uuid}/replay", state.change_replay, methods=["POST"]),
        Route("/i18n/{language}.json", languages.browser_strings),
        Route("/embed.js", static.embed_script),
        Route("/static/{release}/{path:path}", static.serve),
    ]


def _entrance() -> list[BaseRoute]:
    return [
        Route("/", entrance.start),
        *_page("/sign-in", entrance.show_sign_in, entrance.sign_in),
        Route("/sign-out", entrance.sign_out, methods=["POST"]),
        *_page("/forgotten-password", entrance.show_forgotten_password, entrance.ask_for_link),
        *_page("/welcome/", entrance.show_welcome, entrance.accept_link),
    ]


def _registration() -> list[BaseRoute]:
    """Once for the site itself, once for embeds in other sites."""
    return [
        route
        for base in ("/w/{webinar_id:uuid}", "/e/{webinar_id:uuid}")
        for route in (
            *_page(base, public.show_webinar, registration.submit),
            Route(f"{base}/registered", registration.show_registered),
            *_page(f"{base}/watch", watch.show_watch, watch.show_watch_by_token),
            Route(f"{base}/registered", admission.enter_code, methods=["POST"]),
            *_page(f"{base}/lost-link", admission.show_lost_link, admission.send_link_again),
            *_page(f"{base}/join", admission.show_join, admission.join),
            *_mine(f"{base}/my"),
        )
    ]


def _webinars() -> list[BaseRoute]:
    one = "/admin/webinars/{webinar_id:uuid}"
    return [
        Route("/admin/", catalogue.show_webinars),
        *_page("/admin/webinars", catalogue.lead_to_webinars, catalogue.create),
        Route("/admin/webinars/new", catalogue.show_new),
        *_page(one, details.show_details, details.save_details),
        Route(f"{one}/steps/{{step}}", details.step, methods=["POST"]),
        Route(f"{one}/replay", details.replay, methods=["POST"]),
        Route(f"{one}/duplicate", catalogue.duplicate, methods=["POST"]),
        *_form(f"{one}/form"),
        Route(f"{one}/privacy", purposes.show_purposes_of_webinar),
        Route(f"{one}/picture", picture.show_picture),
        Route(f"{one}/picture/live", picture.save_live, methods=["POST"]),
        Route(f"{one}/picture/replay", picture.save_replay, methods=["POST"]),
        Route(f"{one}/picture/check", picture.check, methods=["POST"]),
        Route(f"{one}/recordings", recordings.upload, methods=["POST"], max_body_size=recordings.MOST_BYTES),
        Route(f"{one}/recordings/{{asset_id:uuid}}/remove", recordings.remove, methods=["POST"]),
        *_page(f"{one}/look", look.show_look, look.save_colour),
        Route(f"{one}/logo", look.upload_logo, methods=["POST"], max_body_size=look.MOST_BYTES),
        Route(f"{one}/logo/remove", look.remove_logo, methods=["POST"]),
        Route(f"{one}/speakers", look.add, methods=["POST"]),
        Route(f"{one}/speakers/{{speaker_id:uuid}}", look.edit, methods=["POST"]),
        Route(f"{one}/speakers/{{speaker_id:uuid}}/move", look.move, methods=["POST"]),
        Route(f"{one}/speakers/{{speaker_id:uuid}}/remove", look.remove, methods=["POST"]),
        *_page(f"{one}/invitations", invitations.show_invitations, invitations.add),
        Route(f"{one}/invitations/send", invitations.send, methods=["POST"]),
        Route(f"{one}/invitations/{{participant_id:uuid}}/send", invitations.resend, methods=["POST"]),
        Route(f"{one}/invitations/{{participant_id:uuid}}/revoke", invitations.revoke, methods=["POST"]),
        *_page(f"{one}/embed", embedding.show_embed, embedding.save_embed),
        *_participants(f"{one}/participants"),
        Route(f"{one}/statistics", statistics.show_statistics),
        *_page(f"{one}/danger", erasure.show_delete_webinar, erasure.delete_webinar),
    ]


def _purposes() -> list[BaseRoute]:
    """What people are asked and told, and who answered what."""
    return [
        *_page("/admin/purposes", purposes.show_purposes, purposes.add),
        Route("/admin/purposes/{id:uuid}", purposes.show_purpose),
        Route("/admin/purposes/{id:uuid}/wording", purposes.publish, methods=["POST"]),
        Route("/admin/purposes/{id:uuid}/required", purposes.require, methods=["POST"]),
        Route("/admin/purposes/{id:uuid}/retire", purposes.retire, methods=["POST"]),
        Route("/admin/purposes/{id:uuid}/ledger", ledger.show_ledger),
        Route("/admin/notices/{id:uuid}", ledger.show_notice),
        Route("/admin/notices/{id:uuid}/text", ledger.download_notice),
    ]


def _mine(here: str) -> list[BaseRoute]:
    """A participant's own data."""
    return [
        Route(here, mine.show_page),
        Route(f"{here}/withdraw", mine.withdraw, methods=["POST"]),
        Route(f"{here}/consent", mine.give_again, methods=["POST"]),
        Route(f"{here}/name", mine.correct_name, methods=["POST"]),
        Route(f"{here}/reminders", mine.choose_reminders, methods=["POST"]),
        Route(f"{here}/data.{{kind}}", mine.download),
        Route(f"{here}/receipt", mine.receipt),
        *_page(f"{here}/answers", answers.show_answers, answers.correct),
        *_page(f"{here}/address", address.show_address, address.ask),
        Route(f"{here}/address/keep", address.keep_address, methods=["POST"]),
        *_page(f"{here}/words", own_words.show_words, own_words.erase_chosen),
        *_page(f"{here}/requests", requests.show_requests, requests.ask),
        Route(f"{here}/requests/close", requests.close, methods=["POST"]),
        Route(f"{here}/objection", requests.object_, methods=["POST"]),
        Route(f"{here}/restriction", restriction.change_restriction, methods=["POST"]),
        *_page(f"{here}/erase", mine.show_erase, mine.erase),
        Route(f"{here}/erased", mine.show_erased),
    ]


def _participants(people: str) -> list[BaseRoute]:
    person = f"{people}/{{participant_id:uuid}}"
    return [
        Route(people, participants.show_participants),
        *_page(f"{people}/export", exports.show_exports, exports.export),
        *_page(f"{people}/export/purpose", purpose_exports.show_purposes, purpose_exports.prepare),
        Route(f"{people}/export/purpose/{{export_id:uuid}}", purpose_exports.download, methods=["POST"]),
        Route(f"{people}/export/purpose/{{export_id:uuid}}/remove", purpose_exports.remove, methods=["POST"]),
        *_page(f"{people}/erase", erasure.show_erase_participants, erasure.erase_participants),
        *_page(person, participants.show_participant, participants.correct),
        *_page(f"{person}/answers", answers_of_others.show_answers, answers_of_others.correct),
        Route(f"{person}/export", exports.export_one, methods=["POST"]),
        Route(f"{person}/restrict", restrictions.restrict, methods=["POST"]),
        Route(f"{person}/lift", restrictions.lift, methods=["POST"]),
    ]


def _form(here: str) -> list[BaseRoute]:
    return [
        Route(here, forms.show_builder),
        Route(f"{here}/fields", forms.add, methods=["POST"]),
        Route(f"{here}/fields/{{key}}", forms.change, methods=["POST"]),
        Route(f"{here}/fields/{{key}}/preview", forms.show_preview, methods=["POST"]),
        Route(f"{here}/fields/{{key}}/move", forms.move, methods=["POST"]),
        Route(f"{here}/fields/{{key}}/remove", forms.remove, methods=["POST"]),
        Route(f"{here}/discard", forms.discard, methods=["POST"]),
        Route(f"{here}/publish", forms.publish, methods=["POST"]),
    ]


def _admin() -> list[BaseRoute]:
    return [
        *_webinars(),
        *_page("/admin/users", users.show_users, users.invite),
        Route("/admin/users/{id:uuid}", users.show_user),
        Route("/admin/users/{id:uuid}/role", users.give_role, methods=["POST"]),
        Route("/admin/users/{id:uuid}/invite", users.invite_again, methods=["POST"]),
        Route("/admin/users/{id:uuid}/remove", users.remove, methods=["POST"]),
        *_purposes(),
        Route("/admin/audit", audit.show_audit),
        *_records(),
        Route("/receipts/{token}", records.show_public_receipt),
        *_page("/admin/account", account.show_account, account.change),
        *_page(keeping.KEEPING, keeping.show_keeping, keeping.save_keeping),
        *_page("/admin/account/delete", account.show_delete, account.delete),
        *_page("/admin/me", me.show_me, me.change_data),
        Route("/admin/me/password", me.change_password, methods=["POST"]),
        Route("/admin/me/sign-out", me.sign_out_everywhere, methods=["POST"]),
    ]


def _records() -> list[BaseRoute]:
    """What the account can show: what was erased, what is kept and how long, what people ask."""
    return [
        Route(records.RECORDS, records.show_receipts),
        Route(f"{records.RECORDS}/{{id:uuid}}", records.show_receipt),
        Route(mentions.PLACES, mentions.show_places),
        Route(f"{mentions.PLACES}/{{webinar_id:uuid}}", mentions.decide, methods=["POST"]),
        *_page(processing.PROCESSING, processing.show_processing, processing.keep),
        Route(f"{processing.PROCESSING}/{{number:int}}", processing.show_version),
        Route(processing.NOTICES, processing.show_notices),
        *_page(processing.AGREEMENT, processing.show_agreement, processing.accept),
        Route(keeping.CALENDAR, keeping.show_calendar),
        *_page(keeping.HOLDS, keeping.show_holds, keeping.place),
        Route(f"{keeping.HOLDS}/{{id:uuid}}/lift", keeping.lift, methods=["POST"]),
        Route(subject_requests.REQUESTS, subject_requests.show_requests),
        Route(f"{subject_requests.REQUESTS}/{{id:uuid}}", subject_requests.show_request),
        Route(f"{subject_requests.REQUESTS}/{{id:uuid}}/answer", subject_requests.answer, methods=["POST"]),
        Route(f"{subject_requests.REQUESTS}/{{id:uuid}}/extend", subject_requests.extend, methods=["POST"]),
        Route(f"{subject_requests.REQUESTS}/{{id:uuid}}/close", subject_requests.close, methods=["POST"]),
    ]


def _page(address: str, show: Endpoint, save: Endpoint) -> list[BaseRoute]:
    """A page, and what its form sends to the same address."""
    return [Route(address, show), Route(address, save, methods=["POST"])]


def _host() -> list[BaseRoute]:
    return [
        Route("/host/{webinar_id:uuid}", console.show_console),
        Route("/host/{webinar_id:uuid}/state", console.take_step, methods=["POST"]),
        Route("/host/{webinar_id:uuid}/replay", console.change_replay, methods=["POST"]),
    ]
