"""Canonical JSON: one way to write the same facts."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.canonical import canonical_json

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


def test_names_are_in_the_order_of_their_utf_16_units_and_nothing_is_spaced():
    facts = {
        "\u20ac": 1,
        "\r": 2,
        "\U0001f600": 3,
        "\ufb33": 4,
        "1": [True, None, {"b": "é/\u007f", "a": "\n"}],
    }
    # The order of the example in RFC 8785, section 3.2.3.
    assert canonical_json(facts).decode() == (
        '{"\\r":2,"1":[true,null,{"a":"\\n","b":"é/\u007f"}],"\u20ac":1,"\U0001f600":3,"\ufb33":4}'
    )


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), PLAIN))
def test_what_is_written_says_the_same_and_is_written_the_same_again(facts: dict[str, object]):
    written = canonical_json(facts)
    assert json.loads(written) == facts
    assert canonical_json(json.loads(written)) == written


def test_a_fraction_has_no_canonical_form_here():
    with pytest.raises(ValueError, match="whole"):
        canonical_json({"a": [1.5]})
