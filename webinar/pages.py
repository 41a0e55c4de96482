"""Pages: Jinja2 templates, rendered in a language, with the nonce of the answer's Content-Security-Policy.

Every template may use

* `lang`, `dir`: the page's language and its direction, for the `html` element;
* `_("…")`, `ngettext`, `pgettext`, `{% trans %}`: the page's translations. Literals only: what `_` gives counts as
  HTML and its percent signs as places for values;
* `message|translated`: the same for a message that comes from Python; it is escaped like any other value;
* `static("css/app.css")`: the address of a static file, and `release`: the name of the present set of them;
* `modules("js/page.js", …)`: the addresses of scripts and of all they import (`components/scripts.html`);
* `format_time(moment, zone)`, `format_date`, `format_number`: in the page's language;
* `csp_nonce`: for `<script>` elements; `user`: who is signed in to the admin, or None; `path`: the request's;
  `open_requests`: how many data subject requests wait for the account's people.

All but the last four are also there in macros that are imported without context.
"""

import secrets
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    pass_context,
    select_autoescape,
)
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse

from webinar.i18n import FALLBACK, LANGUAGES, Catalogues, direction, format_date, format_number, format_time
from webinar.static_files import StaticFiles

NONCE_BYTES = 16


class Templates:
    """Renders the templates in `folder`. One environment per language: imported macros see only its globals.

    Each template is compiled once, for all languages.
    """

    def __init__(self, folder: Path, static: StaticFiles, catalogues: Catalogues) -> None:
        compiled = _Compiled()
        self._environments = {
            language: _environment(folder, static, catalogues, language, compiled) for language in LANGUAGES
        }

    def compile_all(self) -> None:
        """Before people come: compiling a page holds the process for up to a fifth of a second, and all open rooms with it."""
        for environment in self._environments.values():
            for name in environment.list_templates():
                environment.get_template(name)

    def render(
        self,
        request: Request,
        name: str,
        context: Mapping[str, Any] | None = None,
        status: int = 200,
        *,
        language: str = "",
    ) -> HTMLResponse:
        """The page `name` as an answer, in `language`, else in the one that `speak` chose, else in English."""
        facts = {
            "csp_nonce": nonce_of(request),
            "user": getattr(request.state, "user", None),
            "open_requests": getattr(request.state, "open_requests", 0),
            "path": request.url.path,
        }
        text = self.text(name, {**facts, **(context or {})}, language=language or language_of(request))
        return HTMLResponse(text, status)

    def text(self, name: str, context: Mapping[str, Any], *, language: str = FALLBACK) -> str:
        """The template `name` as text, for what is not an answer to a request, such as a mail."""
        environment = self._environments.get(language) or self._environments[FALLBACK]
        return environment.get_template(name).render(context)


def speak(connection: HTTPConnection, language: str) -> None:
    """Chooses the language of whatever page answers this request, error pages included."""
    connection.state.language = language


def language_of(connection: HTTPConnection) -> str:
    """The language that `speak` chose for this request; English otherwise."""
    chosen: str = getattr(connection.state, "language", FALLBACK)
    return chosen


def nonce_of(connection: HTTPConnection) -> str:
    """The nonce of this request's Content-Security-Policy: the same wherever it is asked for."""
    if not hasattr(connection.state, "csp_nonce"):
        connection.state.csp_nonce = secrets.token_urlsafe(NONCE_BYTES)
    nonce: str = connection.state.csp_nonce
    return nonce


class _Compiled(BytecodeCache):
    """What was compiled in this process, by the template's name and a digest of its source."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives the template's code, if it was compiled already."""
        if (code := self._codes.get((bucket.key, bucket.checksum))) is not None:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps the template's code."""
        self._codes[bucket.key, bucket.checksum] = bucket.bytecode_to_string()


def _environment(
    folder: Path, static: StaticFiles, catalogues: Catalogues, language: str, compiled: BytecodeCache
) -> Environment:
    # What is compiled serves all languages: so no filter whose outcome could be put into it may know its language.
    @pass_context
    def translated(context: Context, message: str) -> str:
        language: str = context["lang"]
        return catalogues.gettext(language, message)

    environment = Environment(
        loader=FileSystemLoader(folder),
        bytecode_cache=compiled,
        autoescape=select_autoescape(default=True, disabled_extensions=("txt",)),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.policies["ext.i18n.trimmed"] = True
    installed: Any = environment
    installed.install_gettext_translations(catalogues.translations(language), newstyle=True)
    environment.filters["translated"] = translated
    environment.globals.update(
        lang=language,
        dir=direction(language),
        static=static.url,
        modules=static.modules,
        release=static.release,
        format_time=partial(format_time, language=language),
        format_date=partial(format_date, language=language),
        format_number=partial(format_number, language=language),
    )
    return environment
