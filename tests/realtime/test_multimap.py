"""Several values for one key."""

from hypothesis import given
from hypothesis import strategies as st

from webinar.realtime.multimap import Multimap

STEPS = st.lists(st.tuples(st.booleans(), st.integers(0, 2), st.integers(0, 3)), max_size=30)


@given(STEPS)
def test_it_holds_what_a_dictionary_of_sets_would_hold(steps: list[tuple[bool, int, int]]):
    ours, sets = Multimap[int, int](), dict[int, set[int]]()
    for comes, key, value in steps:
        if comes:
            ours.add(key, value)
            sets.setdefault(key, set()).add(value)
        else:
            ours.discard(key, value)
            sets.get(key, set()).discard(value)
        there = {key: values for key, values in sets.items() if values}
        assert {key: set(ours[key]) for key in ours} == there
        assert all(len(ours[key]) == len(values) for key, values in there.items())
        assert len(ours) == len(there)
    assert ours[99] == ()
