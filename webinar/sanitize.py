"""Rich text: Markdown without HTML, then an allowlist (S12). The only place that makes HTML from what people type.

Only what an account's own people write is rich text; participants' messages are plain text, escaped where shown.
"""

import bleach
from markdown_it import MarkdownIt
from markupsafe import Markup

TAGS = frozenset(
    {"a", "blockquote", "br", "code", "em", "h3", "h4", "hr", "li", "ol", "p", "pre", "s", "strong", "ul"}
)
ATTRIBUTES = {"a": ["href", "rel"], "ol": ["start"]}
PROTOCOLS = frozenset({"http", "https", "mailto"})
# A page has its own h1 and h2, so the text's headings begin below them.
LOWERED = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}


def render_markdown(text: str) -> Markup:
    """`text` (Markdown) as safe HTML. Links say nothing about where the reader came from, and lend no reputation."""
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        token.tag = LOWERED.get(token.tag, token.tag)
        for child in token.children or []:
            if child.type == "link_open":
                child.attrSet("rel", "nofollow noopener noreferrer")
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    clean = bleach.clean(html, tags=TAGS, attributes=ATTRIBUTES, protocols=PROTOCOLS, strip=True)
    return Markup(clean)  # noqa: S704 - this is the allowlist


def plain_text(text: str) -> str:
    """`text` (Markdown) as one line without marks, for calendars and previews."""
    return " ".join(render_markdown(text).striptags().split())


# An image would tell its server who reads the page; with the rule off, its description stays as a link.
_MARKDOWN = (
    MarkdownIt("commonmark", {"html": False, "linkify": True})
    .enable(["linkify", "strikethrough"])
    .disable("image")
)
