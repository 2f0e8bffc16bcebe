"""What the window says of the network, of refreshing, and once of a single feed."""

from __future__ import annotations

from typing import Any

import pytest
from fake_library import FakeLibrary
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from reader.engine.events import ConnectionChanged, Noticed, RefreshProgressed
from reader.model import FeedId
from reader.ui.dialogs.network import NetworkDialog
from reader.ui.main_window import MainWindow


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was handed to the browser."""
    seen: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: seen.append(url.toString()))
    return seen


@pytest.mark.parametrize(
    ("portal", "address"),
    [
        ("login.cafe.example", "http://login.cafe.example"),
        ("https://login.cafe.example/in?x=1", "https://login.cafe.example/in?x=1"),
    ],
)
def test_a_network_that_wants_a_log_in_says_so_and_opens_its_page(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot, opened: list[str], portal: str, address: str
) -> None:
    harbour.post(ConnectionChanged(False, portal))
    qtbot.waitUntil(lambda: window.status.login.isVisible())
    assert window.status.offline.text() == "Offline: this network wants you to log in"
    window.status.login.click()
    assert opened == [address]
    harbour.post(ConnectionChanged(True))
    qtbot.waitUntil(lambda: not window.status.login.isVisible())
    assert "Offline" not in window.status.offline.text()


def test_where_no_log_in_is_wanted_nothing_opens(window: MainWindow, opened: list[str]) -> None:
    window.actions_table.run("log_in")
    assert window.status.message.text() == "This network asks for no log-in."
    window.show_online(False, "javascript:alert(1)")
    window.actions_table.run("log_in")
    assert not [address for address in opened if not address.startswith("http")]


def test_the_settings_of_the_network_are_one_key_away(window: MainWindow) -> None:
    window.actions_table.run("network")
    (dialog,) = window.findChildren(NetworkDialog)
    assert dialog.isVisible()
    dialog.reject()


@pytest.mark.parametrize(
    ("what", "detail", "sentence"),
    [
        ("gone", "", "The Courier was taken down by its site (410); its articles stay."),
        ("moved", "https://new.example/f", "The Courier has moved to new.example/f."),
        ("merged", "The Post", "The Courier has become The Post, which you read already;"),
        ("credentials", "", "The Courier asks for a password."),
        ("keyring", "KeyringMissing", "This system has no keyring, so the password is kept only until"),
    ],
)
def test_what_was_noticed_of_a_feed_is_said_once(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot, what: str, detail: str, sentence: str
) -> None:
    harbour.post(Noticed(FeedId(1), "The Courier", what, detail))
    qtbot.waitUntil(lambda: window.status.message.text().startswith(sentence))


def test_a_proxy_that_is_none_is_told_of_with_the_way_to_its_settings(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    harbour.post(Noticed(FeedId(0), "", "proxy", "htp:/proxy"))
    qtbot.waitUntil(lambda: window.status.settings.isVisible())
    told = "Nothing is fetched: the proxy in the settings, “htp:/proxy”, is no address of one."
    assert window.status.message.text() == told
    window.status.settings.click()
    (dialog,) = window.findChildren(NetworkDialog)
    assert (dialog.isVisible(), dialog.address.text()) == (True, "")
    dialog.reject()
    window.status.say("")
    assert not window.status.settings.isVisible()


def test_a_proxy_that_does_not_answer_is_told_of_with_the_way_to_its_settings(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    harbour.post(Noticed(FeedId(0), "", "proxy-silent", "proxy.example"))
    qtbot.waitUntil(lambda: window.status.settings.isVisible())
    told = "Nothing is fetched: the proxy proxy.example cannot be reached or says no."
    assert window.status.message.text() == told


def test_one_line_tells_of_several_feeds_by_counting_them(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    for name in ("The Courier", "The Post", "The Echo"):
        harbour.post(Noticed(FeedId(1), name, "credentials"))
    wanted = "The Echo asks for a password. And 2 more: see the feeds and their health (g f)."
    qtbot.waitUntil(lambda: window.status.message.text() == wanted)


def progress(**values: Any) -> RefreshProgressed:
    return RefreshProgressed(**{"done": 0, "total": 0, "failed": 0, "added": 0, "active": False} | values)


def test_sites_that_are_waited_for_behind_the_end_are_counted_for_a_minute(window: MainWindow) -> None:
    window.refreshing.show_progress(progress(done=500, total=503, active=True))
    window.refreshing.show_progress(progress(done=500, total=503, waiting=3))
    assert window.status.freshness.text() == "Updated just now · 3 sites have not answered yet"
    window.status._minute.timeout.emit()
    assert window.status.freshness.text() == "Updated just now · 4 feeds"
    window.refreshing.show_progress(progress(done=1, total=2, waiting=1))
    assert window.status.freshness.text().endswith("1 site has not answered yet")


def test_a_refresh_in_which_nothing_was_asked_says_why(window: MainWindow) -> None:
    window.refreshing.show_progress(progress(spared=4))
    told = window.status.message.text()
    assert told.startswith("Checked ")
    assert told.endswith("; nothing was asked again.")


def test_a_refresh_in_which_something_was_asked_does_not(window: MainWindow) -> None:
    window.refreshing.show_progress(progress(done=1, total=1, spared=3))
    assert window.status.message.text() == ""


def find_dialog(window: MainWindow) -> QDialog | None:
    return next((dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()), None)


def test_a_file_gets_secret_addresses_only_by_the_readers_wish(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    window.subscriptions.export_file("a.opml")
    qtbot.waitUntil(lambda: len(harbour.calls) == 1)
    harbour.private = ("The Courier", "My mail", "The Post")
    window.subscriptions.export_file("b.opml")
    qtbot.waitUntil(lambda: find_dialog(window) is not None)
    dialog = find_dialog(window)
    assert dialog is not None
    dialog.reject()
    assert len(harbour.calls) == 1
    window.subscriptions.export_file("c.opml")
    qtbot.waitUntil(lambda: find_dialog(window) is not None)
    dialog = find_dialog(window)
    assert dialog is not None
    dialog.accept()
    assert [(str(path), private) for _, (path, private) in harbour.calls] == [
        ("a.opml", True), ("c.opml", False),
    ]  # fmt: skip


def test_a_new_refresh_takes_away_what_the_one_before_had_noticed(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    harbour.post(Noticed(FeedId(1), "The Courier", "credentials"))
    qtbot.waitUntil(lambda: bool(window.status.message.text()))
    window.actions_table.run("refresh")
    assert window.status.message.text() == ""
