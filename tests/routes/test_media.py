"""The picture over HTTP: tokens, playlists, segments, and the webinar's own look."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.support.installation import Installation
from tests.support.people import Organisation
from tests.support.webinars import a_webinar
from webinar.media.pictures import SALT
from webinar.models import MediaKind, Webinar, WebinarState
from webinar.webinars.details import LONGEST_DURATION


def shown(installation: Installation, webinar: Webinar) -> str:
    playing = installation.services.pictures.shown(webinar)
    assert playing is not None
    return playing.src


def preview(installation: Installation, webinar: Webinar) -> str:
    playing = installation.services.pictures.preview(webinar)
    assert playing is not None
    return playing.src


async def test_a_live_webinar_plays_without_any_cookie(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id, WebinarState.LIVE)
    main = shown(installation, webinar)
    answer = await installation.client.get(main)
    assert answer.headers["content-type"].startswith("application/vnd.apple.mpegurl")
    assert answer.headers["cache-control"] == "no-cache"
    folder = main.removesuffix("/main.m3u8")
    track = await installation.client.get(f"{folder}/video-360/index.m3u8")
    assert "#EXT-X-PROGRAM-DATE-TIME:" in track.text
    assert "#EXT-X-ENDLIST" not in track.text
    segment = await installation.client.get(f"{folder}/video-360/00.m4s")
    assert segment.headers["content-type"] == "video/iso.segment"
    assert "immutable" in segment.headers["cache-control"]
    part = await installation.client.get(f"{folder}/video-360/00.m4s", headers={"range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, segment.content[4:8])


async def test_an_address_stays_the_same_for_a_while(installation: Installation, organisation: Organisation):
    webinar = await a_webinar(installation, organisation.id, WebinarState.LIVE)
    address = shown(installation, webinar)
    installation.clock.move(minutes=5)
    assert shown(installation, webinar) == address
    installation.clock.move(hours=6)
    assert shown(installation, webinar) != address


async def test_two_processes_show_the_same_moment(installation: Installation, organisation: Organisation):
    webinar = await a_webinar(installation, organisation.id, WebinarState.LIVE)
    first: list[str] = []
    later: list[str] = []
    for texts, seconds in ((first, 0), (later, 10)):
        installation.clock.move(seconds=seconds)
        for _ in range(2):
            path = shown(installation, webinar).replace("main", "audio-en/index")
            texts.append((await installation.client.get(path)).text)
    assert first[0] == first[1] != later[0] == later[1]


@pytest.mark.parametrize(
    "path",
    [
        "../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/main.m3u8", "/etc/passwd",
        "video-360", "nothing.m3u8", "nothing.ts", "main.m3u8%00.ts", "",
    ],
)  # fmt: skip
async def test_no_path_leads_out_of_the_recording(
    installation: Installation, organisation: Organisation, path: str
):
    webinar = await a_webinar(installation, organisation.id, WebinarState.LIVE)
    answer = await installation.client.get(shown(installation, webinar).replace("main.m3u8", path))
    assert answer.status_code in {400, 404}
    assert "root:" not in answer.text


async def test_a_token_is_not_to_be_forged_or_kept_for_long(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id, WebinarState.LIVE)
    ids = ("live", str(webinar.id), "")
    for token in (
        "nonsense",
        installation.services.signer.sign("another-purpose", ids),
        installation.services.signer.sign(SALT, "live"),
        installation.services.signer.sign(SALT, ("live", "no-id", "")),
        installation.services.signer.sign(SALT, ("live", str(uuid4()), "")),
        installation.services.signer.sign(SALT, ("live", str(webinar.id), str(uuid4()))),
    ):
        assert (await installation.client.get(f"/media/{token}/main.m3u8")).status_code == 404
    path = preview(installation, webinar)
    installation.clock.move(hours=12)
    assert (await installation.client.get(path)).status_code == 200
    installation.clock.move(hours=6, seconds=1)
    assert (await installation.client.get(path)).status_code == 404


async def test_the_address_of_a_live_picture_outlasts_the_longest_webinar_twice(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id, WebinarState.LIVE)
    path = shown(installation, webinar)
    installation.clock.move(minutes=2 * LONGEST_DURATION)
    assert (await installation.client.get(path)).status_code == 200
    installation.clock.move(hours=6, seconds=1)
    assert (await installation.client.get(path)).status_code == 404


async def test_the_picture_stops_when_the_webinar_does(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id, WebinarState.LIVE)
    live = shown(installation, webinar)
    assert (await installation.client.get(live)).status_code == 200
    async with installation.services.db.writing() as db:
        stored = await db.get_one(Webinar, webinar.id)
        stored.state, stored.replay_enabled = WebinarState.ENDED, True
    installation.clock.move(seconds=2)
    assert (await installation.client.get(live)).status_code == 404
    replay = shown(installation, stored)
    track = await installation.client.get(replay.replace("main", "video-720/index"))
    assert "#EXT-X-ENDLIST" in track.text
    async with installation.services.db.writing() as db:
        (await db.get_one(Webinar, webinar.id)).replay_enabled = False
    installation.clock.move(seconds=2)
    assert (await installation.client.get(replay)).status_code == 404


async def test_a_replay_can_be_played_the_moment_people_hear_of_it(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id, WebinarState.LIVE)
    assert (await installation.client.get(shown(installation, webinar))).status_code == 200
    async with installation.services.db.writing() as db:
        stored = await db.get_one(Webinar, webinar.id)
        stored.state, stored.replay_enabled = WebinarState.ENDED, True
    assert (await installation.client.get(shown(installation, stored))).status_code == 200


async def test_only_what_its_state_shows_is_given_to_an_audience(
    installation: Installation, organisation: Organisation
):
    pictures = installation.services.pictures
    for state in WebinarState:
        webinar = await a_webinar(installation, organisation.id, state)
        assert (pictures.shown(webinar) is not None) == (state is WebinarState.LIVE)
        assert (await installation.client.get(preview(installation, webinar))).status_code == 200


async def test_an_external_stream_is_loaded_from_where_it_is(
    installation: Installation, organisation: Organisation
):
    url = "https://video.example.org/live.m3u8"
    webinar = await a_webinar(
        installation, organisation.id, WebinarState.LIVE, media_kind=MediaKind.EXTERNAL, media_url=url
    )
    playing = installation.services.pictures.shown(webinar)
    assert playing is not None
    assert (playing.src, playing.live, playing.external) == (url, True, True)


async def test_the_webinars_colour_is_a_style_sheet_of_its_own(
    installation: Installation, organisation: Organisation, stranger: Organisation
):
    webinar = await a_webinar(installation, organisation.id, WebinarState.DRAFT, brand_colour="#7a3ff2")
    path = f"/w/{webinar.id}/brand.css"
    answer = await organisation.host.client.get(path)
    assert answer.headers["content-type"].startswith("text/css")
    assert answer.text == ":root, .branded { --brand: #7a3ff2 }\n"
    for client in (installation.client, stranger.owner.client):
        assert (await client.get(path)).status_code == 404


async def test_a_colour_that_got_into_the_database_otherwise_never_gets_into_a_style_sheet(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id, brand_colour="red } * { background: url(//x)")
    answer = await installation.client.get(f"/w/{webinar.id}/brand.css")
    assert "url" not in answer.text


async def test_segments_stay_loadable_while_the_clock_moves_on(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id, WebinarState.LIVE)
    folder = shown(installation, webinar).removesuffix("/main.m3u8")
    for _ in range(5):
        text = (await installation.client.get(f"{folder}/captions-nl/index.m3u8")).text
        names = [line for line in text.splitlines() if line and not line.startswith("#")]
        for name in names[:2]:
            assert (await installation.client.get(f"{folder}/captions-nl/{name}")).status_code == 200
        installation.clock.at += timedelta(seconds=7)
