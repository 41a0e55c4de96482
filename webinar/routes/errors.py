"""Answers for whatever went wrong: the error tree's code and message, and nothing that a person typed."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from webinar.errors import Invalid, TooMany, WebinarError


async def known(request: Request, error: Exception) -> Response:
    """An error of our own tree."""
    if not isinstance(error, WebinarError):
        raise error
    fields = error.fields if isinstance(error, Invalid) else {}
    headers = {"retry-after": str(error.retry_after)} if isinstance(error, TooMany) else {}
    body = {"error": {"code": error.code, "message": error.message, "fields": fields}}
    return JSONResponse(body, error.status, headers)
