import unittest

from agent.endpoints.tasks import task_status, tasks
from tests.world import CannedNode, request

UPID = "UPID:pve:00003001:00000001:65000000:qmstart:101:waybill@pve!agent:"


class TasksTests(unittest.TestCase):
    def test_asks_for_as_many_as_wanted(self):
        node = CannedNode({"/nodes/pve/tasks": []})
        tasks(request(node, {"environment": "lab", "node": "pve", "limit": "3"}))
        self.assertEqual(node.asked, [("/nodes/pve/tasks", {"limit": 3})])

    def test_a_upid_keeps_its_marks(self):
        quoted = "UPID%3Apve%3A00003001%3A00000001%3A65000000%3Aqmstart%3A101%3Awaybill%40pve%21agent%3A"
        node = CannedNode({f"/nodes/pve/tasks/{quoted}/status": {"status": "stopped", "exitstatus": "OK"}})
        answer = task_status(request(node, {"environment": "lab", "node": "pve", "upid": UPID}))
        self.assertEqual(answer["result"]["data"]["exitstatus"], "OK")


if __name__ == "__main__":
    unittest.main()
