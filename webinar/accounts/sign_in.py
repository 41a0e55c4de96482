"""Signing in with address and password, so that neither answer nor time tell who has an account (S8, S14)."""

from datetime import timedelta

from webinar.accounts.users import find_by_address
from webinar.addresses import address_key
from webinar.db import Database
from webinar.errors import Invalid
from webinar.limits import Limit, Limits
from webinar.models import User
from webinar.passwords import Passwords

WRONG = "The address or the password is not right."
# Per network against guessing many addresses; per address and network, so that a stranger elsewhere can't lock
# somebody out; per address in all, against guessing from many networks.
FROM_NETWORK = Limit("sign-in.network", 60, timedelta(minutes=10))
FOR_ADDRESS = Limit("sign-in.address", 10, timedelta(minutes=10))
FOR_ADDRESS_ANYWHERE = Limit("sign-in.anywhere", 200, timedelta(hours=1))


async def check_sign_in(
    db: Database, passwords: Passwords, limits: Limits, *, email: str, password: str, network: str
) -> User:
    """The user with this address and password; raises Invalid, or TooMany after too many tries.

    Takes the database and not a unit of work: none stays open while the hash is computed.
    """
    key = address_key(email)
    await limits.hit(FROM_NETWORK, network)
    await limits.hit(FOR_ADDRESS, key, network)
    await limits.hit(FOR_ADDRESS_ANYWHERE, key)
    async with db.reading() as session:
        user = await find_by_address(session, email)
    if not await passwords.verify(password, user.password_hash if user else "") or user is None:
        raise Invalid({}, WRONG)
    return user
