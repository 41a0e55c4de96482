"""Several values for one key, where it is nearly always one."""

from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Multimap(Generic[Key, Value]):
    """A key's values, each once. They stand in tuples: a set of one weighs four times as much, and a room has thousands."""

    __slots__ = ("_values",)

    def __init__(self) -> None:
        self._values: dict[Key, tuple[Value, ...]] = {}

    def __len__(self) -> int:
        """How many keys have values."""
        return len(self._values)

    def __iter__(self) -> Iterator[Key]:
        return iter(self._values)

    def __getitem__(self, key: Key) -> tuple[Value, ...]:
        """A key's values; none where there are none."""
        return self._values.get(key, ())

    def add(self, key: Key, value: Value) -> None:
        """One more of a key, if it is not there."""
        if value not in self[key]:
            self._values[key] = (*self[key], value)

    def discard(self, key: Key, value: Value) -> None:
        """One fewer, if it is there."""
        if left := tuple(each for each in self[key] if each != value):
            self._values[key] = left
        else:
            self._values.pop(key, None)
