"""What other starts of the program and the command line bring to the window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fake_library import FakeLibrary
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.model import SectionId
from reader.ui.callers import STORE_CHANGED, Callers
from reader.ui.dialogs.add_feed import AddFeedDialog
from reader.ui.main_window import MainWindow


def find_addresses(window: MainWindow) -> list[str]:
    return [
        dialog.finder.address.text() for dialog in window.findChildren(AddFeedDialog) if dialog.isVisible()
    ]


@pytest.mark.parametrize(
    ("word", "address"),
    [
        ("https://a.example/feed", "https://a.example/feed"),
        ("feed:https://a.example/feed", "https://a.example/feed"),
        ("feed://a.example/feed", "a.example/feed"),
    ],
)
def test_an_address_opens_the_dialog_with_it(window: MainWindow, word: str, address: str) -> None:
    Callers(window).open((word,))
    assert find_addresses(window) == [address]


def test_a_file_is_imported(
    window: MainWindow, harbour: FakeLibrary, tmp_path: Path, monkeypatch: Any
) -> None:
    read: list[Path] = []
    monkeypatch.setattr(harbour, "read_opml", lambda path, reply: read.append(path))
    outline = tmp_path / "feeds.opml"
    outline.touch()
    Callers(window).open((str(outline),))
    assert read == [outline]
    assert find_addresses(window) == []


def test_a_second_start_brings_the_window_back(window: MainWindow, qtbot: QtBot) -> None:
    window.showMinimized()
    qtbot.waitUntil(window.isMinimized)
    Callers(window).receive(())
    assert not window.windowState() & Qt.WindowState.WindowMinimized
    assert window.isVisible()


def test_what_the_command_line_changed_is_shown_without_raising_the_window(
    window: MainWindow, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    harbour.add_feed("Night Post", SectionId(1))
    window.showMinimized()
    Callers(window).receive((STORE_CHANGED,))
    qtbot.waitUntil(
        lambda: any(feed.title == "Night Post" for feed in window.outline.value.feeds)  # type: ignore[union-attr]
    )
    assert window.isMinimized()
