"""Simulated live: whatever the moment, a playlist is a window of one endless sequence."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import m3u8
import pytest
from hypothesis import given
from hypothesis import strategies as st

from webinar.errors import NotFound
from webinar.media.library import SAMPLE_CLIP
from webinar.media.playlists import SECOND, Master, Segment, Track, Variant
from webinar.media.recording import Recording, load_recording
from webinar.media.sources import Loop, ReplaySource, SimulatedLiveSource

BEGAN = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
MOMENTS = st.integers(0, 3 * 24 * 3600 * SECOND).map(lambda by: BEGAN + timedelta(microseconds=by))


@st.composite
def recordings(draw: st.DrawFn) -> Recording:
    """Two to three tracks, cut differently, with breaks in the same number, of nearly the same length."""
    breaks = draw(st.integers(0, 2))
    total = draw(st.integers(10 * SECOND, 90 * SECOND))
    tracks = {}
    for name in draw(st.sampled_from([("v.m3u8", "a.m3u8"), ("v.m3u8", "a.m3u8", "s.m3u8")])):
        length = draw(st.integers(SECOND, 9 * SECOND))
        whole, rest = divmod(total, length)
        durations = [length] * whole + ([rest] if rest > SECOND // 10 else [])
        broken = draw(st.sets(st.integers(1, max(len(durations) - 1, 1)), min_size=breaks, max_size=breaks)) if len(durations) > breaks + 1 else set()  # fmt: skip
        segments = [
            Segment(f"{name}-{place}.m4s", duration, "init.mp4", place in broken)
            for place, duration in enumerate(durations)
        ]
        tracks[name] = Track(tuple(segments))
    return Recording(Path("/nowhere"), Master((Variant("v.m3u8", 1),)), tracks)


Shown = dict[int, tuple[str, datetime, int, float]]


def shown(source: SimulatedLiveSource, name: str, now: datetime) -> Shown:
    """What a player makes of the playlist: sequence number → file, date, discontinuity sequence, length."""
    playlist = m3u8.loads(source.playlist(name, now))
    assert not playlist.is_endlist
    count = playlist.discontinuity_sequence or 0
    seen: Shown = {}
    for number, segment in enumerate(playlist.segments, start=playlist.media_sequence or 0):
        count += segment.discontinuity
        assert segment.uri
        assert segment.program_date_time
        assert segment.duration
        seen[number] = (segment.uri, segment.program_date_time, count, segment.duration)
    return seen


@given(recordings(), MOMENTS, st.integers(0, 120 * SECOND))
def test_two_moments_never_disagree_about_a_segment_and_the_window_only_moves_on(
    recording: Recording, moment: datetime, later: int
):
    source = SimulatedLiveSource(recording, BEGAN)
    for name in recording.tracks:
        before = shown(source, name, moment)
        after = shown(source, name, moment + timedelta(microseconds=later))
        assert before, "a live playlist is never empty"
        assert min(before) <= min(after)
        assert max(before) <= max(after)
        for number in before.keys() & after.keys():
            assert before[number] == after[number]


@given(recordings(), MOMENTS)
def test_a_window_reaches_up_to_now_and_back_at_least_three_target_durations(
    recording: Recording, moment: datetime
):
    source = SimulatedLiveSource(recording, BEGAN)
    for name, track in recording.tracks.items():
        window = list(shown(source, name, moment).values())
        ends = window[-1][1] + timedelta(seconds=window[-1][3])
        longest = timedelta(seconds=track.target + 1)
        assert moment - 2 * longest - timedelta(seconds=1) < ends <= moment + timedelta(milliseconds=2)
        if min(shown(source, name, moment)) > 0:
            assert sum(segment[3] for segment in window) >= 3 * track.target


@given(recordings(), MOMENTS)
def test_segments_follow_each_other_in_time_and_in_the_order_of_the_recording(
    recording: Recording, moment: datetime
):
    source = SimulatedLiveSource(recording, BEGAN)
    for name, track in recording.tracks.items():
        names = [segment.name for segment in track.segments]
        window = shown(source, name, moment)
        for number, (uri, date, count, duration) in window.items():
            assert uri == names[number % len(names)]
            if (following := window.get(number + 1)) is None:
                continue
            gap = following[1] - date - timedelta(seconds=duration)
            if following[2] == count:
                assert abs(gap) <= timedelta(milliseconds=2)
            else:
                assert timedelta(milliseconds=-2) <= gap <= timedelta(seconds=track.target + 1)


@given(recordings(), MOMENTS)
def test_every_track_begins_each_round_at_the_same_moment_with_the_same_count_of_breaks(
    recording: Recording, moment: datetime
):
    source = SimulatedLiveSource(recording, BEGAN)
    rounds: dict[int, set[tuple[datetime, int]]] = {}
    for name, track in recording.tracks.items():
        for number, (_, date, count, _) in shown(source, name, moment).items():
            if number % len(track.segments) == 0:
                rounds.setdefault(number // len(track.segments), set()).add((date, count))
    same_breaks = {sum(each.breaks for each in track.segments) for track in recording.tracks.values()}
    if len(same_breaks) == 1:
        assert all(len(starts) == 1 for starts in rounds.values())


@given(recordings(), st.integers(0, 400))
def test_the_breaks_before_a_segment_are_counted_as_one_would_by_hand(recording: Recording, number: int):
    for track in recording.tracks.values():
        loop = Loop(track, recording.duration)
        assert loop.breaks_before(number) == sum(loop.segment(each).breaks for each in range(number))


def test_the_sample_clip_loops_with_a_break_and_without_a_gap():
    recording = load_recording(SAMPLE_CLIP)
    source = SimulatedLiveSource(recording, BEGAN)
    text = source.playlist("video-360/index.m3u8", BEGAN + timedelta(seconds=40))
    assert text.count("#EXT-X-DISCONTINUITY\n") == 1
    before_break, after_break = text.split("#EXT-X-DISCONTINUITY\n")
    assert "15.m4s" in before_break
    assert after_break.startswith(
        '#EXT-X-MAP:URI="init.mp4"\n#EXT-X-PROGRAM-DATE-TIME:2026-11-23T12:00:24.960Z'
    )


def test_a_replay_is_the_whole_recording_from_its_start():
    source = ReplaySource(load_recording(SAMPLE_CLIP))
    playlist = m3u8.loads(source.playlist("audio-nl/index.m3u8", BEGAN))
    assert (len(playlist.segments), playlist.is_endlist, playlist.playlist_type) == (16, True, "vod")
    master = m3u8.loads(source.playlist("main.m3u8", BEGAN))
    assert {each.language for each in master.media if each.type == "SUBTITLES"} == {"en", "nl", "ar"}


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/passwd",
        "/etc/passwd",
        "video-360",
        "",
        "main.m3u8",
        "video-360/../video-360/00.m4s",
        "\0",
    ],
)
def test_only_files_that_the_playlists_name_can_be_asked_for(name: str):
    recording = load_recording(SAMPLE_CLIP)
    for source in (ReplaySource(recording), SimulatedLiveSource(recording, BEGAN)):
        with pytest.raises(NotFound):
            source.file(name)
        if name != "main.m3u8":
            with pytest.raises(NotFound):
                source.playlist(name, BEGAN)
    assert ReplaySource(recording).file("video-360/00.m4s").is_file()
