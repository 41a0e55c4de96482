"""Who acts: a signed-in user, and what their role lets them do. The role matrix is this file.

host    moderates: the host console of every webinar of the account
admin   everything in the account but deleting it, and but owners: they can't make, change or remove one
owner   everything
"""

from dataclasses import dataclass
from uuid import UUID

from webinar.errors import Forbidden
from webinar.models import Role, User, UserSession

RANK = {Role.HOST: 1, Role.ADMIN: 2, Role.OWNER: 3}


@dataclass(frozen=True, slots=True)
class Actor:
    """The signed-in user of a request."""

    user: User
    session: UserSession

    @property
    def account_id(self) -> UUID:
        """The account they work for: every lookup goes through it."""
        return self.user.account_id

    @property
    def role(self) -> Role:
        """What they are in their account."""
        return self.user.role

    def may(self, role: Role) -> bool:
        """Whether they are at least `role`."""
        return RANK[self.role] >= RANK[role]

    def require(self, role: Role) -> None:
        """Raises Forbidden unless they are at least `role`."""
        if not self.may(role):
            raise Forbidden("Your role does not allow this. Please ask an owner of your account.")
