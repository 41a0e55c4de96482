"""The catalogues that are shipped: nothing participants read lacks a translation, and every placeholder is kept."""

import re

import pytest
from babel.messages.catalog import Catalog, Message

from scripts.catalogues import (
    TRANSLATED,
    extract,
    for_participants,
    path_of,
    read,
    text_of,
    untranslated,
    updated,
)
from webinar.i18n import Catalogues

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


@pytest.fixture(scope="module")
def template() -> Catalog:
    return extract()


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_catalogue_holds_exactly_the_strings_there_are(language: str, template: Catalog):
    assert text_of(updated(language, template)) == path_of(language).read_bytes(), "run make catalogues"


@pytest.mark.parametrize("language", TRANSLATED)
def test_participants_read_nothing_in_another_language(language: str, template: Catalog):
    assert [message.id for message in untranslated(updated(language, template))] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_their_placeholders_and_nothing_is_a_guess(language: str):
    for message in read(language):
        assert not (message.id and message.fuzzy), message.id
        sources = [message.id] if isinstance(message.id, str) else list(message.id)
        wanted = [set(PLACEHOLDER.findall(source)) for source in sources]
        for form in forms_of(message):
            found = set(PLACEHOLDER.findall(form))
            # Of several forms some may say it in words: "one person" for "{count} person".
            assert found <= set().union(*wanted), message.id
            assert len(sources) > 1 or found == wanted[0], message.id


def test_arabic_counts_in_the_six_forms_that_browsers_know():
    arabic = Catalogues().translations("ar")
    forms = [arabic.ngettext("%(num)d place left", "%(num)d places left", n) for n in (0, 1, 2, 3, 11, 100)]
    assert len(set(forms)) == 6


def test_what_only_the_accounts_people_see_may_stay_english(template: Catalog):
    admin = [message for message in template if message.id and not for_participants(message)]
    assert admin, "the admin has strings of its own"
    assert "Delete everything" in {message.id for message in admin}


def forms_of(message: Message) -> list[str]:
    if not message.id or not message.string:
        return []
    forms = [message.string] if isinstance(message.string, str) else message.string
    return [form for form in forms if form]
