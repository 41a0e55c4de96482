"""People who answer what they are asked: what the tests of consent start from."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from tests.support.installation import SECRET, MovableClock
from tests.support.samples import NOW, make_account, make_participant, make_purpose, make_webinar
from webinar.consent.notices import Wording, latest_wordings, publish_wording
from webinar.consent.records import (
    Decision,
    FirstDecisions,
    Terms,
    current_consents,
    give_consent_again,
    record_first_decisions,
    withdraw_consent,
)
from webinar.db import Database
from webinar.models import Account, ConsentRecord, NoticeVersion, Participant, Purpose
from webinar.signing import Signer

TERMS = Terms("Polder Academy B.V.", "90 days after the webinar has ended")


@dataclass
class Panel:
    """An account with two webinars, two purposes and three people who have not been asked yet."""

    account: Account
    news: Purpose
    photo: Purpose
    ada: Participant
    bob: Participant
    elsewhere: Participant
    words: dict[str, NoticeVersion]

    def yes(self, purpose: Purpose, language: str = "en") -> Decision:
        name = "news" if purpose.id == self.news.id else "photo"
        return Decision(purpose.id, self.words[f"{name} {language}"].id, language, given=True)

    def no(self, purpose: Purpose) -> Decision:
        return replace(self.yes(purpose), given=False)


async def make_panel(database: Database) -> Panel:
    signer = Signer(SECRET, MovableClock())
    async with database.writing() as db:
        account = await make_account(db)
        webinars = [await make_webinar(db, account) for _ in range(2)]
        photo, news = [await make_purpose(db, account, title) for title in ("Photo", "News")]
        dutch = await publish_wording(db, news, "nl", Wording.of("Nieuws", ""), NOW)
        newest = await latest_wordings(db, [news, photo])
        people = [await make_participant(db, signer, each) for each in (webinars[0], *webinars)]
        words = {"news en": newest[news.id]["en"], "photo en": newest[photo.id]["en"], "news nl": dutch}
    ada, bob, elsewhere = people
    return Panel(account, news, photo, ada, bob, elsewhere, words)


async def decide(database: Database, *decided: tuple[Participant, list[Decision]]) -> None:
    async with database.writing() as db:
        answers = [FirstDecisions(person, decisions, TERMS) for person, decisions in decided]
        await record_first_decisions(db, answers, method="registration form", now=NOW)


async def consents(database: Database, person: Participant) -> list[tuple[str, str, int]]:
    async with database.reading() as db:
        held = await current_consents(db, person)
    return [(each.notice.title, each.record.state.value, each.record.number) for each in held]


async def withdraw(
    database: Database, panel: Panel, now: datetime = NOW, purpose: Purpose | None = None
) -> ConsentRecord:
    async with database.writing() as db:
        wanted = (purpose or panel.news).id
        return await withdraw_consent(db, panel.ada, wanted, method="personal link", now=now)


async def give_again(
    database: Database, panel: Panel, now: datetime = NOW, shown: UUID | None = None
) -> ConsentRecord:
    async with database.writing() as db:
        words = shown or panel.words["news en"].id
        return await give_consent_again(db, panel.ada, panel.news.id, words, method="watch page", now=now)
