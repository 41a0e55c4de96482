"""The privacy notices as the configuration words them now, beside what people were shown last."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.consent.notices import get_notice
from webinar.consent.transparency import notice_sections
from webinar.i18n import Catalogues
from webinar.models import Account, FormVersion, Webinar
from webinar.privacy.record_versions import Change
from webinar.privacy.tabular import BYTE_ORDER_MARK, csv_lines
from webinar.registration.definition import read_definition
from webinar.registration.publishing import pinned, told_with
from webinar.registration.versions import current_form

Section = tuple[str, list[str]]


@dataclass(frozen=True, slots=True)
class NoticeNow:
    """One webinar's notice in its own language: as it would be published now, and what differs from what is shown."""

    webinar: Webinar
    version: int
    sections: Sequence[Section]
    changes: Sequence[Change]


async def read_notices(db: AsyncSession, account: Account, catalogues: Catalogues) -> list[NoticeNow]:
    """Of every webinar of the account with a published form, newest first."""
    published = select(col(FormVersion.webinar_id)).where(
        col(FormVersion.account_id) == account.id, col(FormVersion.published_at).is_not(None)
    )
    webinars = (
        select(Webinar)
        .where(col(Webinar.account_id) == account.id, col(Webinar.id).in_(published))
        .order_by(col(Webinar.created_at).desc(), col(Webinar.id))
    )
    found = []
    for webinar in (await db.exec(webinars)).all():
        form = await current_form(db, webinar)
        if form is not None:
            found.append(await _notice(db, account, webinar, form, catalogues))
    return found


def notices_as_facts(notices: Sequence[NoticeNow]) -> list[dict[str, object]]:
    """The notices for JSON."""
    return [
        {
            "webinar": notice.webinar.title,
            "language": notice.webinar.language,
            "shown_version": notice.version,
            "sections": [{"heading": heading, "text": lines} for heading, lines in notice.sections],
            "changed_since_shown": [change.place for change in notice.changes],
        }
        for notice in notices
    ]


def notices_as_csv(notices: Sequence[NoticeNow]) -> bytes:
    """The notices for a spreadsheet: a line for each section."""
    lines = [
        (notice.webinar.title, notice.webinar.language, heading, "\n".join(text))
        for notice in notices
        for heading, text in notice.sections
    ]
    return (BYTE_ORDER_MARK + csv_lines([("Webinar", "Language", "Section", "Text"), *lines])).encode()


async def _notice(
    db: AsyncSession, account: Account, webinar: Webinar, form: FormVersion, catalogues: Catalogues
) -> NoticeNow:
    told = await told_with(db, account, webinar, read_definition(form.fields), catalogues)
    now = notice_sections(told.privacy(webinar.language).body)
    shown_ids = pinned(form).privacy
    shown = await get_notice(
        db, account.id, shown_ids.get(webinar.language) or next(iter(shown_ids.values()))
    )
    before = {heading: "\n".join(lines) for heading, lines in notice_sections(shown.body)}
    after = {heading: "\n".join(lines) for heading, lines in now}
    changes = [
        Change(heading, before.get(heading, ""), after.get(heading, ""))
        for heading in {**after, **before}
        if before.get(heading) != after.get(heading)
    ]
    return NoticeNow(webinar, shown.number, now, changes)
