#!/usr/bin/env python3
"""Makes sure that the sandbox's node is up, then becomes the given command: `serve.py COMMAND [ARGUMENT...]`.

A node that is up already is used. Otherwise one is started, and told to end with the command: the command inherits the
write end of the node's standard input, which the system closes whatever way the command ends.
"""

import json
import os
import pathlib
import socket
import ssl
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent
CONFIGURATION = FOLDER / "node.json"


def is_up(configuration: dict) -> bool:
    """True when a node with our authority's certificate answers; exits when the port belongs to something else."""
    address = ("127.0.0.1", configuration["port"])
    try:
        connection = socket.create_connection(address, timeout=5)
    except ConnectionRefusedError:
        return False
    except OSError as error:
        sys.exit(f"failed to reach the node at {address[0]}:{address[1]}: {error}")
    tls = ssl.create_default_context(cafile=FOLDER / configuration["ca"])
    try:
        with connection, tls.wrap_socket(connection, server_hostname="localhost"):
            return True
    except OSError as error:
        sys.exit(f"port {address[1]} is taken by something that is not the sandbox's node ({error}); stop it")


def start() -> None:
    command = [sys.executable, str(FOLDER / "node.py"), "--config", str(CONFIGURATION), "--while-stdin"]
    node = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    line = node.stdout.readline().decode().strip()
    if not line.startswith("listening on "):
        sys.exit(f"the node ended with {node.wait()} before it listened")
    print(f"node: {line}", flush=True)
    os.set_inheritable(node.stdin.fileno(), True)


def main() -> None:
    if len(sys.argv) < 2:
        sys.exit("usage: serve.py COMMAND [ARGUMENT...]")
    if not is_up(json.loads(CONFIGURATION.read_text(encoding="utf-8"))):
        start()
    os.execvp(sys.argv[1], sys.argv[1:])


if __name__ == "__main__":
    main()
