"""Every URL on one screen."""

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
        Route("/j/", admission.show_link),
        Route("/j/", admission.enter_by_link, methods=["POST"]),
        Route("/my/", entry.show_entry),
        Route("/my/", entry.enter, methods=["POST"]),
        Route("/my/address", confirm_address.show_confirmation),
        Route("/my/address", confirm_address.confirm, methods=["POST"]),
        Route("/my/withdraw/{token}", entry.show_withdrawal),
        Route("/my/withdraw/{token}", entry.withdraw_by_mail, methods=["POST"]),
        Route("/w/{webinar_id:uuid}/event.ics", calendar.serve),
        Route("/healthz", health.alive),
        Route("/readyz", health.ready),
        Route("/metrics", health.measure),
        Route("/api/v1/openapi.json", description.openapi),
        Route("/api/v1/webinars/{webinar_id:uuid}/ticket", live.ask_for_ticket, methods=["POST"]),
        Route("/api/v1/webinars/{webinar_id:uuid}/flood", flood.ask_for_flood, methods=["POST"]),
        Route("/api/v1/webinars/{webinar_id:uuid}/messages", live.read_messages),
        Route("/api/v1/webinars/{webinar_id:uuid}/state", state.read_state),
        Route("/api/v1/webinars/{webinar_id:uuid}/state", state.change_state, methods=["POST"]),
        Route("/api/v1/webinars/{webinar_id:uuid}/replay", state.change_replay, methods=["POST"]),
        Route("/i18n/{language}.json", languages.browser_strings),
        Route("/embed.js", static.embed_script),
        Route("/static/{release}/{path:path}", static.serve),
    ]


def _entrance() -> list[BaseRoute]:
    return [
        Route("/", entrance.start),
        Route("/sign-in", entrance.show_sign_in),
        Route("/sign-in", entrance.sign_in, methods=["POST"]),
        Route("/sign-out", entrance.sign_out, methods=["POST"]),
        Route("/forgotten-password", entrance.show_forgotten_password),
        Route("/forgotten-password", entrance.ask_for_link, methods=["POST"]),
        Route("/welcome/", entrance.show_welcome),
        Route("/welcome/", entrance.accept_link, methods=["POST"]),
    ]


def _registration() -> list[BaseRoute]:
    """Once for the site itself, once for embeds in other sites."""
    return [
        route
        for base in ("/w/{webinar_id:uuid}", "/e/{webinar_id:uuid}")
        for route in (
            Route(base, public.show_webinar),
            Route(base, registration.submit, methods=["POST"]),
            Route(f"{base}/registered", registration.show_registered),
            Route(f"{base}/watch", watch.show_watch),
            Route(f"{base}/watch", watch.show_watch_by_token, methods=["POST"]),
            Route(f"{base}/registered", admission.enter_code, methods=["POST"]),
            Route(f"{base}/lost-link", admission.show_lost_link),
            Route(f"{base}/lost-link", admission.send_link_again, methods=["POST"]),
            Route(f"{base}/join", admission.show_join),
            Route(f"{base}/join", admission.join, methods=["POST"]),
            *_mine(f"{base}/my"),
        )
    ]


def _webinars() -> list[BaseRoute]:
    one = "/admin/webinars/{webinar_id:uuid}"
    return [
        Route("/admin/", catalogue.show_webinars),
        Route("/admin/webinars", catalogue.lead_to_webinars),
        Route("/admin/webinars", catalogue.create, methods=["POST"]),
        Route("/admin/webinars/new", catalogue.show_new),
        Route(one, details.show_details),
        Route(one, details.save_details, methods=["POST"]),
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
        Route(f"{one}/look", look.show_look),
        Route(f"{one}/look", look.save_colour, methods=["POST"]),
        Route(f"{one}/logo", look.upload_logo, methods=["POST"], max_body_size=look.MOST_BYTES),
        Route(f"{one}/logo/remove", look.remove_logo, methods=["POST"]),
        Route(f"{one}/speakers", look.add, methods=["POST"]),
        Route(f"{one}/speakers/{{speaker_id:uuid}}", look.edit, methods=["POST"]),
        Route(f"{one}/speakers/{{speaker_id:uuid}}/move", look.move, methods=["POST"]),
        Route(f"{one}/speakers/{{speaker_id:uuid}}/remove", look.remove, methods=["POST"]),
        Route(f"{one}/invitations", invitations.show_invitations),
        Route(f"{one}/invitations", invitations.add, methods=["POST"]),
        Route(f"{one}/invitations/send", invitations.send, methods=["POST"]),
        Route(f"{one}/invitations/{{participant_id:uuid}}/send", invitations.resend, methods=["POST"]),
        Route(f"{one}/invitations/{{participant_id:uuid}}/revoke", invitations.revoke, methods=["POST"]),
        Route(f"{one}/embed", embedding.show_embed),
        Route(f"{one}/embed", embedding.save_embed, methods=["POST"]),
        *_participants(f"{one}/participants"),
        Route(f"{one}/statistics", statistics.show_statistics),
        Route(f"{one}/danger", erasure.show_delete_webinar),
        Route(f"{one}/danger", erasure.delete_webinar, methods=["POST"]),
    ]


def _purposes() -> list[BaseRoute]:
    """What people are asked and told, and who answered what."""
    return [
        Route("/admin/purposes", purposes.show_purposes),
        Route("/admin/purposes", purposes.add, methods=["POST"]),
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
        Route(f"{here}/answers", answers.show_answers),
        Route(f"{here}/answers", answers.correct, methods=["POST"]),
        Route(f"{here}/address", address.show_address),
        Route(f"{here}/address", address.ask, methods=["POST"]),
        Route(f"{here}/address/keep", address.keep_address, methods=["POST"]),
        Route(f"{here}/words", own_words.show_words),
        Route(f"{here}/words", own_words.erase_chosen, methods=["POST"]),
        Route(f"{here}/requests", requests.show_requests),
        Route(f"{here}/requests", requests.ask, methods=["POST"]),
        Route(f"{here}/requests/close", requests.close, methods=["POST"]),
        Route(f"{here}/objection", requests.object_, methods=["POST"]),
        Route(f"{here}/restriction", restriction.change_restriction, methods=["POST"]),
        Route(f"{here}/erase", mine.show_erase),
        Route(f"{here}/erase", mine.erase, methods=["POST"]),
        Route(f"{here}/erased", mine.show_erased),
    ]


def _participants(people: str) -> list[BaseRoute]:
    person = f"{people}/{{participant_id:uuid}}"
    return [
        Route(people, participants.show_participants),
        Route(f"{people}/export", exports.show_exports),
        Route(f"{people}/export", exports.export, methods=["POST"]),
        Route(f"{people}/export/purpose", purpose_exports.show_purposes),
        Route(f"{people}/export/purpose", purpose_exports.prepare, methods=["POST"]),
        Route(f"{people}/export/purpose/{{export_id:uuid}}", purpose_exports.download, methods=["POST"]),
        Route(f"{people}/export/purpose/{{export_id:uuid}}/remove", purpose_exports.remove, methods=["POST"]),
        Route(f"{people}/erase", erasure.show_erase_participants),
        Route(f"{people}/erase", erasure.erase_participants, methods=["POST"]),
        Route(person, participants.show_participant),
        Route(person, participants.correct, methods=["POST"]),
        Route(f"{person}/answers", answers_of_others.show_answers),
        Route(f"{person}/answers", answers_of_others.correct, methods=["POST"]),
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
        Route("/admin/users", users.show_users),
        Route("/admin/users", users.invite, methods=["POST"]),
        Route("/admin/users/{id:uuid}", users.show_user),
        Route("/admin/users/{id:uuid}/role", users.give_role, methods=["POST"]),
        Route("/admin/users/{id:uuid}/invite", users.invite_again, methods=["POST"]),
        Route("/admin/users/{id:uuid}/remove", users.remove, methods=["POST"]),
        *_purposes(),
        Route("/admin/audit", audit.show_audit),
        Route(records.RECORDS, records.show_receipts),
        Route(f"{records.RECORDS}/{{id:uuid}}", records.show_receipt),
        Route(processing.PROCESSING, processing.show_processing),
        Route(processing.PROCESSING, processing.keep, methods=["POST"]),
        Route(f"{processing.PROCESSING}/{{number:int}}", processing.show_version),
        Route(processing.NOTICES, processing.show_notices),
        Route(processing.AGREEMENT, processing.show_agreement),
        Route(processing.AGREEMENT, processing.accept, methods=["POST"]),
        Route(keeping.CALENDAR, keeping.show_calendar),
        Route(keeping.HOLDS, keeping.show_holds),
        Route(keeping.HOLDS, keeping.place, methods=["POST"]),
        Route(f"{keeping.HOLDS}/{{id:uuid}}/lift", keeping.lift, methods=["POST"]),
        Route(subject_requests.REQUESTS, subject_requests.show_requests),
        Route(f"{subject_requests.REQUESTS}/{{id:uuid}}", subject_requests.show_request),
        Route(f"{subject_requests.REQUESTS}/{{id:uuid}}/answer", subject_requests.answer, methods=["POST"]),
        Route(f"{subject_requests.REQUESTS}/{{id:uuid}}/extend", subject_requests.extend, methods=["POST"]),
        Route(f"{subject_requests.REQUESTS}/{{id:uuid}}/close", subject_requests.close, methods=["POST"]),
        Route("/receipts/{token}", records.show_public_receipt),
        Route("/admin/account", account.show_account),
        Route("/admin/account", account.change, methods=["POST"]),
        Route(keeping.KEEPING, keeping.show_keeping),
        Route(keeping.KEEPING, keeping.save_keeping, methods=["POST"]),
        Route("/admin/account/delete", account.show_delete),
        Route("/admin/account/delete", account.delete, methods=["POST"]),
        Route("/admin/me", me.show_me),
        Route("/admin/me", me.change_data, methods=["POST"]),
        Route("/admin/me/password", me.change_password, methods=["POST"]),
        Route("/admin/me/sign-out", me.sign_out_everywhere, methods=["POST"]),
    ]


def _host() -> list[BaseRoute]:
    return [
        Route("/host/{webinar_id:uuid}", console.show_console),
        Route("/host/{webinar_id:uuid}/state", console.take_step, methods=["POST"]),
        Route("/host/{webinar_id:uuid}/replay", console.change_replay, methods=["POST"]),
    ]
