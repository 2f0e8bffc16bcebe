"""A question and a read-only connection in, its answer out.

Knows the store's queries and nothing of threads: `library` decides where this runs.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from reader.engine import questions as q
from reader.model import Listing
from reader.store import articles, assets, feeds, search
from reader.store.database import Connection


def answer(db: Connection, question: q.Question, now: datetime) -> Any:
    """The answer, of the type that `questions` names for it. `now` is aware, in local time."""
    return _ANSWERS[type(question)](db, question, now)


def lane_of(question: q.Question) -> str:
    """Which reading thread a question belongs to, so that a slow one never holds up a page."""
    if isinstance(question, q.Thumbnail | q.PictureNamed):
        return "pictures"
    if isinstance(question, q.Health | q.Visits | q.TrafficOf):
        return "health"  # of all feeds it counts eight weeks of articles
    if isinstance(question, q.Rows) and question.selection.listing is Listing.SEARCH:
        return "search"
    return "lists"


def _rows(db: Connection, question: q.Rows, now: datetime) -> Any:
    selection = question.selection
    if selection.listing is Listing.SEARCH:
        return search.find(db, selection.query, question.after, question.limit, selection.unread_only)
    return articles.read_rows(db, selection, question.after, question.limit, now)


# Not asked before somebody opens the page of feeds, so not loaded for the first picture.


def _health(db: Connection, question: q.Health, now: datetime) -> Any:
    from reader.store import health

    return health.read_health(db, now, question.feed_id)


def _visits(db: Connection, question: q.Visits, _: datetime) -> Any:
    from reader.store import health

    return health.read_visits(db, question.feed_id, question.limit)


def _traffic(db: Connection, question: q.TrafficOf, now: datetime) -> Any:
    from reader.store import traffic

    return traffic.read_traffic(db, now, question.days)


_ANSWERS: dict[type, Callable[[Connection, Any, datetime], Any]] = {
    q.Outlined: lambda db, _, now: feeds.read_outline(db, now),
    q.Rows: _rows,
    q.RowsNamed: lambda db, x, now: articles.read_rows_named(db, x.ids, x.selection, now),
    q.ArticleNamed: lambda db, x, _: articles.read_article(db, x.id),
    q.Latest: lambda db, x, _: articles.read_latest(db, x.section_id, x.exclude, x.limit),
    q.PictureNamed: lambda db, x, _: assets.read_picture(db, x.address),
    q.Thumbnail: lambda db, x, _: assets.read_thumb(db, x.address),
    q.PictureSizes: lambda db, x, _: assets.read_sizes(db, x.addresses),
    q.NextUnread: lambda db, x, _: articles.find_next_unread(db, x.section_id, x.feed_id, x.exclude),
    q.StorageUsed: lambda db, _, __: assets.storage_used(db),
    q.Health: _health,
    q.Visits: _visits,
    q.TrafficOf: _traffic,
}
