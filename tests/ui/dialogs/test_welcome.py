"""First start: everything that is offered is legible, and every way in can be taken with the keyboard."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from office import Office, place
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.engine.commands import Subscribe
from reader.errors import OutlineError
from reader.ui.dialogs.catalogue import Catalogue, find_own_language
from reader.ui.dialogs.welcome import WelcomePage
from reader.ui.theme import Theme


@pytest.fixture
def welcome(office: Office, theme: Theme, qtbot: QtBot) -> WelcomePage:
    made = WelcomePage(office, theme)
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    return made


def test_picked_sections_are_subscribed_to(welcome: WelcomePage, office: Office, qtbot: QtBot) -> None:
    path = office.calls[0][1]
    assert isinstance(path, Path)
    assert path.name == "starter.opml"
    office.tickets[0].reply(
        SimpleNamespace(
            places=(place("English", "World", title="Globe"), place("English", "Food", title="Salt"),
                    place("Deutsch", "World", title="Welt"))
        )
    )  # fmt: skip
    for box in welcome.languages.values():
        box.setChecked(box.text() == "English")
    assert not welcome.start.isEnabled()
    welcome.topics["World"].setFocus()
    qtbot.keyClick(welcome.topics["World"], Qt.Key.Key_Space)
    assert welcome.start.text() == "Start reading 1 feed"
    welcome.languages["Deutsch"].setChecked(True)
    assert welcome.topics["World"].isChecked()
    qtbot.mouseClick(welcome.start, Qt.MouseButton.LeftButton)
    assert office.done == [
        Subscribe(
            (
                (("World",), "Globe", "https://globe.example/feed", ""),
                (("World",), "Welt", "https://welt.example/feed", ""),
            )
        )
    ]


def test_names_are_shown_whole_whatever_letters_they_have(
    welcome: WelcomePage, office: Office, qtbot: QtBot
) -> None:
    languages = ["English", "Deutsch", "Português", "Українська", "日本語", "हिन्दी", "العربية"]
    places = tuple(place(name, "Design & Web", title=f"Feed {n}") for n, name in enumerate(languages))
    office.tickets[0].reply(SimpleNamespace(places=places))
    for width in (500, 700, 1400):
        welcome.resize(width, 500)
        chips = list(welcome.languages.values())
        qtbot.waitUntil(
            lambda chips=chips, width=width: all(
                chip.width() >= chip.sizeHint().width() and chip.geometry().right() < width for chip in chips
            )
        )
    card = welcome.topics["Design & Web"]
    assert card.name == "Design & Web"
    assert card.shortcut().isEmpty()


def test_enter_is_the_next_step_and_the_button_for_it_is_always_on_view(
    welcome: WelcomePage, office: Office, qtbot: QtBot
) -> None:
    places = tuple(place("English", f"Topic {n}", title=f"Feed {n}") for n in range(40))
    office.tickets[0].reply(SimpleNamespace(places=places))
    welcome.resize(700, 400)
    qtbot.waitUntil(lambda: welcome.verticalScrollBar().maximum() > 0)
    assert welcome.start.mapTo(welcome, welcome.start.rect().bottomRight()).y() < 400
    qtbot.waitUntil(welcome.topics["Topic 3"].isVisible)
    welcome.topics["Topic 3"].setFocus()
    qtbot.keyClick(welcome.topics["Topic 3"], Qt.Key.Key_Space)
    qtbot.keyClick(welcome.topics["Topic 3"], Qt.Key.Key_Return)
    assert [len(command.places) for command in office.done] == [1]


def test_the_other_ways_in_are_wishes_of_the_window(welcome: WelcomePage, qtbot: QtBot) -> None:
    for button, signal in (
        (welcome.import_button, welcome.import_requested),
        (welcome.sample_button, welcome.sample_requested),
    ):
        with qtbot.waitSignal(signal):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(welcome.address_entered) as entered:
        qtbot.keyClicks(welcome.address, "coast.example")
        qtbot.keyClick(welcome.address, Qt.Key.Key_Return)
    assert entered.args == ["coast.example"]


def test_a_catalogue_that_cannot_be_read_leaves_the_other_ways(welcome: WelcomePage, office: Office) -> None:
    office.tickets[0].reply(OutlineError())
    assert welcome.topics == {}
    assert welcome.import_button.isEnabled()


def test_the_catalogue_knows_languages_whichever_folder_comes_first() -> None:
    catalogue = Catalogue(
        SimpleNamespace(
            places=(place("World", "Deutsch", title="Welt"), place("English", "World", title="Globe"))
        )
    )
    assert catalogue.list_languages() == ["Deutsch", "English"]
    assert catalogue.list_topics({"English"}) == ["World"]
    assert [title for _, title, _, _ in catalogue.pick({"World"}, {"Deutsch"})] == ["Welt"]
    assert find_own_language(["English", "Deutsch"], "de_DE") == "Deutsch"
    assert find_own_language(["English", "Deutsch"], "xx_XX") == "English"
