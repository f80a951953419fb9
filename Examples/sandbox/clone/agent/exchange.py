"""What an endpoint is given, and the envelope of a reading answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from agent.audit import AuditLog
from agent.configuration import Configuration, Environment
from agent.policy import Decision, decide
from agent.proxmox import Node, UpstreamError


class BadRequest(Exception):
    """The request cannot be understood."""


class Denied(Exception):
    """The policy does not allow the action."""


@dataclass(frozen=True)
class Request:
    """One authenticated request."""

    configuration: Configuration
    audit: AuditLog
    actor: str
    query: dict[str, str]
    body: dict

    def parameter(self, name: str) -> str:
        value = self.query.get(name)
        if not value:
            raise BadRequest(f'the query parameter "{name}" is required')
        return value

    def number(self, name: str, default: int | None = None) -> int:
        if default is not None and name not in self.query:
            return default
        value = self.parameter(name)
        if not value.isascii() or not value.isdigit():
            raise BadRequest(f'the query parameter "{name}" is not a number: "{value}"')
        return int(value)

    def environment(self, name: str) -> Environment:
        found = self.configuration.environments.get(name)
        if found is None:
            raise BadRequest(f'there is no environment "{name}"')
        return found

    def node(self, name: str) -> Node:
        return Node(self.environment(name), self.configuration.upstream_timeout)

    def decide(self, action: str, environment: Environment, approved_by: str | None = None) -> Decision:
        return decide(action, self.actor, approved_by, environment.approvers)

    def read(self, action: str, load: Callable[[Node], object]) -> dict:
        """Decides about a reading action, performs it on the node that the query names, and wraps what it gave."""
        name = self.parameter("environment")
        decision = self.decide(action, self.environment(name))
        if not decision.allowed:
            raise Denied(decision.reason)
        try:
            data = load(self.node(name))
        except UpstreamError:
            self.audit.record(self.actor, action, self.query, True, "failed upstream")
            raise
        self.audit.record(self.actor, action, self.query, True, "ok")
        return envelope(decision, self.query, data)


def envelope(decision: Decision, request: dict, data: object) -> dict:
    return {
        "plan": decision.document(),
        "request": request,
        "result": {"status": "ok", "message": decision.reason, "data": data},
    }
