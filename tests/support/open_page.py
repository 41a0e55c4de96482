"""What an open page still holds: its document with all shadow roots and what is typed, storage, and the memory of its scripts."""

import json
from collections.abc import Sequence

from playwright.async_api import Page

from webinar.privacy.proof.needles import Needle
from webinar.privacy.proof.scanner import Findings, Scanner

# Everything that a script of the page could read.
READ = """
async () => {
  const texts = [document.title, location.href];
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE || node.nodeType === Node.COMMENT_NODE) texts.push(node.data);
    if (node.nodeType === Node.ELEMENT_NODE) {
      for (const attribute of node.attributes) texts.push(attribute.value);
      if ("value" in node) texts.push(String(node.value));
      if (node.shadowRoot) walk(node.shadowRoot);
      if (node.content instanceof DocumentFragment) walk(node.content);
    }
    node.childNodes.forEach(walk);
  };
  walk(document);
  const databases = [];
  for (const { name } of await indexedDB.databases()) databases.push(name);
  const cached = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      cached.push(request.url, await (await cache.match(request)).text());
    }
  }
  return {
    document: texts,
    history: [JSON.stringify(history.state)],
    storage: [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), ...databases, ...cached],
  };
}
"""


async def search_open_page(page: Page, values: Sequence[str]) -> Findings:
    """Looks for the values, in every form, in all that the page and its scripts hold."""
    scanner = Scanner([Needle(value, value) for value in values])
    found = Findings()
    for place, texts in (await page.evaluate(READ)).items():
        found.add(scanner.search_bytes(place, "\n".join(texts).encode()))
    cookies = await page.context.cookies()
    found.add(scanner.search_bytes("cookies", json.dumps(cookies).encode()))
    found.add(scanner.search_bytes("memory", await _memory(page)))
    return found


async def _memory(page: Page) -> bytes:
    """Every string that a script of the page can still reach."""
    tools = await page.context.new_cdp_session(page)
    chunks: list[str] = []
    tools.on("HeapProfiler.addHeapSnapshotChunk", lambda event: chunks.append(event["chunk"]))
    # Twice: what ends in the first round is freed in the second.
    await tools.send("HeapProfiler.collectGarbage")
    await tools.send("HeapProfiler.collectGarbage")
    await tools.send("HeapProfiler.takeHeapSnapshot", {"reportProgress": False})
    await tools.detach()
    strings = json.loads("".join(chunks))["strings"]
    return "\n".join(strings).encode("utf-8", "surrogatepass")
