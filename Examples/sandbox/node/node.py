#!/usr/bin/env python3
"""A stand-in for a Proxmox VE node, for the sandbox: `node.py --config FILE`.

It is no hypervisor: its machines are records in memory, gone when it ends. It is faithful to the real interface in
what a client can trip over: HTTPS under a private authority; API tokens (`PVEAPIToken=user@realm!id=uuid`); a 401 with
an empty body, its message only in the reason phrase, after a delay (3 s there, `unauthorized_delay_seconds` here); 403
with the failed permission; 400 with `errors` by parameter; 500 for a machine or node that does not exist; 501 for an
unknown path; booleans that are 0 or 1 and nothing else; path parameters repeated in the body; UPIDs; changes that are
accepted with 200 and fail later in their task; the list of finished tasks with its `total`.

Prints "listening on https://127.0.0.1:PORT" once it can be reached. Ends when it is terminated, and with
`--while-stdin` also when its standard input closes, so that it cannot outlive the process that holds the other end.
"""

from __future__ import annotations

import argparse
import hmac
import json
import os
import pathlib
import socket
import ssl
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

from api import API
from machines import Node, Refused

ROOT = "/api2/json"


class Token:
    """An API token and what it may do where."""

    def __init__(self, entry: dict):
        secret = os.environ.get(entry["secret_env"], "")
        if not secret:
            sys.exit(f'failed to start: the variable "{entry["secret_env"]}" is empty; set it')
        self.user = entry["id"]
        self.header = f"PVEAPIToken={entry['id']}={secret}".encode()
        self.privileges = set(entry["privileges"])
        self.denied = {path: set(names) for path, names in entry.get("denied", {}).items()}

    def allows(self, path: str, privilege: str) -> bool:
        return privilege in self.privileges and privilege not in self.denied.get(path, set())


class Server(ThreadingHTTPServer):
    """TLS per connection and in its thread, so that a client that never says hello holds up nobody."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, configuration: dict, folder: pathlib.Path):
        self.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.tls.load_cert_chain(folder / configuration["certificate"], folder / configuration["key"])
        self.tokens = [Token(entry) for entry in configuration["tokens"]]
        self.delay = configuration["unauthorized_delay_seconds"]
        self.api = API(Node(configuration["node"], configuration["task_seconds"]))
        super().__init__(("127.0.0.1", configuration["port"]), Handler)

    def server_bind(self) -> None:
        # The base class looks the host's name up, which can take seconds.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_name, self.server_port = self.socket.getsockname()[:2]

    def finish_request(self, request, client_address) -> None:
        request.settimeout(30)
        try:
            with self.tls.wrap_socket(request, server_side=True) as secured:
                super().finish_request(secured, client_address)
        except OSError as error:
            print(f"connection ended: {error}", file=sys.stderr, flush=True)


class Handler(BaseHTTPRequestHandler):
    """Answers one request as pveproxy would."""

    protocol_version = "HTTP/1.1"
    server_version = "pve-api-daemon/3.0"
    sys_version = ""
    disable_nagle_algorithm = True
    server: Server

    def do_GET(self) -> None:
        self.respond()

    do_POST = do_DELETE = do_GET

    def respond(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdigit() or int(length) > 1 << 19:
            self.close_connection = True
            return self.answer(413, "for data too large", b"")
        body = self.rfile.read(int(length))
        given = self.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
        token = next((each for each in self.server.tokens if hmac.compare_digest(each.header, given)), None)
        if token is None:
            time.sleep(self.server.delay)
            return self.answer(401, "Authentication failed!" if given else "No ticket", b"")
        url = urlsplit(self.path)
        if not url.path.startswith(ROOT + "/"):
            return self.answer(501, f"Method '{self.command} {url.path}' not implemented", b'{"data":null}')
        parameters = dict(parse_qsl(url.query) + parse_qsl(body.decode("utf-8", "replace")))
        try:
            path = "/".join(unquote(part) for part in url.path[len(ROOT) :].split("/"))
            found = self.server.api.call(self.command, path, parameters, token.user, token.allows)
        except Refused as error:
            return self.refuse(error)
        self.answer(200, "OK", json.dumps(found).encode())

    def refuse(self, error: Refused) -> None:
        document: dict = {"data": None, "message": f"{str(error).rstrip()}\n"}
        if error.errors:
            document["errors"] = error.errors
        phrase = str(error).strip().splitlines()[0].encode("ascii", "replace").decode()
        self.answer(error.status, phrase, json.dumps(document).encode())

    def answer(self, status: int, phrase: str, payload: bytes) -> None:
        self.send_response(status, phrase)
        if payload:
            self.send_header("Content-Type", "application/json;charset=UTF-8")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, format: str, *values) -> None:
        print("node: " + format % values, file=sys.stderr, flush=True)


def end_with_stdin() -> None:
    os.read(0, 1)
    os._exit(0)


def main() -> int:
    parser = argparse.ArgumentParser(description="A stand-in for a Proxmox VE node.")
    parser.add_argument("--config", required=True, type=pathlib.Path, metavar="FILE")
    parser.add_argument("--while-stdin", action="store_true", help="end when standard input closes")
    arguments = parser.parse_args()
    configuration = json.loads(arguments.config.read_text(encoding="utf-8"))
    if arguments.while_stdin:
        threading.Thread(target=end_with_stdin, daemon=True).start()
    try:
        server = Server(configuration, arguments.config.resolve().parent)
    except OSError as error:
        print(f"failed to start the node on port {configuration['port']}: {error}", file=sys.stderr)
        return 1
    with server:
        print(f"listening on https://127.0.0.1:{server.server_port}", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass
    return 0


if __name__ == "__main__":
    sys.exit(main())
