"""Who runs the installation, where, and with whose help: the operator's own words, from a file in the data folder.

name = "Polder Hosting B.V., Dijkweg 1, Polderdam"
contact = "privacy@hosting.example.org"
hosting = "A data centre in Amsterdam"

[[subprocessor]]
name = "Post Office GmbH"
purpose = "delivering mails"
place = "Germany"
safeguard = "inside the EEA"
"""

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

FILE = "processing.toml"


class UnfitFile(ValueError):
    """The operator's file can't be read, with a sentence that says which and where."""


class SubProcessor(BaseModel):
    """Somebody whom the operator lets process the data as well (Art. 28(2) GDPR)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    purpose: str
    place: str
    safeguard: str = ""


class Processor(BaseModel):
    """The operator. Empty texts: not said yet."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = ""
    contact: str = ""
    hosting: str = ""
    subprocessor: tuple[SubProcessor, ...] = Field(())


def read_processor(file: Path) -> Processor:
    """What the file says; nothing when there is none. Raises UnfitFile, naming what does not fit."""
    if not file.is_file():
        return Processor()
    try:
        return Processor.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except ValidationError as error:
        places = ", ".join(".".join(map(str, found["loc"])) for found in error.errors())
        raise UnfitFile(f"{file} does not fit: {places}") from error
    except ValueError as error:
        raise UnfitFile(f"{file} is no TOML in UTF-8: {error}") from error
