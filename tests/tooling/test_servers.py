"""The servers that tests stand on."""

from email.message import EmailMessage

import aiosmtplib
import asyncpg
import pytest
import redis.asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.support.mailbox import Mailbox
from tests.support.postgres import PostgresServer


async def run_sql(url: str, *statements: str) -> None:
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()


@pytest.mark.parametrize("_turn", ["first", "second"])
async def test_every_test_gets_an_empty_postgres_database(postgres_url: str, _turn: str):
    await run_sql(postgres_url, "CREATE TABLE note (body text)")


async def test_a_template_is_prepared_once_and_copied(postgres_server: PostgresServer):
    prepared = []

    async def prepare(url: str) -> None:
        prepared.append(url)
        await run_sql(url, "CREATE TABLE note (body text)", "INSERT INTO note VALUES ('kept')")

    for _ in range(2):
        name = await postgres_server.create(await postgres_server.template("noted", prepare))
        connection = await asyncpg.connect(host=str(postgres_server.folder), user="webinar", database=name)
        assert await connection.fetchval("SELECT body FROM note") == "kept"
        await connection.close()
        await postgres_server.drop(name)
    assert len(prepared) == 1


@pytest.mark.parametrize("_turn", ["first", "second"])
async def test_every_test_gets_an_empty_redis(redis_url: str, _turn: str):
    async with redis.asyncio.Redis.from_url(redis_url) as client:
        assert await client.dbsize() == 0
        await client.set("left", "behind")


def a_mail(to: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "webinar@example.com", to, "Grüße"
    mail.set_content("Bis gleich.")
    return mail


async def test_sent_mail_can_be_awaited_by_its_recipient(smtp_server: Mailbox):
    for to in ("ada@example.com", "grace@example.com"):
        await aiosmtplib.send(a_mail(to), hostname=smtp_server.host, port=smtp_server.port)
    mail = await smtp_server.mail_to("ada@example.com")
    assert mail["Subject"] == "Grüße"
    assert len(await smtp_server.arrived(2)) == 2


async def test_a_mail_server_can_turn_mail_away(smtp_server: Mailbox):
    smtp_server.refusal = "451 Try again later"
    with pytest.raises(aiosmtplib.SMTPDataError):
        await aiosmtplib.send(a_mail("ada@example.com"), hostname=smtp_server.host, port=smtp_server.port)
    await smtp_server.turned_away()
    assert not smtp_server.messages
