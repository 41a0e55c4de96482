"""The product as it is measured: `webinar serve` on a database with a live webinar and its participants."""

import asyncio
import secrets
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import insert

from benchmarks.realtime.processes import SERVER_CORE, SERVERS, Running, free_port, running
from webinar.db import Database
from webinar.models import Account, Participant, ParticipantSession, Webinar, WebinarState
from webinar.realtime.fanout.frames import encode
from webinar.realtime.protocol.events import Author, ChatPosted, Message
from webinar.schema import migrate
from webinar.signing import hash_token, new_token

BATCH = 2000
BODY = 100  # characters of a chat message
SECRET = "not a secret: this installation lives for a minute"
# What the load client puts around the body of a chat message.
COMMAND = len('{"type":"chat.send","client_id":"00000000-0000-4000-8000-000000000000","body":"') + len('"}')


@dataclass(frozen=True)
class Installation:
    """An installation that is not running yet: its folder, and who may come in."""

    folder: Path
    database: str
    webinar: str
    tokens: Path


def event_size() -> int:
    """Bytes of the event that a chat message becomes; what peers relay is as long."""
    name = Author(uuid4(), "Participant 1234", host=False)
    now = datetime.now(UTC)
    message = Message(uuid4(), 1234, 1234, now, "chat", name, "x" * BODY, removed=False, client_id=uuid4())
    return len(encode(ChatPosted(seq=1234, message=message)).text)


async def prepare(folder: Path, people: int, database: str = "") -> Installation:
    """A live webinar with so many participants, each with a session, as rows put in many at a time.

    `folder` must be there.
    """
    url = database or f"sqlite+aiosqlite:///{folder / 'webinar.sqlite3'}"
    await asyncio.to_thread(migrate, url)
    db = Database(url)
    now = datetime.now(UTC)
    async with db.writing() as unit:
        account = Account(name="Polder Academy", created_at=now)
        unit.add(account)
        await unit.flush()
        webinar = Webinar(
            account_id=account.id,
            title="Harbours at night",
            state=WebinarState.LIVE,
            starts_at=now,
            epoch=uuid4(),
            created_at=now,
        )
        unit.add(webinar)
    tokens = [new_token() for _ in range(people)]
    for start in range(0, people, BATCH):
        rows = _participants(webinar, tokens[start : start + BATCH], start, now)
        async with db.writing() as unit:
            connection = await unit.connection()
            for model, values in rows.items():
                await connection.execute(insert(model), values)
    await db.close()
    kept = folder / "tokens"
    kept.write_text("\n".join(tokens))
    return Installation(folder, database, str(webinar.id), kept)


def _participants(
    webinar: Webinar, tokens: Sequence[str], start: int, now: datetime
) -> dict[type[Participant] | type[ParticipantSession], list[dict[str, Any]]]:
    owner = {"account_id": webinar.account_id, "webinar_id": webinar.id}
    people, sessions = [], []
    for number, token in enumerate(tokens, start):
        person = uuid4()
        email = f"participant.{number}@example.com"
        people.append(
            owner
            | {"id": person, "email": email, "email_key": email, "display_name": f"Participant {number:04}"}
            | {"state": "joined", "language": "en", "link_generation": 1}
            | {"link_hash": secrets.token_bytes(32), "created_at": now}
        )
        session = {"id": uuid4(), "participant_id": person, "token_hash": hash_token(token)}
        sessions.append(owner | session | {"created_at": now, "expires_at": now + timedelta(days=1)})
    return {Participant: people, ParticipantSession: sessions}


@asynccontextmanager
async def serving(
    installation: Installation,
    *,
    redis: str = "",
    core: int | None = SERVER_CORE,
    messages_per_second: float = 1.0,
    rests: bool = True,
) -> AsyncIterator[Running]:
    """`webinar serve` for the installation, until the block ends; how often each may speak is the operator's setting.

    Without `rests`, which nobody but a benchmark has, large rooms are told at once whatever that leaves for others.
    """
    port = free_port()
    environment = {
        "WEBINAR_SECRET_KEY": SECRET,
        "WEBINAR_LOG_FORMAT": "json",
        "WEBINAR_DATABASE_URL": installation.database,
        "WEBINAR_REDIS_URL": redis,
        "WEBINAR_MESSAGES_PER_SECOND": str(messages_per_second),
    }
    command = [
        sys.executable,
        *(("-m", "webinar") if rests else (str(SERVERS / "restless.py"),)),
        "serve",
        "--port",
        str(port),
        "--data",
        str(installation.folder),
    ]
    async with running(command, port, core=core, environment=environment, ready="Ready at") as server:
        yield server


def joining(installation: Installation, ports: Sequence[int], viewers: int, senders: int) -> list[str]:
    """The load client's arguments for the first so many participants."""
    return [
        "dialect=webinar",
        "path=/live",
        f"webinar={installation.webinar}",
        f"tokens={installation.tokens}",
        f"viewers={viewers}",
        f"senders={senders}",
        f"size={COMMAND + BODY}",
        *(f"port={port}" for port in ports),
    ]
