"""docs/protocol.md and the code say the same."""

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from webinar.realtime.codes import Close
from webinar.realtime.protocol.commands import COMMANDS
from webinar.realtime.protocol.events import EVENTS

DOCUMENT = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")
STRUCTS: dict[str, type[msgspec.Struct]] = {
    str(struct.__struct_config__.tag): struct for struct in (*COMMANDS, *EVENTS)
}
SECTION = re.compile(r"^### (\S+)$(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
EXAMPLE = re.compile(r"```json\n(.*?)```", re.DOTALL)


def sections(chapter: str) -> dict[str, str]:
    text = DOCUMENT.split(f"\n## {chapter}\n")[1]
    return dict(SECTION.findall(re.split(r"\n## ", text)[0]))


DOCUMENTED = {**sections("Commands"), **sections("Events")}


def test_every_command_and_event_is_documented_and_nothing_else():
    assert set(sections("Commands")) == {struct.__struct_config__.tag for struct in COMMANDS}
    assert set(sections("Events")) == {struct.__struct_config__.tag for struct in EVENTS}


@pytest.mark.parametrize("name", DOCUMENTED)
def test_an_example_is_what_the_code_reads_and_writes(name: str):
    examples: list[str] = EXAMPLE.findall(DOCUMENTED[name])
    assert examples
    for example in examples:
        read = msgspec.json.decode(example, type=STRUCTS[name], strict=True)
        assert json.loads(msgspec.json.encode(read)) == filled(json.loads(example), STRUCTS[name])


def filled(example: dict[str, Any], struct: type[msgspec.Struct]) -> dict[str, Any]:
    """The example; commands may leave out what has a default."""
    missing = {
        field.encode_name: field.default
        for field in msgspec.structs.fields(struct)
        if field.encode_name not in example and field.default is not msgspec.NODEFAULT
    }
    assert not missing or struct in COMMANDS
    return {**example, **missing}


def test_every_close_code_is_documented_with_its_reason():
    documented = dict(re.findall(r"^\| (\d{4}) \| (.+?) \|$", DOCUMENT, re.MULTILINE))
    assert documented == {str(int(code)): code.reason for code in Close}


def test_close_codes_say_whether_to_come_back():
    """4500 and above only where coming back with a new ticket cannot help."""
    assert {code for code in Close if code >= 4500} == {
        Close.PROTOCOL,
        Close.REVOKED,
        Close.BANNED,
        Close.GONE,
        Close.ERASED,
    }
    assert all(4000 <= code <= 4999 for code in Close if code is not Close.RESTART)
    assert all(len(code.reason.encode()) <= 123 for code in Close)
