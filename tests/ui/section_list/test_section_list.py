"""The section list: lines, counts, going about, folding, failures, dragging."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fake_library import FakeLibrary
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from reader.engine.commands import MarkRead
from reader.model import ArticleId, FeedId, Listing, SectionId, Selection
from reader.ui.mailbox import Mailbox
from reader.ui.outline import CurrentOutline
from reader.ui.section_list import SectionList
from reader.ui.section_list.delegate import find_initial
from reader.ui.section_list.model import find_position
from reader.ui.section_list.place import Kind, Place
from reader.ui.theme import Theme


@pytest.fixture
def sections(harbour: FakeLibrary, theme: Theme, mailbox: Mailbox, qtbot: QtBot) -> Iterator[SectionList]:
    harbour.add_section("Harbours", SectionId(2))  # inside World
    outline = CurrentOutline(harbour)
    made = SectionList(outline, theme)
    mailbox.changed.connect(outline.apply)
    made.resize(214, 800)
    made.show()
    outline.load()
    qtbot.waitUntil(lambda: outline.is_known)
    yield made
    made.hide()
    delete(made)
    delete(outline)


def find(sections: SectionList, name: str) -> Place:
    return next(place for place in sections._model.root.walk() if place.name == name)


def index_of(sections: SectionList, name: str) -> QModelIndex:
    return sections._model.index_of(find(sections, name))


def press(sections: SectionList, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(sections._tree, key)


def name_current(sections: SectionList) -> str:
    assert sections.current_place is not None
    return sections.current_place.name


def test_fixed_lists_come_first_then_sections_with_their_feeds(sections: SectionList) -> None:
    names = [place.name for place in sections._model.root.children]
    assert names[:6] == ["Today", "Unread", "Saved", "All stories", "Sections", "Top News"]
    assert [place.name for place in find(sections, "World").children] == ["Harbours", "Far Shores"]


def test_counts_follow_what_is_read(sections: SectionList, harbour: FakeLibrary, qtbot: QtBot) -> None:
    model, place = sections._model, find(sections, "The Daily Harbour")
    before = model.count(place), model.count(find(sections, "Top News"))
    harbour.do(MarkRead((ArticleId(1),)))
    qtbot.waitUntil(lambda: model.count(place) == before[0] - 1)
    assert model.count(find(sections, "Top News")) == before[1] - 1


def test_arrows_walk_the_lines_and_choose_their_lists(sections: SectionList, qtbot: QtBot) -> None:
    chosen: list[Selection] = []
    sections.list_chosen.connect(chosen.append)
    press(sections, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down)
    assert [(selection.listing, selection.id) for selection in chosen] == [
        (Listing.UNREAD, 0), (Listing.SAVED, 0), (Listing.ALL, 0), (Listing.SECTION, 1),
    ]  # fmt: skip


def test_right_unfolds_then_goes_on_into_the_list_and_left_folds(sections: SectionList, qtbot: QtBot) -> None:
    sections.show_current(Selection(Listing.SECTION, 1))
    press(sections, Qt.Key.Key_Right)
    assert sections.open_sections == [1]
    with qtbot.waitSignal(sections.list_entered):
        press(sections, Qt.Key.Key_Right)
    press(sections, Qt.Key.Key_Down)
    assert name_current(sections) == "The Daily Harbour"
    press(sections, Qt.Key.Key_Left)
    assert name_current(sections) == "Top News"
    press(sections, Qt.Key.Key_Left)
    assert sections.open_sections == []


def test_letters_are_left_to_the_window(sections: SectionList) -> None:
    before = name_current(sections)
    QTest.keyClicks(sections._tree, "world")
    assert name_current(sections) == before


def test_a_click_on_the_arrow_unfolds_without_choosing(sections: SectionList) -> None:
    rect = sections._tree.visualRect(index_of(sections, "Top News"))
    QTest.mouseClick(sections._tree.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(24, rect.center().y()))
    assert sections.open_sections == [1]
    assert name_current(sections) == "Today"


def test_what_is_unfolded_and_current_survives_a_new_outline(
    sections: SectionList, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    chosen: list[Selection] = []
    sections.set_open_sections([1])
    sections.show_current(Selection(Listing.FEED, 2))
    sections.list_chosen.connect(chosen.append)
    from reader.engine.commands import AddSection

    harbour.do(AddSection("Weather"))
    qtbot.waitUntil(lambda: any(place.name == "Weather" for place in sections._model.root.walk()))
    assert name_current(sections) == "North Coast Wire"
    assert sections._tree.isExpanded(index_of(sections, "Top News"))
    assert chosen == []


def test_a_failed_feed_says_why_in_its_tooltip(
    sections: SectionList, harbour: FakeLibrary, qtbot: QtBot
) -> None:
    harbour.fail_feed(FeedId(3), "TimedOut", "valley.example")
    index = index_of(sections, "Valley Observer")
    said = "valley.example did not answer in time."
    qtbot.waitUntil(lambda: sections._model.data(index, Qt.ItemDataRole.ToolTipRole) == said)


def test_next_and_previous_list_skip_the_heading(sections: SectionList) -> None:
    sections.show_current(Selection(Listing.ALL))
    sections.go_next()
    assert name_current(sections) == "Top News"
    sections.go_previous()
    assert name_current(sections) == "All stories"


def drop(sections: SectionList, name: str, onto: str | None, row: int) -> list[tuple[str, str | None, int]]:
    wishes: list[tuple[str, str | None, int]] = []
    sections.move_requested.connect(lambda p, o, at: wishes.append((p.name, o.name if o else None, at)))
    model = sections._model
    data = model.mimeData([index_of(sections, name)])
    parent = index_of(sections, onto) if onto else QModelIndex()
    model.dropMimeData(data, Qt.DropAction.MoveAction, row, 0, parent)
    return wishes


def test_a_feed_dropped_on_a_section_goes_to_its_end(sections: SectionList) -> None:
    assert drop(sections, "Valley Observer", "World", -1) == [("Valley Observer", "World", -1)]


def test_a_feed_dropped_between_feeds_takes_their_place(sections: SectionList) -> None:
    assert drop(sections, "Valley Observer", "Top News", 1) == [("Valley Observer", "Top News", 1)]


def test_a_feed_cannot_be_dropped_among_the_fixed_lists(sections: SectionList) -> None:
    assert drop(sections, "Valley Observer", None, 1) == []


def test_a_section_cannot_be_dropped_into_itself(sections: SectionList) -> None:
    assert drop(sections, "World", "Harbours", -1) == []
    assert drop(sections, "World", "Top News", -1) == [("World", "Top News", -1)]


def test_a_place_counts_only_its_own_kind() -> None:
    root = Place(Kind.HEADING, "")
    world = Place(Kind.SECTION, "World", root)
    Place(Kind.SECTION, "Harbours", world)
    first, second = Place(Kind.FEED, "A", world), Place(Kind.FEED, "B", world)
    assert find_position(second, world, 1) == 0
    assert find_position(first, world, 3) == 1


@pytest.mark.parametrize(
    ("name", "letter"),
    [("The Daily Harbour", "D"), ("north coast", "N"), ("The", "T"), ("«»", "·"), ("", "·")],
)
def test_a_tile_shows_the_first_letter_that_tells(name: str, letter: str) -> None:
    assert find_initial(name) == letter
