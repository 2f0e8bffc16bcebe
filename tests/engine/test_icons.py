from __future__ import annotations

from reader.engine.icons import group_feeds, list_places
from reader.model import FeedId


def test_the_named_icon_comes_first_then_the_sites_then_the_hosts():
    assert list_places(
        "https://feeds.example/x", "https://Courier.example/news", "https://cdn.example/i.png"
    ) == (
        "https://cdn.example/i.png",
        "https://courier.example/favicon.ico",
        "https://feeds.example/favicon.ico",
    )


def test_credentials_and_odd_addresses_are_not_taken_along():
    assert list_places("https://user:pw@courier.example/x", "not an address", "javascript:x") == (
        "https://courier.example/favicon.ico",
    )
    assert list_places("http://[broken", "") == ()


def test_feeds_with_the_same_places_are_asked_for_together():
    groups = group_feeds(
        [
            (FeedId(1), "https://a.example/1", "https://a.example/"),
            (FeedId(2), "https://a.example/2", "https://a.example/"),
            (FeedId(3), "https://b.example/", ""),
        ],
        {},
    )
    assert [feeds for _, feeds in groups] == [(1, 2), (3,)]
