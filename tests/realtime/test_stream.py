"""In which order those who are ready are told."""

from webinar.realtime.codes import Close
from webinar.realtime.fanout.frames import Batch, frame_text
from webinar.realtime.fanout.line import Line
from webinar.realtime.fanout.stream import Entry, Stream


class Viewer(Line):
    """Notes in a common list that it was written to."""

    def __init__(self, name: str, heard: list[str]) -> None:
        super().__init__()
        self.name, self.heard = name, heard
        self.full = False

    @property
    def busy(self) -> bool:
        return self.full

    def write(self, batch: Batch) -> bool:
        self.heard.append(self.name)
        return not self.full

    def end(self, code: Close) -> None:
        pass

    def cut(self) -> None:
        pass

    def beat(self) -> None:
        pass


async def test_whoever_came_first_hears_first():
    """So those who are in notice little of a storm of newcomers."""
    heard: list[str] = []
    stream = Stream()
    names = [f"viewer {number}" for number in range(50)]
    for name in names:
        viewer = Viewer(name, heard)
        viewer.follow(stream, None)
        viewer.release([], after=0)
    stream.publish([Entry(frame_text(b"hello"))])
    stream.flush()
    assert heard == names


async def test_whoever_had_fallen_behind_hears_last():
    heard: list[str] = []
    stream = Stream()
    slow, quick = Viewer("slow", heard), Viewer("quick", heard)
    for viewer in (slow, quick):
        viewer.follow(stream, None)
        viewer.release([], after=0)
    slow.full = True
    stream.publish([Entry(frame_text(b"hello"))])
    stream.flush()
    slow.full = False
    slow.drain()
    heard.clear()
    stream.publish([Entry(frame_text(b"again"))])
    stream.flush()
    assert heard == ["quick", "slow"]
