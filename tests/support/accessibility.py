"""axe-core on a page as it stands."""

from pathlib import Path
from typing import Any

from playwright.async_api import Page

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
SEVERE = {"serious", "critical"}


async def check_accessibility(page: Page) -> None:
    """Fail with a readable list if axe finds anything serious or critical on the page or in its frames."""
    for frame in page.frames:
        await frame.evaluate(AXE)
    results = await page.evaluate("() => axe.run(document, { resultTypes: ['violations'] })")
    severe = [violation for violation in results["violations"] if violation["impact"] in SEVERE]
    assert not severe, "\n".join([f"Not accessible: {page.url}", *map(_readable, severe)])


def _readable(violation: dict[str, Any]) -> str:
    lines = [f"{violation['impact']}: {violation['help']} ({violation['id']})"]
    for node in violation["nodes"]:
        place = " › ".join(map(str, node["target"]))
        detail = node["failureSummary"].splitlines()[-1].strip()
        lines.append(f"  {place}\n    {node['html']}\n    {detail}")
    return "\n".join(lines)
