"""Alembic's entry: runs the migrations on the database that `webinar.schema` names."""

import asyncio

from alembic import context
from sqlalchemy import Connection, pool
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

from webinar import models

target_metadata = SQLModel.metadata
assert models.Account.__table__ in target_metadata.sorted_tables  # type: ignore[attr-defined]


def run(connection: Connection) -> None:
    """Runs the migrations in one transaction."""
    context.configure(
        connection=connection, target_metadata=target_metadata, render_as_batch=True, compare_type=True
    )
    with context.begin_transaction():
        context.run_migrations()


async def connect_and_run() -> None:
    """Opens the one connection that migrating needs."""
    engine = create_async_engine(context.config.attributes["url"], poolclass=pool.NullPool)
    async with engine.begin() as connection:
        await connection.run_sync(run)
    await engine.dispose()


asyncio.run(connect_and_run())
