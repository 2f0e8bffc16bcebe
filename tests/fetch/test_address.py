from __future__ import annotations

import pytest

from reader.errors import AddressRefused
from reader.fetch.address import check_address, is_local, read_typed


def test_a_bare_host_is_tried_over_https_then_http():
    assert read_typed(" example.com ") == ("https://example.com", "http://example.com")
    assert read_typed("example.com/blog?x=1") == (
        "https://example.com/blog?x=1",
        "http://example.com/blog?x=1",
    )


def test_an_address_with_a_scheme_is_taken_as_it_is():
    assert read_typed("http://example.com/feed") == ("http://example.com/feed",)
    assert read_typed("feed:https://example.com/feed") == ("https://example.com/feed",)
    assert read_typed("feed://example.com/feed")[0] == "https://example.com/feed"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "word",
        "two words",
        "ftp://example.com",
        "javascript:alert(1)",
        "a..b",
        "mailto:x@example.com",
    ],
)
def test_what_is_no_address_is_refused(typed: str):
    with pytest.raises(AddressRefused):
        read_typed(typed)


def test_international_hosts_and_ipv6_are_addresses():
    assert check_address("https://münchen.example/x").raw_host == b"xn--mnchen-3ya.example"
    assert check_address("http://[::1]:8080/feed").host == "::1"


def test_private_networks_are_told_from_the_world():
    for host in ("localhost", "127.0.0.1", "10.1.2.3", "192.168.1.1", "::1", "169.254.1.1", "printer.local"):
        assert is_local(host), host
    for host in ("example.com", "8.8.8.8", "2606:4700::1111", "local.example"):
        assert not is_local(host), host
