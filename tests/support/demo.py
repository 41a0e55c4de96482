"""The demo as a stranger starts it: the command, in a process of its own."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email import policy
from email.parser import BytesParser
from pathlib import Path

import pytest

LOOKS = 100  # for a mail, a tenth of a second apart


@dataclass
class RunningDemo:
    """The addresses that the command printed, and its data folder."""

    addresses: dict[str, str]
    data: Path

    def __getitem__(self, key: str) -> str:
        return self.addresses[key]

    async def mail_to(self, address: str) -> str:
        """The plain text of the mail to `address`, once it has arrived."""
        for _ in range(LOOKS):
            for path in (self.data / "mail").glob("*.eml"):
                message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
                body = message.get_body(("plain",))
                if message["to"].addresses[0].addr_spec == address and body:
                    return str(body.get_content())
            await asyncio.sleep(0.1)
        raise AssertionError(f"no mail to {address}")


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[RunningDemo]:
    """`webinar demo` on a free port, with a data folder of its own."""
    arguments = ("-m", "webinar", "demo", "--json", "--port", "0", "--data", str(tmp_path / "demo"))
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    assert process.stdout is not None
    try:
        yield RunningDemo(json.loads(await process.stdout.readline()), tmp_path / "demo")
    finally:
        process.terminate()
        await process.communicate()
