"""Unit tests: no network but one loopback socket, no node."""
