"""What people upload: recordings as archives, and logos."""

import io
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from webinar.errors import Invalid
from webinar.media import archive, images
from webinar.media.archive import store_recording
from webinar.media.images import draw_logo
from webinar.media.library import SAMPLE_CLIP
from webinar.media.recording import load_recording

TRACK = "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4.0,\n{name}\n#EXT-X-ENDLIST\n"
TS = b"\x47" + b"\0" * 187


def packed(files: dict[str, bytes | str], *, attributes: dict[str, int] | None = None) -> io.BytesIO:
    """An archive with exactly these names, however strange."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            member = zipfile.ZipInfo(name)
            member.filename = name
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = (attributes or {}).get(name, 0)
            zipped.writestr(member, content)
    written.seek(0)
    return written


def a_recording(**changes: bytes | str) -> dict[str, bytes | str]:
    return {"Jane Doe at home.m3u8": TRACK.format(name="Jane 1.ts"), "Jane 1.ts": TS, **changes}


def refusal(upload: io.BytesIO, folder: Path) -> str:
    target = folder / "webinar" / "asset"
    with pytest.raises(Invalid) as refused:
        store_recording(upload, target)
    assert not target.exists()
    assert list(folder.rglob("*.part")) == []
    assert {path.name for path in folder.iterdir()} <= {"webinar"}
    return refused.value.fields["recording"]


def test_a_recording_is_kept_under_names_that_say_nothing(tmp_path: Path):
    stored = store_recording(packed(a_recording(**{".DS_Store": b"x"})), tmp_path / "asset")
    names = sorted(path.name for path in (tmp_path / "asset").iterdir())
    assert names == ["0.m3u8", "00000.ts", "main.m3u8"]
    assert not any(b"Jane" in path.read_bytes() for path in (tmp_path / "asset").iterdir())
    assert stored.duration == 4_000_000
    assert load_recording(tmp_path / "asset").duration == 4_000_000


def test_a_recording_with_all_its_renditions_survives_the_journey(tmp_path: Path):
    files: dict[str, bytes | str] = {
        f"talk/{path.relative_to(SAMPLE_CLIP)}": path.read_bytes()
        for path in SAMPLE_CLIP.rglob("*")
        if path.is_file()
    }
    store_recording(packed(files), tmp_path / "asset")
    original, kept = load_recording(SAMPLE_CLIP), load_recording(tmp_path / "asset")
    assert len(kept.tracks) == len(original.tracks)
    assert len(kept.files) == len(original.files)
    assert [each.name for each in kept.master.renditions] == [
        each.name for each in original.master.renditions
    ]
    assert kept.duration == original.duration


def test_what_no_playlist_names_is_not_kept(tmp_path: Path):
    store_recording(packed(a_recording(**{"extra.ts": TS})), tmp_path / "asset")
    assert len(list((tmp_path / "asset").glob("*.ts"))) == 1


@pytest.mark.parametrize(
    "name",
    [
        "../evil.ts", "a/../../evil.ts", "/etc/evil.ts", "..\\evil.ts", "C:\\evil.ts", "C:/evil.ts",
        "a\0b.ts", "a\nb.ts", "..", "evil.php", "evil", "evil.html", "a.svg",
    ],
)  # fmt: skip
def test_a_name_that_points_elsewhere_or_is_no_media_is_refused(tmp_path: Path, name: str):
    refusal(packed(a_recording(**{name: TS})), tmp_path)


def test_what_only_looks_like_a_film_inside_is_refused_by_its_name(tmp_path: Path):
    assert ".php" in refusal(packed(a_recording(**{"evil.php": b"\0\0\0\x18ftypmp42<?php"})), tmp_path)


def test_a_link_is_refused(tmp_path: Path):
    link = packed(a_recording(**{"b.ts": "/etc/passwd"}), attributes={"b.ts": (stat.S_IFLNK | 0o777) << 16})
    assert "link" in refusal(link, tmp_path)


def test_a_playlist_that_claims_to_be_a_film_is_refused(tmp_path: Path):
    evil = "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n"
    files: dict[str, bytes | str] = {"a.m3u8": TRACK.format(name="a.mp4"), "a.mp4": evil}
    assert "something else inside" in refusal(packed(files), tmp_path)


@pytest.mark.parametrize(
    "uri",
    [
        "file:///etc/passwd", "https://evil.example/a.ts", "//evil.example/a.ts", "../a.ts", "/etc/a.ts",
        "%2e%2e/a.ts", "a.ts?x=1", "..\\a.ts", "missing.ts", "concat:a.ts",
    ],
)  # fmt: skip
def test_a_playlist_that_points_outside_or_at_nothing_is_refused(tmp_path: Path, uri: str):
    refusal(packed({"a.m3u8": TRACK.format(name=uri), "a.ts": TS}), tmp_path)


def test_an_archive_that_unpacks_to_too_much_is_refused_while_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(archive, "RATIO_FREE", 1000)
    bomb = a_recording(**{"b.ts": b"\x47" + b"\0" * 5_000_000})
    assert "larger than" in refusal(packed(bomb), tmp_path)
    monkeypatch.setattr(archive, "RATIO_FREE", 10**9)
    monkeypatch.setattr(archive, "MOST_BYTES", 1_000_000)
    assert "larger than" in refusal(packed(bomb), tmp_path)


def test_an_archive_with_too_many_files_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive, "MOST_FILES", 1)
    assert "More than" in refusal(packed(a_recording()), tmp_path)


@pytest.mark.parametrize(
    "files",
    [
        {},
        {"a.ts": TS},
        {"a.m3u8": "#EXTM3U\n", "a.ts": TS},
        {"a.m3u8": "no playlist", "a.ts": TS},
        {"a.m3u8": TRACK.format(name="a.ts"), "b.m3u8": TRACK.format(name="a.ts"), "a.ts": TS},
        {"a.m3u8": TRACK.format(name="a.ts"), "a.ts": TS, "A.TS": TS},
        {"a.m3u8": TRACK.format(name="a.ts").replace("4.0", "nan"), "a.ts": TS},
        {"a.m3u8": TRACK.format(name="a.ts").replace("4.0", "-1"), "a.ts": TS},
        {"a.m3u8": TRACK.format(name="a.ts").replace("4.0", "x"), "a.ts": TS},
        {"a.m3u8": "#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n#EXTINF:1,\na.ts\n", "a.ts": TS},
        {"a.m3u8": "#EXTM3U\n#EXTINF:1,\n#EXT-X-BYTERANGE:10@0\na.ts\n", "a.ts": TS},
        {"a.m3u8": "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n", "a.ts": TS},
    ],
)  # fmt: skip
def test_what_is_no_whole_recording_is_refused_with_a_reason(tmp_path: Path, files: dict[str, bytes | str]):
    assert len(refusal(packed(files), tmp_path)) > 10


def test_what_is_no_archive_is_refused(tmp_path: Path):
    whole = packed(a_recording()).getvalue()
    broken = bytearray(whole)
    broken[60] ^= 0xFF
    for content in (b"", b"PK", b"\x89PNG", whole[:-30], bytes(broken)):
        refusal(io.BytesIO(content), tmp_path)


def image(kind: str = "PNG", size: tuple[int, int] = (60, 30), **options: Any) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, "teal").save(written, kind, **options)
    return written.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_logo_is_drawn_anew_as_png(kind: str):
    with Image.open(io.BytesIO(draw_logo(image(kind)))) as drawn:
        assert (drawn.format, drawn.size) == ("PNG", (60, 30))


def test_a_logo_loses_everything_but_its_pixels_and_stands_upright():
    exif = Image.Exif()
    exif[0x010E] = "Jane Doe at home"
    exif[0x0112] = 6  # turned by a quarter
    with Image.open(io.BytesIO(draw_logo(image("JPEG", exif=exif)))) as drawn:
        assert drawn.size == (30, 60)
        assert not drawn.getexif()
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "Jane Doe")
    assert b"Jane" not in draw_logo(image("PNG", pnginfo=text))
    assert b"Jane" not in draw_logo(image() + b"Jane Doe behind the end")


def test_a_large_logo_is_made_smaller():
    with Image.open(io.BytesIO(draw_logo(image(size=(4000, 1000))))) as drawn:
        assert drawn.size == (1200, 300)


@pytest.mark.parametrize(
    "upload",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n",
        b"#EXTM3U\n",
        image()[:60],
        image("BMP"),
        image("TIFF"),
    ],
)
def test_what_is_no_image_is_refused(upload: bytes):
    with pytest.raises(Invalid) as refused:
        draw_logo(upload)
    assert list(refused.value.fields) == ["logo"]


def test_an_image_with_too_many_pixels_or_bytes_is_refused_unopened(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(Invalid, match="check") as refused:
        draw_logo(image(size=(5001, 5001)))
    assert "million pixels" in refused.value.fields["logo"]
    monkeypatch.setattr(images, "MOST_BYTES", 10)
    with pytest.raises(Invalid):
        draw_logo(image())
