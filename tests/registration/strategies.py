"""Any definition of any field type, and anything that a browser could send to it."""

from typing import Any

from hypothesis import strategies as st

WORDS = st.fixed_dictionaries({"en": st.text("abc ", min_size=1).filter(str.strip)})
TEXT = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        ["", " ", "\x00", "a\x00b", "x" * 6000, "\ud800", "1e999999999", "-0", "٣", "NaN", "1,5"]
    ),
    st.sampled_from(
        ["2026-02-30", "2026-11-23", "0000-00-00", "+31201234567", "+999", "[::1", "http://[", "y"]
    ),
    st.sampled_from(
        ["https://example.com:99999/", "javascript:alert(1)", "a@b", "ada@example.com", "NL", "one"]
    ),
)
SENT = st.lists(TEXT, max_size=4)
CHOICES = st.permutations(["one", "two", "three"]).map(
    lambda values: [{"value": value, "label": {"en": value}} for value in values]
)
NUMBERS = st.none() | st.integers(-1000, 1000)


def field(kind: str, **extra: Any) -> st.SearchStrategy[dict[str, Any]]:
    """A definition of one type with every setting it has."""
    common = {"type": st.just(kind), "label": WORDS, "required": st.booleans()}
    return st.fixed_dictionaries(common | extra)


def _in_order(low: str, high: str) -> Any:
    def ordered(row: dict[str, Any]) -> bool:
        return row[low] is None or row[high] is None or row[low] <= row[high]

    return ordered


DAYS = st.none() | st.dates().map(str)
FIELD = st.one_of(
    field("short_text", max_length=st.integers(1, 500)),
    field("long_text", max_length=st.integers(1, 5000)),
    field("number", minimum=NUMBERS, maximum=NUMBERS, whole=st.booleans()).filter(
        _in_order("minimum", "maximum")
    ),
    field("email"),
    field("phone", region=st.sampled_from([None, "NL", "DE", "ZZ"])),
    field("url"),
    field("country"),
    field("date", earliest=DAYS, latest=DAYS).filter(_in_order("earliest", "latest")),
    field("single_choice", choices=CHOICES, display=st.sampled_from(["radio", "list"])),
    field("multiple_choice", choices=CHOICES, most=st.none() | st.integers(1, 3)),
    field("checkbox"),
    field("hidden", required=st.just(False), parameter=st.just("utm_source")),
    field("consent", required=st.just(False), purpose_id=st.uuids().map(str)),
)
STEERING = {
    "single_choice": ["one", "two"],
    "multiple_choice": ["two"],
    "checkbox": ["yes"],
}


@st.composite
def forms(draw: st.DrawFn) -> list[dict[str, Any]]:
    """The rows of a whole form, with fields that depend on earlier ones."""
    rows: list[dict[str, Any]] = [
        {"type": "email", "key": "email", "label": {"en": "E-mail"}, "required": True}
    ]
    for number, row in enumerate(draw(st.lists(FIELD, max_size=6))):
        row["key"] = f"field_{number}"
        steering = [earlier for earlier in rows if earlier["type"] in STEERING]
        if steering and draw(st.integers(0, 1)) == 1:
            decides = draw(st.sampled_from(steering))
            row["shown_if"] = {"field": decides["key"], "values": STEERING[decides["type"]]}
        rows.append(row)
    return rows
