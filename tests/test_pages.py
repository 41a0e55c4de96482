"""Pages: what every template may use, and what autoescaping and strictness protect from."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import pytest
from jinja2 import Environment, UndefinedError
from starlette.requests import Request

import webinar
from tests.support.installation import client_of
from tests.support.samples import make_account, make_webinar
from webinar.app import app_to_serve
from webinar.i18n import LANGUAGES, Catalogues
from webinar.models import WebinarState
from webinar.pages import Templates, nonce_of, speak
from webinar.routes.context import Services
from webinar.settings import Settings
from webinar.static_files import StaticFiles

TEMPLATES = Path(webinar.__file__).parent / "templates"
ARABIC = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Sign in"
msgstr "تسجيل الدخول"

msgid "Hello %(name)s"
msgstr "مرحبا %(name)s"
"""


@pytest.fixture
def templates(tmp_path: Path) -> Templates:
    pages = {
        "hello.html": "{{ lang }} {{ dir }} {{ path }} {{ user }} {{ _('Hello %(name)s', name=name) }}",
        "macros.html": "{% macro button() %}{{ _('Sign in') }} {{ static('app.css') }}{% endmacro %}",
        "imported.html": "{% from 'macros.html' import button %}{{ button() }}",
        "told.html": "{{ message|translated }}",
        "written.html": "{% macro here() %}{{ 'Sign in'|translated }}{% endmacro %}",
        "constant.html": "{% from 'written.html' import here %}{{ 'Sign in'|translated }} {{ here() }}",
        "forgetful.html": "{{ nowhere }}",
        "nonce.html": "{{ csp_nonce }}",
        "time.html": "{{ format_time(at, 'Europe/Amsterdam') }}|{{ format_number(1234567) }}",
    }
    folder = tmp_path / "templates"
    folder.mkdir()
    for name, text in pages.items():
        (folder / name).write_text(text)
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "app.css").write_text("body {}")
    catalogue = tmp_path / "locale" / "ar" / "LC_MESSAGES" / "webinar.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(ARABIC)
    return Templates(folder, StaticFiles.load(tmp_path / "static"), Catalogues(tmp_path / "locale"))


@pytest.fixture
def request_of_a_page() -> Request:
    return Request({"type": "http", "method": "GET", "path": "/here", "headers": [], "server": ("host", 80)})


def test_a_page_knows_its_language_and_escapes_what_people_typed(templates: Templates, request_of_a_page):
    page = templates.render(request_of_a_page, "hello.html", {"name": "<b>"})
    assert page.body == b"en ltr /here None Hello &lt;b&gt;"


def test_a_message_from_python_is_translated_and_escaped_whatever_stands_in_it(templates: Templates):
    said = templates.text("told.html", {"message": "Sign in"}, language="ar")
    typed = templates.text("told.html", {"message": "<b> 100%20"}, language="ar")
    assert (said, typed) == ("تسجيل الدخول", "&lt;b&gt; 100%20")


def test_what_was_compiled_for_one_language_speaks_the_others_too(templates: Templates):
    """Also where the compiler knows all that it takes to fill in the words."""
    assert templates.text("constant.html", {}) == "Sign in Sign in"
    assert templates.text("constant.html", {}, language="ar") == "تسجيل الدخول تسجيل الدخول"


async def test_a_process_that_people_visit_has_compiled_every_page_before(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    """It would hold every open room for up to a fifth of a second, once for each page."""
    app = app_to_serve(settings)

    def compile_(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a page was compiled while somebody waited for it")

    services: Services = app.state.services
    async with app.router.lifespan_context(app), client_of(app, settings) as client:
        async with services.db.writing() as db:
            shown = await make_webinar(db, await make_account(db), state=WebinarState.LIVE)
        monkeypatch.setattr(Environment, "compile", compile_)
        for language in LANGUAGES:
            page = await client.get(f"/w/{shown.id}?lang={language}")
            assert (page.status_code, f'lang="{language}"' in page.text) == (200, True)


@pytest.mark.parametrize("page", sorted(TEMPLATES.rglob("*.html")), ids=lambda page: page.stem)
def test_no_template_lets_a_message_from_python_pass_for_html(page: Path):
    assert not re.findall(r"\b(?:_|ngettext|pgettext)\((?![\"'])[^)]*", page.read_text())


def test_a_page_speaks_the_language_that_was_chosen_for_the_request(templates: Templates, request_of_a_page):
    speak(request_of_a_page, "ar")
    page = templates.render(request_of_a_page, "hello.html", {"name": "x"}, 422)
    assert page.status_code == 422
    assert bytes(page.body).decode() == "ar rtl /here None مرحبا x"


def test_macros_that_are_imported_speak_the_page_s_language(templates: Templates, request_of_a_page):
    body = bytes(templates.render(request_of_a_page, "imported.html", language="ar").body).decode()
    assert body.startswith("تسجيل الدخول /static/")


def test_a_language_without_a_catalogue_falls_back_to_english(templates: Templates, request_of_a_page):
    assert templates.render(request_of_a_page, "hello.html", {"name": "x"}, language="tlh").body[:2] == b"en"


def test_a_name_that_nobody_passed_is_an_error_and_not_an_empty_string(templates, request_of_a_page):
    with pytest.raises(UndefinedError):
        templates.render(request_of_a_page, "forgetful.html")


def test_a_page_carries_the_nonce_of_its_own_answer(templates: Templates, request_of_a_page):
    page = templates.render(request_of_a_page, "nonce.html")
    assert bytes(page.body).decode() == nonce_of(request_of_a_page)
    other = Request({**request_of_a_page.scope, "state": {}})
    assert nonce_of(other) != nonce_of(request_of_a_page)


def test_times_are_shown_in_a_zone_and_name_it(templates: Templates, request_of_a_page):
    at = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    page = templates.render(request_of_a_page, "time.html", {"at": at})
    assert bytes(page.body).decode() == "Nov 23, 2026, 13:00 CET|1,234,567"
