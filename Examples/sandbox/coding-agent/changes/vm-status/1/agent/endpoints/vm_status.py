"""The state of one virtual machine."""

from urllib.parse import quote

from agent.exchange import Request


def vm_status(request: Request) -> dict:
    path = f"/nodes/{quote(request.parameter('node'), safe='')}/qemu/{request.number('vmid')}/status/current"
    return request.read("read_vm_status", lambda node: node.get(path))


ROUTES = {("GET", "/v1/vm/status"): vm_status}
