"""The browser that tests look through: it must see what is wrong with a page."""

from collections.abc import Callable

import pytest
from playwright.async_api import Browser
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from tests.support.accessibility import check_accessibility
from tests.support.browser import Pages
from tests.support.serving import serving

SOUND = "<h1>Welcome</h1><p>All is well.</p>"


def site(body: str, policy: str = "default-src 'none'") -> Callable[[str], Starlette]:
    html = f"<!doctype html><html lang=en><title>A page</title><main>{body}</main></html>"

    async def answer(request: Request) -> Response:
        return HTMLResponse(html, headers={"Content-Security-Policy": policy})

    return lambda _url: Starlette(routes=[Route("/", answer)])


async def problems_of(browser: Browser, make_app: Callable[[str], Starlette]) -> str:
    pages = Pages(browser)
    async with serving(make_app) as url:
        page = await pages.open()
        await page.goto(url)
        await pages.close()
    return "\n".join(pages.problems)


async def test_a_sound_page_has_no_problems(pages: Pages):
    async with serving(site(SOUND)) as url:
        page = await pages.open(color_scheme="dark", locale="ar")
        await page.goto(url)
        await check_accessibility(page)


@pytest.mark.parametrize(
    ("body", "policy", "problem"),
    [
        ("<p style='color: red'>Red", "default-src 'none'", "CSP style-src-attr blocked inline"),
        ("<script>console.error('broken')</script>", "script-src 'unsafe-inline'", "broken"),
        ("<script>missing()</script>", "script-src 'unsafe-inline'", "uncaught: missing is not defined"),
        ("<img src='https://example.com/pixel.gif' alt=''>", "img-src *", "asked another machine"),
        ("<img src='/missing.gif' alt=''>", "img-src 'self'", "status of 404"),
    ],
)
async def test_a_problem_on_a_page_is_seen(browser: Browser, body: str, policy: str, problem: str):
    assert problem in await problems_of(browser, site(body, policy))


async def test_a_provoked_problem_can_be_allowed(pages: Pages):
    pages.allow("status of 404")
    async with serving(site(SOUND)) as url:
        page = await pages.open()
        await page.goto(f"{url}/missing")
        await page.close()  # or it may ask for an icon when nobody serves any more


async def test_an_inaccessible_page_is_listed_readably(pages: Pages):
    async with serving(site("<h1>Hello</h1><button></button>")) as url:
        page = await pages.open()
        await page.goto(url)
        with pytest.raises(AssertionError, match=r"critical: Buttons must have discernible text") as caught:
            await check_accessibility(page)
    assert "<button></button>" in str(caught.value)


async def test_an_application_that_refuses_to_start_fails_its_test():
    async def refuse(scope, receive, send):
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "no"})

    with pytest.raises(RuntimeError, match="refused to start"):
        async with serving(lambda _url: refuse):
            pass
