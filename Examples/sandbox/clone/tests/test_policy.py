import unittest

from agent.policy import ACTIONS, decide


class PolicyTests(unittest.TestCase):
    def test_reading_is_allowed_without_approval(self):
        decision = decide("read_nodes", "bob", None, ())
        self.assertTrue(decision.allowed)
        self.assertEqual(decision.risk_level, "low")

    def test_an_unknown_action_is_denied_as_high_risk(self):
        decision = decide("format_disk", "bob", "ada", ("ada",))
        self.assertFalse(decision.allowed)
        self.assertEqual(decision.risk_level, "high")

    def test_every_high_risk_action_needs_an_approval(self):
        for action, (risk, needs_approval) in ACTIONS.items():
            if risk == "high":
                self.assertTrue(needs_approval, action)

    def test_nobody_approves_an_action_of_their_own(self):
        self.assertFalse(decide("delete_vm", "ada", "ada", ("ada",)).allowed)

    def test_only_an_approver_approves(self):
        self.assertFalse(decide("delete_vm", "bob", "eve", ("ada",)).allowed)
        self.assertTrue(decide("delete_vm", "bob", "ada", ("ada",)).allowed)


if __name__ == "__main__":
    unittest.main()
