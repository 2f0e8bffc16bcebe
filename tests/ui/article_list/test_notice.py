"""What stands above the rows of a feed that has a problem, and what can be done there."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fake_library import FakeLibrary
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.engine.questions import Health
from reader.model import Failure, Feed, FeedHealth, FeedId, Listing, Origin, SectionId
from reader.ui.article_list.face import Face, ListFace
from reader.ui.article_list.notice import choose_notice
from reader.ui.main_window import MainWindow
from reader.ui.theme import Theme

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
FEED = Feed(FeedId(1), SectionId(1), "The Courier", "https://courier.example/feed", "", 0, total=3)
HEALTH = FeedHealth(FeedId(1), SectionId(1), "News", "The Courier", "https://courier.example/feed", "", "", 3)


def choose(kind: str = "", detail: str = "", days: int = 0, **health: Any) -> tuple[str, list[str]]:
    failure = Failure(kind, detail, 1, NOW - timedelta(days=days)) if kind else None
    notice = choose_notice(replace(FEED, failure=failure), replace(HEALTH, **health), NOW)
    return (notice.sentence, [name for name, _ in notice.repairs]) if notice else ("", [])


@pytest.mark.parametrize(
    ("failure", "health", "words", "repairs"),
    [
        (("HttpFailed", "401"), {}, "asks for a password", ["sign_in", "feed_info"]),
        (("HttpFailed", "401"), {"signs_in": "basic"}, "no longer accepts", ["sign_in", "feed_info"]),
        (("HttpFailed", "410"), {}, "for good (410). Its articles stay.", ["find_again", "unsubscribe"]),
        ((), {"is_gone": True}, "Its articles stay.", ["find_again", "unsubscribe"]),
        ((), {"moved_to": "https://new.example/f"}, "moved to new.example/f", ["switch", "feed_info"]),
        (("BrowserCheck", "courier.example"), {}, "only browsers", ["open_site", "user_agent"]),
        (("HttpFailed", "403"), {}, "(403)", ["user_agent", "feed_info"]),
        (("NotAFeed", "HTML"), {}, "a web page, not to a feed", ["find_again", "feed_info"]),
        (("CertificateExpired", "courier.example"), {}, "out of date", ["try_now", "feed_info"]),
        (("TimedOut", "courier.example", 21), {}, "in time. For 3 weeks now.", ["try_now", "feed_info"]),
        (("HttpFailed", "503"), {"paused_until": NOW + timedelta(hours=2)}, "pause until 14:00", ["feed_info"]),
        (("Offline",), {}, "", []),
        (("CaptivePortal", "login.example"), {}, "", []),
        ((), {}, "", []),
    ],
)  # fmt: skip
def test_each_problem_has_its_sentence_and_its_remedy(
    failure: tuple[Any, ...], health: dict[str, Any], words: str, repairs: list[str]
) -> None:
    sentence, offered = choose(*failure, **health)
    assert words in sentence
    assert offered == repairs


def show_feed(window: MainWindow, feed_id: int, qtbot: QtBot) -> None:
    window.sections.choose(Listing.FEED, feed_id)
    qtbot.waitUntil(
        lambda: window.articles.selection.id == feed_id and not window.articles.filling.is_loading
    )


def test_a_feed_that_moved_says_so_above_its_rows_and_is_switched_there(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    harbour.health[FeedId(2)] = {"moved_to": "https://coast.example/feed"}
    window.articles.begin_notices()
    show_feed(window, 2, qtbot)
    strip = window.articles.strip
    qtbot.waitUntil(lambda: strip.notice is not None)
    strip.buttons[0].setFocus()
    QTest.keyClick(strip.buttons[0], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(harbour.done))
    show_feed(window, 3, qtbot)
    assert strip.notice is None


def test_details_open_the_page_with_the_feed_chosen(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    show_feed(window, 2, qtbot)
    harbour.fail_feed(FeedId(2), "HttpFailed", "401")
    qtbot.waitUntil(lambda: window.articles.strip.notice is not None)
    window.articles.strip.buttons[1].click()
    qtbot.waitUntil(lambda: window.pages.has_feeds and window.pages.feeds.chosen is not None)
    assert window.pages.feeds.chosen.id == FeedId(2)


def test_the_notice_goes_when_the_feed_is_well_again(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    show_feed(window, 2, qtbot)
    harbour.fail_feed(FeedId(2), "TimedOut", "coast.example")
    qtbot.waitUntil(lambda: window.articles.strip.notice is not None)
    harbour.feeds = [replace(feed, failure=None) for feed in harbour.feeds]
    harbour.tell(Origin.REFRESH, feeds=(FeedId(2),))
    qtbot.waitUntil(lambda: window.articles.strip.notice is None)


def test_an_empty_list_offers_the_same_in_its_place(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    silent = harbour.add_feed("Silent Gazette", SectionId(1), failure=Failure("HttpFailed", "401"))
    harbour.tell(Origin.REFRESH, outline_changed=True)
    qtbot.waitUntil(lambda: window.outline.feed(silent) is not None)
    show_feed(window, silent, qtbot)
    face = window.articles.face
    qtbot.waitUntil(lambda: face.accessibleName() == "Nothing was fetched from Silent Gazette yet.")
    assert face.accessibleDescription() == "The site asks for a password."
    assert [button.text() for button in face.buttons] == ["Sign in…", "Details"]
    assert window.articles.strip.notice is None


def test_health_is_not_asked_before_the_first_list_is_painted(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    window.articles._health._may_ask = False
    show_feed(window, 2, qtbot)
    assert Health(FeedId(2)) not in harbour.asked
    window.articles.begin_notices()
    assert Health(FeedId(2)) in harbour.asked


def place_on_screen(window: MainWindow) -> int:
    view = window.articles.view
    return view.mapTo(window, view.visualRect(view.currentIndex()).topLeft()).y()


def test_rows_stay_where_they_are_while_reading_when_the_strip_comes_and_goes(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    for number in range(30):
        harbour.add_row(FeedId(2), f"Story {number}")
    window.articles.begin_notices()
    show_feed(window, 2, qtbot)
    view, strip = window.articles.view, window.articles.strip
    for _ in range(3):
        window.reading.open_next()
    before, at_rest = place_on_screen(window), view.y()
    harbour.fail_feed(FeedId(2), "TimedOut", "x")
    qtbot.waitUntil(lambda: strip.notice is not None and view.y() > at_rest)
    assert place_on_screen(window) == before
    strip.show_notice(None)
    qtbot.waitUntil(lambda: view.y() == at_rest)
    assert place_on_screen(window) == before
    assert view.verticalScrollBar().value() == 0


def test_a_list_at_its_top_that_nobody_reads_shows_its_first_row_below_the_strip(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    show_feed(window, 2, qtbot)
    at_rest = window.articles.view.y()
    harbour.fail_feed(FeedId(2), "TimedOut", "x")
    qtbot.waitUntil(lambda: window.articles.view.y() > at_rest)
    assert window.articles.view.is_at_top


def test_the_strip_is_one_step_back_from_its_rows(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    show_feed(window, 2, qtbot)
    harbour.fail_feed(FeedId(2), "TimedOut", "x")
    strip = window.articles.strip
    qtbot.waitUntil(lambda: strip.notice is not None)
    window.articles.setFocus()
    QTest.keyClick(window.articles.view, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is strip.buttons[1]
    QTest.keyClick(strip.buttons[1], Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is strip.buttons[0]


@pytest.mark.parametrize("width", [300, 345, 700])
def test_no_word_of_a_button_is_cut_where_there_are_no_rows(theme: Theme, qtbot: QtBot, width: int) -> None:
    repairs = (("find_again", "Look for a new address"), ("unsubscribe", "Unsubscribe"))
    face = ListFace(theme, None)  # type: ignore[arg-type]
    qtbot.addWidget(face)
    face.resize(width, 400)
    face.show_face(Face("warning", "Nothing was fetched yet.", "It is gone.", repairs=repairs))
    face.show()
    for button in face.buttons:
        assert button.width() >= button.sizeHint().width()
        assert face.rect().contains(button.geometry())
