"""Rich text: Markdown without HTML, then an allowlist (S12)."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.sanitize import TAGS, plain_text, render_markdown

POLYGLOTS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><svg onload=alert(1)>',
    "[x](javascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](vbscript:alert(1))",
    '[x](https://a.example "onmouseover=alert(1)")',
    "<a href='javascript:alert(1)'>x</a>",
    "![x](https://tracker.example/pixel.gif)",
    "<https://a.example/\"onclick=alert(1)>",
    "`<script>`",
    "jaVasCript:/*-/*`/*\\`/*'/*\"/**/(/* */oNcliCk=alert() )//%0D%0A//</stYle/</titLe/--!>\\x3csVg/<sVg/oNloAd=alert()//>",
]  # fmt: skip


@pytest.mark.parametrize("text", POLYGLOTS)
def test_nothing_that_runs_or_loads_survives(text: str):
    assert_harmless(str(render_markdown(text)))


@given(st.text(alphabet=st.sampled_from("<>&\"'()[]!*_`#:/\\ \n\tajscriptonedhxlk="), max_size=60))
def test_nothing_that_runs_or_loads_can_be_put_together(text: str):
    assert_harmless(str(render_markdown(text)))


def test_what_an_author_needs_survives():
    html = render_markdown(
        "# Bees\n\nThey **dance** and *hum*.\n\n- one\n- two\n\n> buzz\n\n1. first\n\n`code` ~~no~~"
    )
    for wanted in ("<h3>Bees</h3>", "<strong>dance</strong>", "<em>hum</em>", "<li>one</li>", "<blockquote>", "<s>no</s>"):  # fmt: skip
        assert wanted in html


def test_html_is_shown_as_it_was_typed():
    assert render_markdown("Use <b>this</b>") == "<p>Use &lt;b&gt;this&lt;/b&gt;</p>\n"


def test_links_are_made_and_lend_nothing():
    html = str(render_markdown("See https://bees.example and [more](https://wasps.example)."))
    assert html.count('rel="nofollow noopener noreferrer"') == html.count("<a ") == 2


def test_the_plain_text_has_no_marks():
    assert plain_text("# Bees\n\nThey **dance** & [hum](https://x.example).") == "Bees They dance & hum."


class Elements(HTMLParser):
    """The elements of a page and their attributes, as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def assert_harmless(html: str) -> None:
    parser = Elements()
    parser.feed(html)
    for tag, attributes in parser.found:
        assert tag in TAGS
        assert attributes.keys() <= {"href", "rel", "start"}
        assert (attributes.get("href") or "https:").startswith(("http:", "https:", "mailto:", "/", "#"))
