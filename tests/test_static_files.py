"""Static files: types, compression, caching, and pages that outlive a release."""

import gzip
from pathlib import Path

import pytest

from tests.support.installation import Installation
from webinar.static_files import StaticFiles

SCRIPT = "vendor/lit.mjs"


async def test_a_file_of_the_present_release_may_be_kept_for_ever(installation: Installation):
    answer = await installation.client.get(installation.services.static.url(SCRIPT))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_a_page_of_an_older_release_gets_the_present_file_and_asks_again(installation: Installation):
    answer = await installation.client.get(f"/static/0123456789abcdef/{SCRIPT}")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


async def test_a_file_that_the_browser_has_is_not_sent_again(installation: Installation):
    url = installation.services.static.url(SCRIPT)
    tag = (await installation.client.get(url)).headers["etag"]
    answer = await installation.client.get(url, headers={"if-none-match": tag})
    assert (answer.status_code, answer.content) == (304, b"")


async def test_text_is_compressed_once_and_only_for_those_who_take_it(installation: Installation):
    url = installation.services.static.url(SCRIPT)
    zipped = await installation.client.get(url, headers={"accept-encoding": "gzip"})
    plain = await installation.client.get(url, headers={"accept-encoding": "identity"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert int(zipped.headers["content-length"]) < int(plain.headers["content-length"])
    assert zipped.content == plain.content
    assert zipped.headers["vary"] == plain.headers["vary"] == "accept-encoding"


@pytest.mark.parametrize("path", ["nowhere.js", "%2e%2e/settings.py", "vendor", ""])
async def test_nothing_but_the_known_files_is_served(installation: Installation, path: str):
    answer = await installation.client.get(f"/static/{installation.services.static.release}/{path}")
    assert answer.status_code == 404


def test_the_release_changes_with_any_byte_of_any_file(tmp_path: Path):
    (tmp_path / "a.css").write_text("a {}")
    first = StaticFiles.load(tmp_path)
    (tmp_path / "a.css").write_text("b {}")
    second = StaticFiles.load(tmp_path)
    assert first.release != second.release
    assert first.url("a.css") != second.url("a.css")
    assert second.release == StaticFiles.load(tmp_path).release


def test_a_template_that_names_a_missing_file_fails_at_once(tmp_path: Path):
    with pytest.raises(LookupError, match=r"gone\.css"):
        StaticFiles.load(tmp_path).url("gone.css")


def test_compression_gives_back_the_same_bytes(tmp_path: Path):
    (tmp_path / "long.css").write_text("a { color: red }\n" * 100)
    (file,) = StaticFiles.load(tmp_path)._files.values()
    assert gzip.decompress(file.zipped) == file.content


def test_a_style_sheet_goes_out_with_what_it_imports(tmp_path: Path):
    (tmp_path / "css" / "components").mkdir(parents=True)
    (tmp_path / "css" / "app.css").write_text('@layer base;\n@import url("components/a.css") layer(base);\n')
    (tmp_path / "css" / "components" / "a.css").write_text('a { background: url("../../a.svg"); }\n')
    (tmp_path / "a.svg").write_text("<svg/>")
    file = StaticFiles.load(tmp_path)._files["css/app.css"]
    assert file.content.decode() == '@layer base;\n@layer base {\na { background: url("../a.svg"); }\n}\n'


def test_a_script_is_named_with_all_that_it_loads_each_module_once(tmp_path: Path):
    (tmp_path / "lib").mkdir()
    (tmp_path / "page.js").write_text('import "./lib/a.js";\nimport { b } from "./lib/b.mjs";\n')
    (tmp_path / "lib" / "a.js").write_text('import{b as c}from"./b.mjs";export{d}from"../d.js";')
    (tmp_path / "lib" / "b.mjs").write_text('import "./a.js"; // a circle')
    (tmp_path / "d.js").write_text("export const d = 1;")
    static = StaticFiles.load(tmp_path)
    named = [static.url(name) for name in ("page.js", "lib/a.js", "lib/b.mjs", "d.js")]
    assert static.modules("page.js", "d.js") == named


def test_a_script_that_imports_nothing_there_fails_at_once(tmp_path: Path):
    (tmp_path / "page.js").write_text('import "./gone.js";')
    with pytest.raises(LookupError, match=r"gone\.js"):
        StaticFiles.load(tmp_path)


def test_a_style_sheet_that_imports_nothing_there_fails_at_once(tmp_path: Path):
    (tmp_path / "app.css").write_text('@import url("gone.css");')
    with pytest.raises(LookupError, match=r"gone\.css"):
        StaticFiles.load(tmp_path)
