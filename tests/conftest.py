"""What every test may use; each fixture's file says what it gives."""

import hypothesis

pytest_plugins = (
    "tests.support.standstill",
    "tests.support.demo",
    "tests.support.tools",  # first: the others import it
    "tests.support.browser",
    "tests.support.installation",
    "tests.support.certificate",
    "tests.support.people",
    "tests.support.served",
    "tests.support.mailbox",
    "tests.support.postgres",
    "tests.support.redis",
    "tests.support.elsewhere",
    "tests.support.room",
    "pytester",
)

# A slow machine is no bug.
hypothesis.settings.register_profile("webinar", deadline=None)
hypothesis.settings.load_profile("webinar")
