"""The participant's column of the table of permissions (S7): every route, for the webinar's own participant and another's.

Where users have to sign in, a participant's session opens nothing. The routes that a session opens are in a table:
what the webinar's own participant gets, and one of another webinar of the same account. On all other routes a
participant is nobody: a new route that makes a difference to them fails here until it has a row.
"""

from dataclasses import dataclass

import httpx2
import pytest

from tests.registration.samples import Published, publish_sample
from tests.routes.test_permissions import NOT_FOUND, OK, ROUTES, SEE_OTHER, SIGN_IN, filled
from tests.support.installation import Installation
from tests.support.people import give_cookie
from tests.support.samples import NOW, make_account, make_participant
from webinar.models import Participant, Registration, Webinar
from webinar.registration.admission import open_session
from webinar.routes.admitted import admission_cookie

NOT_ADMITTED, ELSEWHERE = 401, 403
API = "/api/v1/webinars/{webinar_id:uuid}"


@dataclass(frozen=True)
class Row:
    """The answers to the webinar's own participant, and to one of another webinar."""

    own: int
    foreign: int


# An empty form is what is sent, and an empty object where JSON is.
OPENED: dict[str, Row] = {
    f"GET {API}/messages": Row(OK, NOT_ADMITTED),
    f"POST {API}/ticket": Row(OK, NOT_ADMITTED),
    **{
        f"{operation.partition(' ')[0]} {base}{operation.partition(' ')[2]}": row
        for base in ("/w/{webinar_id:uuid}", "/e/{webinar_id:uuid}")
        for operation, row in {
            "GET /watch": Row(OK, ELSEWHERE),
            "POST /watch": Row(OK, ELSEWHERE),
            "GET /my": Row(OK, SEE_OTHER),
            "GET /my/data.{kind}": Row(OK, ELSEWHERE),
            "GET /my/erase": Row(OK, ELSEWHERE),
            "POST /my/erase": Row(SEE_OTHER, ELSEWHERE),
            "GET /my/requests": Row(OK, ELSEWHERE),
            "POST /my/requests": Row(422, ELSEWHERE),
            "POST /my/restriction": Row(SEE_OTHER, ELSEWHERE),
            "POST /my/name": Row(422, ELSEWHERE),
            "POST /my/reminders": Row(SEE_OTHER, ELSEWHERE),
            "GET /my/receipt": Row(OK, ELSEWHERE),
            "GET /my/address": Row(OK, ELSEWHERE),
            "POST /my/address": Row(422, ELSEWHERE),
            "POST /my/address/keep": Row(SEE_OTHER, ELSEWHERE),
            "GET /my/answers": Row(OK, ELSEWHERE),
            "POST /my/answers": Row(422, ELSEWHERE),
            "GET /my/words": Row(OK, ELSEWHERE),
            "POST /my/words": Row(422, ELSEWHERE),
        }.items()
    },
}


@dataclass
class Two:
    """Two webinars of one account, and the browser of a participant of each."""

    webinar: Webinar
    own: httpx2.AsyncClient
    foreign: httpx2.AsyncClient


@pytest.fixture
async def two(installation: Installation) -> Two:
    found = installation.services
    async with found.db.writing() as db:
        account = await make_account(db)
        published = [await publish_sample(db, account) for _ in range(2)]
        webinars = [each.webinar for each in published]
        people = [await make_participant(db, found.signer, webinar) for webinar in webinars]
        db.add_all(registered(*each) for each in zip(published, people, strict=True))
        opened = [await open_session(db, person, installation.clock.now()) for person in people]
    clients = [installation.new_client() for _ in webinars]
    for client, webinar, session in zip(clients, webinars, opened, strict=True):
        give_cookie(client, admission_cookie(found.site, webinar.id), session.token)
    # Their own token under the other webinar's name as well: the name of a cookie proves nothing.
    give_cookie(clients[1], admission_cookie(found.site, webinars[0].id), opened[1].token)
    return Two(webinars[0], *clients)


def registered(published: Published, person: Participant) -> Registration:
    """They filled in the webinar's form."""
    return Registration(
        account_id=person.account_id,
        webinar_id=person.webinar_id,
        participant_id=person.id,
        form_version_id=published.form.version_id,
        privacy_notice_id=published.form.privacy_notice_id,
        submission_key=person.id.hex,
        submitted_at=NOW,
    )


def path_of(operation: str, webinar: Webinar) -> str:
    bases = ("/w/", "/e/", "/admin/webinars/", "/host/", "/api/v1/webinars/")
    samples: dict[str, object] = dict.fromkeys(bases, webinar.id)
    samples |= {f"/{base}/{webinar.id}/my/data.": "json" for base in "we"}
    return filled(operation.partition(" ")[2], samples)


async def ask(client: httpx2.AsyncClient, operation: str, webinar: Webinar) -> httpx2.Response:
    method, path = operation.partition(" ")[0], path_of(operation, webinar)
    if method == "POST" and path.startswith("/api/"):
        return await client.post(path, json={})
    return await client.request(method, path, data={} if method == "POST" else None)


# A socket has no session of its own; what its ticket opens is judged in test_live.py.
@pytest.mark.parametrize("operation", [each for each in ROUTES if not each.startswith("SOCKET")])
async def test_a_participant_gets_what_is_theirs_and_nothing_else(
    installation: Installation, two: Two, operation: str
):
    foreign = await ask(two.foreign, operation, two.webinar)
    own = await ask(two.own, operation, two.webinar)
    if ROUTES[operation].answers[0] == SIGN_IN:
        for answer in (own, foreign):
            assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (
                SEE_OTHER,
                "/sign-in",
            )
    elif operation in OPENED:
        assert Row(own.status_code, foreign.status_code) == OPENED[operation]
    else:
        nobody = await ask(installation.client, operation, two.webinar)
        assert own.status_code == foreign.status_code == nobody.status_code


def test_every_row_has_a_route():
    assert set(OPENED) <= set(ROUTES)
    assert NOT_FOUND not in {row.own for row in OPENED.values()}
