"""What the tests of privacy share."""

import pytest

from tests.privacy.estate import Estate, make_estate
from webinar.db import Database


@pytest.fixture
async def estate(bare_database: Database) -> Estate:
    return await make_estate(bare_database)
