"""The picture's bytes: playlists and segments, at addresses that carry their own permission."""

from pathlib import PurePosixPath

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from webinar.errors import NotFound
from webinar.media.pictures import VALID
from webinar.media.recording import PLAYLIST, TYPES
from webinar.routes.context import services

# A segment never changes; the token in its address is valid just as long.
SEGMENT_CACHE = f"private, max-age={int(VALID.total_seconds())}, immutable"


async def serve(request: Request) -> Response:
    """A playlist of this moment, or a segment (in whole or a range of it)."""
    pictures = services(request).pictures
    grant = pictures.read(request.path_params["token"])
    name = request.path_params["name"]
    suffix = PurePosixPath(name).suffix
    if suffix == PLAYLIST:
        text = await pictures.playlist(grant, name)
        return Response(text, media_type=TYPES[PLAYLIST], headers={"cache-control": "no-cache"})
    path = await pictures.file(grant, name)
    if not path.is_file():
        raise NotFound
    return FileResponse(path, media_type=TYPES[suffix.lower()], headers={"cache-control": SEGMENT_CACHE})
