"""Languages: what a browser asks for, what scripts get, and catalogues that are whole."""

from pathlib import Path

import pytest

from tests.support.installation import Installation
from webinar.i18n import LANGUAGES, Catalogues, country_names, direction, language_name, negotiate

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("es,fr;q=0.5,nl;q=0.7", "nl"),
        ("ar;q=0", "en"),
        ("es", "en"),
        ("", "en"),
        ("de;q=banana, nl", "nl"),
        (",,;q=1,*", "en"),
    ],
)
def test_the_language_is_the_one_that_the_browser_likes_best(wish: str, language: str):
    assert negotiate(wish) == language


def test_arabic_runs_from_right_to_left_and_names_itself():
    assert [direction(language) for language in LANGUAGES] == ["ltr", "ltr", "ltr", "ltr", "rtl"]
    assert [language_name(language) for language in LANGUAGES] == [
        "English",
        "Nederlands",
        "Deutsch",
        "Français",
        "العربية",
    ]


def test_countries_are_named_and_sorted_in_each_language():
    german = [name for _, name in country_names("de")]
    assert ("NL", "Niederlande") in country_names("de")
    assert german.index("Ägypten") < german.index("Belgien")
    assert {code for code, _ in country_names("ar")} == {code for code, _ in country_names("nl")}
    assert "EU" not in dict(country_names("en"))


@pytest.fixture
def catalogues(tmp_path: Path) -> Catalogues:
    folder = tmp_path / "nl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "webinar.po").write_text(
        HEADER
        + '#: webinar/static/js/chat.js\nmsgid "Send"\nmsgstr "Versturen"\n\n'
        + '#: webinar/static/js/chat.js\nmsgid "{count} message"\nmsgid_plural "{count} messages"\n'
        + 'msgstr[0] "{count} bericht"\nmsgstr[1] "{count} berichten"\n\n'
        + '#: webinar/static/js/chat.js\nmsgid "Later"\nmsgstr ""\n\n'
        + '#: webinar/templates/page.html\nmsgid "Register"\nmsgstr "Aanmelden"\n'
    )
    return Catalogues(tmp_path)


def test_a_string_without_a_translation_stays_english(catalogues: Catalogues):
    assert catalogues.gettext("nl", "Register") == "Aanmelden"
    assert catalogues.gettext("nl", "Later") == "Later"
    assert catalogues.gettext("de", "Register") == "Register"
    assert catalogues.gettext("xx", "Register") == "Register"
    assert catalogues.gettext("nl", "") == ""


def test_scripts_get_their_own_strings_only(catalogues: Catalogues):
    assert catalogues.for_browser("nl") == {
        "Send": "Versturen",
        "{count} message": ["{count} bericht", "{count} berichten"],
    }
    assert catalogues.for_browser("de") == {}


async def test_the_catalogue_for_scripts_is_served_and_may_be_kept(installation: Installation):
    answer = await installation.client.get("/i18n/nl.json")
    assert answer.status_code == 200
    assert isinstance(answer.json(), dict)
    assert "max-age" in answer.headers["cache-control"]
    for unknown in ("xx", "../nl", "NL"):
        assert (await installation.client.get(f"/i18n/{unknown}.json")).status_code == 404
