"""The sample people that other tests start from."""

from tests.support.installation import Installation
from tests.support.people import Organisation
from webinar.accounts.sessions import find_actor
from webinar.models import Role


async def test_everybody_of_the_sample_account_is_signed_in(
    installation: Installation, organisation: Organisation, stranger: Organisation
):
    assert organisation.id != stranger.id
    for role in Role:
        member = organisation.member(role)
        async with installation.services.db.reading() as db:
            actor = await find_actor(db, member.client.cookies["session"], installation.clock.now())
        assert actor is not None
        assert (actor.role, actor.account_id) == (role, organisation.id)
