"""Dialogs: complete by keyboard, a sentence for every failure, nothing blocks."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from office import Office, place
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from reader.engine.commands import AddFeed
from reader.errors import HostNotFound, NoFeedFound, OutlineError
from reader.model import Outline, SectionId
from reader.ui.action_table import TABLE
from reader.ui.dialogs.about import AboutDialog
from reader.ui.dialogs.add_feed import AddFeedDialog, read_clipboard_address
from reader.ui.dialogs.finding import complete_address
from reader.ui.dialogs.import_result import list_places, say_import
from reader.ui.dialogs.keys_sheet import KeysSheet
from reader.ui.dialogs.move import MoveDialog
from reader.ui.dialogs.rename import RenameDialog
from reader.ui.dialogs.section_box import SectionBox, walk_sections
from reader.ui.feeds_page.keys import KEYS
from reader.ui.theme import Theme


def candidate(address: str, title: str = "") -> SimpleNamespace:
    return SimpleNamespace(address=address, title=title, media_type="")


def found(
    *candidates: SimpleNamespace, error: Exception | None = None, may_guess: bool = False
) -> SimpleNamespace:
    return SimpleNamespace(candidates=candidates, error=error, may_guess=may_guess)


# ---- add feed -------------------------------------------------------------------------------


def test_a_feed_is_added_with_the_keyboard_alone(
    office: Office, outline: Outline, open_dialog: Callable[[QDialog], Any], qtbot: QtBot
) -> None:
    dialog = open_dialog(AddFeedDialog(office, outline))
    qtbot.keyClicks(dialog.finder.address, "coast.example")
    qtbot.keyClick(dialog.finder.address, Qt.Key.Key_Return)
    assert office.calls == [("find_feeds", "https://coast.example")]
    office.tickets[0].reply(
        found(
            candidate("https://coast.example/news.xml", "North Coast"),
            candidate("https://coast.example/c.xml"),
        )
    )
    assert dialog.finder.candidates.hasFocus()
    qtbot.keyClick(dialog.finder.candidates, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.finder.candidates, Qt.Key.Key_Return)
    assert office.done == [AddFeed("https://coast.example/c.xml", SectionId(1))]
    assert not dialog.isVisible()


def test_a_feed_can_go_to_a_new_section(
    office: Office, outline: Outline, open_dialog: Callable[[QDialog], Any], qtbot: QtBot
) -> None:
    dialog = open_dialog(AddFeedDialog(office, outline, address="https://coast.example/news.xml"))
    dialog.accept()
    office.tickets[0].reply(found(candidate("https://coast.example/news.xml", "North Coast")))
    dialog.section.box.setFocus()
    qtbot.keyClick(dialog.section.box, Qt.Key.Key_End)
    assert dialog.section.name.isVisible()
    assert not dialog.accept_button.isEnabled()
    qtbot.keyClicks(dialog.section.name, "Coast")
    qtbot.keyClick(dialog.section.name, Qt.Key.Key_Return)
    assert office.done == [AddFeed("https://coast.example/news.xml", None, "Coast")]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (found(error=HostNotFound("coast.example")), "There is no site called coast.example."),
        (found(error=NoFeedFound("coast.example")), "No feed was found at coast.example."),
        (found(), "No feed was found there."),
    ],
)
def test_what_went_wrong_is_said_and_can_be_tried_again(
    office: Office,
    outline: Outline,
    open_dialog: Callable[[QDialog], Any],
    answer: Any,
    sentence: str,
    qtbot: QtBot,
) -> None:
    dialog = open_dialog(AddFeedDialog(office, outline, address="coast.example"))
    dialog.accept()
    office.tickets[0].reply(answer)
    assert dialog.sentence == sentence
    assert dialog.height() == dialog.layout().totalHeightForWidth(dialog.width())
    assert dialog.finder.address.hasFocus()
    dialog.accept()
    assert len(office.tickets) == 2
    dialog.reject()


def test_looking_for_feeds_can_be_stopped(
    office: Office, outline: Outline, open_dialog: Callable[[QDialog], Any], qtbot: QtBot
) -> None:
    dialog = open_dialog(AddFeedDialog(office, outline, address="slow.example"))
    dialog.accept()
    assert not dialog.accept_button.isEnabled()
    dialog.finder.stop()
    assert office.tickets[0].cancelled
    assert dialog.accept_button.isEnabled()
    dialog.accept()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert office.tickets[1].cancelled
    assert not dialog.isVisible()


def test_a_feed_one_reads_already_is_not_added_twice(
    office: Office, outline: Outline, open_dialog: Callable[[QDialog], Any]
) -> None:
    dialog = open_dialog(AddFeedDialog(office, outline, address="harbour.example"))
    dialog.accept()
    office.tickets[0].reply(found(candidate(outline.feeds[0].address)))
    dialog.accept()
    assert dialog.sentence == "You already read The Daily Harbour."
    assert office.done == []


def test_an_empty_address_is_asked_for(
    office: Office, outline: Outline, open_dialog: Callable[[QDialog], Any]
) -> None:
    dialog = open_dialog(AddFeedDialog(office, outline, address=" "))
    dialog.accept()
    assert dialog.sentence == "Type the address of a feed or of a site."
    assert office.tickets == []


def test_a_web_address_on_the_clipboard_is_offered_and_nothing_else(qapp: QApplication) -> None:
    clipboard = QGuiApplication.clipboard()
    for text, wanted in (
        ("https://coast.example/feed", "https://coast.example/feed"),
        ("feed://coast.example/feed", "feed://coast.example/feed"),
        ("a sentence with https://coast.example", ""),
        ("file:///etc/passwd", ""),
        ("", ""),
    ):
        clipboard.setText(text)
        assert read_clipboard_address() == wanted
    clipboard.clear()


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" coast.example ", "https://coast.example"),
        ("http://coast.example/a", "http://coast.example/a"),
        ("feed:https://coast.example/a", "https://coast.example/a"),
        ("feed://coast.example/a", "https://coast.example/a"),
        ("", ""),
    ],
)
def test_an_address_without_a_scheme_is_the_web(typed: str, address: str) -> None:
    assert complete_address(typed) == address


# ---- names and places -----------------------------------------------------------------------


def test_a_new_name_is_given_and_spaces_are_put_right(
    theme: Theme, open_dialog: Callable[[QDialog], Any], qtbot: QtBot
) -> None:
    dialog = open_dialog(RenameDialog("Rename feed", "Harbour"))
    qtbot.keyClicks(dialog.name, "  The   Quay ")
    with qtbot.waitSignal(dialog.renamed) as renamed:
        qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert renamed.args == ["The Quay"]


def test_a_section_needs_a_name(theme: Theme, open_dialog: Callable[[QDialog], Any], qtbot: QtBot) -> None:
    dialog = open_dialog(RenameDialog("Rename section", "World"))
    dialog.name.clear()
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.sentence == "Type a name."


def test_sections_are_offered_nested_and_in_order(office: Office, outline: Outline, qtbot: QtBot) -> None:
    assert [(section.name, depth) for section, depth in walk_sections(outline)] == [
        ("Top News", 0), ("Local", 1), ("World", 0),
    ]  # fmt: skip
    box = SectionBox(outline, SectionId(3))
    qtbot.addWidget(box)
    assert box.section_id == 3
    assert box.box.itemText(box.box.count() - 1) == "New section…"


def test_a_feed_moves_only_when_another_section_is_chosen(
    office: Office, outline: Outline, open_dialog: Callable[[QDialog], Any], qtbot: QtBot
) -> None:
    moves: list[tuple[object, str]] = []
    for key in (None, Qt.Key.Key_Down):
        dialog = open_dialog(MoveDialog("Harbour", outline, SectionId(1)))
        dialog.moved.connect(lambda section, name: moves.append((section, name)))
        if key is not None:
            qtbot.keyClick(dialog.section.box, key)
        dialog.accept()
    assert moves == [(SectionId(2), "")]


# ---- keys, about ----------------------------------------------------------------------------


def test_the_sheet_lists_every_action_that_has_keys(
    theme: Theme, open_dialog: Callable[[QDialog], Any]
) -> None:
    sheet = open_dialog(KeysSheet())
    assert len(sheet.list_shown()) == sum(bool(action.keys) for action in TABLE) + len(KEYS)
    assert ("Switch to the new address", "w") in sheet.list_shown()
    assert ("Today", "g then t") in sheet.list_shown()


def test_typing_narrows_the_sheet(theme: Theme, open_dialog: Callable[[QDialog], Any], qtbot: QtBot) -> None:
    sheet = open_dialog(KeysSheet())
    qtbot.keyClicks(sheet.search, "next article")
    assert sheet.list_shown() == [("Next article", "j or Down")]
    sheet.search.setText("nothing does this")
    assert sheet.list_shown() == []


def test_about_closes_with_escape(theme: Theme, open_dialog: Callable[[QDialog], Any], qtbot: QtBot) -> None:
    about = open_dialog(AboutDialog())
    qtbot.keyClick(about, Qt.Key.Key_Escape)
    assert not about.isVisible()


# ---- import ---------------------------------------------------------------------------------


def test_an_import_says_what_it_did(outline: Outline) -> None:
    known = SimpleNamespace(path=("Top News",), title="x", address=outline.feeds[0].address, site="")
    new = place("Sea", title="Tides")
    assert say_import(SimpleNamespace(places=(new,)), outline) == "Imported 1 feed in 1 section."
    assert say_import(SimpleNamespace(places=(new, known)), outline).endswith("1 feed you read already.")
    assert (
        say_import(SimpleNamespace(places=(known,)), outline) == "You already read all 1 feed of this file."
    )
    assert say_import(OutlineError(), outline) == "There is no feed in this file."
    assert say_import(OSError(2, "No such file or directory"), outline).startswith(
        "The file could not be read"
    )
    assert list_places(SimpleNamespace(places=(new,))) == (
        (("Sea",), "Tides", "https://tides.example/feed", ""),
    )
