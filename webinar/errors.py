"""One error tree with stable codes.

    WebinarError
    ├── Invalid            422  what was sent does not fit; names the fields
    │   └── NoRoom         507  the disk is full
    ├── NotSignedIn        401  nobody is signed in, or no longer
    ├── Forbidden          403  signed in, but not allowed
    ├── NotFound           404  not there, or not yours: the two look alike
    ├── Conflict           409  not in this state
    │   ├── Full                every seat is taken
    │   ├── Held                a legal hold keeps what was to be erased
    │   ├── Restricted          somebody restricted the use of the data: it is only kept
    │   ├── Incomplete          something has to be filled in first; names what
    │   └── IllegalTransition   a lifecycle step that does not exist
    ├── TooLarge           413  more bytes than allowed
    ├── TooMany            429  too often; says when to come back
    └── Unavailable        503  a part of the installation does not answer

Codes appear in JSON answers and on the socket; messages are written for the person who reads them.
"""

from collections.abc import Mapping, Sequence

from webinar.i18n import N_


class WebinarError(Exception):
    """The root. `code` is stable and dotted; `message` is plain English, translated where it is shown."""

    status = 500
    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code


class Invalid(WebinarError):
    """What was sent does not fit. `fields` maps each field's name to what is wrong with it."""

    status = 422
    code = "invalid"

    def __init__(
        self, fields: Mapping[str, str], message: str = N_("Please check what you entered.")
    ) -> None:
        super().__init__(message)
        self.fields = dict(fields)


class NoRoom(Invalid):
    """What the field brings does not fit on the disk. Nothing of it was kept."""

    status = 507
    code = "no_room"


class NotSignedIn(WebinarError):
    """Nobody is signed in, or no longer."""

    status = 401
    code = "not_signed_in"

    def __init__(self, message: str = N_("Please sign in.")) -> None:
        super().__init__(message)


class Forbidden(WebinarError):
    """Signed in, but not allowed to do this."""

    status = 403
    code = "forbidden"

    def __init__(
        self, message: str = N_("You are not allowed to do this."), *, code: str | None = None
    ) -> None:
        super().__init__(message, code=code)


class NotFound(WebinarError):
    """Not there, or somebody else's: the two must look alike."""

    status = 404
    code = "not_found"

    def __init__(self, message: str = N_("There is nothing here.")) -> None:
        super().__init__(message)


class Conflict(WebinarError):
    """The request is fine, but not in the state things are in."""

    status = 409
    code = "conflict"


class Full(Conflict):
    """Every seat of the webinar is taken."""

    code = "full"

    def __init__(self, message: str = N_("Every seat of this webinar is taken.")) -> None:
        super().__init__(message)


class Held(Conflict):
    """A legal hold keeps what was to be erased (Art. 17(3) GDPR)."""

    code = "held"

    def __init__(
        self,
        message: str = N_(
            "A legal hold keeps this data for now, so it can't be erased yet. The organiser can tell you more."
        ),
    ) -> None:
        super().__init__(message)


class Restricted(Conflict):
    """The use of the data is restricted (Art. 18 GDPR): it is only kept."""

    code = "restricted"

    def __init__(
        self,
        message: str = N_(
            "The use of this data is restricted, so it is only kept: nothing is changed, sent or erased."
        ),
    ) -> None:
        super().__init__(message)


class Incomplete(Conflict):
    """Something has to be filled in first. `missing` holds the codes of what."""

    code = "incomplete"

    def __init__(self, missing: Sequence[str], message: str = N_("Something is missing.")) -> None:
        super().__init__(message)
        self.missing = tuple(missing)


class IllegalTransition(Conflict):
    """A step in a lifecycle that does not exist."""

    code = "illegal_transition"


class TooLarge(WebinarError):
    """More bytes than allowed."""

    status = 413
    code = "too_large"


class TooMany(WebinarError):
    """Too often. `retry_after` is in whole seconds."""

    status = 429
    code = "too_many"

    def __init__(
        self, retry_after: int, message: str = N_("Too many attempts. Please wait a moment.")
    ) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unavailable(WebinarError):
    """A part of the installation does not answer; trying again later may help."""

    status = 503
    code = "unavailable"
