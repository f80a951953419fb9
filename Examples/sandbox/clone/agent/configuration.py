"""What the configuration file and the environment say."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field


class ConfigurationError(Exception):
    """The agent cannot start from what it was told."""


@dataclass(frozen=True)
class Environment:
    """A Proxmox VE node that may be spoken to, and the token for it."""

    name: str
    endpoint: str
    token_id: str
    token_secret: str = field(repr=False)
    ca_file: str | None = None
    approvers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Configuration:
    """Everything the service needs, checked."""

    listen_addr: str
    audit_log: str
    environments: dict[str, Environment]
    api_token: str | None = field(repr=False)
    upstream_timeout: float = 15.0

    @staticmethod
    def read(path: str, variables: Mapping[str, str]) -> Configuration:
        try:
            with open(path, encoding="utf-8") as file:
                document = json.load(file)
        except (OSError, ValueError) as error:
            raise ConfigurationError(f'cannot read "{path}": {error}') from error
        try:
            environments = [environment(entry, variables) for entry in document["environments"]]
            return Configuration(
                listen_addr=document["listen_addr"],
                audit_log=document.get("audit_log", "./data/audit.log"),
                environments={each.name: each for each in environments},
                api_token=variables.get(document["api_token_env"]) or None,
                upstream_timeout=float(document.get("upstream_timeout_seconds", 15)),
            )
        except KeyError as error:
            raise ConfigurationError(f'"{path}" lacks the key {error}') from error


def environment(entry: Mapping, variables: Mapping[str, str]) -> Environment:
    """Raises ConfigurationError when the token's secret is not there: without it no answer would be worth anything."""
    name, variable = entry["name"], entry["token_secret_env"]
    secret = variables.get(variable, "")
    if not secret:
        raise ConfigurationError(f'the variable "{variable}" with the token secret of "{name}" is empty; set it')
    if not entry["endpoint"].startswith("https://"):
        raise ConfigurationError(f'the endpoint of "{name}" is not an https address; certificates are always checked')
    return Environment(
        name=name,
        endpoint=entry["endpoint"].rstrip("/"),
        token_id=entry["token_id"],
        token_secret=secret,
        ca_file=entry.get("ca_file"),
        approvers=tuple(entry.get("approvers", ())),
    )
