"""The people who speak, in the order in which the public page presents them."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from webinar.errors import Conflict, NotFound
from webinar.models import Speaker, Webinar
from webinar.webinars.order import mark_state
from webinar.webinars.typed import Typed

MOST_SPEAKERS = 30


@dataclass(frozen=True, slots=True)
class SpeakerWords:
    """What the public page says about a speaker."""

    name: str
    role: str
    biography: str


def read_speaker(values: Mapping[str, str]) -> SpeakerWords:
    """A speaker from what was typed; raises Invalid."""
    typed = Typed(values)
    words = SpeakerWords(
        name=typed.line("name", longest=120, required="Give the speaker's name."),
        role=typed.line("role", longest=120),
        biography=typed.text("biography", longest=2000),
    )
    typed.check()
    return words


async def list_speakers(db: AsyncSession, webinar: Webinar) -> list[Speaker]:
    """The webinar's speakers in their order."""
    query = (
        select(Speaker)
        .where(Speaker.account_id == webinar.account_id, Speaker.webinar_id == webinar.id)
        .order_by(col(Speaker.position), col(Speaker.id))
    )
    return list((await db.exec(query)).all())


async def add_speaker(db: AsyncSession, webinar: Webinar, words: SpeakerWords) -> Speaker:
    """Adds a speaker at the end; raises Conflict when there are too many."""
    speakers = await list_speakers(db, webinar)
    if len(speakers) >= MOST_SPEAKERS:
        raise Conflict(f"At most {MOST_SPEAKERS} speakers.")
    place = speakers[-1].position + 1 if speakers else 1
    speaker = Speaker(account_id=webinar.account_id, webinar_id=webinar.id, position=place, **asdict(words))
    db.add(speaker)
    await mark_state(db, webinar)
    return speaker


async def edit_speaker(db: AsyncSession, webinar: Webinar, speaker_id: UUID, words: SpeakerWords) -> Speaker:
    """Changes what is said about a speaker; raises NotFound."""
    speaker = await _get(db, webinar, speaker_id)
    speaker.name, speaker.role, speaker.biography = words.name, words.role, words.biography
    await mark_state(db, webinar)
    return speaker


async def remove_speaker(db: AsyncSession, webinar: Webinar, speaker_id: UUID) -> None:
    """Removes a speaker; raises NotFound."""
    await db.delete(await _get(db, webinar, speaker_id))
    await mark_state(db, webinar)


async def move_speaker(db: AsyncSession, webinar: Webinar, speaker_id: UUID, by: int) -> None:
    """Moves a speaker `by` places, to an end at most; raises NotFound."""
    speakers = await list_speakers(db, webinar)
    here = next((place for place, speaker in enumerate(speakers) if speaker.id == speaker_id), None)
    if here is None:
        raise NotFound
    speakers.insert(min(max(here + by, 0), len(speakers) - 1), speakers.pop(here))
    for position, speaker in enumerate(speakers, start=1):
        speaker.position = position
    await mark_state(db, webinar)


async def _get(db: AsyncSession, webinar: Webinar, speaker_id: UUID) -> Speaker:
    query = select(Speaker).where(
        Speaker.account_id == webinar.account_id, Speaker.webinar_id == webinar.id, Speaker.id == speaker_id
    )
    speaker = (await db.exec(query)).one_or_none()
    if speaker is None:
        raise NotFound
    return speaker
