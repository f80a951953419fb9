"""The simulated machines and tasks of a node: state without any network."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field


class Refused(Exception):
    """An answer that is an error: the status, a message, and what is wrong with single parameters."""

    def __init__(self, status: int, message: str, errors: dict[str, str] | None = None):
        super().__init__(message)
        self.status = status
        self.errors = errors


@dataclass
class Machine:
    """A virtual machine."""

    vmid: int
    name: str
    status: str
    cpus: int
    maxmem: int
    maxdisk: int
    started: float | None = None
    snapshots: list[str] = field(default_factory=list)

    def brief(self, full: bool = False) -> dict:
        running = self.status == "running"
        shown = {
            "vmid": self.vmid,
            "name": self.name,
            "status": self.status,
            "cpus": self.cpus,
            "maxmem": self.maxmem,
            "maxdisk": self.maxdisk,
            "uptime": int(time.time() - self.started) if running and self.started else 0,
            "cpu": 0.021 * self.cpus if running else 0,
            "mem": self.maxmem // 3 if running else 0,
            "disk": 0,
            "netin": 0,
            "netout": 0,
        }
        if running:
            shown["pid"] = 20000 + self.vmid
        if full:
            shown |= {"qmpstatus": self.status, "ha": {"managed": 0}}
        return shown


class Node:
    """One node with its machines; every change is a task of its own that succeeds or fails afterwards."""

    def __init__(self, name: str, task_seconds: float):
        self.name = name
        self.task_seconds = task_seconds
        self.started = time.time() - 86_400
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        gib = 1 << 30
        self.machines = {
            each.vmid: each
            for each in (
                Machine(101, "web", "running", 2, 2 * gib, 16 * gib, self.started, ["baseline-1"]),
                Machine(102, "database", "running", 4, 8 * gib, 64 * gib, self.started),
                Machine(103, "builder", "stopped", 8, 16 * gib, 128 * gib),
            )
        }
        self.tasks: list[dict] = []
        for vmid in (101, 102):
            self._finish(self._begin("qmstart", str(vmid), "root@pam", self.started), "OK")

    def machine(self, vmid: str) -> Machine:
        """An unknown machine is a 500, as its configuration file cannot be read."""
        found = self.machines.get(int(vmid)) if vmid.isdigit() else None
        if found is None:
            raise Refused(500, f"Configuration file 'nodes/{self.name}/qemu-server/{vmid}.conf' does not exist")
        return found

    def power(self, vmid: str, to: str, user: str) -> str:
        """Start and stop check the machine inside the worker: the request is accepted in any case."""
        kind = "qmstart" if to == "running" else "qmstop"
        return self._work(kind, vmid, user, lambda: self._switch(vmid, to))

    def _switch(self, vmid: str, to: str) -> str:
        machine = self.machines.get(int(vmid)) if vmid.isdigit() else None
        if machine is None:
            return f"Configuration file 'nodes/{self.name}/qemu-server/{vmid}.conf' does not exist"
        if to == "running" and machine.status == "running":
            return f"VM {vmid} already running"
        machine.status = to
        machine.started = time.time() if to == "running" else None
        return "OK"

    def snapshot(self, vmid: str, name: str, user: str) -> str:
        machine = self.machine(vmid)

        def take() -> str:
            if name in machine.snapshots:
                return f"snapshot name '{name}' already used"
            machine.snapshots.append(name)
            return "OK"

        return self._work("qmsnapshot", vmid, user, take)

    def clone(self, vmid: str, newid: int, user: str) -> str:
        source = self.machine(vmid)
        if newid in self.machines:
            raise Refused(500, f"unable to create VM {newid}: config file already exists")

        def copy() -> str:
            self.machines[newid] = Machine(
                newid, f"Copy-of-VM-{source.name}", "stopped", source.cpus, source.maxmem, source.maxdisk
            )
            return "OK"

        return self._work("qmclone", vmid, user, copy)

    def destroy(self, vmid: str, user: str) -> str:
        machine = self.machine(vmid)
        if machine.status == "running":
            raise Refused(500, f"VM {vmid} is running - destroy failed")

        def remove() -> str:
            self.machines.pop(machine.vmid, None)
            return "OK"

        return self._work("qmdestroy", vmid, user, remove)

    def task(self, upid: str) -> dict:
        with self._lock:
            for each in self.tasks:
                if each["upid"] == upid:
                    return dict(each)
        raise Refused(500, f"unable to parse worker upid '{upid}'" if not upid.startswith("UPID:") else "no such task")

    def archive(self) -> list[dict]:
        """The finished tasks, newest first."""
        with self._lock:
            return [dict(each) for each in reversed(self.tasks) if "endtime" in each]

    def _work(self, kind: str, vmid: str, user: str, effect: Callable[[], str]) -> str:
        task = self._begin(kind, vmid, user, time.time())

        def run() -> None:
            with self._lock:
                outcome = effect()
            self._finish(task, outcome)

        timer = threading.Timer(self.task_seconds, run)
        timer.daemon = True
        timer.start()
        return task["upid"]

    def _begin(self, kind: str, vmid: str, user: str, at: float) -> dict:
        with self._lock:
            pid = 0x3000 + next(self._numbers)
            upid = f"UPID:{self.name}:{pid:08X}:{int(at) & 0xFFFFFF:08X}:{int(at):08X}:{kind}:{vmid}:{user}:"
            task = {
                "upid": upid,
                "node": self.name,
                "pid": pid,
                "pstart": int(at) & 0xFFFFFF,
                "starttime": int(at),
                "type": kind,
                "id": vmid,
                "user": user.split("!")[0],
            }
            if "!" in user:
                task["tokenid"] = user.split("!")[1]
            self.tasks.append(task)
            return task

    def _finish(self, task: dict, outcome: str) -> None:
        with self._lock:
            task |= {"endtime": int(time.time()), "status": outcome}
