"""Languages: gettext catalogues loaded once at start, and what follows from a language.

The source strings are English; a string without a translation stays English.
"""

import io
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

LANGUAGES = ("en", "nl", "de", "fr", "ar")
FALLBACK = "en"
LOCALE_FOLDER = Path(__file__).parent / "locale"
# What the socket answers in English, and scripts show in the page's language.
SAID_ON_SOCKETS = ("webinar/errors.py", "webinar/interaction/")
# Territories that CLDR lists for its own purposes and where nobody lives.
NO_COUNTRIES = frozenset({"EU", "EZ", "UN", "QO", "ZZ", "XA", "XB", "AC", "CP", "CQ", "DG", "EA", "IC", "TA"})


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a string that is translated where it is shown
    """Marks a string for the catalogues."""
    return message


class Catalogues:
    """Every language's translations, for Python, Jinja and JavaScript. Create one per process."""

    def __init__(self, folder: Path = LOCALE_FOLDER) -> None:
        self._translations: dict[str, NullTranslations] = {FALLBACK: NullTranslations()}
        self._browser: dict[str, dict[str, str | list[str]]] = {}
        for language in LANGUAGES:
            path = folder / language / "LC_MESSAGES" / "webinar.po"
            if path.is_file():
                catalogue = _read(path, language)
                self._translations[language] = _compiled(catalogue)
                self._browser[language] = _for_browser(catalogue)

    def translations(self, language: str) -> NullTranslations:
        """The `gettext` and `ngettext` of a language; English for a language that is not there."""
        return self._translations.get(language, self._translations[FALLBACK])

    def gettext(self, language: str, message: str) -> str:
        """`message` in `language`. The empty string stays empty (gettext keeps its header there)."""
        return self.translations(language).gettext(message) if message else ""

    def for_browser(self, language: str) -> Mapping[str, str | list[str]]:
        """What scripts show: English → translation, or English singular → list of plural forms."""
        return self._browser.get(language, {})


def negotiate(accept_language: str, offered: Iterable[str] = LANGUAGES, default: str = FALLBACK) -> str:
    """The language of `offered` that the header Accept-Language likes best, or `default`."""
    known = tuple(offered)
    wishes: list[tuple[float, str]] = []
    for part in accept_language.split(","):
        tag, _, weight = part.strip().partition(";q=")
        language = tag.partition("-")[0].strip().lower()
        if language in known:
            wishes.append((_weight(weight), language))
    liked = [wish for wish in wishes if wish[0] > 0]
    return max(liked, key=lambda wish: wish[0])[1] if liked else default


def direction(language: str) -> str:
    """The direction of writing, for the `dir` attribute: `ltr` or `rtl`."""
    return Locale.parse(language).text_direction


def language_name(language: str) -> str:
    """A language's own name for itself: Nederlands, العربية."""
    own = Locale.parse(language).get_display_name(language) or language
    return own[:1].upper() + own[1:]


@cache
def country_names(language: str) -> tuple[tuple[str, str], ...]:
    """Country codes (ISO 3166-1 alpha-2) and names in a language, in the order of the names."""
    territories = Locale.parse(language).territories
    countries = [
        (code, name)
        for code, name in territories.items()
        if len(code) == 2 and code.isalpha() and code not in NO_COUNTRIES
    ]
    return tuple(sorted(countries, key=lambda country: _sort_key(country[1])))


def format_time(moment: datetime, zone: str = "UTC", style: str = "medium", *, language: str) -> str:
    """`moment` as people write it there, always with its zone: 23 Nov 2026, 13:00 CET."""
    local = moment.astimezone(ZoneInfo(zone))
    # The zone by its own abbreviation: CLDR has none for most zones in most languages.
    zone_name = local.tzname() or zone
    zone_name = f"UTC{zone_name}" if zone_name[0] in "+-" else zone_name
    day = dates.format_date(local, style, locale=language)
    time = f"{dates.format_datetime(local, 'HH:mm', locale=language)} {zone_name}"
    return str(dates.get_datetime_format("medium", locale=language)).format(time, day)


def format_date(moment: datetime, zone: str = "UTC", style: str = "medium", *, language: str) -> str:
    """The day of `moment` in `zone`, as people write it there."""
    return dates.format_date(moment.astimezone(ZoneInfo(zone)), style, locale=language)


def format_number(number: int | float | Decimal, *, language: str) -> str:
    """`number` with the separators of the language."""
    return numbers.format_decimal(number, locale=language)


def _sort_key(name: str) -> str:
    letters = unicodedata.normalize("NFD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _weight(text: str) -> float:
    try:
        return float(text) if text else 1.0
    except ValueError:
        return 0.0


def _read(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="webinar")


def _compiled(catalogue: Catalog) -> Translations:
    file = io.BytesIO()
    write_mo(file, catalogue)
    file.seek(0)
    return Translations(file, domain="webinar")


def _for_browser(catalogue: Catalog) -> dict[str, str | list[str]]:
    return {
        _singular(message): _translated(message.string)
        for message in catalogue
        if message.id and not message.fuzzy and _shown_by_scripts(message) and message.string
    }


def _shown_by_scripts(message: Message) -> bool:
    return any(path.endswith(".js") or path.startswith(SAID_ON_SOCKETS) for path, _ in message.locations)


def _singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _translated(string: Any) -> str | list[str]:
    return string if isinstance(string, str) else list(string)
