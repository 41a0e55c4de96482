"""What Art. 13 GDPR wants people to be told before they register: the items, what is missing, and the notice's text."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from webinar.consent.notices import Wording, pick_language
from webinar.models import NONE, Account, Basis, NoticeVersion, Purpose, Webinar

Translate = Callable[[str], str]


class Item(StrEnum):
    """The items of Art. 13, in the order of the notice."""

    CONTROLLER = "controller"
    CONTACT = "contact"
    DPO = "dpo"
    PURPOSES = "purposes"
    INTERESTS = "interests"
    PROVISION = "provision"
    RECIPIENTS = "recipients"
    TRANSFERS = "transfers"
    RETENTION = "retention"
    RIGHTS = "rights"
    WITHDRAWAL = "withdrawal"
    COMPLAINT = "complaint"
    DECISIONS = "decisions"


ARTICLES: Mapping[Item, str] = {
    Item.CONTROLLER: "13(1)(a)",
    Item.CONTACT: "13(1)(a)",
    Item.DPO: "13(1)(b)",
    Item.PURPOSES: "13(1)(c)",
    Item.INTERESTS: "13(1)(d)",
    Item.PROVISION: "13(2)(e)",
    Item.RECIPIENTS: "13(1)(e)",
    Item.TRANSFERS: "13(1)(f)",
    Item.RETENTION: "13(2)(a)",
    Item.RIGHTS: "13(2)(b)",
    Item.WITHDRAWAL: "13(2)(c)",
    Item.COMPLAINT: "13(2)(d)",
    Item.DECISIONS: "13(2)(f)",
}


@dataclass(frozen=True, slots=True)
class ToldPurpose:
    """A purpose in the language of the notice; `title` is empty while nobody has worded it."""

    basis: Basis
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the notice says, item by item, in one language. An empty text is missing.

    `asked` are the consents that the form asks for, `told` are the purposes on other bases.
    """

    controller: str
    address: str
    contact: str
    dpo: str
    told: tuple[ToldPurpose, ...]
    asked: tuple[ToldPurpose, ...]
    provision: str
    recipients: str
    transfers: str
    retention: str
    rights: str
    withdrawal: str
    complaint: str
    decisions: str


def gather_facts(
    account: Account,
    webinar: Webinar,
    purposes: Sequence[Purpose],
    wordings: Mapping[UUID, Mapping[str, NoticeVersion]],
    *,
    language: str,
    _: Translate,
) -> Facts:
    """What the account, the webinar and the purposes say in `language`; `_` translates the platform's own words.

    `purposes` are the ones told and the ones the form asks for; `wordings` comes from `latest_wordings`.
    """
    worded = [_worded(purpose, wordings, language, webinar.language) for purpose in purposes]
    return Facts(
        controller=account.controller_name.strip(),
        address=account.controller_address.strip(),
        contact=account.controller_email.strip(),
        dpo=_or_none(account.dpo_contact, _("No data protection officer has been appointed.")),
        told=tuple(purpose for purpose in worded if purpose.basis is not Basis.CONSENT),
        asked=tuple(purpose for purpose in worded if purpose.basis is Basis.CONSENT),
        provision=_provision(_),
        recipients=_or_none(account.recipients, _("Nobody else receives your data.")),
        transfers=_or_none(
            account.transfers,
            _("Your data stays inside the European Economic Area; it is not sent elsewhere."),
        ),
        retention=_retention(webinar, _),
        rights=_rights(_),
        withdrawal=_withdrawal(_),
        complaint=account.supervisory_authority.strip(),
        decisions=_("No decision about you is made by a machine alone, and no profile of you is made."),
    )


def missing_items(facts: Facts) -> list[Item]:
    """The items that still keep the form from being published (G3), in the order of the notice."""
    return [item for item in Item if not _is_told(item, facts)]


def compose_notice(facts: Facts, *, title: str, _: Translate) -> Wording:
    """The whole privacy notice: sections parted by an empty line, each with its heading as the first line."""
    sections = [
        (_("Who is responsible"), [facts.controller, facts.address, facts.contact]),
        (_("Data protection officer"), [facts.dpo]),
        (_("What your data is used for, and why that is allowed"), _purposes(facts, _)),
        (_("Whether you have to give it"), [facts.provision]),
        (_("Who receives it"), [facts.recipients]),
        (_("Transfers to other countries"), [facts.transfers]),
        (_("How long it is kept"), [facts.retention]),
        (_("Your rights"), [facts.rights]),
        (_("Withdrawing consent"), [facts.withdrawal]),
        (_("Where you can complain"), [facts.complaint]),
        (_("Automated decisions"), [facts.decisions]),
    ]
    body = "\n\n".join("\n".join((heading, *map(_one_block, lines))) for heading, lines in sections)
    return Wording.of(_("Privacy notice: {title}").format(title=title), body)


def notice_sections(body: str) -> list[tuple[str, list[str]]]:
    """The heading and the lines of each section of a composed notice, for the page that shows it."""
    return [(section[0], section[1:]) for section in (part.split("\n") for part in body.split("\n\n"))]


def basis_words(basis: Basis, _: Translate) -> str:
    """A legal basis in words that people understand."""
    return {
        Basis.CONSENT: _("your consent, Art. 6(1)(a) GDPR"),
        Basis.CONTRACT: _("to provide what you ask for, Art. 6(1)(b) GDPR"),
        Basis.LEGAL_OBLIGATION: _("the law requires it, Art. 6(1)(c) GDPR"),
        Basis.LEGITIMATE_INTEREST: _("a legitimate interest, Art. 6(1)(f) GDPR"),
    }[basis]


def _is_told(item: Item, facts: Facts) -> bool:
    # Every field of the form is used for something: one purpose beside consent must be told at least.
    told: Mapping[Item, bool] = {
        Item.CONTROLLER: bool(facts.controller and facts.address),
        Item.PURPOSES: bool(facts.told) and all(purpose.title for purpose in (*facts.told, *facts.asked)),
        Item.INTERESTS: all(
            purpose.body for purpose in facts.told if purpose.basis is Basis.LEGITIMATE_INTEREST
        ),
    }
    return told[item] if item in told else bool(getattr(facts, item.value).strip())


def _worded(
    purpose: Purpose, wordings: Mapping[UUID, Mapping[str, NoticeVersion]], language: str, default: str
) -> ToldPurpose:
    notice = pick_language(wordings.get(purpose.id, {}), language, default)
    return ToldPurpose(purpose.basis, notice.title if notice else "", notice.body if notice else "")


def _purposes(facts: Facts, _: Translate) -> list[str]:
    lines = []
    for purpose in (*facts.told, *facts.asked):
        basis = _("Legal basis: {basis}.").format(basis=basis_words(purpose.basis, _))
        lines.append(" ".join(filter(None, (_sentence(purpose.title), purpose.body, basis))))
    return lines


def _retention(webinar: Webinar, _: Translate) -> str:
    if webinar.retention_days <= 0:
        return ""
    words = [
        (
            webinar.retention_days,
            _(
                "Everything is erased {days} days after the webinar has ended; "
                "some answers may be erased earlier."
            ),
        ),
        (webinar.answers_days, _("What you enter in the form is erased {days} days after the end.")),
        (webinar.chat_days, _("The chat is erased {days} days after the end.")),
        (webinar.questions_days, _("Questions and their answers are erased {days} days after the end.")),
    ]
    return " ".join(text.format(days=days) for days, text in words if days is not None)


def _provision(_: Translate) -> str:
    return _(
        "No law or contract obliges you to give this data. Without your e-mail address and the other fields "
        "marked as required you can't register. Everything else is up to you."
    )


def _rights(_: Translate) -> str:
    return _(
        "You can ask to see your data, to have it corrected or erased, to have its use restricted, and to "
        "receive it in a common format. You can object to uses that rest on a legitimate interest. The link in "
        "every mail leads to a page where you can do most of this yourself."
    )


def _withdrawal(_: Translate) -> str:
    return _(
        "You can withdraw a consent at any time with one click behind the link in every mail, or from the "
        "watch page. What was done before stays lawful."
    )


def _or_none(text: str, none: str) -> str:
    return none if text.strip().rstrip(".").casefold() == NONE else text.strip()


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "؟", ":")) else f"{text}."


def _one_block(text: str) -> str:
    # An empty line would begin a new section.
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())
