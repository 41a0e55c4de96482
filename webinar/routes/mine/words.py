"""What the tables and columns of one's own data are called on the page. Values come from the export itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from webinar.i18n import N_, format_time, language_name

Gettext = Callable[[str], str]

# Shown with buttons of their own, or only the keys by which rows belong together.
ELSEWHERE = frozenset({"webinar", "consent_record"})
SECTIONS: Mapping[str, str] = {
    "participant": N_("You"),
    "registration": N_("Your registration"),
    "answer": N_("Your answers"),
    "consent_record": N_("Your consents"),
    "chat_message": N_("Your messages in the chat"),
    "question": N_("Your questions"),
    "question_vote": N_("Questions you voted for"),
    "participant_session": N_("Browsers you are admitted in"),
    "address_change": N_("An address that waits to be confirmed"),
    "admission_claim": N_("Pages waiting for a code"),
    "socket_ticket": N_("Connections about to open"),
    "outgoing_mail": N_("Mails to you"),
    "data_subject_request": N_("What you asked about your data"),
    "restriction": N_("When the use of your data was restricted"),
}
COLUMNS: Mapping[str, str] = {
    "email": N_("E-mail address"),
    "display_name": N_("Name"),
    "state": N_("State"),
    "language": N_("Language"),
    "created_at": N_("Since"),
    "first_joined_at": N_("First admitted"),
    "reminders_stopped_at": N_("Reminders stopped"),
    "muted_at": N_("Muted"),
    "banned_at": N_("Shut out"),
    "submitted_at": N_("Sent"),
    "corrected_at": N_("Corrected"),
    "corrected_by": N_("Corrected by"),
    "body": N_("Text"),
    "posted_at": N_("Written"),
    "removed_at": N_("Removed"),
    "anonymous": N_("Anonymous"),
    "answer": N_("Answer"),
    "answered_at": N_("Answered"),
    "votes": N_("Votes"),
    "kind": N_("Kind"),
    "sent_at": N_("Sent"),
    "value": N_("Answer"),
    "received_at": N_("Received"),
    "due_at": N_("Answer by"),
    "extended_at": N_("More time taken"),
    "extension": N_("Why it takes longer"),
    "placed_at": N_("From"),
    "ends_at": N_("To end"),
    "ended_at": N_("Ended"),
}
VALUES: Mapping[str, str] = {
    "participant": N_("you"),
    "account": N_("the organisation"),
    "registered": N_("registered"),
    "already_registered": N_("registered already"),
    "joined": N_("joined"),
    "invited": N_("invited"),
    "invitation": N_("invitation"),
    "lost_link": N_("link once more"),
    "withdrawn": N_("consent withdrawn"),
    "words_changed": N_("words of a consent changed"),
    "address_asked": N_("another address asked for"),
    "address_proof": N_("confirmation of an address"),
    "address_changed": N_("new link"),
    "open": N_("open"),
    "refused": N_("refused"),
    "closed": N_("closed"),
    "access": N_("access"),
    "rectification": N_("rectification"),
    "erasure": N_("erasure"),
    "restriction": N_("restriction"),
    "portability": N_("portability"),
    "objection": N_("objection"),
    "other": N_("other"),
    "request_received": N_("your request has arrived"),
    "request_extended": N_("your request takes longer"),
    "request_answered": N_("answer to your request"),
    "restricted": N_("use of your data restricted"),
    "restriction_ends": N_("end of the restriction"),
    "reminder_day": N_("reminder"),
    "reminder_soon": N_("reminder"),
    "chat": N_("message"),
    "announcement": N_("announcement"),
    "pending": N_("pending"),
    "published": N_("published"),
    "answered": N_("answered"),
    "dismissed": N_("dismissed"),
}
SHOWN_ROWS = 20


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of data: its rows as names and values; `more` are only in the download."""

    title: str
    rows: Sequence[Sequence[tuple[str, str]]]
    more: int


def sections(facts: Mapping[str, Any], language: str, zone: str, _: Gettext) -> list[Section]:
    """The export in words, in `language`, with times in `zone`. The newest rows of long lists."""
    found = []
    order = list(SECTIONS)
    for table in sorted(
        facts.keys() - ELSEWHERE, key=lambda name: order.index(name) if name in order else len(order)
    ):
        rows = facts[table]
        shown = [_row(table, row, language, zone, _) for row in rows[-SHOWN_ROWS:]]
        filled = [row for row in shown if row]
        if filled:
            found.append(Section(_(SECTIONS.get(table, table)), filled, max(0, len(rows) - SHOWN_ROWS)))
    return found


def _row(table: str, row: Mapping[str, Any], language: str, zone: str, _: Gettext) -> list[tuple[str, str]]:
    if table == "answer":
        return [(str(row.get("label", row["field_key"])), str(row.get("shown", row["value"])))]
    return [
        (_(COLUMNS[name]), _value(value, language, zone, _))
        for name, value in row.items()
        if name in COLUMNS and value not in {None, ""}
    ]


def _value(value: Any, language: str, zone: str, _: Gettext) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return format_time(value, zone, language=language)
    text = str(value)
    if text in VALUES:
        return _(VALUES[text])
    return language_name(text) if len(text) == 2 and text.isalpha() and text.islower() else text
