"""The virtual machines of an environment."""

from urllib.parse import quote

from agent.exchange import Request
from agent.proxmox import Node


def inventory(request: Request) -> dict:
    """Every machine with its node; `state` keeps those in one state."""
    state = request.query.get("state")

    def load(node: Node) -> list[dict]:
        machines = [
            {"node": each["node"], "vmid": vm["vmid"], "name": vm.get("name"), "status": vm["status"], "ha": vm["ha"]}
            for each in node.get("/nodes")
            for vm in node.get(f"/nodes/{quote(each['node'], safe='')}/qemu", {"full": True})
        ]
        return sorted((vm for vm in machines if state in (None, vm["status"])), key=lambda vm: vm["vmid"])

    return request.read("read_inventory", load)


ROUTES = {("GET", "/v1/inventory"): inventory}
