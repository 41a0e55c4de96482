"""Two settings that promises rest on and that nothing else would notice: where links lead, when a commit is kept."""

from webinar.db import Database
from webinar.settings import Settings
from webinar.site import Site


def test_a_link_in_a_mail_begins_with_the_configured_address():
    site = Site("https://webinar.example.org", ("webinar.example.org",))
    assert site.url("/my/") == "https://webinar.example.org/my/"


async def test_every_connection_waits_for_the_disk_when_it_commits(settings: Settings):
    """FULL (2): with NORMAL a power cut takes commits that were acknowledged (R2)."""
    database = Database(settings.database)
    for unit in (database.writing, database.reading):
        async with unit() as db:
            connection = await db.connection()
            assert (await connection.exec_driver_sql("PRAGMA synchronous")).scalar() == 2
    await database.close()
