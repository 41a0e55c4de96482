"""Where tickets come from: the endpoint, asked anew for every connection, since each ticket opens one."""

from contextlib import suppress
from http import HTTPStatus
from typing import Any, Literal
from uuid import UUID

import httpx

FOR_GOOD = frozenset({301, 308, 400, 401, 403, 404, 410, 422})


class TicketRefused(Exception):
    """The installation gave no ticket. `status` is the HTTP status, `code` the error's stable word."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message or f"no ticket ({status})")
        self.status, self.code = status, code

    @property
    def for_good(self) -> bool:
        """Whether asking again is in vain."""
        return self.status in FOR_GOOD


class Tickets:
    """Asks for tickets to one webinar through `http`, whose base is the installation.

    Who asks: the participant with the session token `token`, or whoever the client's cookies say. Without either
    it is a nameless viewer, whom open webinars let in. `role="host"` asks as a user of the account.
    """

    def __init__(
        self,
        http: httpx.AsyncClient,
        webinar_id: UUID,
        *,
        token: str | None = None,
        role: Literal["participant", "host"] = "participant",
    ) -> None:
        self._http, self._path = http, f"/api/v1/webinars/{webinar_id}/ticket"
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._role = role

    async def __call__(self) -> str:
        """A ticket; raises TicketRefused, or httpx's TransportError when nobody answers."""
        answer = await self._http.post(self._path, json={"role": self._role}, headers=self._headers)
        if answer.status_code == HTTPStatus.OK:
            # A proxy that shows a page of its own may call that 200 as well.
            with suppress(ValueError, KeyError, TypeError):
                return str(answer.json()["ticket"])
        raise refusal_of(answer)


def refusal_of(answer: httpx.Response) -> TicketRefused:
    """What an answer that is none says, whether the application or a proxy before it speaks."""
    try:
        said: Any = answer.json()["error"]
        return TicketRefused(answer.status_code, str(said["code"]), str(said["message"]))
    except (ValueError, KeyError, TypeError):
        return TicketRefused(answer.status_code, "", "")
