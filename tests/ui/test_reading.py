"""Reading a newspaper with the keyboard alone: the window as a whole, by real keys."""

from __future__ import annotations

from typing import Any

import pytest
from fake_library import NOW, FakeLibrary
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reader.engine.commands import MarkAllRead, MarkRead, Save
from reader.engine.events import RefreshProgressed
from reader.errors import StoreFull
from reader.model import ArticleId, FeedId, Listing, SectionId, Selection
from reader.ui.main_window import MainWindow


def press(window: MainWindow, keys: str | Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
    """To whatever widget has the keyboard, as a keyboard does."""
    target: QWidget = QApplication.focusWidget() or window.articles.view
    if isinstance(keys, str):
        for key in keys:
            shift = Qt.KeyboardModifier.ShiftModifier if key.isupper() else modifier
            QTest.keyClick(target, key, shift)
            target = QApplication.focusWidget() or window.articles.view
    else:
        QTest.keyClick(target, keys, modifier)


def name_open(window: MainWindow) -> str:
    row = window.reading.open_article
    return row.title if row else ""


def name_list(window: MainWindow) -> str:
    return window.articles.header.name


def test_j_and_k_open_the_next_and_the_previous_article(window: MainWindow) -> None:
    press(window, "j")
    assert name_open(window) == "Harbour council reopens ferry talks"
    press(window, "jj")
    assert name_open(window) == "Counting goes on in five river districts"
    press(window, "k")
    assert name_open(window) == "Northern line elects its first woman as chair"
    assert window.articles.current_row == window.reading.open_article


def test_the_first_and_the_last_article_are_where_it_ends(window: MainWindow) -> None:
    press(window, "jkk")
    assert name_open(window) == "Harbour council reopens ferry talks"


def test_n_and_p_move_without_opening(window: MainWindow) -> None:
    press(window, "j")
    press(window, "nnp")
    assert name_open(window) == "Harbour council reopens ferry talks"
    assert window.articles.current_row is not None
    assert window.articles.current_row.title == "Northern line elects its first woman as chair"
    press(window, "o")
    assert name_open(window) == "Northern line elects its first woman as chair"


def test_opening_marks_read_at_once_and_m_takes_it_back(window: MainWindow, harbour: FakeLibrary) -> None:
    press(window, "j")
    assert window.articles.model.rows[0].is_read
    assert harbour.done == [MarkRead((ArticleId(1),), passing=True)]
    press(window, "m")
    assert not window.articles.model.rows[0].is_read
    assert harbour.done[-1] == MarkRead((ArticleId(1),), False)


def test_s_saves_and_saves_no_more(window: MainWindow, harbour: FakeLibrary, qtbot: QtBot) -> None:
    press(window, "ns")
    assert window.articles.model.rows[0].is_saved
    qtbot.waitUntil(lambda: window.outline.counts.saved == 1)
    press(window, "s")
    assert harbour.done == [Save((ArticleId(1),)), Save((ArticleId(1),), False)]


def test_a_refused_gesture_is_put_back_and_said(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    harbour.refusing = StoreFull()
    press(window, "ns")
    assert window.articles.model.rows[0].is_saved
    qtbot.waitUntil(lambda: not window.articles.model.rows[0].is_saved)
    assert "disk is full" in window.status.message.text()


def test_shift_a_marks_the_list_read_and_control_z_brings_it_back(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    press(window, "A")
    assert all(row.is_read for row in window.articles.model.rows)
    assert harbour.done == [MarkAllRead(Selection(Listing.SECTION, 1))]
    qtbot.waitUntil(lambda: "all read" in window.articles.header.about)
    assert len(window.articles.model.rows) == 36
    qtbot.waitUntil(lambda: window.actions_table["undo"].text() == "Undo mark all read")


def test_space_reads_on_through_the_list_and_into_the_next_section(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    seen = []
    for _ in range(60):
        press(window, Qt.Key.Key_Space)
        title = name_open(window)
        if not seen or seen[-1] != title:
            seen.append(title)
        qtbot.waitUntil(lambda: window.pane.row is not None and window.reading._search_for_unread is None)
        if name_open(window) == "Far story 1":
            break
    assert seen[:3] == [
        "Harbour council reopens ferry talks",
        "Northern line elects its first woman as chair",
        "No more solo climbs on the high ridge",  # what was read before is passed over
    ]
    assert name_open(window) == "Far story 1"
    qtbot.waitUntil(lambda: name_list(window) == "World")
    qtbot.waitUntil(lambda: window.articles.current_row is not None)
    assert window.articles.current_row is not None
    assert window.articles.current_row.title == "Far story 1"
    assert window.sections.current_place is not None
    assert window.sections.current_place.name == "World"


def test_when_nothing_is_unread_space_says_so(window: MainWindow, harbour: FakeLibrary, qtbot: QtBot) -> None:
    harbour.do(MarkAllRead(Selection(Listing.ALL)))
    qtbot.waitUntil(lambda: window.outline.counts.unread == 0)
    qtbot.waitUntil(lambda: window.articles.model.find_unread(0) == -1)
    press(window, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: "caught up" in window.status.message.text())


@pytest.mark.parametrize(
    ("keys", "name"), [("gt", "Today"), ("gu", "Unread"), ("gs", "Saved"), ("ga", "All stories")]
)
def test_g_and_a_letter_go_to_the_fixed_lists(window: MainWindow, qtbot: QtBot, keys: str, name: str) -> None:
    press(window, keys[0])
    assert window.status.keys.text() == "g …"
    press(window, keys[1])
    qtbot.waitUntil(lambda: name_list(window) == name)
    assert window.status.keys.text() == ""


def test_letters_in_the_search_box_are_only_letters(window: MainWindow, harbour: FakeLibrary) -> None:
    press(window, "/")
    assert QApplication.focusWidget() is window.top_bar.search.field
    press(window, "msjrg#?+")
    assert window.top_bar.search.field.text() == "msjrg#?+"
    assert harbour.done == []
    assert harbour.calls == []


def test_searching_shows_what_is_found_and_escape_goes_back(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "/")
    press(window, "grain")
    qtbot.waitUntil(
        lambda: (
            [row.title for row in window.articles.model.rows] == ["Grain prices fall as the markets reopen"]
        )
    )
    assert "1 found" in window.articles.header.about
    press(window, Qt.Key.Key_Return)
    assert window.articles.view.hasFocus()
    press(window, "j")
    assert name_open(window).startswith("Grain")
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: name_list(window) == "Top News")
    assert window.top_bar.search.field.text() == ""


def test_arrows_go_from_pane_to_pane(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "j")
    qtbot.waitUntil(window.pane.view.isVisible)
    panes = window.panes
    assert panes.focused() is window.articles
    press(window, Qt.Key.Key_Right)
    assert panes.focused() is window.pane
    press(window, "j")  # still reads on from there
    assert name_open(window).startswith("Northern")
    press(window, Qt.Key.Key_Left)
    press(window, Qt.Key.Key_Left)
    assert panes.focused() is window.sections


def test_tab_visits_every_pane(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "j")
    qtbot.waitUntil(window.pane.view.isVisible)
    window.top_bar.search.field.setFocus()
    visited = []
    for _ in range(40):
        press(window, Qt.Key.Key_Tab)
        pane = window.panes.focused()
        if pane is not None and pane not in visited:
            visited.append(pane)
    assert visited[:3] == [window.sections, window.articles, window.pane]
    assert window.sidebar in visited


def test_v_opens_the_browser_and_nothing_but_web_addresses(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or True)
    press(window, "nv")
    assert opened == ["https://thedailyharbour.example/1"]
    assert not window.reading.open_address("file:///etc/passwd")
    assert not window.reading.open_address("javascript:alert(1)")
    assert len(opened) == 1


def test_c_copies_the_link(window: MainWindow) -> None:
    press(window, "nc")
    assert QGuiApplication.clipboard().text() == "https://thedailyharbour.example/1"


def test_r_refreshes_and_escape_stops_it(window: MainWindow, harbour: FakeLibrary, qtbot: QtBot) -> None:
    press(window, "r")
    harbour.post(RefreshProgressed(3, 10, 1, 0, True))
    qtbot.waitUntil(lambda: window.status.freshness.text() == "Refreshing 3 of 10 · 1 failed")
    assert window.refresh_line.isVisible()
    press(window, Qt.Key.Key_Escape)
    harbour.post(RefreshProgressed(3, 10, 1, 0, False, cancelled=True))
    qtbot.waitUntil(lambda: not window.refresh_line.isVisible())
    assert harbour.calls == [("refresh", None), ("cancel_refresh", None)]


def test_a_refresh_that_brought_news_says_where(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    harbour.post(RefreshProgressed(0, 4, 0, 0, True))
    qtbot.waitUntil(lambda: window.refreshing.is_active)
    harbour.arrive(*(harbour.add_row(FeedId(4), f"News {n}", NOW) for n in range(3)))
    harbour.post(RefreshProgressed(4, 4, 0, 3, False))
    qtbot.waitUntil(lambda: window.status.news.text() == "3 new in World")


def test_pictures_and_neighbours_reach_the_page_and_the_sidebar(window: MainWindow, qtbot: QtBot) -> None:
    press(window, "jj")
    previous, following = window.pane._neighbours
    assert previous is not None
    assert following is not None
    assert previous.title.startswith("Harbour council")
    assert following.title.startswith("Counting")
    window.pane.next_requested.emit()
    assert name_open(window).startswith("Counting")


def test_a_story_of_the_sidebar_opens_and_is_current_in_the_list(
    window: MainWindow, harbour: FakeLibrary
) -> None:
    press(window, "j")
    window.sidebar.article_requested.emit(harbour.rows[ArticleId(4)])
    assert name_open(window) == "No more solo climbs on the high ridge"
    assert window.articles.current_row == window.reading.open_article


def test_offline_is_said_and_nothing_else_changes(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    from reader.engine.events import ConnectionChanged

    harbour.post(ConnectionChanged(False))
    qtbot.waitUntil(lambda: window.status.offline.text().startswith("Offline"))
    press(window, "j")
    assert name_open(window)


def test_the_list_keeps_to_the_filter_that_was_chosen(window: MainWindow, qtbot: QtBot) -> None:
    window.articles.toggle_unread_only()
    qtbot.waitUntil(lambda: len(window.articles.model.rows) == 34)
    window.sections.choose(Listing.SECTION, SectionId(2))
    qtbot.waitUntil(lambda: name_list(window) == "World")
    assert window.articles.selection.unread_only
