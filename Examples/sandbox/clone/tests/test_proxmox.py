import unittest

from agent.configuration import Environment
from agent.proxmox import Node, Transient, UpstreamError, explanation


class FlakyNode(Node):
    """A node whose transport fails a number of times before it answers."""

    def __init__(self, failures: int):
        super().__init__(Environment("lab", "https://127.0.0.1:1", "a@pve!b", "secret"), 1)
        self.failures = failures
        self.sent = 0

    def _send(self, method, path, body):
        self.sent += 1
        if self.sent <= self.failures:
            raise Transient("proxmox API error (transport): connection reset")
        return "answer"


class NodeTests(unittest.TestCase):
    def test_a_read_is_tried_three_times(self):
        self.assertEqual(FlakyNode(2).get("/nodes"), "answer")
        with self.assertRaises(UpstreamError):
            FlakyNode(3).get("/nodes")

    def test_a_change_is_sent_once(self):
        node = FlakyNode(1)
        with self.assertRaises(UpstreamError):
            node.post("/nodes/pve/qemu/101/snapshot", {})
        self.assertEqual(node.sent, 1)

    def test_an_error_is_explained_in_the_node_s_words(self):
        self.assertEqual(explanation(b'{"data":null,"message":"no\\n","errors":{"full":"bad\\n"}}'), "no full: bad")
        self.assertEqual(explanation(b""), "empty error response")


if __name__ == "__main__":
    unittest.main()
