"""The site's own scripts, styles and pictures, held in memory and served under an address that changes with them.

The release is a hash over every file, so a browser may keep what it has for ever, and a page never mixes the
scripts of two releases: modules import each other relative to the release's folder.
"""

import gzip
import hashlib
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from webinar.errors import NotFound

# By our own table: the machine's may lack .mjs or call a stream's .ts a translation.
CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".m3u8": "application/vnd.apple.mpegurl",
    ".m4s": "video/iso.segment",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp4": "video/mp4",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ts": "video/mp2t",
    ".txt": "text/plain; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
COMPRESSED = {
    ".css",
    ".html",
    ".ico",
    ".js",
    ".json",
    ".m3u8",
    ".mjs",
    ".svg",
    ".txt",
    ".vtt",
    ".webmanifest",
}
SCRIPTS = (".js", ".mjs")
RELEASE_LENGTH = 16
FOR_EVER = "public, max-age=31536000, immutable"
ASK_EACH_TIME = "no-cache"
_IMPORT = re.compile(rb'@import url\("(?P<path>[^"]+)"\)(?: layer\((?P<layer>[\w.-]+)\))?;')
_RELATIVE = re.compile(rb'url\("?(?P<path>(?![a-z]+:|/|#)[^")]+)"?\)')
_MODULE = re.compile(rb'\b(?:import|from)\s*"(?P<path>\.\.?/[^"]+)"')


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file as it goes out. `zipped` is empty where compression gains nothing."""

    content: bytes
    zipped: bytes
    content_type: str
    tag: str


class StaticFiles:
    """Every static file of the package. `release` names this very set of files."""

    def __init__(self, files: Mapping[str, StaticFile]) -> None:
        self._files = dict(files)
        self._imports = {name: _imports_of(name, files) for name in files if name.endswith(SCRIPTS)}
        self.release = _release_of(self._files)

    @classmethod
    def load(cls, folder: Path) -> "StaticFiles":
        """Reads and compresses every file below `folder`; the keys are paths with `/`."""
        paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name[0] != ".")
        contents = {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
        return cls({name: _prepare(name, _whole(name, contents)) for name in contents})

    def url(self, path: str) -> str:
        """The address of the file at `path`; raises LookupError for one that does not exist."""
        if path not in self._files:
            raise LookupError(f"there is no static file {path!r}")
        return f"/static/{self.release}/{path}"

    def modules(self, *entries: str) -> list[str]:
        """The addresses of the scripts `entries` and of every module that they load, nearest first, each once.

        A page that names them all lets the browser ask for them at once, instead of finding the next only when it has
        read the one before.
        """
        found: dict[str, None] = {}
        waiting = list(reversed(entries))
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = None
                waiting.extend(reversed(self._imports[name]))
        return [self.url(name) for name in found]

    def respond(self, request: Request, release: str, path: str) -> Response:
        """Serves the file; raises NotFound.

        A page of an older release that is still open gets the current file, which it must not keep.
        """
        file = self._files.get(path)
        if file is None:
            raise NotFound
        headers = {
            "cache-control": FOR_EVER if release == self.release else ASK_EACH_TIME,
            "etag": file.tag,
            "vary": "accept-encoding",
            "x-content-type-options": "nosniff",
            # The embed's script is loaded by other sites; nothing here is anybody's secret.
            "cross-origin-resource-policy": "cross-origin",
        }
        if file.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        content = file.content
        if file.zipped and "gzip" in request.headers.get("accept-encoding", ""):
            content = file.zipped
            headers["content-encoding"] = "gzip"
        headers["content-type"] = file.content_type
        return Response(content, headers=headers)


def _whole(name: str, contents: Mapping[str, bytes]) -> bytes:
    """The file with every style sheet that it imports in its place, so that a page waits for one answer only.

    Raises LookupError for an import that does not exist.
    """
    content = contents[name]
    if not name.endswith(".css"):
        return content

    def put_in(found: re.Match[bytes]) -> bytes:
        imported = posixpath.normpath(posixpath.join(posixpath.dirname(name), found["path"].decode()))
        if imported not in contents:
            raise LookupError(f"{name} imports {imported!r}, which does not exist")
        inner = _RELATIVE.sub(
            lambda url: b'url("' + _moved(url["path"].decode(), imported, name).encode() + b'")',
            _whole(imported, contents),
        )
        return b"@layer " + found["layer"] + b" {\n" + inner + b"}" if found["layer"] else inner

    return _IMPORT.sub(put_in, content)


def _moved(path: str, written_in: str, shown_in: str) -> str:
    """A relative address of the sheet `written_in`, as it must read in the sheet `shown_in`."""
    target = posixpath.join(posixpath.dirname(written_in), path)
    return posixpath.relpath(target, posixpath.dirname(shown_in) or ".")


def _imports_of(name: str, files: Mapping[str, StaticFile]) -> list[str]:
    """The modules that a script imports by name; raises LookupError for one that does not exist."""
    folder = posixpath.dirname(name)
    paths = (found["path"].decode() for found in _MODULE.finditer(files[name].content))
    imported = [posixpath.normpath(posixpath.join(folder, path)) for path in paths]
    if missing := [path for path in imported if path not in files]:
        raise LookupError(f"{name} imports {missing[0]!r}, which does not exist")
    return imported


def _prepare(name: str, content: bytes) -> StaticFile:
    suffix = posixpath.splitext(name)[1]
    zipped = gzip.compress(content, mtime=0) if suffix in COMPRESSED else b""
    return StaticFile(
        content,
        zipped if len(zipped) < len(content) else b"",
        CONTENT_TYPES.get(suffix, "application/octet-stream"),
        # Weak: the compressed and the plain bytes share it.
        f'W/"{hashlib.sha256(content).hexdigest()[:RELEASE_LENGTH]}"',
    )


def _release_of(files: Mapping[str, StaticFile]) -> str:
    digest = hashlib.sha256()
    for path, file in files.items():
        digest.update(f"{path}\0{len(file.content)}\0".encode())
        digest.update(file.content)
    return digest.hexdigest()[:RELEASE_LENGTH]
