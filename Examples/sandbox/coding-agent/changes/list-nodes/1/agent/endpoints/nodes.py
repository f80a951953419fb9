"""The nodes of an environment."""

from agent.exchange import Request


def nodes(request: Request) -> dict:
    return request.read("read_nodes", lambda node: node.get("/nodes"))


ROUTES = {("GET", "/v1/nodes"): nodes}
