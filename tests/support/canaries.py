"""Where canaries are in a folder, by the product's own scanner."""

from collections.abc import Sequence
from pathlib import Path

from webinar.privacy.proof.canaries import Canary, needles_of
from webinar.privacy.proof.scanner import Scanner


def found_in(folder: Path, canaries: Sequence[Canary]) -> dict[Canary, list[str]]:
    """The canaries that are found somewhere in `folder`, each with its places."""
    findings = Scanner(needles_of(canaries)).search_folder(folder)
    assert not findings.unread
    found: dict[Canary, list[str]] = {}
    for hit in sorted(findings.hits):
        found.setdefault(canaries[int(hit.needle)], []).append(hit.place)
    return found


def places(folder: Path, canary: Canary) -> list[str]:
    """Where in `folder` the canary is found."""
    return found_in(folder, [canary]).get(canary, [])
