"""Somebody else's site: a page on another origin that embeds a webinar with the snippet customers paste."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Harbour Gazette: tonight's lecture</title>
<style>
  :root {{ color-scheme: light dark }}
  body {{ font: 1.0625rem/1.65 Georgia, "Times New Roman", serif; margin: 0; background: light-dark(#faf8f3, #16181b);
          color: light-dark(#22252a, #e6e3dc) }}
  header {{ border-block-end: 1px solid light-dark(#d9d3c4, #33373d); padding: 1.25rem }}
  header strong {{ font-size: 1.5rem; letter-spacing: .01em }}
  main {{ max-width: 62rem; margin-inline: auto; padding: 2rem 1.25rem 4rem }}
  h1 {{ font-size: clamp(1.75rem, 5vw, 2.75rem); line-height: 1.15; margin-block: 0 1rem; text-wrap: balance }}
  p {{ max-width: 40rem }}
  small {{ color: light-dark(#62666d, #a2a49f) }}
</style>
</head>
<body>
<header><strong>Harbour Gazette</strong></header>
<main>
<h1>Tonight: how the tide turns</h1>
<p>The Lighthouse Academy explains what the moon does to our harbour. Take your seat right here; registering,
watching and asking all happen on this page.</p>
{snippet}
<p><small>This page stands on another origin than the webinar. The frame above works although browsers keep
third-party cookies and storage away from it.</small></p>
</main>
</body>
</html>
"""


def neighbour_app(snippet: str) -> Starlette:
    """The other site. `snippet` is what the webinar's Embed page offers to copy."""

    async def front_page(request: Request) -> Response:
        return HTMLResponse(PAGE.format(snippet=snippet))

    return Starlette(routes=[Route("/", front_page)])
