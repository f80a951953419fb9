"""The HTTP face: authentication, routing, and the envelope around every answer."""

from __future__ import annotations

import hmac
import json
import socket
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from agent.audit import AuditLog
from agent.configuration import Configuration
from agent.endpoints import ROUTES
from agent.exchange import BadRequest, Denied, Request
from agent.proxmox import UpstreamError

BODY_LIMIT = 1 << 20


class Service:
    """Serves the endpoints until it is stopped."""

    def __init__(self, configuration: Configuration, audit: AuditLog):
        self.configuration = configuration
        self.audit = audit

    def serve(self) -> None:
        host, _, port = self.configuration.listen_addr.rpartition(":")
        with Server((host, int(port)), Handler) as server:
            server.service = self
            server.serve_forever()


class Server(ThreadingHTTPServer):
    """One thread a connection; an address in use is an error, not something to share."""

    daemon_threads = True
    request_queue_size = 64
    service: Service

    def server_bind(self) -> None:
        # The base class looks the host's name up, which can take seconds.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_name, self.server_port = self.socket.getsockname()[:2]


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    protocol_version = "HTTP/1.1"
    server_version = "proxmox-agent"
    sys_version = ""
    # Head and body leave in two writes: without this the second waits for the peer's delayed ACK.
    disable_nagle_algorithm = True
    server: Server

    def do_GET(self) -> None:
        self.respond("GET", b"")

    def do_POST(self) -> None:
        try:
            length = int(self.headers.get("Content-Length", ""))
        except ValueError:
            length = -1
        if not 0 <= length <= BODY_LIMIT:
            self.close_connection = True
            return self.answer(400, f"a body of at most {BODY_LIMIT} bytes with its Content-Length is required")
        self.respond("POST", self.rfile.read(length))

    def respond(self, method: str, body: bytes) -> None:
        url = urlsplit(self.path)
        if (method, url.path) == ("GET", "/healthz"):
            return self.answer(200, {"status": "ok"})
        configuration = self.server.service.configuration
        if configuration.api_token is None:
            return self.answer(503, "server auth token is not configured")
        given = self.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, f"Bearer {configuration.api_token}".encode()):
            return self.answer(401, "unauthorized")
        endpoint = ROUTES.get((method, url.path))
        if endpoint is None:
            return self.answer(404, f'no endpoint "{method} {url.path}"')
        try:
            request = Request(
                configuration=configuration,
                audit=self.server.service.audit,
                actor=self.headers.get("X-Actor-ID") or "authenticated",
                query=dict(parse_qsl(url.query)),
                body=json.loads(body) if body else {},
            )
            self.answer(200, endpoint(request))
        except (BadRequest, json.JSONDecodeError) as error:
            self.answer(400, str(error))
        except Denied as error:
            self.answer(403, f"request denied by policy: {error}")
        except UpstreamError as error:
            self.answer(403, str(error))
        except Exception as error:  # A broken endpoint must not take the service down.
            self.log_error("%s", f"{type(error).__name__}: {error}")
            self.answer(500, "internal error")

    def answer(self, status: int, content: dict | str) -> None:
        text = isinstance(content, str)
        payload = (content + "\n" if text else json.dumps(content)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8" if text else "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, format: str, *values) -> None:
        print(format % values, file=sys.stderr, flush=True)
