"""Plans and applies actions that change something."""

from __future__ import annotations

from urllib.parse import quote

from agent.exchange import BadRequest, Denied, Request
from agent.proxmox import Node, UpstreamError


def plan(request: Request) -> dict:
    """Decides, and touches nothing."""
    order = read(request)
    return {"request": order, "decision": decision(request, order).document()}


def apply(request: Request) -> dict:
    """Sends the action; "accepted" says that the node took it up, and its task says how it ended."""
    order = read(request)
    verdict = decision(request, order)
    action, target = order["action"], order["target"]
    if not verdict.allowed:
        request.audit.record(request.actor, action, target, False, verdict.reason)
        raise Denied(verdict.reason)
    if action not in SENT:
        raise BadRequest(f'"{action}" cannot be applied')
    try:
        upid = SENT[action](request.node(order["environment"]), vm(target), order["params"])
    except UpstreamError as error:
        request.audit.record(request.actor, action, target, True, str(error))
        raise
    request.audit.record(request.actor, action, target, True, upid)
    result = {"status": "accepted", "message": f"{action} accepted", "data": {"upid": upid}}
    return {"request": order, "decision": verdict.document(), "result": result}


def read(request: Request) -> dict:
    body = request.body
    if not isinstance(body, dict) or not all(isinstance(body.get(key), str) for key in ("environment", "action")):
        raise BadRequest('the body is an object with at least "environment" and "action"')
    order = {
        "environment": body["environment"],
        "action": body["action"],
        "target": body.get("target", {}),
        "params": body.get("params", {}),
        "approved_by": body.get("approved_by"),
    }
    if not isinstance(order["target"], dict) or not isinstance(order["params"], dict):
        raise BadRequest('"target" and "params" are objects')
    return order


def decision(request: Request, order: dict):
    return request.decide(order["action"], request.environment(order["environment"]), order["approved_by"])


def vm(target: dict) -> str:
    node, vmid = target.get("node"), target.get("vmid")
    if not isinstance(node, str) or not isinstance(vmid, int):
        raise BadRequest('"target" needs "node" (text) and "vmid" (number)')
    return f"/nodes/{quote(node, safe='')}/qemu/{vmid}"


def start(node: Node, path: str, _: dict) -> str:
    return node.post(f"{path}/status/start", {})


def stop(node: Node, path: str, _: dict) -> str:
    return node.post(f"{path}/status/stop", {})


def snapshot(node: Node, path: str, params: dict) -> str:
    return node.post(f"{path}/snapshot", {"snapname": params.get("name", "")})


def clone(node: Node, path: str, params: dict) -> str:
    return node.post(f"{path}/clone", {"newid": params.get("new_vmid", "")})


def delete(node: Node, path: str, _: dict) -> str:
    return node.delete(path)


SENT = {"start_vm": start, "stop_vm": stop, "snapshot_vm": snapshot, "clone_vm": clone, "delete_vm": delete}
ROUTES = {("POST", "/v1/actions/plan"): plan, ("POST", "/v1/actions/apply"): apply}
