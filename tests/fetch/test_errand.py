"""Who is shown a password on the way of one GET."""

from __future__ import annotations

import httpx
import pytest

from reader.fetch.errand import Errand
from reader.model import Credentials


def make_errand(address: str) -> Errand:
    signed = Credentials("basic", "ann", "s3cret")
    return Errand(httpx.URL(address), "Broadsheet/1", "*/*", 1, 1.0, credentials=signed)


@pytest.mark.parametrize(
    ("asked", "hop", "is_shown"),
    [
        ("http://a.example/x", "http://a.example/y", True),
        ("http://a.example/x", "https://a.example/x", True),
        ("http://a.example:80/x", "https://A.example:443/x", True),
        ("https://a.example/x", "http://a.example/x", False),
        ("http://a.example/x", "https://www.a.example/x", False),
        ("http://a.example:8080/x", "https://a.example/x", False),
        ("http://a.example/x", "https://a.example:8443/x", False),
        ("http://a.example/x", "http://a.example:443/x", False),
    ],
)
def test_a_password_goes_on_to_https_at_the_usual_ports_and_never_back(asked: str, hop: str, is_shown: bool):
    fields = dict(make_errand(asked).write_fields(httpx.URL(hop)))
    assert (b"Authorization" in fields) is is_shown
