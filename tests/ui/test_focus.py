"""Where the keyboard is: it is never lost, always seen, and every pane can be left with the arrows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from fake_library import FakeLibrary
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reader.engine.events import ConnectionChanged, RefreshProgressed
from reader.model import Failure, Listing, SectionId
from reader.ui.main_window import MainWindow


def press(window: MainWindow, key: Any) -> None:
    target: QWidget | None = QApplication.focusWidget()
    QTest.keyClick(target or window, key)


def test_left_and_right_leave_the_sidebar(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "j")
    qtbot.waitUntil(lambda: len(window.sidebar.list_rows()) > 1)
    window.sidebar.setFocus()
    press(window, Qt.Key.Key_Right)
    assert window.panes.focused() is window.sidebar
    press(window, Qt.Key.Key_Left)
    assert window.panes.focused() is window.pane
    press(window, Qt.Key.Key_Left)
    assert window.panes.focused() is window.articles


def test_an_empty_list_keeps_the_keyboard_and_gives_it_back(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "g")
    press(window, "s")
    qtbot.waitUntil(lambda: window.articles.face.isVisible())
    assert window.panes.focused() is window.articles
    press(window, "g")
    press(window, "a")
    qtbot.waitUntil(lambda: window.articles.view.isVisible())
    assert window.panes.focused() is window.articles
    assert window.articles.view.hasFocus()


def test_an_empty_list_can_be_gone_to_and_its_button_pressed(window: MainWindow, qtbot: QtBot) -> None:
    window.reading.mark_all_read()
    window.articles.toggle_unread_only()
    qtbot.waitUntil(lambda: window.articles.face.isVisible())
    window.sections.setFocus()
    window.panes.focus_right()
    assert window.panes.focused() is window.articles
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.articles.view.isVisible())
    assert window.articles.view.hasFocus()


def test_escape_out_of_a_search_without_hits_leaves_the_field(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "/")
    for letter in "zzz":
        press(window, letter)
    qtbot.waitUntil(lambda: window.articles.face.isVisible())
    press(window, Qt.Key.Key_Escape)
    assert window.panes.focused() is window.articles


def test_leaving_a_search_goes_back_to_the_row_one_was_at(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "j")
    press(window, "j")
    before = window.articles.current_row
    press(window, "/")
    for letter in "harbour":
        press(window, letter)
    qtbot.waitUntil(lambda: window.articles.selection.listing is Listing.SEARCH)
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.articles.filling.is_loading)
    current = window.articles.current_row
    assert before is not None
    assert current is not None
    assert current.id == before.id


def test_going_to_a_list_goes_there_from_the_page_and_the_sidebar(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "j")
    for pane in (window.pane, window.sidebar):
        pane.setFocus()
        press(window, "g")
        press(window, "a")
        assert window.panes.focused() is window.articles


def test_the_page_shows_that_it_has_the_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "j")
    qtbot.waitUntil(lambda: window.pane.is_complete())
    assert not window.pane.shows_focus
    press(window, Qt.Key.Key_Right)
    assert window.pane.shows_focus
    press(window, Qt.Key.Key_Left)
    assert not window.pane.shows_focus


def test_a_refresh_that_reached_nobody_does_not_say_updated(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    window.status.show_feeds(1, datetime(2020, 3, 9, tzinfo=UTC))
    window.status._updated_at = datetime(2020, 3, 9, tzinfo=UTC)
    harbour.post(RefreshProgressed(0, 28, 0, 0, True))
    harbour.post(ConnectionChanged(False))
    harbour.post(RefreshProgressed(0, 28, 0, 0, False))
    qtbot.waitUntil(lambda: "Offline" in window.status.offline.text())
    assert "just now" not in window.status.freshness.text()


def test_marking_all_read_says_how_to_take_it_back(window: MainWindow) -> None:
    QTest.keyClick(window.articles.view, "A", Qt.KeyboardModifier.ShiftModifier)
    assert "Ctrl+Z" in window.status.message.text()


def test_the_page_names_no_next_story_that_j_would_not_open(window: MainWindow, qtbot: QtBot) -> None:
    promised: list[Any] = []
    press(window, "j")
    window.reading.neighbours_changed.connect(lambda _, following: promised.append(following))
    press(window, "g")
    press(window, "a")
    qtbot.waitUntil(lambda: not window.articles.filling.is_loading)
    assert promised[-1] is None
    press(window, "j")
    following = promised[-1]
    press(window, "j")
    opened = window.reading.open_article
    assert opened is not None
    assert opened.id == following.id


def test_the_list_keeps_the_keyboard_while_a_dialog_has_it(window: MainWindow, qtbot: QtBot) -> None:
    window.articles.setFocus()
    dialog = QWidget()
    qtbot.addWidget(dialog)
    dialog.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    dialog.show()
    dialog.activateWindow()
    dialog.setFocus()
    qtbot.waitUntil(dialog.hasFocus)
    window.sections.choose(Listing.SAVED)
    qtbot.waitUntil(lambda: window.articles.face.isVisible())
    window.sections.choose(Listing.ALL)
    qtbot.waitUntil(lambda: window.articles.view.isVisible())
    assert window.focusWidget() is window.articles.view


def test_r_during_a_refresh_adds_to_it_and_the_button_stops_it(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    harbour.post(RefreshProgressed(3, 10, 1, 0, True))
    qtbot.waitUntil(lambda: window.refreshing.is_active)
    press(window, "r")
    window.top_bar.refresh.click()
    assert [name for name, _ in harbour.calls] == ["refresh", "cancel_refresh"]


def test_at_the_end_of_the_section_list_down_opens_nothing(window: MainWindow, qtbot: QtBot) -> None:
    window.sections.setFocus()
    for _ in range(20):
        press(window, Qt.Key.Key_Down)
    assert window.reading.open_article is None
    for _ in range(20):
        press(window, Qt.Key.Key_Up)
    assert window.reading.open_article is None


def test_enter_tries_a_feed_again_that_never_answered(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    feed_id = harbour.add_feed("Silent Gazette", SectionId(1), failure=Failure("TimedOut", "silent.example"))
    window.outline.load()
    qtbot.waitUntil(lambda: window.outline.feed(feed_id) is not None)
    window.sections.choose(Listing.FEED, feed_id)
    qtbot.waitUntil(lambda: window.articles.face.isVisible())
    harbour.health[feed_id] = {"checked_at": None}
    press(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: harbour.calls == [("refresh", (feed_id,))])


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_bar_gives_the_keyboard_back(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "j")
    window.toggle_menu_bar()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    window.toggle_menu_bar()
    assert not window.menus.has_bar
    assert window.articles.view.hasFocus()
    window.toggle_menu_bar()
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    press(window, Qt.Key.Key_Escape)
    assert window.articles.view.hasFocus()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_letters_do_not_reach_the_window_through_an_open_menu(window: MainWindow, qtbot: QtBot) -> None:
    opened = window.reading.open_article
    window.toggle_menu_bar()
    menu = QApplication.activePopupWidget()
    assert menu is not None
    QTest.keyClick(menu, Qt.Key.Key_J)
    assert window.reading.open_article is opened
    assert QApplication.activePopupWidget() is menu
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    window.toggle_menu_bar()
    press(window, Qt.Key.Key_J)
    assert window.reading.open_article is not opened
