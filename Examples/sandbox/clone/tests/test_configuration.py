import json
import tempfile
import unittest

from agent.configuration import Configuration, ConfigurationError

DOCUMENT = {
    "listen_addr": "127.0.0.1:18080",
    "api_token_env": "TOKEN",
    "environments": [
        {"name": "lab", "endpoint": "https://127.0.0.1:18006", "token_id": "a@pve!b", "token_secret_env": "SECRET"}
    ],
}


class ConfigurationTests(unittest.TestCase):
    def read(self, document: dict, variables: dict) -> Configuration:
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            json.dump(document, file)
            file.flush()
            return Configuration.read(file.name, variables)

    def test_reads_an_environment_with_its_secret(self):
        read = self.read(DOCUMENT, {"TOKEN": "t", "SECRET": "s"})
        self.assertEqual(read.environments["lab"].token_secret, "s")
        self.assertEqual(read.api_token, "t")

    def test_refuses_an_empty_token_secret_and_names_the_variable(self):
        with self.assertRaisesRegex(ConfigurationError, '"SECRET"'):
            self.read(DOCUMENT, {"TOKEN": "t", "SECRET": ""})

    def test_refuses_an_endpoint_without_certificates(self):
        plain = json.loads(json.dumps(DOCUMENT).replace("https://", "http://"))
        with self.assertRaisesRegex(ConfigurationError, "certificates"):
            self.read(plain, {"SECRET": "s"})

    def test_names_a_missing_key(self):
        with self.assertRaisesRegex(ConfigurationError, "listen_addr"):
            self.read({"environments": []}, {})

    def test_shows_no_secret_when_printed(self):
        shown = repr(self.read(DOCUMENT, {"TOKEN": "top-secret-1", "SECRET": "top-secret-2"}))
        self.assertNotIn("top-secret", shown)


if __name__ == "__main__":
    unittest.main()
