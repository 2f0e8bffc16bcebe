"""The page of feeds in place of the panes: keys, the keyboard's place, the way back."""

from __future__ import annotations

from typing import Any

import pytest
from fake_library import FakeLibrary
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.engine.events import RefreshProgressed
from reader.engine.questions import Health
from reader.model import FeedId, Listing
from reader.ui.main_window import MainWindow


def press(window: MainWindow, *keys: Any) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or window, key)


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> Any:
    """The page of feeds, opened by its keys."""
    press(window, "g", "f")
    assert window.pages.has_feeds
    qtbot.waitUntil(lambda: bool(window.pages.feeds.model.rows))
    return window.pages.feeds


def test_escape_leaves_the_page_with_the_keyboard_where_it_was(window: MainWindow, qtbot: QtBot) -> None:
    window.sections.setFocus()
    press(window, "g", "f")
    assert window.pages.feeds.isVisible()
    assert window.pages.feeds.isAncestorOf(QApplication.focusWidget())
    press(window, Qt.Key.Key_Escape)
    assert window.pages.has_panes
    assert window.panes.focused() is window.sections


def test_keys_of_the_panes_leave_the_hidden_list_alone(window: MainWindow, page: Any, qtbot: QtBot) -> None:
    before = window.articles.current_row
    press(window, "j", "k", "n", "m", Qt.Key.Key_Space)
    for action_id in ("next", "mark_all_read", "copy_link", "remove"):
        window.actions_table.run(action_id)
    assert window.articles.current_row is before
    assert window.reading.open_article is None
    assert window.pages.has_feeds
    assert window.library.done == []


def test_after_the_page_the_keys_of_the_panes_work_again(window: MainWindow, page: Any, qtbot: QtBot) -> None:
    press(window, Qt.Key.Key_Escape, "j")
    assert window.reading.open_article is not None


def test_going_to_a_list_leaves_the_page(window: MainWindow, page: Any, qtbot: QtBot) -> None:
    press(window, "g", "t")
    assert window.pages.has_panes
    assert window.articles.selection.listing is Listing.TODAY
    assert window.articles.isAncestorOf(QApplication.focusWidget())


def test_refreshing_works_from_the_page(window: MainWindow, harbour: FakeLibrary, page: Any) -> None:
    press(window, "r")
    assert ("refresh", None) in harbour.calls
    assert window.pages.has_feeds


def test_searching_leaves_the_page_and_keeps_the_field(window: MainWindow, page: Any) -> None:
    window.focus_search()
    press(window, "f")
    assert window.pages.has_panes
    assert window.top_bar.search.field.hasFocus()


def test_leaving_an_empty_search_comes_back_to_the_page(window: MainWindow, page: Any) -> None:
    window.focus_search()
    press(window, Qt.Key.Key_Escape)
    assert window.pages.has_feeds
    assert page.isAncestorOf(QApplication.focusWidget())


def test_i_shows_how_the_feed_of_the_list_is_doing(window: MainWindow, qtbot: QtBot) -> None:
    window.sections.choose(Listing.FEED, FeedId(2))
    press(window, "i")
    qtbot.waitUntil(lambda: window.pages.has_feeds and window.pages.feeds.chosen is not None)
    assert window.pages.feeds.chosen.id == FeedId(2)
    assert window.current_feed.find() == FeedId(2)


def test_a_feed_opened_from_the_page_shows_its_articles(window: MainWindow, page: Any, qtbot: QtBot) -> None:
    page.feed_opened.emit(FeedId(3))
    assert window.pages.has_panes
    assert (window.articles.selection.listing, window.articles.selection.id) == (Listing.FEED, 3)


def test_a_repair_wanted_on_the_page_is_carried_out(
    window: MainWindow, harbour: FakeLibrary, page: Any, qtbot: QtBot
) -> None:
    window.pages.feeds.repair_requested.emit("sign_out", harbour._tell_health(harbour.feeds[0]))
    assert harbour.calls == [("sign_out", FeedId(1))]
    assert window.pages.has_feeds


def test_unsubscribing_on_the_page_stays_there_and_leaves_no_empty_list_behind(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    window.sections.choose(Listing.FEED, FeedId(1))
    window.pages.show_feeds(FeedId(1))
    window.repairs.run("unsubscribe", FeedId(1))
    qtbot.waitUntil(lambda: window.articles.selection.listing is Listing.SECTION)
    assert window.pages.has_feeds


def test_the_letters_of_a_sequence_repair_nothing_and_the_next_one_does(
    window: MainWindow, harbour: FakeLibrary, page: Any
) -> None:
    page.table.step(0)
    asked: list[str] = []
    page.repair_requested.connect(lambda name, health: asked.append(name))
    press(window, "g", "v")  # leads nowhere
    assert asked == []
    press(window, "c")
    assert asked == ["copy_address"]


def test_the_end_of_a_refresh_shows_what_changed_nothing(
    window: MainWindow, harbour: FakeLibrary, page: Any, qtbot: QtBot
) -> None:
    """Being told "not modified" is an answer too, though no article and no count tells of it."""
    qtbot.waitUntil(lambda: not page.inquiry.is_waiting)
    asked = harbour.asked.count(Health())
    window.refreshing.show_progress(RefreshProgressed(1, 1, 0, 0, active=True))
    window.refreshing.show_progress(RefreshProgressed(1, 1, 0, 0, active=False))
    qtbot.waitUntil(lambda: harbour.asked.count(Health()) > asked)
