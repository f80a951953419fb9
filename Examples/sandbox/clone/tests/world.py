"""Stand-ins for the world around an endpoint."""

from agent.configuration import Configuration, Environment
from agent.exchange import Request

SECRET = "3f6a1c52-0000-4000-8000-unit-test"


class CannedNode:
    """Answers each path with what it was given, and keeps what it was asked."""

    def __init__(self, answers: dict):
        self.answers = answers
        self.asked: list = []

    def get(self, path: str, query: dict | None = None):
        return self.post(path, query or {})

    def post(self, path: str, parameters: dict):
        self.asked.append((path, parameters))
        return self.answers[path]


class ListedAudit:
    """Keeps the entries in memory."""

    def __init__(self):
        self.entries: list = []

    def record(self, *entry) -> None:
        self.entries.append(entry)


def configuration(token: str | None = "token") -> Configuration:
    lab = Environment("lab", "https://127.0.0.1:1", "waybill@pve!agent", SECRET, None, ("ada",))
    return Configuration("127.0.0.1:0", "unused", {"lab": lab}, token)


def request(node: CannedNode, query: dict | None = None, body: dict | None = None) -> Request:
    class Canned(Request):
        def node(self, name: str) -> CannedNode:
            self.environment(name)
            return node

    return Canned(configuration(), ListedAudit(), "bob", query or {}, body or {})
