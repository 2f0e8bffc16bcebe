"""A page of feeds on a library in memory, with a clock that is set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from fake_library import FakeLibrary
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from reader.engine import questions as q
from reader.model import Failure, FeedHealth, FeedId, SectionId, Traffic, VisitRecord
from reader.ui.feeds_page import FeedsPage
from reader.ui.mailbox import Mailbox
from reader.ui.theme import Theme

NOW = datetime(2026, 3, 11, 13, 40, tzinfo=UTC)  # a Wednesday


class HealthLibrary(FakeLibrary):
    """Answers for the health of feeds too."""

    health: tuple[FeedHealth, ...] = ()
    visits: tuple[VisitRecord, ...] = ()
    traffic: tuple[Traffic, ...] = ()

    def _answer(self, question: q.Question) -> Any:
        match question:
            case q.Health():
                return self.health
            case q.Visits(feed_id, limit):
                return tuple(v for v in self.visits if feed_id in (None, v.feed_id))[:limit]
            case q.TrafficOf():
                return self.traffic
        return super()._answer(question)

    def count_asked(self, kind: type) -> int:
        return sum(isinstance(question, kind) for question in self.asked)


def make_feed(number: int = 1, title: str = "The Daily Harbour", **more: Any) -> FeedHealth:
    values: dict[str, Any] = {
        "id": FeedId(number), "section_id": SectionId(1), "section": "World", "title": title,
        "address": f"https://feed{number}.example/rss", "site": f"https://feed{number}.example/",
        "icon": "", "total": 40, "status": 304, "checked_at": NOW - timedelta(minutes=5),
        "succeeded_at": NOW - timedelta(minutes=5), "next_at": NOW + timedelta(minutes=40), "rule": "floor",
        "newest_at": NOW - timedelta(hours=2), "requests": 10, "unchanged": 8, "saved": 1_000_000,
        "per_week": 3.0,
    } | more  # fmt: skip
    return FeedHealth(**values)


def make_failure(kind: str, detail: str = "", count: int = 1, **ago: int) -> Failure:
    return Failure(kind, detail, count, NOW - timedelta(**ago))


@pytest.fixture
def making() -> SimpleNamespace:
    """What tests make feeds of: `feed`, `failure`, `now`."""
    return SimpleNamespace(feed=make_feed, failure=make_failure, now=NOW)


@pytest.fixture
def paper(mailbox: Mailbox) -> HealthLibrary:
    """Six feeds, one in each of the states that matter."""
    library = HealthLibrary(mailbox.post)
    library.health = (
        make_feed(1, "Anchor", per_week=5.0),
        make_feed(2, "Beacon", failure=make_failure("TimedOut", "feed2.example", 9, days=3), rule="back-off",
                  status=0, section="Technology"),
        make_feed(3, "Compass", newest_at=NOW - timedelta(days=125), per_week=0.0),
        make_feed(4, "Dory", moved_to="https://new.example/feed", per_week=5.0),
        make_feed(5, "Ebb", is_gone=True, rule="gone", status=410, failure=make_failure("HttpFailed", "410")),
        make_feed(6, "Fathom", paused_until=NOW + timedelta(minutes=25), next_at=NOW, per_week=9.0),
    )  # fmt: skip
    library.visits = tuple(
        VisitRecord(NOW - timedelta(minutes=9 * n), FeedId(n % 6 + 1), 304, None, 0.2, 0, 0)
        for n in range(60)
    )
    library.traffic = (
        Traffic("2026-03-11", "feed", 812, 640, 3_100_000, 41_000_000),
        Traffic("2026-03-11", "picture", 64, 3, 4_000_000, 0),
        Traffic("2026-03-10", "feed", 700, 600, 3_000_000, 40_000_000),
    )
    return library


@pytest.fixture
def make_page(theme: Theme, qtbot: QtBot) -> Iterator[Callable[..., FeedsPage]]:
    """A page on a library, shown and filled; `shown=False`: neither."""
    made: list[FeedsPage] = []

    def make(library: HealthLibrary, feed_id: int | None = None, *, shown: bool = True) -> FeedsPage:
        clock = SimpleNamespace(now=NOW)
        page = FeedsPage(library, theme, clock=lambda: clock.now)
        page.test_clock = clock  # type: ignore[attr-defined]
        made.append(page)
        page.resize(1440, 826)
        if shown:
            page.show(None if feed_id is None else FeedId(feed_id))
            page.activateWindow()
            qtbot.waitUntil(lambda: bool(library.count_asked(q.Health)) and not page.inquiry.is_waiting)
            qtbot.waitUntil(page.hasFocus)
        return page

    yield make
    for page in made:
        page.close()
        delete(page)


@pytest.fixture
def page(paper: HealthLibrary, make_page: Callable[..., FeedsPage]) -> FeedsPage:
    return make_page(paper)
