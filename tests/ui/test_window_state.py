"""What the window remembers from one run to the next."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_library import FakeLibrary
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from reader.model import Listing
from reader.paths import profile_in
from reader.settings import Settings
from reader.ui.mailbox import Mailbox
from reader.ui.main_window import MainWindow
from reader.ui.theme import Theme
from reader.ui.window_state import WindowState


def test_what_is_saved_is_there_next_time(tmp_path: Path) -> None:
    state = WindowState(tmp_path / "new folder" / "window.json")
    state.save({"list": ["feed", 3]})
    state.wait()
    assert WindowState(tmp_path / "new folder" / "window.json").get_list("list") == ["feed", 3]


@pytest.mark.parametrize(
    "written", ["", "[1]", "{", '{"list": 5, "panes": []}', "\ud800".encode("utf-16", "surrogatepass")]
)
def test_a_file_that_makes_no_sense_counts_as_absent(tmp_path: Path, written: str | bytes) -> None:
    path = tmp_path / "window.json"
    path.write_bytes(written if isinstance(written, bytes) else written.encode())
    state = WindowState(path)
    assert state.get_list("list") == []
    assert state.get_dict("panes") == {}


def test_a_disk_that_cannot_be_written_disturbs_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    state = WindowState(tmp_path / "file" / "window.json")
    state.save({"a": 1})
    state.wait()


def test_the_window_opens_on_the_list_it_was_closed_on(
    harbour: FakeLibrary, theme: Theme, tmp_path: Path, qtbot: QtBot
) -> None:
    for first in (True, False):
        mailbox = Mailbox()
        harbour.post = mailbox.post
        window = MainWindow(harbour, Settings(), profile_in(tmp_path), theme, mailbox)
        window.show()
        qtbot.waitUntil(
            lambda window=window: window.outline.is_known and not window.articles.filling.is_loading
        )
        if first:
            window.sections.choose(Listing.FEED, 2)
            window.sections.set_open_sections([1])
        qtbot.waitUntil(lambda window=window: window.articles.header.name == "North Coast Wire")
        assert window.sections.open_sections == [1]
        mailbox.close()
        window.close()
        window.state.wait()
        delete(window)


def test_without_feeds_the_window_opens_on_the_welcome(
    library: FakeLibrary, theme: Theme, mailbox: Mailbox, tmp_path: Path, qtbot: QtBot
) -> None:
    window = MainWindow(library, Settings(), profile_in(tmp_path), theme, mailbox)
    with qtbot.waitSignal(window.first_list_shown):
        window.show()
    assert window.pages.welcome is not None
    assert window.pages.welcome.isVisible()
    library.add_feed("The Daily Harbour", library.add_section("Top News"))
    library.add_row(library.feeds[0].id, "First story")
    from reader.model import Origin

    library.tell(Origin.USER, outline_changed=True)
    qtbot.waitUntil(lambda: window.panes.isVisible())
    window.close()
    window.state.wait()
    delete(window)


def test_a_store_that_cannot_be_opened_is_said_in_the_window(
    library: FakeLibrary, theme: Theme, mailbox: Mailbox, tmp_path: Path, qtbot: QtBot
) -> None:
    from reader.engine.events import StoreFailed
    from reader.errors import StoreTooNew
    from reader.ui.article_list.face import ListFace

    library.held = []
    window = MainWindow(library, Settings(), profile_in(tmp_path), theme, mailbox)
    window.show()
    library.post(StoreFailed(StoreTooNew("9")))
    faces = window.findChildren(ListFace)
    qtbot.waitUntil(lambda: any("newer version" in f.accessibleName() for f in window.findChildren(ListFace)))
    assert len(window.findChildren(ListFace)) == len(faces) + 1
    window.close()
    window.state.wait()
    delete(window)
