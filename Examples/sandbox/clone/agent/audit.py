"""The audit log: one JSON line a decision, never a secret."""

from __future__ import annotations

import json
import os
import threading
from datetime import datetime, timezone


class AuditLog:
    """Appends to a file that only its owner can read."""

    def __init__(self, path: str):
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "w", encoding="utf-8")
        self._lock = threading.Lock()

    def __enter__(self) -> AuditLog:
        return self

    def __exit__(self, *_) -> None:
        self._file.close()

    def record(self, actor: str, action: str, target: dict, allowed: bool, outcome: str) -> None:
        entry = {
            "time": datetime.now(timezone.utc).isoformat(timespec="milliseconds"),
            "actor": actor,
            "action": action,
            "target": target,
            "allowed": allowed,
            "outcome": outcome,
        }
        with self._lock:
            self._file.write(json.dumps(entry) + "\n")
            self._file.flush()
