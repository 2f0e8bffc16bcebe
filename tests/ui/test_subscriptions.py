"""Feeds and sections: the flows around the section list's current line."""

from __future__ import annotations

from types import SimpleNamespace

from fake_library import FakeLibrary
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from reader.engine import commands as c
from reader.errors import OutlineError
from reader.model import FeedId, Listing, SectionId, Selection
from reader.ui.main_window import MainWindow


def go_to_feed(window: MainWindow, feed_id: int, qtbot: QtBot) -> None:
    window.sections.choose(Listing.FEED, feed_id)
    qtbot.waitUntil(
        lambda: window.articles.selection.id == feed_id and not window.articles.filling.is_loading
    )
    window.sections.setFocus()


def find_dialog(window: MainWindow) -> QDialog:
    return next(dialog for dialog in window.findChildren(QDialog) if dialog.isVisible())


def test_f2_renames_the_current_feed(window: MainWindow, harbour: FakeLibrary, qtbot: QtBot) -> None:
    go_to_feed(window, 2, qtbot)
    QTest.keyClick(window.sections._tree, Qt.Key.Key_F2)
    dialog = find_dialog(window)
    dialog.name.setText("Coast")  # type: ignore[attr-defined]
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert harbour.done == [c.RenameFeed(FeedId(2), "Coast")]
    qtbot.waitUntil(lambda: window.articles.header.name == "Coast")


def test_delete_removes_the_current_feed_and_says_how_to_get_it_back(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    go_to_feed(window, 2, qtbot)
    QTest.keyClick(window.sections._tree, Qt.Key.Key_Delete)
    assert harbour.done == [c.RemoveFeed(FeedId(2))]
    qtbot.waitUntil(lambda: window.articles.header.name == "Top News")
    assert "North Coast Wire removed" in window.status.message.text()


def test_delete_in_the_article_list_removes_nothing(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    go_to_feed(window, 2, qtbot)
    window.articles.setFocus()
    QTest.keyClick(window.articles.view, Qt.Key.Key_Delete)
    assert harbour.done == []


def test_refreshing_a_list_refreshes_its_feeds_only(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    window.subscriptions.refresh_here()
    go_to_feed(window, 2, qtbot)
    window.subscriptions.refresh_here()
    window.sections.go_all()
    window.subscriptions.refresh_here()
    assert harbour.calls == [("refresh", (1, 2, 3)), ("refresh", (2,)), ("refresh", None)]


def test_a_feed_moves_among_its_neighbours_by_key(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    go_to_feed(window, 2, qtbot)
    window.subscriptions.move_up()
    window.subscriptions.move_down()
    assert harbour.done == [
        c.MoveFeed(FeedId(2), SectionId(1), 0),
        c.MoveFeed(FeedId(2), SectionId(1), 2),
    ]


def test_a_feed_moved_into_a_new_section_goes_there_once_it_exists(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    window.subscriptions._move_feed(FeedId(2), None, "Coasts")
    qtbot.waitUntil(lambda: len(harbour.done) == 2)
    assert harbour.done == [c.AddSection("Coasts"), c.MoveFeed(FeedId(2), SectionId(8))]


def test_the_address_of_the_current_feed_can_be_copied(window: MainWindow, qtbot: QtBot) -> None:
    go_to_feed(window, 1, qtbot)
    window.actions_table.run("copy_address")
    wanted = "https://thedailyharbour.example/feed"
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == wanted)


def test_an_imported_file_is_subscribed_to_and_counted(window: MainWindow, harbour: FakeLibrary) -> None:
    place = SimpleNamespace(path=("World",), title="Far", address="https://far.example/feed", site="")
    window.subscriptions._take_import(SimpleNamespace(places=(place,), folders=()))
    assert harbour.done == [c.Subscribe(((("World",), "Far", "https://far.example/feed", ""),))]
    assert "Imported 1 feed" in window.status.message.text()


def test_a_file_without_feeds_is_a_sentence_and_nothing_else(
    window: MainWindow, harbour: FakeLibrary
) -> None:
    window.subscriptions._take_import(OutlineError())
    assert window.status.message.text() == "There is no feed in this file."
    assert harbour.done == []


def test_plus_opens_the_dialog_for_a_new_feed(window: MainWindow) -> None:
    QTest.keyClick(window.articles.view, "+")
    assert find_dialog(window).windowTitle() == "Add a feed"
    QTest.keyClick(find_dialog(window), Qt.Key.Key_Escape)


def test_the_sheet_of_keys_opens_by_its_key(window: MainWindow) -> None:
    QTest.keyClick(window.articles.view, "?")
    assert find_dialog(window).windowTitle() == "Keys"
    QTest.keyClick(find_dialog(window), Qt.Key.Key_Escape)


def test_marking_a_feed_read_leaves_its_neighbours(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    go_to_feed(window, 2, qtbot)
    window.reading.mark_all_read()
    assert harbour.done == [c.MarkAllRead(Selection(Listing.FEED, 2))]
    qtbot.waitUntil(lambda: window.outline.counts.by_feed[FeedId(2)] == 0)
    assert window.outline.counts.by_feed[FeedId(1)] > 0
