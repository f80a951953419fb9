import unittest

from agent.endpoints.actions import apply, plan
from agent.exchange import BadRequest, Denied
from tests.world import CannedNode, request

TARGET = {"node": "pve", "vmid": 101}


def order(action: str, **more) -> dict:
    return {"environment": "lab", "action": action, "target": TARGET, **more}


class ActionTests(unittest.TestCase):
    def test_planning_asks_the_node_nothing(self):
        node = CannedNode({})
        answer = plan(request(node, body=order("delete_vm")))
        self.assertFalse(answer["decision"]["allowed"])
        self.assertEqual(node.asked, [])

    def test_an_allowed_action_is_sent_and_its_task_returned(self):
        node = CannedNode({"/nodes/pve/qemu/101/snapshot": "UPID:x"})
        answer = apply(request(node, body=order("snapshot_vm", params={"name": "before"})))
        self.assertEqual(node.asked, [("/nodes/pve/qemu/101/snapshot", {"snapname": "before"})])
        self.assertEqual(answer["result"]["status"], "accepted")
        self.assertEqual(answer["result"]["data"], {"upid": "UPID:x"})

    def test_a_denied_action_is_audited_and_never_sent(self):
        node = CannedNode({})
        asked = request(node, body=order("stop_vm"))
        with self.assertRaises(Denied):
            apply(asked)
        self.assertEqual(node.asked, [])
        self.assertEqual([entry[1:4] for entry in asked.audit.entries], [("stop_vm", TARGET, False)])

    def test_a_target_without_a_number_is_a_bad_request(self):
        with self.assertRaises(BadRequest):
            apply(request(CannedNode({}), body={**order("start_vm"), "target": {"node": "pve", "vmid": "101"}}))


if __name__ == "__main__":
    unittest.main()
