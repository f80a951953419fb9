import unittest

from agent.endpoints.vm_status import vm_status
from agent.exchange import BadRequest
from tests.world import CannedNode, request

STOPPED = {"vmid": 103, "status": "stopped"}


class VMStatusTests(unittest.TestCase):
    def test_shows_a_machine_whatever_its_state(self):
        node = CannedNode({"/nodes/pve/qemu/103/status/current": STOPPED})
        answer = vm_status(request(node, {"environment": "lab", "node": "pve", "vmid": "103"}))
        self.assertEqual(answer["result"]["data"], STOPPED)

    def test_a_node_s_name_cannot_lead_to_another_path(self):
        node = CannedNode({"/nodes/..%2Faccess/qemu/103/status/current": STOPPED})
        vm_status(request(node, {"environment": "lab", "node": "../access", "vmid": "103"}))

    def test_the_machine_is_a_number(self):
        with self.assertRaises(BadRequest):
            vm_status(request(CannedNode({}), {"environment": "lab", "node": "pve", "vmid": "103/config"}))


if __name__ == "__main__":
    unittest.main()
