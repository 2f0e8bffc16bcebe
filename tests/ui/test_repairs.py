"""What can be done about a feed: each repair does the thing and says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fake_library import FakeLibrary
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from reader.engine import commands as c
from reader.engine.events import RefreshProgressed
from reader.errors import AlreadySubscribed, KeyringRefused
from reader.model import Credentials, FeedId, Listing, SectionId
from reader.ui.main_window import MainWindow
from reader.ui.repairs import find_origin

HARBOUR = FeedId(1)


def run(window: MainWindow, name: str, feed_id: FeedId = HARBOUR) -> None:
    window.repairs.run(name, feed_id)


def wait_said(window: MainWindow, qtbot: QtBot, words: str) -> None:
    qtbot.waitUntil(lambda: words in window.status.message.text())


def wait_dialog(window: MainWindow, qtbot: QtBot) -> Any:
    def find() -> list[QDialog]:
        return [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]

    qtbot.waitUntil(lambda: bool(find()))
    return find()[0]


def test_a_feed_is_tried_at_once_and_what_came_of_it_is_said(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    harbour.health[HARBOUR] = {"checked_at": datetime.now(UTC) - timedelta(hours=2)}
    run(window, "try_now")
    wait_said(window, qtbot, "Asking The Daily Harbour")
    assert harbour.calls == [("refresh", (HARBOUR,))]
    harbour.feeds[0] = replace(harbour.feeds[0], checked_at=datetime.now(UTC))
    harbour.fail_feed(HARBOUR, "HttpFailed", "404")
    wait_said(window, qtbot, "The Daily Harbour: There is nothing at this address any more (404).")


def test_an_answer_that_comes_much_later_is_no_answer_to_the_reader(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.ui.repairs.PATIENCE", timedelta(0))
    harbour.health[HARBOUR] = {"checked_at": None}
    run(window, "try_now")
    wait_said(window, qtbot, "Asking The Daily Harbour")
    harbour.feeds[0] = replace(harbour.feeds[0], checked_at=datetime.now(UTC))
    harbour.fail_feed(HARBOUR, "HttpFailed", "404")
    qtbot.waitUntil(lambda: window.articles._outline.feed(HARBOUR).failure is not None)
    assert window.status.message.text().startswith("Asking")


def test_a_feed_that_was_asked_a_moment_ago_is_not_asked_again(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    harbour.health[HARBOUR] = {"checked_at": datetime.now(UTC) - timedelta(minutes=2, seconds=10)}
    run(window, "try_now")
    wait_said(window, qtbot, "Checked 2 min ago; it may be asked again at ")
    assert harbour.calls == []


def test_a_host_that_asked_for_a_pause_gets_it(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    now = datetime.now(UTC)
    harbour.health[HARBOUR] = {"checked_at": None, "paused_until": now + timedelta(minutes=20)}
    run(window, "try_now")
    wait_said(window, qtbot, "thedailyharbour.example asked for a pause until ")
    assert harbour.calls == []


def test_a_feed_that_moved_is_read_at_its_new_address(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    harbour.health[HARBOUR] = {"moved_to": "https://harbour.example/new"}
    run(window, "switch")
    wait_said(window, qtbot, "The Daily Harbour is read from harbour.example/new now.")
    assert harbour.done == [c.ChangeAddress(HARBOUR, "https://harbour.example/new")]


def test_a_feed_that_became_one_that_is_read_already_is_merged_into_it(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    harbour.health[HARBOUR] = {"moved_to": harbour.feeds[1].address}
    run(window, "switch")
    wait_said(window, qtbot, "You read North Coast Wire already")
    assert harbour.done == [c.MergeFeeds(HARBOUR, FeedId(2))]


def test_an_address_that_only_the_store_knows_to_be_the_same_is_merged_too(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    harbour.health[HARBOUR] = {"moved_to": "https://NorthCoastWire.example/feed"}
    harbour.refusing = AlreadySubscribed("North Coast Wire")
    run(window, "switch")
    qtbot.waitUntil(lambda: len(harbour.done) == 2)
    assert harbour.done[1] == c.MergeFeeds(HARBOUR, FeedId(2))


def test_signing_in_shows_the_host_and_hands_the_password_over(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    run(window, "sign_in")
    dialog = wait_dialog(window, qtbot)
    QTest.keyClicks(dialog.fields.user, "ann")
    QTest.keyClicks(dialog.fields.secret, "tide")
    QTest.keyClick(dialog.fields.secret, Qt.Key.Key_Return)
    wait_said(window, qtbot, "Asking The Daily Harbour …")
    assert harbour.calls == [("sign_in", (HARBOUR, Credentials("basic", "ann", "tide")))]


def test_signing_out_says_that_the_password_is_forgotten_or_why_not(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    run(window, "sign_out")
    wait_said(window, qtbot, "Signed out of The Daily Harbour")
    harbour.keyring = KeyringRefused("locked")
    run(window, "sign_out")
    wait_said(window, qtbot, "locked or said no (locked)")


def test_a_whole_feed_is_fetched_again_only_after_a_question(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    run(window, "reload")
    wait_dialog(window, qtbot).reject()
    assert harbour.calls == []
    qtbot.waitUntil(lambda: not [d for d in window.findChildren(QDialog) if d.isVisible()])
    run(window, "reload")
    wait_dialog(window, qtbot).accept()
    assert harbour.calls == [("reload", HARBOUR)]


def test_looking_again_for_a_feed_begins_at_its_site(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    run(window, "find_again")
    dialog = wait_dialog(window, qtbot)
    assert harbour.calls == [("find_feeds", "https://thedailyharbour.example/")]
    dialog.chosen.emit("https://thedailyharbour.example/atom", Credentials("bearer", "", "t"))
    wait_said(window, qtbot, "is read from thedailyharbour.example/atom now.")
    assert harbour.done == [c.ChangeAddress(HARBOUR, "https://thedailyharbour.example/atom")]
    assert harbour.calls[-1] == ("sign_in", (HARBOUR, Credentials("bearer", "", "t")))
    dialog.reject()


def test_another_name_is_told_by_the_readers_own_hand(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    run(window, "user_agent")
    dialog = wait_dialog(window, qtbot)
    dialog.way.setCurrentIndex(1)
    dialog.accept()
    wait_said(window, qtbot, "introduces itself to The Daily Harbour as you said")
    (done,) = harbour.done
    assert isinstance(done, c.SetUserAgent)
    assert done.user_agent.startswith("Mozilla/5.0 (")


def test_unsubscribing_shows_the_section_and_says_how_to_take_it_back(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    window.sections.choose(Listing.FEED, HARBOUR)
    run(window, "unsubscribe")
    qtbot.waitUntil(lambda: window.articles.selection.listing is Listing.SECTION)
    assert window.articles.selection.id == SectionId(1)
    assert harbour.done == [c.RemoveFeed(HARBOUR)]


def test_the_site_opens_in_the_browser_and_the_address_can_be_copied(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    run(window, "open_site")
    qtbot.waitUntil(lambda: opened == ["https://thedailyharbour.example/"])
    run(window, "copy_address")
    wait_said(window, qtbot, "Feed address copied.")
    assert QGuiApplication.clipboard().text() == "https://thedailyharbour.example/feed"


def test_keys_and_menus_mean_the_feed_of_the_list_or_of_the_article(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    window.sections.choose(Listing.FEED, FeedId(2))
    assert window.current_feed.find() == FeedId(2)
    window.sections.go_today()
    qtbot.waitUntil(lambda: not window.articles.filling.is_loading)
    assert window.current_feed.find() is None
    window.actions_table.run("sign_in")
    assert window.status.message.text() == "Choose a feed first."
    row = window.articles.step(1)
    assert row is not None
    assert window.current_feed.find() == row.feed_id


def test_the_origin_of_an_address_holds_no_password() -> None:
    assert find_origin("https://u:p@news.example:8443/a/feed?x=1") == "https://news.example:8443/"
    assert find_origin("http://[::1]/feed") == "http://[::1]/"


def test_undoing_says_so_in_place_of_what_was_said_before(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    run(window, "unsubscribe")
    wait_said(window, qtbot, "The Daily Harbour removed.")
    window.actions_table.run("undo")
    wait_said(window, qtbot, "Undone: remove feed.")
    qtbot.waitUntil(lambda: window.actions_table["redo"].isEnabled())
    window.actions_table.run("redo")
    wait_said(window, qtbot, "Done again: remove feed.")


def test_an_answer_that_brought_nothing_is_told_at_the_end_of_the_asking(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    harbour.health[HARBOUR] = {"checked_at": None}
    run(window, "try_now")
    wait_said(window, qtbot, "Asking The Daily Harbour …")
    harbour.feeds = [replace(feed, checked_at=datetime.now(UTC) + timedelta(1)) for feed in harbour.feeds]
    harbour.post(RefreshProgressed(1, 1, 0, 0, active=False))
    wait_said(window, qtbot, "The Daily Harbour: It answered; all is well.")
