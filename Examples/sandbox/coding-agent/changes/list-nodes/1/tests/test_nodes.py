import unittest

from agent.endpoints.nodes import nodes
from agent.exchange import BadRequest
from tests.world import CannedNode, request

PVE = {"node": "pve", "type": "node", "status": "online"}


class NodesTests(unittest.TestCase):
    def test_lists_the_nodes(self):
        answer = nodes(request(CannedNode({"/nodes": [PVE]}), {"environment": "lab"}))
        self.assertEqual(answer["result"]["data"], [PVE])
        self.assertEqual(answer["plan"]["risk_level"], "low")

    def test_asks_for_an_environment_that_exists(self):
        with self.assertRaises(BadRequest):
            nodes(request(CannedNode({}), {"environment": "moon"}))


if __name__ == "__main__":
    unittest.main()
