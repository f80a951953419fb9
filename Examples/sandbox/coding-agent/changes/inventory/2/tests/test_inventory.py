import unittest
from urllib.parse import urlencode

from agent.endpoints.inventory import inventory
from tests.world import CannedNode, request

HA = {"managed": 0}
ANSWERS = {
    "/nodes": [{"node": "pve"}],
    "/nodes/pve/qemu": [
        {"vmid": 103, "name": "builder", "status": "stopped", "ha": HA},
        {"vmid": 101, "name": "web", "status": "running", "ha": HA},
    ],
}


class InventoryTests(unittest.TestCase):
    def found(self, **query) -> list:
        answer = inventory(request(CannedNode(ANSWERS), {"environment": "lab", **query}))
        return [(vm["vmid"], vm["status"]) for vm in answer["result"]["data"]]

    def test_lists_every_machine_by_number(self):
        self.assertEqual(self.found(), [(101, "running"), (103, "stopped")])

    def test_keeps_those_in_one_state(self):
        self.assertEqual(self.found(state="running"), [(101, "running")])

    def test_asks_for_the_full_list_with_a_boolean_that_the_node_understands(self):
        node = CannedNode(ANSWERS)
        inventory(request(node, {"environment": "lab"}))
        # A node refuses "True": its booleans are 0 and 1.
        self.assertEqual(urlencode(node.asked[1][1]), "full=1")


if __name__ == "__main__":
    unittest.main()
