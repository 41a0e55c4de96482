"""Makes the demo's recorded HLS in webinar/media/clips/demo. Needs Chromium, ffmpeg and espeak-ng.

The picture and the sound are drawn by a browser (scripts/demo_clip/*.js). A loop lasts 16 segments of 48 pictures at
25 per second, which is also exactly 90 AAC frames at 48 kHz: every rendition has the same segments, and the end flows
into the beginning.
"""

import base64
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
OUTPUT = ROOT / "webinar/media/clips/demo"
SCRIPTS = Path(__file__).parent / "demo_clip"

RATE = 48_000
SEGMENTS = 16
SEGMENT_SECONDS = 1.92
LOOP_SECONDS = SEGMENTS * SEGMENT_SECONDS
PICTURES = round(25 * LOOP_SECONDS)
AAC_FRAMES = round(LOOP_SECONDS * RATE / 1024)


class Rendition(NamedTuple):
    """One size of the picture: folder, pixels, x264 quality, H.264 level."""

    folder: str
    width: int
    height: int
    crf: int
    level: float


class Voice(NamedTuple):
    """A language of the sound: RFC 5646 tag, its own name, and the voice that espeak-ng gives it."""

    tag: str
    name: str
    espeak: str


RENDITIONS = [Rendition("video-720", 1280, 720, 20, 3.1), Rendition("video-360", 640, 360, 22, 3.0)]
VOICES = [Voice("en", "English", "en-gb"), Voice("nl", "Nederlands", "nl")]
CAPTION_NAMES = {"en": "English", "nl": "Nederlands", "ar": "العربية"}

# When each line is said, in seconds, and how long its caption stays.
LINES: list[tuple[float, float, dict[str, str]]] = [
    (
        1.0,
        4.6,
        {
            "en": "Good morning, and welcome to the demo stream.",
            "nl": "Goedemorgen, en welkom bij de demo.",
            "ar": "صباح الخير، وأهلاً بكم في البث التجريبي.",
        },
    ),
    (
        7.0,
        5.0,
        {
            "en": "It plays from this server. Nobody else is listening in.",
            "nl": "Dit beeld komt van deze server. Niemand luistert mee.",
            "ar": "يُبثّ من هذا الخادم، ولا أحد غيرنا يستمع.",
        },
    ),
    (
        13.4,
        5.2,
        {
            "en": "Try the menus: quality, captions and the language of the sound.",
            "nl": "Probeer de menu's: kwaliteit, ondertiteling en gesproken taal.",
            "ar": "جرّبوا القوائم: الجودة والترجمة ولغة الصوت.",
        },
    ),
    (
        20.0,
        4.6,
        {
            "en": "Say hello in the chat, or ask a question.",
            "nl": "Zeg hallo in de chat, of stel een vraag.",
            "ar": "ألقوا التحية في الدردشة، أو اطرحوا سؤالاً.",
        },
    ),
    (
        26.0,
        4.2,
        {
            "en": "In a moment, the morning begins again.",
            "nl": "Zo meteen begint de ochtend opnieuw.",
            "ar": "بعد لحظات يبدأ الصباح من جديد.",
        },
    ),
]

HLS = [
    *(
        "-f",
        "hls",
        "-hls_time",
        str(SEGMENT_SECONDS),
        "-hls_playlist_type",
        "vod",
        "-hls_segment_type",
        "fmp4",
    ),
    *("-hls_flags", "independent_segments", "-hls_segment_filename", "%02d.m4s", "index.m3u8"),
]


def main() -> None:
    """Draw everything, encode it, and write the playlists."""
    shutil.rmtree(OUTPUT, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        work = Path(folder)
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium")
        page = browser.new_page()
        page.set_content('<canvas width="1280" height="720"></canvas>')
        for name in ("picture.js", "sound.js"):
            page.add_script_tag(path=SCRIPTS / name)
        draw_pictures(page, work / "pictures.mkv")
        for voice in VOICES:
            make_audio(page, voice, work)
        browser.close()
        for rendition in RENDITIONS:
            make_video(rendition, work / "pictures.mkv")
    for tag in CAPTION_NAMES:
        write_captions(tag)
    (OUTPUT / "main.m3u8").write_text("\n".join(main_playlist()) + "\n")


def ffmpeg(*arguments: str | Path, stdin: bytes | None = None, cwd: Path | None = None) -> None:
    """Run ffmpeg quietly; raises CalledProcessError when it fails."""
    subprocess.run(["ffmpeg", "-v", "error", "-y", *arguments], input=stdin, cwd=cwd, check=True)


def draw_pictures(page: Page, target: Path) -> None:
    """Every picture of the loop, without loss."""
    command = ["ffmpeg", "-v", "error", "-f", "image2pipe", "-c:v", "png", "-r", "25", "-i", "-"]
    command += ["-c:v", "ffv1", "-pix_fmt", "bgr0", str(target)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as encoder:
        assert encoder.stdin  # noqa: S101 (asked for above)
        for number in range(PICTURES):
            encoder.stdin.write(base64.b64decode(page.evaluate("phase => frameAt(phase)", number / PICTURES)))
        encoder.stdin.close()
        encoder.wait()


def make_video(rendition: Rendition, source: Path) -> None:
    """One size of the picture. No B-frames: decode and presentation times stay equal, which keeps the seam exact."""
    folder = fresh_folder(rendition.folder)
    picture = (
        f"scale={rendition.width}:{rendition.height}:flags=lanczos:out_color_matrix=bt709,format=yuv420p"
    )
    keys = ["-g", "48", "-keyint_min", "48", "-sc_threshold", "0", "-bf", "0"]
    colour = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709"]
    quality = ["-preset", "veryslow", "-crf", str(rendition.crf), "-aq-mode", "3"]
    limits = ["-profile:v", "main", "-level:v", str(rendition.level), "-refs", "4"]
    encoder = ["-c:v", "libx264", *quality, *limits, *keys, *colour]
    ffmpeg("-i", source, "-vf", picture, *encoder, "-map_metadata", "-1", *HLS, cwd=folder)


def make_audio(page: Page, voice: Voice, work: Path) -> None:
    """One language of the sound: three loops are encoded, and the AAC frames of the middle one are kept."""
    speech = [{"at": start, "wav": say(voice, words[voice.tag], work)} for start, _, words in LINES]
    samples = page.evaluate(
        "([speech, length, rate]) => soundOf(speech, length, rate)", [speech, LOOP_SECONDS, RATE]
    )
    adts = work / "three.aac"
    raw = ["-f", "s16le", "-ar", str(RATE), "-ac", "2", "-i", "-"]
    ffmpeg(*raw, "-c:a", "aac", "-b:a", "64k", adts, stdin=base64.b64decode(samples))
    frames = list(adts_frames(adts.read_bytes()))[AAC_FRAMES : 2 * AAC_FRAMES]
    copy = ["-f", "aac", "-i", "-", "-c", "copy", "-bsf:a", "aac_adtstoasc"]
    ffmpeg(*copy, *HLS, stdin=b"".join(frames), cwd=fresh_folder(f"audio-{voice.tag}"))


def say(voice: Voice, words: str, work: Path) -> str:
    """The words as a WAV file in base64."""
    target = work / "line.wav"
    pace = ["-s", "138", "-p", "38", "-g", "4"]
    subprocess.run(["espeak-ng", "-v", voice.espeak, *pace, "-w", target, words], check=True)
    return base64.b64encode(target.read_bytes()).decode()


def adts_frames(stream: bytes) -> Iterator[bytes]:
    """The frames of an ADTS stream; the 13 bits of a frame's length straddle three bytes of its header."""
    at = 0
    while at < len(stream):
        length = (stream[at + 3] & 3) << 11 | stream[at + 4] << 3 | stream[at + 5] >> 5
        yield stream[at : at + length]
        at += length


def fresh_folder(name: str) -> Path:
    """An empty folder of the clip."""
    folder = OUTPUT / name
    folder.mkdir(parents=True)
    return folder


def write_captions(tag: str) -> None:
    """A WebVTT file per segment; a caption stands in every segment in which it is seen."""
    folder = fresh_folder(f"captions-{tag}")
    playlist = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-TARGETDURATION:2", "#EXT-X-MEDIA-SEQUENCE:0"]
    playlist += ["#EXT-X-PLAYLIST-TYPE:VOD"]
    for number in range(SEGMENTS):
        start, end = number * SEGMENT_SECONDS, (number + 1) * SEGMENT_SECONDS
        cues = [
            f"{clock(begin)} --> {clock(begin + length)}\n{words[tag]}\n"
            for begin, length, words in LINES
            if begin < end and begin + length > start
        ]
        head = "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:0,LOCAL:00:00:00.000\n"
        (folder / f"{number:02}.vtt").write_text("\n".join([head, *cues]))
        playlist += [f"#EXTINF:{SEGMENT_SECONDS:.6f},", f"{number:02}.vtt"]
    (folder / "index.m3u8").write_text("\n".join([*playlist, "#EXT-X-ENDLIST"]) + "\n")


def clock(seconds: float) -> str:
    """Seconds as WebVTT writes them."""
    return f"00:00:{seconds:06.3f}"


def main_playlist() -> Iterator[str]:
    """The main playlist: names that people read in the player's menus, and bit rates measured from the files."""
    yield from ("#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS", "")
    for number, voice in enumerate(VOICES):
        default = "YES" if number == 0 else "NO"
        yield (
            f'#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="audio",LANGUAGE="{voice.tag}",NAME="{voice.name}",DEFAULT={default},'
            f'AUTOSELECT=YES,CHANNELS="2",URI="audio-{voice.tag}/index.m3u8"'
        )
    for tag, name in CAPTION_NAMES.items():
        yield (
            f'#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="captions",LANGUAGE="{tag}",NAME="{name}",DEFAULT=NO,'
            f'AUTOSELECT=YES,FORCED=NO,URI="captions-{tag}/index.m3u8"'
        )
    yield ""
    for rendition in RENDITIONS:
        audio = max((bit_rates(f"audio-{voice.tag}") for voice in VOICES), key=max)
        peak, average = (mine + other for mine, other in zip(bit_rates(rendition.folder), audio, strict=True))
        yield (
            f"#EXT-X-STREAM-INF:BANDWIDTH={peak},AVERAGE-BANDWIDTH={average},"
            f"RESOLUTION={rendition.width}x{rendition.height},FRAME-RATE=25.000,"
            f'CODECS="avc1.4d40{round(10 * rendition.level):x},mp4a.40.2",AUDIO="audio",SUBTITLES="captions"'
        )
        yield f"{rendition.folder}/index.m3u8"


def bit_rates(folder: str) -> tuple[int, int]:
    """Highest and average bits a second of the segments in a folder."""
    sizes = [8 * path.stat().st_size for path in (OUTPUT / folder).glob("*.m4s")]
    return round(max(sizes) / SEGMENT_SECONDS), round(sum(sizes) / LOOP_SECONDS)


if __name__ == "__main__":
    main()
