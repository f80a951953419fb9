"""The node's own tasks: what it did, and how that ended."""

from urllib.parse import quote

from agent.exchange import Request


def tasks(request: Request) -> dict:
    """The finished tasks, newest first."""
    path = f"/nodes/{quote(request.parameter('node'), safe='')}/tasks"
    limit = request.number("limit", default=20)
    return request.read("read_tasks", lambda node: node.get(path, {"limit": limit}))


def task_status(request: Request) -> dict:
    """One task: a change counts as done only with exitstatus OK here."""
    name, upid = request.parameter("node"), request.parameter("upid")
    path = f"/nodes/{quote(name, safe='')}/tasks/{quote(upid, safe='')}/status"
    return request.read("read_task_status", lambda node: node.get(path))


ROUTES = {("GET", "/v1/tasks"): tasks, ("GET", "/v1/tasks/status"): task_status}
