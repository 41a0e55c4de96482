"""The state of a webinar over the API, for the people who run it."""

from msgspec import Struct
from starlette.requests import Request

from webinar.errors import Forbidden, IllegalTransition, NotFound, NotSignedIn
from webinar.routes.api.operation import Nothing, Operation, operation
from webinar.routes.host.standing import HostStep, Standing, find_standing, step_on, switch_replay


class StepTaken(Struct, forbid_unknown_fields=True):
    """The step to take."""

    step: HostStep


class ReplaySwitch(Struct, forbid_unknown_fields=True):
    """Whether the webinar can be watched again."""

    enabled: bool


@operation(
    Operation(
        "See how a webinar stands and what can be done next",
        answer=Standing,
        errors=(NotSignedIn, NotFound),
        who="user",
    )
)
async def read_state(request: Request, _: Nothing) -> Standing:
    """How the webinar stands."""
    _webinar, standing = await find_standing(request)
    return standing


@operation(
    Operation(
        "Take a webinar live, pause it, go on, or end it",
        answer=Standing,
        body=StepTaken,
        errors=(NotSignedIn, Forbidden, NotFound, IllegalTransition),
        who="user",
    )
)
async def change_state(request: Request, sent: StepTaken) -> Standing:
    """Takes a step; how the webinar stands afterwards."""
    return await step_on(request, sent.step)


@operation(
    Operation(
        "Let an ended webinar be watched again, or stop that",
        answer=Standing,
        body=ReplaySwitch,
        errors=(NotSignedIn, Forbidden, NotFound, IllegalTransition),
        who="user",
    )
)
async def change_replay(request: Request, sent: ReplaySwitch) -> Standing:
    """Switches the replay; how the webinar stands afterwards."""
    return await switch_replay(request, enabled=sent.enabled)
