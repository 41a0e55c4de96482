"""Alembic's entry: runs the migrations on the database that `webinar.schema` names."""

import asyncio

from alembic import context
from sqlalchemy import Connection, pool, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlmodel import SQLModel

from webinar import models
from webinar.models import DataClass, declared

target_metadata = SQLModel.metadata
assert models.Account.__table__ in target_metadata.sorted_tables  # type: ignore[attr-defined]


# What people gave. Links between rows are left to the planner, which needs them: random ids say nothing.
GIVEN = {DataClass.CONTACT, DataClass.NAME, DataClass.ANSWER, DataClass.CONTENT, DataClass.CREDENTIAL}
SAMPLED = """
SELECT 1 FROM pg_attribute
WHERE attrelid = CAST(:table AS regclass) AND attname = :column AND attstattarget IS DISTINCT FROM 0
"""


def run(connection: Connection) -> None:
    """Runs the migrations in one transaction."""
    context.configure(
        connection=connection, target_metadata=target_metadata, render_as_batch=True, compare_type=True
    )
    with context.begin_transaction():
        context.run_migrations()
        if connection.dialect.name == "postgresql":
            keep_out_of_statistics(connection)


def keep_out_of_statistics(connection: Connection) -> None:
    """Makes PostgreSQL keep no samples of what people gave: they would stay in `pg_statistic` when the rows are erased."""
    for table in target_metadata.sorted_tables:
        for column in table.columns:
            declaration = declared(column)
            if declaration is None or declaration.data_class not in GIVEN:
                continue
            names = {"table": f'"{table.name}"', "column": column.name}
            if connection.execute(text(SAMPLED), names).first():
                connection.execute(
                    text(f'ALTER TABLE "{table.name}" ALTER COLUMN "{column.name}" SET STATISTICS 0')
                )


async def connect_and_run() -> None:
    """Opens the one connection that migrating needs."""
    engine = create_async_engine(context.config.attributes["url"], poolclass=pool.NullPool)
    async with engine.begin() as connection:
        await connection.run_sync(run)
    await engine.dispose()


asyncio.run(connect_and_run())
