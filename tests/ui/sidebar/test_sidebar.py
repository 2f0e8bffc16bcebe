"""The sidebar: which stories it offers, by mouse and by keys."""

from __future__ import annotations

import pytest
from fake_library import NOW, FakeLibrary
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.engine.questions import Latest, Outlined
from reader.model import ArticleId, Outline, Row
from reader.ui.mailbox import Mailbox
from reader.ui.sidebar import Sidebar
from reader.ui.theme import Theme


@pytest.fixture
def outline(harbour: FakeLibrary) -> Outline:
    value = harbour._answer(Outlined())
    assert isinstance(value, Outline)
    return value


@pytest.fixture
def sidebar(harbour: FakeLibrary, theme: Theme, mailbox: Mailbox, qtbot: QtBot) -> Sidebar:
    made = Sidebar(harbour, theme)
    mailbox.changed.connect(made.apply)
    qtbot.addWidget(made)
    made.resize(268, 700)
    made.show()
    return made


def list_titles(sidebar: Sidebar) -> list[str]:
    return [row.row.title for row in sidebar.list_rows()]


def test_the_latest_of_the_section_leave_out_the_article_on_view(
    sidebar: Sidebar, harbour: FakeLibrary, outline: Outline, qtbot: QtBot
) -> None:
    first = harbour.rows[ArticleId(1)]
    sidebar.show_article(first, outline)
    qtbot.waitUntil(lambda: len(sidebar.list_rows()) == 4)
    assert first.title not in list_titles(sidebar)
    assert list_titles(sidebar)[0] == "Northern line elects its first woman as chair"
    assert sidebar.widgets[0].accessibleName() == "Latest from Top News"


def test_without_an_article_nothing_is_on_view(sidebar: Sidebar, outline: Outline) -> None:
    sidebar.show_article(None, outline)
    assert sidebar.list_rows() == []
    assert all(widget.isHidden() for widget in sidebar.widgets)


def test_neighbours_are_named_with_their_keys(sidebar: Sidebar, harbour: FakeLibrary) -> None:
    before, after = harbour.rows[ArticleId(2)], harbour.rows[ArticleId(3)]
    sidebar.set_neighbours(before, after)
    names = [row.accessibleName() for row in sidebar.list_rows()]
    assert names == [f"Previous story (K): {before.title}", f"Next story (J): {after.title}"]
    sidebar.set_neighbours(None, after)
    assert list_titles(sidebar) == [after.title]


def test_arrows_walk_through_the_stories_and_enter_asks_for_one(
    sidebar: Sidebar, harbour: FakeLibrary, outline: Outline, qtbot: QtBot
) -> None:
    asked: list[Row] = []
    sidebar.article_requested.connect(asked.append)
    sidebar.show_article(harbour.rows[ArticleId(1)], outline)
    qtbot.waitUntil(lambda: len(sidebar.list_rows()) == 4)
    with qtbot.waitActive(sidebar):
        sidebar.activateWindow()
    sidebar.clearFocus()
    sidebar.setFocus()
    rows = sidebar.list_rows()
    assert rows[0].hasFocus()
    qtbot.keyClick(rows[0], Qt.Key.Key_Down)
    qtbot.keyClick(rows[1], Qt.Key.Key_Down)
    assert rows[2].hasFocus()
    qtbot.keyClick(rows[2], Qt.Key.Key_Up)
    qtbot.keyClick(rows[1], Qt.Key.Key_Return)
    assert asked == [rows[1].row]


def test_a_click_asks_for_the_story(sidebar: Sidebar, harbour: FakeLibrary, qtbot: QtBot) -> None:
    sidebar.set_neighbours(None, harbour.rows[ArticleId(3)])
    with qtbot.waitSignal(sidebar.article_requested) as asked:
        qtbot.mouseClick(sidebar.list_rows()[0], Qt.MouseButton.LeftButton)
    assert asked.args == [harbour.rows[ArticleId(3)]]


def test_a_story_that_arrives_is_offered(
    sidebar: Sidebar, harbour: FakeLibrary, outline: Outline, qtbot: QtBot
) -> None:
    sidebar.show_article(harbour.rows[ArticleId(1)], outline)
    qtbot.waitUntil(lambda: len(sidebar.list_rows()) == 4)
    harbour.arrive(harbour.add_row(outline.feeds[0].id, "Fresh from the quay", NOW))
    qtbot.waitUntil(lambda: list_titles(sidebar)[0] == "Fresh from the quay")


def test_answers_about_the_article_before_are_not_shown(
    sidebar: Sidebar, harbour: FakeLibrary, outline: Outline, qtbot: QtBot
) -> None:
    harbour.held = []
    sidebar.show_article(harbour.rows[ArticleId(1)], outline)
    far = next(row for row in harbour.rows.values() if row.title == "Far story 1")
    sidebar.show_article(far, outline)
    harbour.release()
    qtbot.waitUntil(lambda: len(sidebar.list_rows()) == 4)
    assert all(title.startswith("Far story") for title in list_titles(sidebar))
    assert sum(isinstance(question, Latest) for question in harbour.asked) == 2
