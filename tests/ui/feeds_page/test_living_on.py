"""The page while feeds are fetched, time passes and the window changes its size."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.engine import questions as q
from reader.model import Changes, FeedId, Origin
from reader.ui.feeds_page import FeedsPage
from reader.ui.feeds_page.columns import Column


def list_titles(page: FeedsPage) -> list[str]:
    return [feed.title for feed in page.model.rows]


def change(page: FeedsPage, qtbot: QtBot) -> None:
    """Tell of a change, and wait until the page has asked again."""
    page.inquiry._rest.stop()
    page.apply(Changes(Origin.REFRESH, feeds=(FeedId(1),)))
    qtbot.waitUntil(lambda: not page.inquiry.is_waiting)


def test_an_empty_list_can_be_left_by_its_key(page: FeedsPage, paper, qtbot: QtBot) -> None:
    paper.health = paper.health[:1]
    change(page, qtbot)
    qtbot.keyClicks(page.table, "3")
    assert page._face.hasFocus()
    qtbot.keyClicks(page._face, "1")
    assert page.table.hasFocus()
    assert list_titles(page) == ["Anchor"]


def test_a_change_keeps_the_choice_the_place_and_the_keyboard(paper, make_page, making, qtbot: QtBot) -> None:
    paper.health = tuple(making.feed(n, f"Feed {n:03}") for n in range(1, 200))
    page = make_page(paper, 100)
    page.table.verticalScrollBar().setValue(1234)
    broken = making.failure("TimedOut", "x", 9, days=2)
    paper.health = tuple(replace(f, failure=broken) if f.id == 150 else f for f in paper.health[3:])
    change(page, qtbot)
    assert list_titles(page)[0] == "Feed 150"
    assert page.chosen.id == 100
    assert page.table.currentIndex().row() == list_titles(page).index("Feed 100")
    assert page.table.verticalScrollBar().value() == 1234
    assert page.table.hasFocus()


def test_a_button_keeps_the_keyboard_while_its_feed_changes(paper, make_page, qtbot: QtBot) -> None:
    page = make_page(paper, 4)
    page.panel.feed.buttons[1].setFocus()
    assert page.panel.feed.buttons[1].repair.name == "try_now"
    paper.health = tuple(replace(feed, moved_to="") for feed in paper.health)
    change(page, qtbot)
    assert QApplication.focusWidget().repair.name == "try_now"


def test_a_feed_that_is_gone_from_the_list_is_let_go(paper, make_page, qtbot: QtBot) -> None:
    page = make_page(paper, 4)
    paper.health = tuple(feed for feed in paper.health if feed.id != 4)
    change(page, qtbot)
    assert page.chosen is None
    assert page.panel.activity.isVisible()


def test_questions_are_asked_at_most_twice_a_second(page: FeedsPage, paper, qtbot: QtBot) -> None:
    before = paper.count_asked(q.Health)
    for _ in range(20):
        page.apply(Changes(Origin.REFRESH, feeds=(FeedId(1),)))
    assert paper.count_asked(q.Health) <= before + 1
    page.inquiry._rest.stop()
    page.inquiry._end_rest()
    qtbot.waitUntil(lambda: not page.inquiry.is_waiting)
    assert paper.count_asked(q.Health) == before + 1


def test_a_hidden_page_asks_nothing(page: FeedsPage, paper) -> None:
    page.hide()
    before = len(paper.asked)
    page.apply(Changes(Origin.REFRESH, feeds=(FeedId(1),)))
    assert len(paper.asked) == before
    assert not page.inquiry._minute.isActive()
    assert not page.inquiry._rest.isActive()


def test_times_move_on_with_the_minute(page: FeedsPage, qtbot: QtBot) -> None:
    row = list_titles(page).index("Anchor")
    index = page.model.index(row, Column.STATE)
    assert page.model.data(index) == "Not modified, 5 min ago"
    page.test_clock.now += timedelta(minutes=1)  # type: ignore[attr-defined]
    page.inquiry._minute.timeout.emit()
    assert page.model.data(index) == "Not modified, 6 min ago"
    qtbot.waitUntil(lambda: not page.inquiry.is_waiting)


# ---- room -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "height"), [(700, 426), (1000, 626), (1440, 826), (2560, 1300)])
def test_everything_has_its_place_at_any_width(
    width: int, height: int, paper, make_page, qtbot: QtBot
) -> None:
    page = make_page(paper, 2)
    page.resize(width, height)
    qtbot.waitUntil(lambda: (page.panel.width() == width) == (width < 960))
    qtbot.waitUntil(lambda: page.table.header().length() <= page.table.viewport().width())
    assert page.header.minimumSizeHint().width() <= width
    assert page.table.visualRect(page.table.currentIndex()).bottom() <= page.table.viewport().height()
    last = page.header.chips.chips[-1]
    assert page.header.chips.geometry().right() <= width
    assert last.geometry().right() <= page.header.chips.width()
    assert (page.panel.y() > page.table.y()) == (width < 960)
