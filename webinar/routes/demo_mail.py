"""The demo's mailbox: what would have been sent. It does not exist on a real installation."""

from pathlib import Path
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from webinar.errors import NotFound
from webinar.mail.folder import newest_mails, read_mail
from webinar.routes.context import services


async def show_mailbox(request: Request) -> Response:
    """The newest mails."""
    mails = await newest_mails(_folder(request))
    return services(request).templates.render(request, "demo/mailbox.html", {"mails": mails})


async def show_mail(request: Request) -> Response:
    """One mail, with its links to follow."""
    mail_id: UUID = request.path_params["id"]
    mail = await read_mail(_folder(request), mail_id)
    return services(request).templates.render(request, "demo/mail.html", {"mail": mail})


def _folder(request: Request) -> Path:
    folder = services(request).mailbox
    if folder is None:
        raise NotFound
    return folder
