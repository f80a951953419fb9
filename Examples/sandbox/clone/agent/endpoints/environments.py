"""The environments that this agent may speak to."""

from agent.exchange import Request, envelope
from agent.policy import decide


def environments(request: Request) -> dict:
    data = [
        {"name": each.name, "endpoint": each.endpoint, "approvers": list(each.approvers)}
        for each in request.configuration.environments.values()
    ]
    return envelope(decide("read_environments", request.actor, None, ()), request.query, data)


ROUTES = {("GET", "/v1/environments"): environments}
