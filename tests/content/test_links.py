"""Addresses become absolute and lose what only counts readers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.content.links import choose_base, clean_address, resolve


@pytest.mark.parametrize(
    ("address", "cleaned"),
    [
        ("https://e.org/p?id=1&utm_source=x&fbclid=y", "https://e.org/p?id=1"),
        ("https://e.org/p?UTM_Source=x", "https://e.org/p"),
        ("https://e.org/p?utm_source=x#part", "https://e.org/p#part"),
        ("https://e.org/p?q=a%20b&gclid=1", "https://e.org/p?q=a%20b"),
        ("https://e.org/p#utm_source=x", "https://e.org/p"),
        ("https://e.org/p?id=1&id=2#a", "https://e.org/p?id=1&id=2#a"),
        ("https://e.org/p?flag&&x=", "https://e.org/p?flag&&x="),
    ],
)
def test_tracking_parameters_go_and_the_rest_stays(address: str, cleaned: str) -> None:
    assert clean_address(address) == cleaned


@given(st.text(max_size=80))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean_address("https://e.org/" + text)
    assert clean_address(once) == once


@pytest.mark.parametrize(
    "address", ["javascript:x", " java\nscript:x", "data:text/html,x", "file:///etc/passwd", "ftp://e.org"]
)
def test_other_schemes_resolve_to_nothing(address: str) -> None:
    assert resolve(address, "https://e.org/") == ""


def test_relative_addresses_need_a_base() -> None:
    assert resolve("../b", "https://e.org/x/a") == "https://e.org/b"
    assert resolve("b") == ""
    assert resolve("//e.org/b") == "https://e.org/b"
    assert resolve("http://[broken", "https://e.org/") in ("", "http://[broken")


def test_relative_links_are_meant_against_the_page_unless_it_is_elsewhere() -> None:
    assert choose_base("https://www.e.org/2026/a", "https://e.org/") == "https://www.e.org/2026/a"
    assert choose_base("https://other.net/a", "https://e.org/") == "https://e.org/"
    assert choose_base("https://e.org/a", "https://feeds.feedburner.com/e") == "https://e.org/a"
    assert choose_base("", "https://e.org/") == "https://e.org/"
