"""The design system in a real browser: every component accessible, and readable in any brand's colour."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import expect
from pydantic import SecretStr

from tests.support.accessibility import check_accessibility
from tests.support.browser import Pages
from tests.support.installation import SECRET
from tests.support.serving import serving
from webinar.app import create_app
from webinar.settings import Settings

pytestmark = pytest.mark.browser
COMPONENTS = "/demo/components"

# Ink and its ground, with the contrast that WCAG 2.2 AA asks for: 4.5 for text, 3 for the edges of controls.
PAIRS = [
    ("ink", "canvas", 4.5),
    ("ink", "accent-soft", 4.5),
    ("ink-soft", "surface-sunken", 4.5),
    ("ink-faint", "surface-sunken", 4.5),
    ("ink-faint", "surface-raised", 4.5),
    ("ink-faint", "accent-soft", 4.5),
    ("accent-ink", "canvas", 4.5),
    ("accent-ink", "surface-sunken", 4.5),
    ("accent-ink", "surface-raised", 4.5),
    ("accent-ink", "accent-soft", 4.5),
    ("on-accent", "accent", 4.5),
    ("on-accent", "accent-hover", 4.5),
    ("good-ink", "good-soft", 4.5),
    ("warn-ink", "warn-soft", 4.5),
    ("bad-ink", "bad-soft", 4.5),
    ("on-bad", "bad", 4.5),
    ("on-live", "live", 4.5),
    ("accent-edge", "surface-sunken", 3),
    ("line-strong", "surface-sunken", 3),
]
BRANDS = [
    f"hsl({hue} {chroma}% {light}%)"
    for hue in range(0, 360, 24)
    for chroma in (0, 60, 100)
    for light in (0, 15, 30, 38, 44, 50, 60, 75, 100)
]
# Colours as they are painted, so that what is out of the screen's range counts as it is seen.
UNREADABLE = """
([pairs, brands]) => {
    const paint = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const light = (colour) => {
        paint.fillStyle = colour;
        paint.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...paint.getImageData(0, 0, 1, 1).data].map((value) => {
            const part = value / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const part = document.body.appendChild(document.createElement("div"));
    part.className = "branded";
    const probe = part.appendChild(document.createElement("i"));
    const value = (token) => {
        probe.style.color = `var(--${token})`;
        return light(getComputedStyle(probe).color);
    };
    const found = [];
    for (const brand of brands) {
        part.style.setProperty("--brand", brand);
        for (const [ink, ground, least] of pairs) {
            const seen = contrast(value(ink), value(ground));
            if (seen < least) found.push(`${brand}: ${ink} on ${ground} has ${seen.toFixed(2)}`);
        }
    }
    return found;
}
"""


@pytest.fixture
async def demo(settings: Settings, tmp_path: Path) -> AsyncIterator[str]:
    def make(url: str):
        return create_app(Settings(base_url=url, secret_key=SecretStr(SECRET), data_dir=tmp_path, demo=True))

    async with serving(make) as url:
        yield url


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
async def test_every_component_is_accessible_and_fits(demo: str, pages: Pages, scheme: str, width: int):
    page = await pages.open(viewport={"width": width, "height": 844}, color_scheme=scheme)
    await page.goto(demo + COMPONENTS)
    await expect(page.get_by_role("timer")).to_be_visible()
    await check_accessibility(page)
    too_wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not await page.evaluate(too_wide)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_any_brand_s_colour_leaves_everything_readable(demo: str, pages: Pages, scheme: str):
    page = await pages.open(color_scheme=scheme)
    await page.goto(demo + COMPONENTS)
    assert await page.evaluate(UNREADABLE, [PAIRS, BRANDS]) == []


async def test_what_destroys_waits_for_the_word(demo: str, pages: Pages):
    page = await pages.open()
    await page.goto(demo + COMPONENTS)
    await page.get_by_role("button", name="Erase everybody").click()
    dialog = page.get_by_role("dialog", name="Erase all participants?")
    erase = dialog.get_by_role("button", name="Erase 1,204 participants")
    await expect(erase).to_be_disabled()
    await dialog.get_by_label("Type “erase” to confirm").fill("erase")
    await expect(erase).to_be_enabled()
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(page.get_by_role("button", name="Erase everybody")).to_be_focused()


async def test_tabs_follow_the_arrow_keys(demo: str, pages: Pages):
    page = await pages.open()
    await page.goto(demo + COMPONENTS)
    await page.get_by_role("tab", name="Chat").focus()
    await page.keyboard.press("ArrowRight")
    questions = page.get_by_role("tab", name="Q&A")
    await expect(questions).to_be_focused()
    await expect(questions).to_have_attribute("aria-selected", "true")
    await expect(page.get_by_text("Good morning from Utrecht.")).to_be_hidden()
