"""What was asked of the network, in lines and in a sentence."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from reader.model import FeedId, Traffic, VisitRecord
from reader.ui.feeds_page.activity_words import list_traffic, list_visits, say_summary
from reader.ui.feeds_page.records import Record


def test_a_quiet_day_is_summed_up_in_few_words(making: SimpleNamespace) -> None:
    assert say_summary(1, 0, (), making.now) == "1 feed · none needs attention"
    assert say_summary(2, 1, (), making.now) == "2 feeds · 1 needs attention"


def test_the_summary_counts_what_was_not_sent_of_any_kind(making: SimpleNamespace) -> None:
    traffic = (
        Traffic("2026-03-11", "feed", 1, 0, 5, 0),
        Traffic("2026-03-11", "picture", 1, 1, 0, 2_000_000),
        Traffic("2026-03-10", "feed", 99, 99, 0, 9_000_000),
    )
    said = say_summary(3, 0, traffic, making.now)
    assert said == "3 feeds · none needs attention · today 1 request, 2 MB not sent, 1 picture"


def test_the_requests_of_one_feed_take_a_line_each(making: SimpleNamespace) -> None:
    visits = [
        VisitRecord(making.now, FeedId(1), 200, None, 0.7, 31_000, 3),
        VisitRecord(making.now - timedelta(days=1), FeedId(1), 304, None, 0.2, 0, 0),
        VisitRecord(making.now - timedelta(days=9), FeedId(1), 0, making.failure("TimedOut", "a.example"), 60, 0, 0),
    ]  # fmt: skip
    assert list_visits(visits, None, making.now) == [
        Record("13:40", "New document · 3 new · 31 KB", "", "0.7 s"),
        Record("Tue 13:40", "Not modified", "", "0.2 s"),
        Record("2 Mar 13:40", "a.example did not answer in time", "", "60 s", is_trouble=True),
    ]


def test_the_requests_of_all_name_their_feeds(making: SimpleNamespace) -> None:
    visits = [
        VisitRecord(making.now, FeedId(1), 304, None, 0.2, 0, 0),
        VisitRecord(making.now, FeedId(2), 304, None, 0.2, 0, 0),
    ]
    lines = list_visits(visits, {FeedId(1): "Anchor"}, making.now)
    assert lines == [
        Record("13:40", "Anchor", "Not modified", "0.2 s", id=1),
        Record("13:40", "A feed you left", "Not modified", "0.2 s"),
    ]


def test_traffic_goes_by_day_and_kind(making: SimpleNamespace) -> None:
    traffic = (
        Traffic("2026-03-11", "icon", 4, 3, 2000, 4000),
        Traffic("2026-03-11", "feed", 812, 640, 3_100_000, 41_000_000),
        Traffic("2026-03-10", "page", 1, 0, 900_000, 0),
        Traffic("2026-03-09", "feed", 0, 0, 0, 0),
        Traffic("2026-03-01", "feed", 2, 0, 0, 0),
    )
    assert [(line.time, line.text, line.amount) for line in list_traffic(traffic, making.now)] == [
        ("Today", "Feeds", "812 requests"),
        ("", "Icons", "4 requests"),
        ("Yesterday", "Full pages", "1 request"),
        ("1 Mar", "Feeds", "2 requests"),
    ]
