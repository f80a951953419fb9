"""Decides which actions are allowed, and how dangerous they are."""

from __future__ import annotations

from dataclasses import asdict, dataclass

LOW, MEDIUM, HIGH = "low", "medium", "high"

# action -> (risk, whether a person has to approve it)
ACTIONS = {
    "start_vm": (MEDIUM, False),
    "snapshot_vm": (MEDIUM, False),
    "clone_vm": (MEDIUM, False),
    "stop_vm": (MEDIUM, True),
    "delete_vm": (HIGH, True),
    "migrate_vm": (HIGH, True),
    "storage_edit": (HIGH, True),
    "firewall_edit": (HIGH, True),
}


@dataclass(frozen=True)
class Decision:
    """Whether an action may be done, and why."""

    allowed: bool
    risk_level: str
    requires_approval: bool
    reason: str

    def document(self) -> dict:
        return asdict(self)


def decide(action: str, actor: str, approved_by: str | None, approvers: tuple[str, ...]) -> Decision:
    """An approval counts only from somebody who may give it and is not the actor."""
    if action.startswith("read_"):
        return Decision(True, LOW, False, "read-only action")
    if action not in ACTIONS:
        return Decision(False, HIGH, True, f'unknown action "{action}"')
    risk, needs_approval = ACTIONS[action]
    if not needs_approval:
        return Decision(True, risk, False, f"{risk}-risk action")
    if not approved_by:
        return Decision(False, risk, True, f'"{action}" requires an approval; set "approved_by"')
    if approved_by == actor:
        return Decision(False, risk, True, f'"{approved_by}" may not approve an action of their own')
    if approved_by not in approvers:
        return Decision(False, risk, True, f'"{approved_by}" is not one of the approvers')
    return Decision(True, risk, True, f'approved by "{approved_by}"')
