import time
import unittest

from api import API
from machines import Node, Refused

USER = "waybill@pve!agent"


class APITests(unittest.TestCase):
    def setUp(self):
        self.api = API(Node("pve", task_seconds=0))

    def ask(self, method: str, path: str, parameters: dict | None = None, allows=lambda path, privilege: True):
        return self.api.call(method, path, parameters or {}, USER, allows)

    def refused(self, *request, **more) -> Refused:
        with self.assertRaises(Refused) as caught:
            self.ask(*request, **more)
        return caught.exception

    def outcome(self, upid: str) -> str:
        while (task := self.ask("GET", f"/nodes/pve/tasks/{upid}/status")["data"])["status"] == "running":
            time.sleep(0.001)
        return task["exitstatus"]

    def test_a_boolean_is_0_or_1(self):
        self.assertIn("ha", self.ask("GET", "/nodes/pve/qemu", {"full": "1"})["data"][0])
        self.assertIn("full", self.refused("GET", "/nodes/pve/qemu", {"full": "true"}).errors)

    def test_a_parameter_may_repeat_the_path_and_not_contradict_it(self):
        path = "/nodes/pve/qemu/101/snapshot"
        self.ask("POST", path, {"node": "pve", "snapname": "before"})
        self.assertEqual(self.refused("POST", path, {"node": "other", "snapname": "before"}).status, 400)

    def test_what_does_not_exist_is_a_500_and_an_unknown_path_a_501(self):
        self.assertEqual(self.refused("GET", "/nodes/pve/qemu/999/status/current").status, 500)
        self.assertEqual(self.refused("GET", "/nodes/other/qemu").status, 500)
        self.assertEqual(self.refused("GET", "/nowhere").status, 501)

    def test_a_missing_permission_is_named(self):
        refusal = self.refused("POST", "/nodes/pve/qemu/103/status/start", allows=lambda path, privilege: False)
        self.assertEqual((refusal.status, str(refusal)), (403, "Permission check failed (/vms/103, VM.PowerMgmt)\n"))

    def test_a_change_is_accepted_and_may_fail_in_its_task(self):
        taken = self.ask("POST", "/nodes/pve/qemu/101/snapshot", {"snapname": "baseline-1"})["data"]
        self.assertEqual(self.outcome(taken), "snapshot name 'baseline-1' already used")
        running = self.ask("POST", "/nodes/pve/qemu/101/status/start")["data"]
        self.assertEqual(self.outcome(running), "VM 101 already running")

    def test_destroying_a_running_machine_and_cloning_onto_one_fail_at_once(self):
        self.assertEqual(self.refused("DELETE", "/nodes/pve/qemu/101").status, 500)
        self.assertEqual(self.refused("POST", "/nodes/pve/qemu/101/clone", {"newid": "102"}).status, 500)

    def test_a_change_that_succeeds_can_be_read_back(self):
        self.assertEqual(self.outcome(self.ask("POST", "/nodes/pve/qemu/103/status/start")["data"]), "OK")
        self.assertEqual(self.ask("GET", "/nodes/pve/qemu/103/status/current")["data"]["status"], "running")

    def test_finished_tasks_are_counted_beyond_the_limit(self):
        listed = self.ask("GET", "/nodes/pve/tasks", {"limit": "1"})
        self.assertEqual((len(listed["data"]), listed["total"]), (1, 2))


if __name__ == "__main__":
    unittest.main()
