"""The line at the bottom says what is kept, and no more than that."""

from __future__ import annotations

from fake_library import FakeLibrary
from pytestqt.qtbot import QtBot

from reader.model import Changes, Origin
from reader.ui.main_window import MainWindow


def test_the_size_kept_grows_as_pictures_are_stored(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    offline = window.status.offline
    qtbot.waitUntil(lambda: offline.text() == "312 MB kept for offline reading")
    harbour.used = 315_000_000
    window.apply(Changes(Origin.REFRESH, pictures=("https://harbour.example/1.jpg",)))
    qtbot.waitUntil(lambda: offline.text() == "315 MB kept for offline reading")


def test_without_a_network_it_says_offline_and_what_there_is(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bool(window.status.offline.text()))
    window.status.show_online(False)
    assert window.status.offline.text() == "Offline · 312 MB kept here"
