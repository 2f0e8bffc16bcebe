"""Sentences, counts and times as a person reads them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from reader import errors
from reader.engine import commands as c
from reader.engine.commands import MarkRead
from reader.errors import BroadsheetError
from reader.model import ArticleId, Failure, FeedId
from reader.ui import words

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)


def list_errors(root: type[BroadsheetError] = BroadsheetError) -> list[type[BroadsheetError]]:
    found = []
    for child in root.__subclasses__():
        found += [child, *list_errors(child)]
    return [kind for kind in found if kind.__module__ == errors.__name__]


@pytest.mark.parametrize("kind", list_errors(), ids=lambda kind: kind.__name__)
def test_every_error_has_a_sentence_with_and_without_detail(kind: type[BroadsheetError]) -> None:
    for error in (kind(), kind("example.com")):
        sentence = words.say_error(error)
        assert sentence.endswith((".", "."))
        assert sentence[0].isupper() or sentence.startswith("example.com")
        assert "{" not in sentence
        assert kind.__name__ not in sentence


def test_a_missing_page_is_said_to_be_missing() -> None:
    assert "any more (404)" in words.say_failure(Failure("HttpFailed", "404"))
    assert "(503)" in words.say_failure(Failure("HttpFailed", "503"))


def test_a_detail_with_braces_is_shown_as_it_is() -> None:
    assert "{0.__class__}" in words.say_kind("HostNotFound", "{0.__class__}")


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (NOW - timedelta(hours=2), "10:00"),
        (NOW - timedelta(hours=13), "Yesterday"),
        (NOW - timedelta(days=3), "6 Mar"),
        (datetime(2024, 12, 31, 8, tzinfo=UTC), "31 Dec 2024"),
        (NOW + timedelta(days=2), "11 Mar"),
    ],
)
def test_lists_name_the_time_today_and_the_day_before(at: datetime, said: str) -> None:
    assert words.say_when(at, NOW) == said


def test_midnight_is_the_readers_midnight() -> None:
    in_tokyo = NOW.astimezone(timezone(timedelta(hours=9)))  # 21:00
    assert words.say_when(NOW - timedelta(hours=20), in_tokyo) == "01:00"


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=2), "2 min ago"),
        (timedelta(hours=3), "3 h ago"),
        (timedelta(hours=13), "Yesterday"),
    ],
)
def test_how_long_ago_is_rounded_down(passed: timedelta, said: str) -> None:
    assert words.say_ago(NOW - passed, NOW) == said


def test_counts_know_one_from_many() -> None:
    assert words.count_stories(1) == "1 story"
    assert words.count_stories(104212) == "104,212 stories"
    assert words.count_feeds(1) == "1 feed"
    assert words.count_unread(0) == "all read"


def test_sizes_are_whole_megabytes() -> None:
    assert words.say_size(312_400_000) == "312 MB"
    assert words.say_size(900) == "1 KB"
    assert words.say_size(2_340_000_000) == "2.3 GB"


def test_undo_says_what_it_takes_back() -> None:
    assert words.name_deed(MarkRead((ArticleId(1),), False)) == "mark unread"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("https://ann:tide@news.example/feed.xml?a=1", "news.example/feed.xml?a=1"),
        ("https://xn--mnchen-3ya.example/", "münchen.example"),
        ("http://[::1]:8080/feed", "http://[::1]:8080/feed"),
        ("https://xn--.example/a", "https://xn--.example/a"),
        ("https://xn--b1amarcd.example/rss?lang=ru", "новини.example/rss?lang=ru"),
        ("http://news.example/feed/", "http://news.example/feed/"),
        ("no address", "no address"),
        ("https://user:secret@[broken/feed", "[broken/feed"),
    ],
)
def test_an_address_is_readable_and_holds_no_password(address: str, said: str) -> None:
    assert words.say_address(address) == said


def test_every_repair_that_can_be_undone_has_a_name() -> None:
    deeds = (
        c.ChangeAddress(FeedId(1), ""),
        c.MergeFeeds(FeedId(1), FeedId(2)),
        c.SetUserAgent(FeedId(1), ""),
    )
    assert [words.name_deed(deed) for deed in deeds] == [
        "change of address", "merge feeds", "introduce differently",
    ]  # fmt: skip
