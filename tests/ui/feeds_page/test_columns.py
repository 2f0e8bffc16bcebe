"""What the columns show, how they sort, which give way."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from types import SimpleNamespace

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from reader.ui import fonts
from reader.ui.feeds_page.columns import SHAPES, Column, find_cell, share_room, sort_feeds
from reader.ui.feeds_page.table import ARROW


def test_states_sort_by_how_bad_they_are(making: SimpleNamespace) -> None:
    feeds = [
        making.feed(1),
        making.feed(2, newest_at=making.now - timedelta(days=99)),
        making.feed(3, failure=making.failure("TimedOut", "x", 1, minutes=1)),
        making.feed(4, moved_to="https://new.example/"),
        making.feed(5, failure=making.failure("TimedOut", "x", 9, days=9)),
        making.feed(6, is_gone=True),
    ]
    ordered = sort_feeds(feeds, Column.STATE, False, making.now)
    assert [feed.id for feed in ordered] == [6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize("is_descending", [False, True])
@pytest.mark.parametrize("column", Column)
def test_equal_feeds_keep_their_order_either_way(
    column: Column, is_descending: bool, making: SimpleNamespace
) -> None:
    feeds = [making.feed(number) for number in range(1, 30)]
    assert sort_feeds(feeds, column, is_descending, making.now) == feeds


@pytest.mark.parametrize("is_descending", [False, True])
def test_what_never_was_stands_at_the_end_either_way(is_descending: bool, making: SimpleNamespace) -> None:
    feeds = [making.feed(1, checked_at=None), making.feed(2), making.feed(3, newest_at=None)]
    for column, last in ((Column.ANSWER, 1), (Column.NEWEST, 3)):
        assert sort_feeds(feeds, column, is_descending, making.now)[-1].id == last


def test_titles_sort_without_regard_to_capitals(making: SimpleNamespace) -> None:
    feeds = [making.feed(1, "beta"), making.feed(2, "Alpha"), making.feed(3, "alpine")]
    assert [f.id for f in sort_feeds(feeds, Column.FEED, False, making.now)] == [2, 3, 1]


def test_next_sorts_by_when_it_is_really_asked(making: SimpleNamespace) -> None:
    now = making.now
    feeds = [
        making.feed(1, next_at=now, paused_until=now + timedelta(hours=9)),
        making.feed(2, next_at=now + timedelta(hours=1)),
        making.feed(3, is_gone=True, rule="gone"),
        making.feed(4, next_at=None),
    ]
    assert [f.id for f in sort_feeds(feeds, Column.NEXT, False, now)] == [4, 2, 1, 3]


@pytest.mark.parametrize("room", [520, 640, 760, 900, 1020, 1400, 3000])
def test_columns_share_all_the_room_and_none_is_squeezed(room: int) -> None:
    widths = share_room(room)
    assert sum(widths.values()) <= max(room, 360)
    assert all(width >= SHAPES[column].least for column, width in widths.items())
    assert room - sum(widths.values()) < 8 or room < 560


def test_columns_give_way_in_order() -> None:
    shown = [set(share_room(room)) for room in (1200, 1000, 900, 780, 660, 560, 400)]
    assert all(fewer <= more for more, fewer in pairwise(shown))
    assert shown[0] == set(Column)
    assert shown[-1] == {Column.FEED, Column.STATE}
    assert Column.NEXT in shown[-2]


def test_a_cell_says_it_in_two_lines(making: SimpleNamespace) -> None:
    feed = making.feed(rule="rhythm", per_week=20.0, elapsed=0.2)
    assert find_cell(Column.FEED, feed, making.now) == ("The Daily Harbour", "World")
    assert find_cell(Column.NEXT, feed, making.now) == ("14:20", "its own rhythm, about 3 a day")
    assert find_cell(Column.ANSWER, feed, making.now) == ("5 min ago", "304 · 0.2 s")
    assert find_cell(Column.SAVED, feed, making.now) == ("1 MB", "80% not modified")


@pytest.mark.parametrize("column", [column for column in Column if not SHAPES[column].is_number])
def test_the_arrow_of_the_order_stands_clear_of_the_next_name(qapp: QApplication, column: Column) -> None:
    name = QFontMetrics(fonts.caps(10.5)).horizontalAdvance(SHAPES[column].name.upper())
    assert name + 4 + ARROW + 6 <= SHAPES[column].least
