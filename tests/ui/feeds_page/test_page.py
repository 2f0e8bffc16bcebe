"""The page as somebody uses it: looking, choosing, sorting, filtering, repairing, leaving."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.engine import questions as q
from reader.model import FeedId
from reader.ui.feeds_page import FeedsPage
from reader.ui.feeds_page.columns import Column
from reader.ui.feeds_page.judging import Group

K = Qt.Key


def list_titles(page: FeedsPage) -> list[str]:
    return [feed.title for feed in page.model.rows]


def listen(signal: Any) -> list[Any]:
    heard: list[Any] = []
    signal.connect(lambda *values: heard.append(values))
    return heard


# ---- looking ------------------------------------------------------------------------------


def test_nothing_is_asked_before_the_page_is_shown(paper, make_page) -> None:
    make_page(paper, shown=False)
    assert paper.asked == []


def test_the_worst_stand_first(page: FeedsPage) -> None:
    assert list_titles(page) == ["Ebb", "Beacon", "Dory", "Fathom", "Compass", "Anchor"]


def test_a_sentence_sums_it_all_up(page: FeedsPage) -> None:
    assert page.header.sentence.text() == (
        "6 feeds · 3 need attention · today 812 requests, 640 of them “not modified”, "
        "41 MB not sent, 64 pictures"
    )


def test_chips_count_their_feeds(page: FeedsPage) -> None:
    assert [chip.count for chip in page.header.chips.chips] == [6, 3, 1, 2, 2]
    assert page.header.chips.chips[1].accessibleName() == "Need attention, 3 feeds"


def test_a_row_speaks_title_state_and_next(page: FeedsPage) -> None:
    spoken = page.model.data(page.model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Ebb, Gone for good (410), next: never by itself · it is gone"


def test_without_a_chosen_feed_the_panel_shows_the_activity_of_all(page: FeedsPage) -> None:
    activity = page.panel.activity
    assert activity.isVisible()
    assert len(activity.visits.records.records) == 24
    assert activity.visits.records.records[0].text == "Anchor"
    first = activity.traffic.records.records[0]
    assert (first.time, first.text, first.amount) == ("Today", "Feeds", "812 requests")
    assert first.below == "640 not modified · 3 MB received · 41 MB not sent"


def test_an_empty_list_of_feeds_has_a_face(paper, make_page) -> None:
    paper.health = ()
    page = make_page(paper)
    assert page._face.accessibleName() == "No feeds yet."
    assert not page.panel.isVisible()


def test_loading_has_a_face(paper, make_page, qtbot: QtBot) -> None:
    paper.held = []
    page = make_page(paper, shown=False)
    page.show()
    assert page._face.accessibleName() == "Loading…"
    paper.release()
    qtbot.waitUntil(lambda: page.table.isVisible())


# ---- choosing -----------------------------------------------------------------------------


def test_the_page_opens_with_a_feed_chosen(paper, make_page) -> None:
    page = make_page(paper, 4)
    assert page.chosen.title == "Dory"
    assert page.panel.feed.isVisible()
    assert page.panel.feed.state.text() == "Moved to new.example"
    assert page.panel.feed.visits.records.records
    assert [q.Visits(FeedId(4), 20)] == [a for a in paper.asked if isinstance(a, q.Visits) and a.feed_id]


@pytest.mark.parametrize(
    ("keys", "title"),
    [
        ([K.Key_J], "Ebb"), ([K.Key_J, K.Key_J], "Beacon"), ([K.Key_J, K.Key_Down, K.Key_K], "Ebb"),
        ([K.Key_End], "Anchor"), ([K.Key_End, K.Key_J], "Anchor"), ([K.Key_End, K.Key_Home], "Ebb"),
        ([K.Key_J, K.Key_PageDown], "Anchor"), ([K.Key_End, K.Key_PageUp], "Ebb"),
    ],
)  # fmt: skip
def test_keys_move_through_the_table(keys: list[K], title: str, page: FeedsPage, qtbot: QtBot) -> None:
    for key in keys:
        qtbot.keyClick(page.table, key)
    assert page.chosen.title == title


def test_a_click_chooses_and_one_beside_all_rows_lets_go(page: FeedsPage, qtbot: QtBot) -> None:
    at = page.table.visualRect(page.model.index(1, 1)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert page.chosen.title == "Beacon"
    below = page.table.viewport().rect().bottomLeft()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=below)
    assert page.chosen is None
    assert page.panel.activity.isVisible()


def test_backspace_goes_back_to_the_activity_of_all(page: FeedsPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.table, K.Key_J)
    qtbot.keyClick(page.table, K.Key_Backspace)
    assert page.chosen is None
    assert page.table.hasFocus()


def test_a_request_of_the_log_leads_to_its_feed(page: FeedsPage, qtbot: QtBot) -> None:
    page.header.chips.choose(Group.SILENT)
    qtbot.keyClick(page.panel.activity.visits, K.Key_Return)
    log = page.panel.activity.visits
    log.setFocus()
    qtbot.keyClick(log, K.Key_Return)
    assert page.chosen.title == "Anchor"
    assert page.header.chips.chosen is Group.ALL  # the filter gives way


# ---- order --------------------------------------------------------------------------------


def test_a_click_on_a_heading_sorts_and_a_second_turns_round(page: FeedsPage, qtbot: QtBot) -> None:
    heading = page.table.header()
    x = heading.sectionViewportPosition(Column.FEED) + 80
    for titles in (["Anchor", "Beacon"], ["Fathom", "Ebb"]):
        qtbot.mouseClick(
            heading.viewport(), Qt.MouseButton.LeftButton, pos=heading.rect().topLeft() + QPoint(x, 9)
        )
        assert list_titles(page)[:2] == titles


def test_keys_choose_the_column_and_the_direction(page: FeedsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.table, "<")
    assert (page.model.column, list_titles(page)[0]) == (Column.FEED, "Anchor")
    qtbot.keyClicks(page.table, "o")
    assert list_titles(page)[0] == "Fathom"
    qtbot.keyClicks(page.table, ">>>>")
    assert page.model.column is Column.WEEKLY  # over the one there is no room for
    assert list_titles(page) == ["Fathom", "Anchor", "Dory", "Beacon", "Ebb", "Compass"]


def test_sorting_keeps_the_chosen_feed(page: FeedsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.table, "jj")
    qtbot.keyClicks(page.table, "<o")
    assert page.chosen.title == "Beacon"
    assert page.table.currentIndex().row() == list_titles(page).index("Beacon")


def test_the_order_lasts_while_the_page_does(page: FeedsPage, qtbot: QtBot) -> None:
    page.table.sort_by(Column.FEED)
    page.hide()
    page.show()
    qtbot.waitUntil(lambda: not page.inquiry.is_waiting)
    assert list_titles(page)[0] == "Anchor"


# ---- filter -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("ANCH", ["Anchor"]), ("technology", ["Beacon"]), ("feed6.ex", ["Fathom"]),
        ("silent 4", ["Compass"]), ("pause until 14:05", ["Fathom"]), ("zzz", []),
    ],
)  # fmt: skip
def test_the_filter_looks_at_title_section_address_and_state(
    typed: str, titles: list[str], page: FeedsPage, qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.table, "/")
    assert page.header.filter.field.hasFocus()
    qtbot.keyClicks(page.header.filter.field, typed)
    assert list_titles(page) == titles
    assert page.table.isVisible() == bool(titles)


def test_letters_in_the_filter_repair_nothing(page: FeedsPage, qtbot: QtBot) -> None:
    asked = listen(page.repair_requested)
    qtbot.keyClicks(page.table, "j/")
    qtbot.keyClicks(page.header.filter.field, "tfac1")
    assert asked == []
    assert page.header.chips.chosen is Group.ALL


def test_escape_clears_the_filter_and_then_leaves(page: FeedsPage, qtbot: QtBot) -> None:
    left = listen(page.left)
    qtbot.keyClicks(page.table, "/")
    qtbot.keyClicks(page.header.filter.field, "anchor")
    qtbot.keyClick(page.header.filter.field, K.Key_Escape)
    assert (len(page.model.rows), left) == (6, [])
    qtbot.keyClick(page.header.filter.field, K.Key_Escape)
    assert len(left) == 1


def test_escape_in_the_table_leaves(page: FeedsPage, qtbot: QtBot) -> None:
    left = listen(page.left)
    qtbot.keyClick(page.table, K.Key_Escape)
    assert len(left) == 1


def test_enter_in_the_filter_goes_on_to_what_it_found(page: FeedsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.table, "/")
    qtbot.keyClicks(page.header.filter.field, "dory")
    qtbot.keyClick(page.header.filter.field, K.Key_Return)
    assert page.table.hasFocus()
    assert page.chosen.title == "Dory"


def test_digits_choose_a_list(page: FeedsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.table, "2")
    assert list_titles(page) == ["Ebb", "Beacon", "Dory"]
    qtbot.keyClicks(page.table, "3")
    assert list_titles(page) == ["Compass"]
    qtbot.keyClicks(page.table, "1")
    assert len(page.model.rows) == 6


def test_arrows_go_from_chip_to_chip(page: FeedsPage, qtbot: QtBot) -> None:
    page.header.chips.chips[0].setFocus()
    qtbot.keyClick(page.header.chips.chips[0], K.Key_Right)
    assert page.header.chips.chosen is Group.ATTENTION
    assert page.header.chips.chips[1].hasFocus()


def test_tab_goes_from_filter_to_chips_to_table_to_panel(page: FeedsPage, qtbot: QtBot) -> None:
    qtbot.keyClicks(page.table, "j")
    page.header.filter.field.setFocus()
    stops = [page.header.chips.chips[0], page.header._back, page.table, page.panel.feed._back]
    for stop in stops:
        qtbot.keyClick(QApplication.focusWidget(), K.Key_Tab)
        assert QApplication.focusWidget() is stop
    qtbot.keyClick(QApplication.focusWidget(), K.Key_Tab)
    assert QApplication.focusWidget() is page.panel.feed.buttons[0]


# ---- repairs ------------------------------------------------------------------------------


def test_enter_opens_the_articles(page: FeedsPage, qtbot: QtBot) -> None:
    opened = listen(page.feed_opened)
    qtbot.keyClick(page.table, K.Key_Return)
    assert opened == []  # nothing is chosen yet
    qtbot.keyClicks(page.table, "j")
    qtbot.keyClick(page.table, K.Key_Return)
    assert opened == [(FeedId(5),)]


@pytest.mark.parametrize(
    ("key", "name"),
    [(K.Key_T, "try_now"), (K.Key_W, "switch"), (K.Key_F, "find_again"), (K.Key_A, "change_address"),
     (K.Key_L, "reload"), (K.Key_V, "open_site"), (K.Key_C, "copy_address"), (K.Key_Delete, "unsubscribe"),
     (K.Key_NumberSign, "unsubscribe")],
)  # fmt: skip
def test_letters_repair_the_chosen_feed(key: K, name: str, paper, make_page, qtbot: QtBot) -> None:
    page = make_page(paper, 4)
    asked = listen(page.repair_requested)
    qtbot.keyClick(page.table, key)
    assert asked == [(name, page.chosen)]


def test_a_letter_whose_repair_does_not_fit_does_nothing(paper, make_page, qtbot: QtBot) -> None:
    page = make_page(paper, 1)
    asked = listen(page.repair_requested)
    qtbot.keyClicks(page.table, "swuf")
    assert asked == []


def press(page: FeedsPage, key: K, text: str) -> bool:
    """Whether the page took the key; else it is the window's."""
    event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text)
    QApplication.sendEvent(page.table, event)
    return event.isAccepted()


def test_keys_of_the_window_reach_it_and_those_of_its_lists_do_not(paper, make_page) -> None:
    page = make_page(paper, 4)
    assert not press(page, K.Key_G, "g")
    assert press(page, K.Key_T, "t")
    assert not press(page, K.Key_R, "r")
    assert not press(page, K.Key_F5, "")
    for key, text in ((K.Key_M, "m"), (K.Key_S, "s"), (K.Key_Space, " "), (K.Key_Right, "")):
        assert press(page, key, text)


def test_buttons_show_their_keys_and_ask_for_the_repair(paper, make_page, qtbot: QtBot) -> None:
    page = make_page(paper, 4)
    asked = listen(page.repair_requested)
    first = page.panel.feed.buttons[0]
    assert (first.text(), first.accessibleDescription()) == (
        "Switch to the new address",
        "Key w in the table",
    )
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert asked == [("switch", page.chosen)]
