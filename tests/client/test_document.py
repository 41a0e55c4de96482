"""docs/client.md: its example works as it stands on the page."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.client.test_room import posted
from tests.support.room import House

DOCUMENT = Path(__file__).parents[2] / "docs" / "client.md"
EXAMPLE = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


async def test_the_example_says_something_and_hears_it(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    [example] = EXAMPLE.findall(DOCUMENT.read_text(encoding="utf-8"))
    monkeypatch.setenv("NO_PROXY", "*")
    script: dict[str, Any] = {}
    exec(compile(example, DOCUMENT, "exec"), script)
    script["INSTALLATION"] = house.url
    guest = await house.guest()
    await script["main"](house.webinar.id, guest.token)
    assert [body for _, body in await posted(house)] == ["Good evening"]
    assert "['Good evening']" in capsys.readouterr().out
