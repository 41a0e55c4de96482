"""Reads what people and programs send, so that nothing unreadable gets further: forms and JSON bodies.

Routes read through here and never from the request itself: a null byte, a lone surrogate, broken UTF-8 or half a
multipart body becomes Invalid, which names the field.
"""

import re
from collections.abc import Iterator
from typing import Any, TypeVar

import msgspec
from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from webinar.errors import Invalid
from webinar.i18n import N_

UNREADABLE = N_("This contains characters that can't be read. Please type it again.")
BROKEN_FORM = N_("The form did not arrive whole. Please send it again.")
BROKEN_JSON = N_("This is not readable JSON.")
MAX_FIELDS = 500
# What decoding leaves where bytes were no UTF-8.
REPLACEMENT = "\ufffd"
Shape = TypeVar("Shape")
_AT = re.compile(r"^(?P<problem>.*?)(?: - at `\$\.?(?P<field>[^`]*)`)?$", re.DOTALL)


async def read_form(
    request: Request, *, max_files: int = 0, max_part_size: int = 256 * 1024, tolerant: bool = False
) -> FormData:
    """The submitted form; raises Invalid when it is broken or a field holds unreadable characters.

    `max_part_size` is in bytes, for each field that is no file. A `tolerant` reader refuses unreadable
    characters itself, beside the field and with everything else that was typed kept.
    """
    try:
        form = await request.form(max_files=max_files, max_fields=MAX_FIELDS, max_part_size=max_part_size)
    except HTTPException as error:
        if error.status_code != 400:
            raise
        raise Invalid({}, BROKEN_FORM) from error
    except (FormParserError, UnicodeError, ValueError) as error:
        raise Invalid({}, BROKEN_FORM) from error
    if not all(map(is_readable, form)):
        raise Invalid({}, BROKEN_FORM)
    if tolerant:
        return form
    wrong = {
        name: UNREADABLE
        for name, value in form.multi_items()
        if not is_readable(value if isinstance(value, str) else value.filename or "")
    }
    if wrong:
        raise Invalid(wrong)
    return form


def text_in(form: FormData, name: str, *, most: int = 10_000) -> str:
    """The text of one field without space around it; empty when it is missing or a file. At most `most` characters."""
    value = form.get(name)
    text = value.strip() if isinstance(value, str) else ""
    if len(text) > most:
        raise Invalid({name: f"Please use at most {most} characters."})
    return text


async def read_json(request: Request, shape: type[Shape], *, empty: bytes = b"") -> Shape:
    """The JSON body as a `shape` (a msgspec Struct); raises Invalid, naming the field that does not fit.

    `empty` is what is read when nothing was sent.
    """
    body = await request.body() or empty
    try:
        value = msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:
        raise misfit(error) from error
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise Invalid({"body": BROKEN_JSON}) from error
    if b"\\u0000" in body and not all(map(is_readable, _texts(msgspec.json.decode(body)))):
        raise Invalid({"body": UNREADABLE})
    return value


def misfit(error: msgspec.ValidationError) -> Invalid:
    """What does not fit, by the field's name. The library's sentence quotes types and names, never values."""
    found = _AT.match(str(error))
    problem = found["problem"] if found else "This does not fit."
    named = re.search(r"field `(\w+)`", problem)
    place = (found["field"] if found else "") or (named[1] if named else "body")
    return Invalid({place: f"{problem}."})


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def is_readable(text: str) -> bool:
    """Whether `text` can be stored and shown: no null byte, no lone surrogate, nothing lost in decoding."""
    return (
        "\0" not in text
        and REPLACEMENT not in text
        and not any("\ud800" <= each <= "\udfff" for each in text)
    )
