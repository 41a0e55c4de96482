"""What the tests of consent share."""

import pytest

from tests.consent.panel import Panel, make_panel
from webinar.db import Database


@pytest.fixture
async def panel(bare_database: Database) -> Panel:
    return await make_panel(bare_database)
