"""Speaks to one Proxmox VE node over HTTPS; the certificate is always checked."""

from __future__ import annotations

import http.client
import json
import ssl
import urllib.error
import urllib.parse
import urllib.request

from agent.configuration import Environment

TRIES = 3
TRANSIENT = {502, 503, 504}


class UpstreamError(Exception):
    """The node refused, failed, or could not be reached."""


class Node:
    """The API of one node, below `/api2/json`."""

    def __init__(self, environment: Environment, timeout: float):
        self._root = environment.endpoint + "/api2/json"
        self._authorization = f"PVEAPIToken={environment.token_id}={environment.token_secret}"
        self._timeout = timeout
        # Without a file of its own the default context reads SSL_CERT_FILE and the system's store.
        self._tls = ssl.create_default_context(cafile=environment.ca_file)

    def get(self, path: str, query: dict | None = None):
        """Returns `data` of the answer; tried again when the transport failed, as a read has no effect."""
        if query:
            path += "?" + urllib.parse.urlencode(query)
        for attempt in range(1, TRIES + 1):
            try:
                return self._send("GET", path, None)
            except Transient as failure:
                if attempt == TRIES:
                    raise UpstreamError(str(failure)) from failure

    def post(self, path: str, parameters: dict):
        """Returns `data`, the UPID of the node's task; sent once, as nobody knows whether a lost one took effect."""
        return self._change("POST", path, urllib.parse.urlencode(parameters).encode())

    def delete(self, path: str):
        return self._change("DELETE", path, None)

    def _change(self, method: str, path: str, body: bytes | None):
        try:
            return self._send(method, path, body)
        except Transient as failure:
            raise UpstreamError(str(failure)) from failure

    def _send(self, method: str, path: str, body: bytes | None):
        request = urllib.request.Request(self._root + path, data=body, method=method)
        request.add_header("Authorization", self._authorization)
        try:
            with urllib.request.urlopen(request, timeout=self._timeout, context=self._tls) as response:
                return json.load(response)["data"]
        except urllib.error.HTTPError as error:
            kind = Transient if error.code in TRANSIENT else UpstreamError
            raise kind(f"proxmox API error ({error.code}): {explanation(error.read())}") from error
        except (OSError, http.client.HTTPException) as error:
            raise Transient(f"proxmox API error (transport): {getattr(error, 'reason', error)}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise UpstreamError(f"proxmox API error (answer): {error}") from error


class Transient(Exception):
    """Worth another try when nothing was changed."""


def explanation(body: bytes) -> str:
    """The node's own words: a message, and what it says about single parameters."""
    try:
        answer = json.loads(body)
        message = answer["message"].strip()
        errors = answer.get("errors") or {}
    except (ValueError, KeyError, TypeError, AttributeError):
        return "empty error response"
    return " ".join([message] + [f"{name}: {text}".strip() for name, text in sorted(errors.items())])
