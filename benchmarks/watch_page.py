"""The watch page on loopback: what it weighs on the wire, and how long after the click the first frame is shown.

The floor is the same browser showing a bare page that a bare Starlette route serves from memory.
"""

import asyncio
import json
import statistics
import sys
import tempfile
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import Browser, Page, async_playwright
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from benchmarks.harness import server, table
from tests.support.browser import ARGUMENTS
from tests.support.tools import CHROMIUM

RUNS = 7
# Milliseconds from the navigation that the click starts to the first frame of the picture on the screen.
FIRST_FRAME = """() => new Promise((resolve) => {
    const look = () => {
        const video = document.querySelector("live-video")?.shadowRoot?.querySelector("video")
            ?? document.querySelector("video");
        if (video) video.requestVideoFrameCallback(() => resolve(performance.now()));
        else requestAnimationFrame(look);
    };
    look();
})"""
PAINTED = """() => new Promise((resolve) => requestAnimationFrame(() => resolve(performance.now())))"""
KINDS = {"mjs": "scripts", "js": "scripts", "css": "styles", "json": "words"}


def bare(_: Path, __: str) -> Starlette:
    """The floor: one page from memory."""

    async def page(request: Request) -> Response:
        return HTMLResponse("<!doctype html><title>floor</title><h1>floor</h1>")

    return Starlette(routes=[Route("/", page)])


async def main() -> None:
    """Prints weight and times."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM.find(), args=ARGUMENTS)
        with tempfile.TemporaryDirectory() as folder:
            async with server("benchmarks.watch_page:bare", Path(folder)) as port:
                floor = [await _time(browser, f"http://127.0.0.1:{port}/", PAINTED) for _ in range(RUNS)]
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "webinar", "demo", "--json", "--port", "0", "--data", folder),
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
            )
            assert process.stdout is not None
            try:
                url = json.loads(await process.stdout.readline())["watch_url"]
                weight = await _weigh(browser, url)
                times = [await _time(browser, url, FIRST_FRAME) for _ in range(RUNS)]
            finally:
                process.terminate()
                await process.communicate()
        await browser.close()
    _print(weight, times, floor)


async def _time(browser: Browser, url: str, measure: str) -> float:
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(url, wait_until="commit")
    milliseconds: float = await page.evaluate(measure)
    await context.close()
    return milliseconds


async def _weigh(browser: Browser, url: str) -> Counter[str]:
    """Bytes on the wire by kind, headers included, with an empty cache."""
    context = await browser.new_context()
    page = await context.new_page()
    weight: Counter[str] = Counter()
    kinds: dict[str, str] = {}
    network = await context.new_cdp_session(page)
    await network.send("Network.enable")
    network.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: _kind(event)}))
    network.on(
        "Network.loadingFinished",
        lambda event: weight.update({kinds.get(event["requestId"], "page"): int(event["encodedDataLength"])}),
    )
    await page.goto(url)
    await _settled(page)
    await context.close()
    return weight


async def _settled(page: Page) -> None:
    await page.evaluate(FIRST_FRAME)


def _kind(event: dict[str, dict[str, str]]) -> str:
    path = urlsplit(event["response"]["url"]).path
    if path.startswith("/media/"):
        return "picture"
    return KINDS.get(path.rpartition(".")[2], "page")


def _print(weight: Counter[str], times: list[float], floor: list[float]) -> None:
    page = {kind: size for kind, size in sorted(weight.items()) if kind != "picture"}
    rows: list[list[object]] = [["on the wire", "kB"]]
    rows += [[kind, size / 1000] for kind, size in page.items()]
    rows += [["in all", sum(page.values()) / 1000]]
    table(rows, "Everything but the picture itself, with headers and an empty cache. Goal: at most 300 kB.")
    median, bare_median = statistics.median(times), statistics.median(floor)
    table(
        [
            ["after the click, ms", "median", "worst"],
            ["first frame of the picture", median, max(times)],
            ["floor: a bare page painted", bare_median, max(floor)],
            ["ratio", median / bare_median, ""],
        ],
        f"{RUNS} runs each, every one in a fresh profile. Goal: first frame within 1,000 ms.",
    )
