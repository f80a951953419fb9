"""The part of the `/api2/json` interface that the sandbox's agent uses."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from machines import Node, Refused


@dataclass(frozen=True)
class Call:
    """One authenticated request: who asks, which groups of the path matched, and the parameters."""

    user: str
    path: tuple[str, ...]
    parameters: dict[str, str]
    allows: Callable[[str, str], bool]

    def require(self, where: str, privilege: str) -> None:
        if not self.allows(where, privilege):
            raise Refused(403, f"Permission check failed ({where}, {privilege})\n")

    def boolean(self, name: str) -> bool:
        """Only 0 and 1 are booleans here, never the words."""
        value = self.parameters.get(name, "0")
        if value not in ("0", "1"):
            raise invalid({name: f"type check ('boolean') failed - got '{value}'"})
        return value == "1"

    def number(self, name: str, default: int | None) -> int:
        value = self.parameters.get(name)
        if value is None and default is not None:
            return default
        if value is None:
            raise invalid({name: "property is missing and it is not optional"})
        if not value.isascii() or not value.isdigit():
            raise invalid({name: f"type check ('integer') failed - got '{value}'"})
        return int(value)


def invalid(errors: dict[str, str]) -> Refused:
    return Refused(400, "Parameter verification failed.\n", errors)


def sanitised(parameters: dict[str, str], allowed: set[str], path: dict[str, str]) -> None:
    """A parameter that repeats the path's is fine while it says the same; anything unknown is not."""
    errors = {}
    for name, value in parameters.items():
        if name in path:
            if path[name] != value:
                errors[name] = "duplicate parameter (already defined in URI)"
        elif name not in allowed:
            errors[name] = "property is not defined in schema and the schema does not allow additional properties"
    if errors:
        raise invalid(errors)


class API:
    """Routes a call to the node; `call` returns the whole answer, with `data`."""

    def __init__(self, node: Node):
        self.node = node
        vm = r"/nodes/(?P<node>[^/]+)/qemu/(?P<vmid>[^/]+)"
        self.routes: list[tuple[str, re.Pattern, set[str], Callable[[Call], dict]]] = [
            (method, re.compile(pattern), allowed, function)
            for method, pattern, allowed, function in (
                ("GET", r"/version", set(), self.version),
                ("GET", r"/nodes", set(), self.nodes),
                ("GET", r"/nodes/(?P<node>[^/]+)/qemu", {"full"}, self.machines),
                ("GET", vm + "/status/current", set(), self.status),
                ("POST", vm + "/status/(start|stop)", {"skiplock", "timeout"}, self.power),
                ("GET", vm + "/snapshot", set(), self.snapshots),
                ("POST", vm + "/snapshot", {"snapname", "description", "vmstate"}, self.snapshot),
                ("POST", vm + "/clone", {"newid", "name", "full"}, self.clone),
                ("DELETE", vm, {"purge", "skiplock"}, self.destroy),
                ("GET", r"/nodes/(?P<node>[^/]+)/tasks", {"start", "limit", "vmid", "errors", "source"}, self.tasks),
                ("GET", r"/nodes/(?P<node>[^/]+)/tasks/(?P<upid>[^/]+)/status", set(), self.task),
            )
        ]

    def call(self, method: str, path: str, parameters: dict[str, str], user: str, allows) -> dict:
        for verb, pattern, allowed, function in self.routes:
            match = pattern.fullmatch(path) if verb == method else None
            if match is None:
                continue
            named = match.groupdict()
            sanitised(parameters, allowed, named)
            if named.get("node", self.node.name) != self.node.name:
                raise Refused(500, f"hostname lookup '{named['node']}' failed - failed to get address info")
            return function(Call(user, match.groups(), parameters, allows))
        raise Refused(501, f"Method '{method} {path}' not implemented")

    def version(self, call: Call) -> dict:
        return {"data": {"version": "8.4.1", "release": "8.4", "repoid": "waybill-sandbox"}}

    def nodes(self, call: Call) -> dict:
        name = self.node.name
        shown = {"node": name, "id": f"node/{name}", "type": "node", "status": "online", "level": ""}
        if call.allows(f"/nodes/{name}", "Sys.Audit"):
            shown |= {"maxcpu": 16, "cpu": 0.07, "maxmem": 64 << 30, "mem": 11 << 30, "uptime": 86_400}
        return {"data": [shown]}

    def machines(self, call: Call) -> dict:
        full = call.boolean("full")
        visible = [each for each in self.node.machines.values() if call.allows(f"/vms/{each.vmid}", "VM.Audit")]
        return {"data": [each.brief(full) for each in visible]}

    def status(self, call: Call) -> dict:
        call.require(f"/vms/{call.path[1]}", "VM.Audit")
        return {"data": self.node.machine(call.path[1]).brief(full=True)}

    def power(self, call: Call) -> dict:
        call.require(f"/vms/{call.path[1]}", "VM.PowerMgmt")
        to = "running" if call.path[2] == "start" else "stopped"
        return {"data": self.node.power(call.path[1], to, call.user)}

    def snapshots(self, call: Call) -> dict:
        call.require(f"/vms/{call.path[1]}", "VM.Audit")
        taken = [{"name": name} for name in self.node.machine(call.path[1]).snapshots]
        return {"data": taken + [{"name": "current", "description": "You are here!"}]}

    def snapshot(self, call: Call) -> dict:
        call.require(f"/vms/{call.path[1]}", "VM.Snapshot")
        name = call.parameters.get("snapname", "")
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]+", name):
            raise invalid({"snapname": "invalid format - invalid configuration ID '" + name + "'"})
        return {"data": self.node.snapshot(call.path[1], name, call.user)}

    def clone(self, call: Call) -> dict:
        call.require(f"/vms/{call.path[1]}", "VM.Clone")
        return {"data": self.node.clone(call.path[1], call.number("newid", None), call.user)}

    def destroy(self, call: Call) -> dict:
        call.require(f"/vms/{call.path[1]}", "VM.Allocate")
        return {"data": self.node.destroy(call.path[1], call.user)}

    def tasks(self, call: Call) -> dict:
        call.require(f"/nodes/{self.node.name}", "Sys.Audit")
        source = call.parameters.get("source", "archive")
        if source != "archive":
            raise invalid({"source": "value '" + source + "' does not have a value in the enumeration 'archive'"})
        vmid = call.parameters.get("vmid")
        errors = call.boolean("errors")
        found = [
            each
            for each in self.node.archive()
            if (vmid is None or each["id"] == vmid) and not (errors and each["status"] == "OK")
        ]
        start, limit = call.number("start", 0), call.number("limit", 50)
        return {"data": found[start : start + limit], "total": len(found)}

    def task(self, call: Call) -> dict:
        found = self.node.task(call.path[1])
        outcome = found.pop("status", None)
        found.pop("endtime", None)
        ended = {"status": "stopped", "exitstatus": outcome} if outcome else {"status": "running"}
        return {"data": found | ended}
