"""Canonical JSON (RFC 8785): the same facts give the same bytes everywhere, so that they can be hashed and signed."""

import json
from collections.abc import Mapping
from typing import Any


def canonical_json(facts: Mapping[str, Any]) -> bytes:
    """The one way to write `facts`: text, whole numbers, true, false, null, lists and objects.

    Raises ValueError for a fraction, of which RFC 8785 says more than is needed here.
    """
    return json.dumps(_ordered(facts), ensure_ascii=False, separators=(",", ":")).encode()


def _ordered(value: Any) -> Any:
    if isinstance(value, float):
        raise ValueError("only whole numbers have one canonical form here")
    if isinstance(value, Mapping):
        # By UTF-16 units, as JavaScript compares.
        return {
            name: _ordered(value[name]) for name in sorted(value, key=lambda name: name.encode("utf-16-be"))
        }
    if isinstance(value, list | tuple):
        return [_ordered(each) for each in value]
    return value
