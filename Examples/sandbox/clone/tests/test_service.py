import http.client
import threading
import unittest

from agent.service import Handler, Server, Service
from tests.world import SECRET, ListedAudit, configuration


class ServiceTests(unittest.TestCase):
    def ask(self, path: str, token: str | None = None, configured: str | None = "token") -> tuple[int, str]:
        with Server(("127.0.0.1", 0), Handler) as server:
            server.service = Service(configuration(configured), ListedAudit())
            thread = threading.Thread(target=server.handle_request)
            thread.start()
            connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=30)
            headers = {"Connection": "close"} | ({"Authorization": f"Bearer {token}"} if token else {})
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            answer = response.status, response.read().decode()
            connection.close()
            thread.join()
            return answer

    def test_health_needs_no_token(self):
        self.assertEqual(self.ask("/healthz"), (200, '{"status": "ok"}'))

    def test_everything_else_needs_the_token(self):
        self.assertEqual(self.ask("/v1/environments")[0], 401)
        self.assertEqual(self.ask("/v1/environments", token="wrong")[0], 401)
        self.assertEqual(self.ask("/v1/environments", token="token")[0], 200)

    def test_without_a_configured_token_nobody_is_let_in(self):
        answer = self.ask("/v1/environments", token="", configured=None)
        self.assertEqual(answer, (503, "server auth token is not configured\n"))

    def test_an_unknown_path_is_not_found(self):
        self.assertEqual(self.ask("/v1/nothing", token="token")[0], 404)

    def test_no_answer_holds_the_token_secret(self):
        self.assertNotIn(SECRET, self.ask("/v1/environments", token="token")[1])


if __name__ == "__main__":
    unittest.main()
