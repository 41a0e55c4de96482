"""Looking for needles in bytes of any size, with a bounded memory: raw, unwrapped, and inside what is compressed.

Forms are made once, on the needles' side; the haystack is read once, in chunks that overlap, and all forms are looked for
at the same time (Aho-Corasick): ten thousand of them take no longer than ten.
"""

import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from ahocorasick_rs import BytesAhoCorasick

from webinar.privacy.proof.members import BEGINNINGS, LONGEST_BEGINNING, Member, Unreadable
from webinar.privacy.proof.needles import Form, Needle, TooShort, forms_of

CHUNK = 1024 * 1024
# A gzip in a zip in a gzip: deeper than that nobody packs.
DEEPEST = 4
# So much may come out of one file before it counts as not searched.
MOST_INSIDE = 4 * 1024**3
# Lines as mail, base64 and calendars break them; a calendar's next line starts with a blank that is not the text's.
SOFT_BREAK, FOLD = re.compile(rb"=?\r?\n"), re.compile(rb"\r?\n[ \t]")


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A needle that was found: where, and in which form; `content` is that form, in lower case."""

    place: str
    needle: str
    encoding: str
    content: bytes = field(repr=False)


@dataclass(slots=True)
class Findings:
    """What a search came to. Only without hits and with nothing unread is anything proven."""

    hits: set[Hit] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    places: int = 0
    octets: int = 0

    @property
    def clean(self) -> bool:
        """Whether everything was read and nothing was found."""
        return not self.hits and not self.unread

    @property
    def needles(self) -> set[str]:
        """The names of those that were found."""
        return {hit.needle for hit in self.hits}

    def add(self, other: "Findings") -> None:
        """Takes over what another search came to."""
        self.hits |= other.hits
        self.unread |= other.unread
        self.places += other.places
        self.octets += other.octets


class Scanner:
    """Looks for the same needles in any number of places. `too_short` names those that can't be looked for."""

    def __init__(
        self, needles: Iterable[Needle], *, chunk: int = CHUNK, most_inside: int = MOST_INSIDE
    ) -> None:
        self.too_short: list[str] = []
        self._chunk, self._most_inside = chunk, most_inside
        forms: list[Form] = []
        for needle in needles:
            try:
                forms += forms_of(needle)
            except TooShort:
                self.too_short.append(needle.name)
        self._forms = _Forms(forms)

    def open(self, place: str, found: Findings, *, unwrap: bool = True, unpack: bool = True) -> "Stream":
        """What to feed bytes to as they come; hits go into `found`.

        Without `unwrap`, forms that are broken into lines are not found; without `unpack`, those inside archives.
        """
        return Stream(self._forms, place, found, _Allowance(self._most_inside), unwrap=unwrap, unpack=unpack)

    def search_bytes(self, place: str, content: bytes) -> Findings:
        """Searches bytes that are in memory."""
        return self.search(place, io.BytesIO(content))

    def search(self, place: str, content: IO[bytes]) -> Findings:
        """Searches a stream to its end. Raises OSError when it can't be read."""
        found = Findings(places=1)
        stream = self.open(place, found)
        while data := content.read(self._chunk):
            found.octets += len(data)
            stream.feed(data)
        return found

    def search_folder(self, folder: Path, name: str = "") -> Findings:
        """Searches every file below `folder`, or that one file: its bytes and its name."""
        found = Findings()
        for path in _files(folder):
            place = "/".join(filter(None, (name, path.relative_to(folder).as_posix().strip("."))))
            named = self.open(f"the name of {place}", found, unpack=False)
            named.feed(str(path.relative_to(folder.parent)).encode("utf-8", "surrogateescape"))
            try:
                if path.is_file() and not path.is_symlink():
                    with path.open("rb") as content:
                        found.add(self.search(place, content))
            except FileNotFoundError:
                continue
            except OSError as error:
                found.unread.add(f"{place}: {error.strerror}")
        return found


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(folder.rglob("*"))
    elif folder.exists():
        yield folder


class _Forms:
    """All forms of all needles, and those among them that lines may break."""

    def __init__(self, forms: Sequence[Form]) -> None:
        self.all = _Engine(forms)
        self.wrapping = _Engine([form for form in forms if form.wraps])
        # With room for the line breaks in the middle of one.
        self.overlap = 2 * max((len(form.content) for form in forms), default=0) + LONGEST_BEGINNING


class _Engine:
    """Finds forms, all at once."""

    def __init__(self, forms: Iterable[Form]) -> None:
        alike: defaultdict[bytes, list[Form]] = defaultdict(list)
        for form in forms:
            alike[form.content].append(form)
        self._forms = list(alike.values())
        self._automaton = BytesAhoCorasick(list(alike)) if alike else None

    def find(self, folded: bytes) -> Iterator[Form]:
        """Every form that is somewhere in `folded`."""
        if self._automaton is not None:
            matches = self._automaton.find_matches_as_indexes(folded, overlapping=True)
            for number in {match[0] for match in matches}:
                yield from self._forms[number]


@dataclass(slots=True)
class _Allowance:
    """How many bytes may still be unpacked."""

    left: int


class Stream:
    """Bytes as they pass by: what is in them, and the streams that are packed inside."""

    def __init__(
        self,
        forms: _Forms,
        place: str,
        found: Findings,
        allowance: _Allowance,
        *,
        unwrap: bool = True,
        unpack: bool = True,
        depth: int = 0,
    ) -> None:
        self._forms, self._place, self._found, self._allowance = forms, place, found, allowance
        self._unwrap, self._unpack_members, self._depth = unwrap, unpack, depth
        self._tail = b""
        self._members: list[tuple[Member, Stream]] = []

    def feed(self, data: bytes) -> None:
        """The next bytes."""
        buffer = self._tail + data
        self._look(buffer.lower())
        for member, inside in self._members:
            self._unpack(member, inside, data)
        if self._unpack_members:
            self._begin_members(buffer, len(self._tail))
        self._members = [pair for pair in self._members if not pair[0].over]
        self._tail = buffer[-self._forms.overlap :]

    def _look(self, folded: bytes) -> None:
        self._compare(folded, self._forms.all)
        if self._unwrap and b"\n" in folded:
            for breaks in (SOFT_BREAK, FOLD):
                self._compare(breaks.sub(b"", folded), self._forms.wrapping)

    def _compare(self, folded: bytes, forms: _Engine) -> None:
        self._found.hits.update(
            Hit(self._place, form.needle, form.encoding, form.content) for form in forms.find(folded)
        )

    def _begin_members(self, buffer: bytes, seen: int) -> None:
        """Unpacks what begins in the bytes behind the first `seen`, or crosses over into them."""
        for match in BEGINNINGS.finditer(buffer, max(0, seen - LONGEST_BEGINNING + 1)):
            if match.end() <= seen:
                continue
            member = Member(match[0])
            if self._depth == DEEPEST:
                if member.kind != "zlib":
                    self._found.unread.add(f"{self._place}: packed too deeply")
                continue
            place = f"{self._place} ({member.kind} inside)"
            inside = Stream(self._forms, place, self._found, self._allowance, depth=self._depth + 1)
            self._members.append((member, inside))
            self._unpack(member, inside, buffer[match.start() :])

    def _unpack(self, member: Member, inside: "Stream", data: bytes) -> None:
        try:
            for unpacked in member.unpack(data):
                self._allowance.left -= len(unpacked)
                if self._allowance.left < 0:
                    raise Unreadable("more is packed inside than can be searched")
                inside.feed(unpacked)
        except Unreadable as reason:
            member.over = True
            self._found.unread.add(f"{self._place}: {reason}")
