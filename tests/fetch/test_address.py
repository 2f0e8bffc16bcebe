from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from reader.errors import AddressRefused
from reader.fetch.address import (
    check_address,
    is_local,
    is_loopback,
    is_private,
    read_typed,
    split_userinfo,
)
from reader.model import Credentials

ROOT = Path(__file__).resolve().parents[2]


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
    for host in ("router", "nas.home.arpa", "wiki.internal", "100.64.0.1", "0.0.0.0", "fe80::1", "fd00::1"):
        assert is_local(host), host
    for host in ("example.com", "8.8.8.8", "2606:4700::1111", "local.example", "127.0.0.1.example"):
        assert not is_local(host), host


@pytest.mark.parametrize(
    "host", ["127.1", "0177.0.0.1", "0x7f.0.0.1", "2130706433", "10.1", "127.0.0.1.", "::ffff:127.0.0.1"]
)
def test_a_number_is_the_same_however_it_is_written(host: str):
    assert is_local(host)
    assert not is_local("134744072")  # 8.8.8.8


def test_a_name_that_begins_like_this_machine_is_not_this_machine():
    assert all(map(is_loopback, ("127.0.0.1", "127.10.0.3", "localhost", "::1")))
    assert not is_loopback("127.0.0.1.example")


@pytest.mark.parametrize(
    ("address", "clean", "user", "secret"),
    [
        ("https://ann:b%40c@a.example/x?y=%20z@#f", "https://a.example/x?y=%20z@#f", "ann", "b@c"),
        ("https://a%3Ab:c:d@a.example", "https://a.example", "a:b", "c:d"),
        ("https://token@[::1]:8080/", "https://[::1]:8080/", "token", ""),
        ("https://:only@a.example?x@y", "https://a.example?x@y", "", "only"),
    ],
)
def test_a_user_and_password_are_taken_out_of_an_address(address: str, clean: str, user: str, secret: str):
    assert split_userinfo(address) == (clean, Credentials("basic", user, secret))


@pytest.mark.parametrize("address", ["https://a.example/@x", "https://a.example/?q=a@b", "nonsense@x", ""])
def test_an_address_without_them_stays_byte_for_byte(address: str):
    assert split_userinfo(address) == (address, None)


def test_an_empty_user_is_no_user():
    assert split_userinfo("https://@a.example/") == ("https://a.example/", None)


@pytest.mark.parametrize(
    "address",
    [
        "https://ann:secret@a.example/feed",
        "https://ann@a.example/feed",
        "https://a.example/feed?token=abc",
        "https://a.example/feed?api_key=1",
        "https://a.example/feed?user=1&accessToken=1",
        "https://a.example/feed?auth=x",
        "https://a.example/feed?k=d41d8cd98f00b204e9800998ecf8427e",
        "https://a.example/rss/3f2a9c1b7d8e4f60a1b2c3d4e5f60718/feed.xml",
        "https://a.example/ical/private-0f1e2d3c4b5a69788796/basic.ics",
        "https://a.example/podcast/12/private/0b6cbb55-9b2c-4c5e-9d0e-7f0a3b7f9a11.rss",
        "https://a.example/u/eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc/feed",
    ],
)
def test_an_address_that_opens_what_is_one_persons_own_is_private(address: str):
    assert is_private(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/",
        "https://a.example/2026/11/a-very-long-title-of-an-article-with-23-words/feed.xml",
        "https://www.youtube.example/feeds/videos.xml?channel_id=UCXuqSBlHAE6Xw-yeJA0Tunw",
        "https://a.example/show/e73c998e-6e60-432f-8610-ae210140c5b1/feed.rss",
        "https://a.example/alerts/00123456789012345678/1234567890123456789",
        "https://a.example/search?keyword=token&monkey=hockey",
        "https://a.example/private-equity/feed",
        "https://a.example/feed?token=",
        "no address at all",
        "http://[",
    ],
)
def test_an_ordinary_address_is_not(address: str):
    assert not is_private(address)


def test_no_address_of_the_starter_catalogue_is_private():
    catalogue = (ROOT / "resources" / "starter.opml").read_text("utf-8")
    addresses = re.findall(r'xmlUrl="([^"]+)"', catalogue)
    assert addresses
    assert [address for address in addresses if is_private(html.unescape(address))] == []
