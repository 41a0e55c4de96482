"""Bring the catalogues in webinar/locale up to date with the strings in Python, templates and scripts.

`make catalogues` writes them and says what still lacks a translation. Participants see five languages; strings that
only the account's own people see may stay English.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from webinar.i18n import FALLBACK, LANGUAGES, LOCALE_FOLDER

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "webinar"
TRANSLATED = tuple(language for language in LANGUAGES if language != FALLBACK)
WIDTH = 100
# What raises an error says it in English; the page or the answer translates it.
ERRORS = ("Conflict", "Forbidden", "NotFound", "Full", "Unavailable", "TooLarge")
GETTEXT: dict[str, Any] = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
PASSES: tuple[tuple[str, str, dict[str, Any], dict[str, str]], ...] = (
    ("**.py", "python", {**GETTEXT, **dict.fromkeys(ERRORS)}, {}),
    ("**.html", "jinja2", GETTEXT, {"trimmed": "true", "silent": "false"}),
    ("**.txt", "jinja2", GETTEXT, {"trimmed": "true", "silent": "false"}),
    ("**.js", "javascript", {"t": None, "tn": (1, 2), "N_": None}, {"parse_template_string": "true"}),
)
# Seen by the account's own people only.
ADMIN = (
    "webinar/accounts/",
    "webinar/demo/",
    "webinar/media/",
    "webinar/passwords.py",
    "webinar/privacy/",
    "webinar/realtime/broker.py",
    "webinar/registration/builder.py",
    "webinar/registration/invitations.py",
    "webinar/routes/admin/",
    "webinar/routes/api/flood.py",
    "webinar/routes/entrance.py",
    "webinar/routes/forms.py",
    "webinar/routes/host",
    "webinar/routes/keeping_forms.py",
    "webinar/settings.py",
    "webinar/static/js/admin",
    "webinar/static/js/host",
    "webinar/static/js/stream-check.js",
    "webinar/templates/accounts/",
    "webinar/templates/admin/",
    "webinar/templates/host/",
    "webinar/templates/layouts/admin.html",
    "webinar/templates/styleguide.html",
    "webinar/webinars/",
    "webinar/workers.py",
)


def extract() -> Catalog:
    """Every string there is, with the files it is in."""
    found = Catalog(domain="webinar", project="webinar", charset="utf-8")
    for pattern, method, keywords, options in PASSES:
        strings = extract_from_dir(
            PACKAGE,
            method_map=[("static/vendor/**", "ignore"), (pattern, method)],
            options_map={pattern: options},
            keywords=keywords,
            comment_tags=("i18n:",),
            strip_comment_tags=True,
        )
        for path, _, text, comments, context in strings:
            found.add(text, locations=[(f"webinar/{path}", 0)], auto_comments=comments, context=context)
    return found


def for_participants(message: Message) -> bool:
    """Whether people outside the account may come to see it."""
    return any(not path.startswith(ADMIN) for path, _ in message.locations)


def path_of(language: str) -> Path:
    """Where the catalogue of a language is."""
    return LOCALE_FOLDER / language / "LC_MESSAGES" / "webinar.po"


def read(language: str) -> Catalog:
    """The catalogue as it is; an empty one when there is none."""
    if not path_of(language).is_file():
        return Catalog(locale=language, domain="webinar", project="webinar", charset="utf-8", fuzzy=False)
    with path_of(language).open("rb") as file:
        return read_po(file, locale=language, domain="webinar")


def updated(language: str, template: Catalog) -> Catalog:
    """The catalogue with the strings of `template`; what is known already keeps its translation."""
    catalogue = read(language)
    template.creation_date = catalogue.creation_date
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.fuzzy = False
    catalogue.project, catalogue.version = "webinar", "1"
    catalogue.msgid_bugs_address = catalogue.last_translator = catalogue.language_team = ""
    return catalogue


def text_of(catalogue: Catalog) -> bytes:
    """The file's content. No line numbers: they would change with every edit."""
    file = io.BytesIO()
    write_po(file, catalogue, width=WIDTH, sort_output=True, ignore_obsolete=True, include_lineno=False)
    return file.getvalue()


def untranslated(catalogue: Catalog) -> Iterator[Message]:
    """What participants would see in English."""
    for message in catalogue:
        if message.id and for_participants(message) and not _is_whole(message, catalogue):
            yield message


def _is_whole(message: Message, catalogue: Catalog) -> bool:
    if isinstance(message.id, str):
        return bool(message.string)
    forms = message.string if isinstance(message.string, tuple | list) else ()
    return len(forms) == catalogue.num_plurals and all(forms)


def main(arguments: list[str]) -> int:
    """Writes every catalogue, or with --check only compares; the exit code says whether something is left to do."""
    template = extract()
    left = 0
    for language in TRANSLATED:
        catalogue = updated(language, template)
        text, missing = text_of(catalogue), list(untranslated(catalogue))
        if "--check" not in arguments:
            path_of(language).parent.mkdir(parents=True, exist_ok=True)
            path_of(language).write_bytes(text)
        elif path_of(language).read_bytes() != text:
            left += 1
            print(f"{language}: not what there is to translate; run make catalogues")
        left += len(missing)
        print(f"{language}: {len(missing)} strings to translate")
        if "--list" in arguments:
            for message in missing:
                print(f"  {message.id!r}")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
