"""Whole small frames are read without a parser: a shortcut may take nothing that the parser would read otherwise."""

from collections.abc import Sequence

from hypothesis import example, given
from hypothesis import strategies as st
from websockets.frames import Frame, Opcode

from tests.support.raw_socket import frame
from webinar.realtime.fanout.whole import is_between_messages, messages_in, parser_of

MOST = 300
PAYLOADS = st.one_of(st.binary(max_size=8), st.integers(120, 310).map(bytes))
FRAMES = st.builds(
    lambda payload, opcode, fin: frame(payload, opcode, fin=fin),
    PAYLOADS,
    st.sampled_from([Opcode.TEXT] * 4 + [Opcode.PONG, Opcode.PING, Opcode.CONT, Opcode.BINARY, Opcode.CLOSE]),
    st.sampled_from([True, True, True, False]),
)


@st.composite
def streams(draw: st.DrawFn) -> bytes:
    """What a client may send: frames, here and there a wrong byte, or cut short."""
    data = bytearray(b"".join(draw(st.lists(FRAMES, max_size=4))))
    if data and draw(st.booleans()):
        data[draw(st.integers(0, min(len(data) - 1, 6)))] = draw(st.integers(0, 255))
    return bytes(data[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else data)


def parsed(*pieces: bytes) -> tuple[list[Frame], bool]:
    """The frames that the parser finds, and whether it is where it began."""
    parser = parser_of(MOST)
    for piece in pieces:
        parser.receive_data(piece)
    return [event for event in parser.events_received() if isinstance(event, Frame)], is_between_messages(
        parser
    )


def texts(frames: Sequence[Frame]) -> list[bytes]:
    return [bytes(each.data) for each in frames if each.opcode is Opcode.TEXT]


@given(streams())
@example(b"\x81")
@example(frame(b"x" * 126))
@example(frame(b"x" * (MOST + 1)))
@example(b"\x81\xfe\x00\x02" + b"\x00" * 4 + b"no")  # a short length, said the long way
def test_what_the_shortcut_reads_the_parser_reads_too(data: bytes):
    messages = messages_in(data, MOST)
    if messages is not None:
        frames, at_the_beginning = parsed(data)
        assert texts(frames) == messages
        assert {each.opcode for each in frames} <= {Opcode.TEXT, Opcode.PONG}
        assert at_the_beginning


@given(st.lists(st.tuples(st.sampled_from([Opcode.TEXT, Opcode.PONG]), st.binary(max_size=125)), max_size=5))
def test_the_shortcut_takes_whatever_browsers_send(said: list[tuple[Opcode, bytes]]):
    data = b"".join(frame(payload, opcode) for opcode, payload in said)
    assert messages_in(data, MOST) == [payload for opcode, payload in said if opcode is Opcode.TEXT]


@given(st.lists(FRAMES, max_size=3).map(b"".join), st.integers(0, 900), st.binary(min_size=6, max_size=6))
def test_a_parser_that_is_between_messages_can_be_forgotten(data: bytes, cut: int, payload: bytes):
    """Whatever came so far: a new one reads on as the old one would."""
    before, following = data[:cut], data[cut:] + frame(payload)
    frames, forgettable = parsed(before)
    if forgettable:
        afterwards, _ = parsed(following)
        together, _ = parsed(before, following)
        assert [*frames, *afterwards] == together


def test_a_parser_in_the_middle_of_a_message_is_not_forgotten():
    whole = frame(b"in two halves")
    for cut in range(1, len(whole)):
        assert not parsed(whole[:cut])[1]
    assert not parsed(frame(b"first of two", fin=False))[1]
    assert not parsed(frame(b"\x03\xe8", Opcode.CLOSE))[1]
    assert parsed(whole)[1]
    assert parsed(b"")[1]
