"""The editor's pages Picture, Look and Embed."""

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO

import httpx2
import pytest
from PIL import Image
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tests.support.installation import SECRET, Installation
from tests.support.people import Organisation
from tests.support.serving import serving
from tests.support.webinars import a_webinar, a_zip
from webinar.media import archive
from webinar.media.library import SAMPLE_CLIP
from webinar.models import MediaKind, Webinar, WebinarState
from webinar.settings import Settings

DRAFT, SCHEDULED, LIVE, PAUSED, ENDED = WebinarState


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Streams of this very machine may be asked for, as an operator can allow."""
    values = settings.model_dump() | {"secret_key": SecretStr(SECRET), "media_hosts": ("127.0.0.1",)}
    return Settings(**values)


@pytest.fixture
async def stream() -> AsyncIterator[str]:
    """The address of a stream on another server: the sample clip."""

    async def serve(request: Request) -> Response:
        path = SAMPLE_CLIP / request.path_params["path"]
        if not path.is_file():
            return Response(status_code=404)
        return PlainTextResponse(
            path.read_text(encoding="utf-8"), headers={"access-control-allow-origin": "*"}
        )

    async with serving(lambda _: Starlette(routes=[Route("/{path:path}", serve)])) as url:
        yield f"{url}/main.m3u8"


async def stored(installation: Installation, webinar: Webinar) -> Webinar:
    async with installation.services.db.reading() as db:
        return await db.get_one(Webinar, webinar.id)


def files_of(installation: Installation, webinar: Webinar) -> list[Path]:
    folder = installation.services.library.folder / str(webinar.id)
    return sorted(folder.iterdir()) if folder.exists() else []


def an_image(size: tuple[int, int] = (40, 20)) -> bytes:
    written = io.BytesIO()
    Image.effect_noise(size, 90).save(written, "PNG")
    return written.getvalue()


async def upload(client: httpx2.AsyncClient, address: str, name: str, content: bytes) -> httpx2.Response:
    return await client.post(address, files={name: ("Jane Doe.bin", content)})


@pytest.mark.parametrize("action", ["check", "save"])
async def test_an_address_that_is_none_is_refused_in_words(
    installation: Installation, organisation: Organisation, action: str
):
    webinar = await a_webinar(installation, organisation.id, media_kind=MediaKind.NONE)
    sent = {"kind": "external", "url": "http://exa mple/<b>%(x)s", "action": action}
    page = await organisation.admin.client.post(f"/admin/webinars/{webinar.id}/picture/live", data=sent)
    assert page.status_code < 500
    assert "<b>%" not in page.text
    assert (await stored(installation, webinar)).media_kind is MediaKind.NONE


async def test_a_stream_is_checked_and_what_was_found_is_shown(
    installation: Installation, organisation: Organisation, stream: str
):
    webinar = await a_webinar(installation, organisation.id, media_kind=MediaKind.NONE)
    client, address = organisation.admin.client, f"/admin/webinars/{webinar.id}/picture"
    page = await client.post(f"{address}/live", data={"kind": "external", "url": stream, "action": "check"})
    assert page.status_code == 200
    for found in ("1280 × 720", "424 kbit/s", "Nederlands", "العربية", "0:30", f'value="{stream}"'):
        assert found in page.text
    assert (await stored(installation, webinar)).media_kind is MediaKind.NONE
    piece = await client.post(f"{address}/check", data={"url": stream})
    assert "1280 × 720" in piece.text
    assert "<html" not in piece.text
    saved = await client.post(f"{address}/live", data={"kind": "external", "url": stream, "action": "save"})
    assert saved.status_code == 303
    assert (await stored(installation, webinar)).media_url == stream
    shown = await client.get(address)
    assert f'src="{stream}"' in shown.text
    assert stream.removesuffix("/main.m3u8") in shown.headers["content-security-policy"]


async def test_a_stream_that_cannot_be_read_is_kept_only_when_its_maker_says_so(
    installation: Installation, organisation: Organisation, stream: str
):
    webinar = await a_webinar(installation, organisation.id, media_kind=MediaKind.NONE)
    address = f"/admin/webinars/{webinar.id}/picture/live"
    data = {"kind": "external", "url": stream.replace("main", "later"), "action": "save"}
    page = await organisation.admin.client.post(address, data=data)
    assert "The server answered with status 404." in page.text
    assert 'name="anyway"' in page.text
    assert (await stored(installation, webinar)).media_kind is MediaKind.NONE
    await organisation.admin.client.post(address, data=data | {"anyway": "yes"})
    assert (await stored(installation, webinar)).media_kind is MediaKind.EXTERNAL


@pytest.mark.parametrize(
    "url",
    ["", "live.m3u8", "javascript:alert(1)", "file:///etc/passwd", "https://a:b@video.example/", "x" * 3000],
)
async def test_what_is_no_address_is_refused_beside_its_field(
    installation: Installation, organisation: Organisation, url: str
):
    webinar = await a_webinar(installation, organisation.id)
    data = {"kind": "external", "url": url, "anyway": "yes"}
    for part in ("live", "replay"):
        page = await organisation.admin.client.post(f"/admin/webinars/{webinar.id}/picture/{part}", data=data)
        assert page.status_code == 422
        assert f'id="{part}-url-error"' in page.text


async def test_a_private_address_is_not_asked(installation: Installation, organisation: Organisation):
    webinar = await a_webinar(installation, organisation.id)
    piece = await organisation.admin.client.post(
        f"/admin/webinars/{webinar.id}/picture/check", data={"url": "http://169.254.169.254/latest/meta-data"}
    )
    assert "is not on the public internet" in piece.text


async def test_a_recording_is_uploaded_shown_and_removed(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id)
    client, address = organisation.admin.client, f"/admin/webinars/{webinar.id}"
    content = a_zip()
    assert len(content) > 1024 * 1024
    answer = await upload(client, f"{address}/recordings", "recording", content)
    assert answer.status_code == 303
    [folder] = files_of(installation, webinar)
    await client.post(f"{address}/picture/live", data={"kind": folder.name})
    assert str((await stored(installation, webinar)).recording_id) == folder.name
    playing = installation.services.pictures.preview(await stored(installation, webinar))
    assert playing is not None
    assert (await installation.client.get(playing.src)).status_code == 200
    assert (await client.post(f"{address}/recordings/{folder.name}/remove")).status_code == 409
    await client.post(f"{address}/picture/live", data={"kind": "sample"})
    assert (await client.post(f"{address}/recordings/{folder.name}/remove")).status_code == 303
    assert files_of(installation, webinar) == []
    assert (await installation.client.get(playing.src)).status_code == 404


async def test_an_upload_that_does_not_fit_leaves_nothing_behind(
    installation: Installation, organisation: Organisation, stranger: Organisation
):
    webinar = await a_webinar(installation, organisation.id)
    address = f"/admin/webinars/{webinar.id}"
    client = organisation.admin.client
    for path, name, content in (
        ("recordings", "recording", b"no zip"),
        ("recordings", "recording", b""),
        ("recordings", "other", b"x"),
        ("logo", "logo", b"no image"),
        ("logo", "logo", an_image((2600, 2600))),
    ):
        page = await upload(client, f"{address}/{path}", name, content)
        assert page.status_code in {413, 422}
    text = await client.post(f"{address}/recordings", data={"recording": "text, no file"})
    assert text.status_code == 422
    assert (
        await upload(stranger.admin.client, f"{address}/recordings", "recording", a_zip())
    ).status_code == 404
    assert (
        await upload(installation.client, f"{address}/recordings", "recording", a_zip())
    ).status_code == 303
    assert files_of(installation, webinar) == []


async def test_a_full_disk_is_said_beside_the_field_and_nothing_is_left_half(
    installation: Installation, organisation: Organisation, monkeypatch: pytest.MonkeyPatch
):
    def until_full(upload: BinaryIO, folder: Path) -> None:
        (folder / "half.m4s").write_bytes(b"half")
        Path("/dev/full").write_bytes(b"the rest")

    monkeypatch.setattr(archive, "_unpack", until_full)
    webinar = await a_webinar(installation, organisation.id)
    address = f"/admin/webinars/{webinar.id}/recordings"
    page = await upload(organisation.admin.client, address, "recording", a_zip())
    assert page.status_code == 507
    assert "There is no room for it on the server." in page.text
    assert 'id="recording-error"' in page.text
    assert files_of(installation, webinar) == []
    assert "recordings/" not in page.text


async def test_nothing_is_read_of_an_upload_by_somebody_who_may_not_send_one(
    installation: Installation, organisation: Organisation, stranger: Organisation
):
    webinar = await a_webinar(installation, organisation.id)
    read = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal read
        for _ in range(50):
            read += 1
            yield b"x" * 1024

    headers = {"content-type": "multipart/form-data; boundary=x"}
    for client in (installation.client, stranger.owner.client, organisation.host.client):
        for path in ("recordings", "logo"):
            address = f"/admin/webinars/{webinar.id}/{path}"
            answer = await client.post(address, content=body(), headers=headers)
            assert answer.status_code in {303, 403, 404}
    assert read == 0


async def test_a_logo_is_drawn_anew_and_replaces_the_one_before(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id)
    client, address = organisation.admin.client, f"/admin/webinars/{webinar.id}"
    for _ in range(2):
        assert (await upload(client, f"{address}/logo", "logo", an_image())).status_code == 303
        assert len(files_of(installation, webinar)) == 1
    logo = await installation.client.get(f"/w/{webinar.id}/logo")
    assert logo.headers["content-type"] == "image/png"
    assert logo.headers["x-content-type-options"] == "nosniff"
    await client.post(f"{address}/logo/remove")
    assert files_of(installation, webinar) == []
    assert (await installation.client.get(f"/w/{webinar.id}/logo")).status_code == 404


async def test_a_copy_has_files_of_its_own(installation: Installation, organisation: Organisation):
    webinar = await a_webinar(installation, organisation.id)
    client, address = organisation.admin.client, f"/admin/webinars/{webinar.id}"
    await upload(client, f"{address}/logo", "logo", an_image())
    await upload(client, f"{address}/recordings", "recording", a_zip())
    [recording] = [each for each in files_of(installation, webinar) if each.is_dir()]
    await client.post(f"{address}/picture/live", data={"kind": recording.name})
    answer = await client.post(f"{address}/duplicate")
    copy_address = answer.headers["location"].partition("?")[0]
    await installation.services.library.remove_webinar_files(webinar.id)
    copy = copy_address.rpartition("/")[2]
    assert (await client.get(f"/w/{copy}/logo")).status_code == 200
    page = await client.get(f"{copy_address}/picture")
    src = page.text.partition('<live-player class="preview-player" src="')[2].partition('"')[0]
    assert (await client.get(src)).status_code == 200


async def test_a_colour_is_saved_or_refused_with_what_was_typed(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id)
    client, address = organisation.admin.client, f"/admin/webinars/{webinar.id}/look"
    page = await client.post(address, data={"brand_colour": "tomato"})
    assert page.status_code == 422
    assert 'value="tomato"' in page.text
    await client.post(address, data={"brand_colour": "#7A3FF2"})
    assert (await stored(installation, webinar)).brand_colour == "#7a3ff2"
    preview = await client.get(f"/w/{webinar.id}/brand.css?preview")
    assert preview.text == ".branded { --brand: #7a3ff2 }\n"


async def test_speakers_are_added_changed_moved_and_removed(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id)
    client, address = organisation.admin.client, f"/admin/webinars/{webinar.id}"
    assert (await client.post(f"{address}/speakers", data={"name": "", "role": "Kept"})).status_code == 422
    for name in ("Ada", "Grace"):
        await client.post(f"{address}/speakers", data={"name": name})
    page = (await client.get(f"{address}/look")).text
    assert page.index("Ada") < page.index("Grace")
    grace = page.partition("Grace")[2].partition(f"{address}/speakers/")[2].partition('"')[0]
    await client.post(f"{address}/speakers/{grace}/move", data={"to": "up"})
    wrong = await client.post(f"{address}/speakers/{grace}", data={"name": "", "role": "Kept"})
    assert wrong.status_code == 422
    assert 'value="Kept"' in wrong.text
    await client.post(f"{address}/speakers/{grace}", data={"name": "Grace <b>", "role": "Admiral"})
    page = (await client.get(f"{address}/look")).text
    assert page.index("Grace &lt;b&gt;") < page.index("Ada")
    await client.post(f"{address}/speakers/{grace}/remove")
    assert "Grace" not in (await client.get(f"{address}/look")).text


async def test_sites_that_may_embed_are_saved_and_the_snippets_are_safe_to_paste(
    installation: Installation, organisation: Organisation
):
    webinar = await a_webinar(installation, organisation.id, title='Bees" onload="alert(1)')
    client, address = organisation.admin.client, f"/admin/webinars/{webinar.id}/embed"
    page = await client.post(address, data={"embed_origins": "https://a.example\nhttp://b.example"})
    assert page.status_code == 422
    assert "http://b.example" in page.text
    await client.post(address, data={"embed_origins": "https://A.example/\nhttp://127.0.0.1:8001"})
    assert (await stored(installation, webinar)).embed_origins == [
        "https://a.example",
        "http://127.0.0.1:8001",
    ]
    page = await client.get(address)
    assert "data-title=&#34;Bees&amp;quot; onload=&amp;quot;alert(1)&#34;" in page.text
    assert f"&lt;iframe src=&#34;http://testserver/e/{webinar.id}&#34;" in page.text
