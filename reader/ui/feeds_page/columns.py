"""The columns of the table. In: a feed's health. Out: what each shows, how it sorts, how wide it is.

Pure. Each cell has a first line and a second, quieter one; a screen reader gets both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import IntEnum
from typing import Any

from reader.frozen import frozen
from reader.model import FeedHealth
from reader.ui import health_words as say
from reader.ui import words
from reader.ui.feeds_page import judging


class Column(IntEnum):
    FEED = 0
    STATE = 1
    ANSWER = 2
    SUCCESS = 3
    NEXT = 4
    WEEKLY = 5
    NEWEST = 6
    SAVED = 7


@frozen
class Shape:
    name: str
    hint: str
    least: int  # px
    stretch: int = 0  # share of the room that is left
    is_descending: bool = False  # when first sorted by
    is_number: bool = False  # stands at the right


SHAPES: dict[Column, Shape] = {
    Column.FEED: Shape("Feed", "By title", 186, 6),
    Column.STATE: Shape("State", "Worst first", 184, 5),
    Column.ANSWER: Shape("Last answer", "When the site answered last, well or badly", 110, 0, True),
    Column.SUCCESS: Shape("Last success", "When it was last read, or not modified", 118, 0, True),
    Column.NEXT: Shape("Next", "When it is asked again by itself, and why then", 190, 4),
    Column.WEEKLY: Shape("A week", "Articles a week, over the last eight weeks", 78, 0, True, True),
    Column.NEWEST: Shape("Newest", "How old its newest article is", 108, 0, True),
    Column.SAVED: Shape("Not sent", "What “not modified” spared", 122, 0, True),
}

# Where there is too little room, these go first.
EXPENDABLE = (Column.SUCCESS, Column.SAVED, Column.WEEKLY, Column.NEWEST, Column.ANSWER, Column.NEXT)


def find_cell(column: Column, health: FeedHealth, now: datetime) -> tuple[str, str]:
    """The two lines of a cell."""
    match column:
        case Column.FEED:
            return health.title or words.say_address(health.address), health.section
        case Column.STATE:
            return say.say_state(health, now), ""
        case Column.ANSWER:
            status = str(health.status) if health.status else ""
            below = " · ".join(filter(None, (status, say.say_seconds(health.elapsed))))
            return say.say_since(health.checked_at, now), below
        case Column.SUCCESS:
            return say.say_since(health.succeeded_at, now), ""
        case Column.NEXT:
            return say.say_next(health, now), say.say_rule(health, now)
        case Column.WEEKLY:
            return say.say_weekly(health.per_week), ""
        case Column.NEWEST:
            return say.say_newest(health.newest_at, now), ""
    return say.say_bytes(health.saved), say.say_share(health.unchanged, health.requests)


# ---- order ------------------------------------------------------------------------------------


def find_key(column: Column, health: FeedHealth, now: datetime) -> Any:
    """What a feed is sorted by; None: it has nothing there and stands at the end, whichever way."""
    match column:
        case Column.FEED:
            return health.title.casefold()
        case Column.STATE:
            return judging.find_state(health, now)
        case Column.ANSWER:
            return health.checked_at
        case Column.SUCCESS:
            return health.succeeded_at
        case Column.NEXT:
            return None if judging.is_stopped(health) else (judging.find_next(health) or now)
        case Column.WEEKLY:
            return health.per_week
        case Column.NEWEST:
            return health.newest_at
    return health.saved


def sort_feeds(
    feeds: Sequence[FeedHealth], column: Column, is_descending: bool, now: datetime
) -> list[FeedHealth]:
    """Stable either way: feeds that are equal there stay in the order they came in."""
    keyed = [(find_key(column, feed, now), feed) for feed in feeds]
    known = [pair for pair in keyed if pair[0] is not None]
    first: Callable[[tuple[Any, FeedHealth]], Any] = lambda pair: pair[0]  # noqa: E731
    known.sort(key=first, reverse=is_descending)  # Python keeps the order of equals in reverse too
    return [feed for _, feed in known] + [feed for key, feed in keyed if key is None]


# ---- room ---------------------------------------------------------------------------------------


def share_room(room: int) -> dict[Column, int]:
    """The columns that `room` pixels are enough for, with their widths; the others give way."""
    shown = list(Column)
    for column in EXPENDABLE:
        if sum(SHAPES[c].least for c in shown) <= room:
            break
        shown.remove(column)
    widths = {column: SHAPES[column].least for column in shown}
    left = max(0, room - sum(widths.values()))
    stretch = sum(SHAPES[column].stretch for column in shown)
    for column in shown:
        widths[column] += left * SHAPES[column].stretch // stretch
    widths[Column.FEED] += room - sum(widths.values()) if room > sum(widths.values()) else 0
    return widths
