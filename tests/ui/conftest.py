"""What tests of the window share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fake_library import FakeLibrary, fill_harbour
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from reader.model import Listing
from reader.paths import profile_in
from reader.settings import Settings
from reader.ui.mailbox import Mailbox
from reader.ui.main_window import MainWindow
from reader.ui.theme import Theme, dress


@pytest.fixture
def mailbox(qapp: QApplication) -> Iterator[Mailbox]:
    made = Mailbox()
    yield made
    made.close()


@pytest.fixture
def library(mailbox: Mailbox) -> FakeLibrary:
    """An empty library; `harbour` is a filled one."""
    return FakeLibrary(mailbox.post)


@pytest.fixture
def harbour(library: FakeLibrary) -> FakeLibrary:
    fill_harbour(library)
    return library


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    made = Theme("light")
    dress(qapp, made)
    return made


@pytest.fixture
def window(
    harbour: FakeLibrary, theme: Theme, mailbox: Mailbox, tmp_path: Path, qtbot: QtBot
) -> Iterator[MainWindow]:
    """The whole window on the filled library, wide enough for all panes, showing Top News."""
    made = MainWindow(harbour, Settings(), profile_in(tmp_path), theme, mailbox)
    made.sections.set_open_sections([1])
    made.resize(1440, 900)
    made.show()
    qtbot.waitUntil(lambda: made.outline.is_known and bool(made.articles.model.rows))
    made.sections.choose(Listing.SECTION, 1)
    qtbot.waitUntil(lambda: made.articles.header.name == "Top News" and not made.articles.filling.is_loading)
    made.articles.setFocus()
    yield made
    made.close()
    made.state.wait()
    delete(made)
