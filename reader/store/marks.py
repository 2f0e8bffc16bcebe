"""Read and saved states, and the search for what is unread next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from sqlite3 import Connection
from typing import TypeVar

from reader.model import ArticleId, FeedId, Row, SectionId, Selection
from reader.store import lists
from reader.store.hashing import hash_text
from reader.store.moments import to_micros
from reader.store.rows import read_rows_of, split
from reader.store.sections import list_inside, section_ids
from reader.store.transactions import transaction

_T = TypeVar("_T")

_CHUNK = 400


def mark_read(db: Connection, ids: Sequence[ArticleId], read: bool) -> tuple[ArticleId, ...]:
    """Returns those that changed."""
    return _set(db, "is_read", ids, read)


def save(db: Connection, ids: Sequence[ArticleId], saved: bool) -> tuple[ArticleId, ...]:
    """Returns those that changed."""
    return _set(db, "is_saved", ids, saved)


def mark_selection_read(db: Connection, selection: Selection, now: datetime) -> tuple[ArticleId, ...]:
    """Every article of the selection that is stored now. Returns those that changed, newest first."""
    with transaction(db):
        ids = tuple(ArticleId(id) for _, id in lists.iterate_unread(db, selection, now))
        _update(db, "is_read", ids, True)
    return ids


def put_status(
    db: Connection, feed_id: FeedId, uid: str, is_read: bool, is_saved: bool, now: datetime
) -> ArticleId:
    """The status of an article that may not be here yet; it waits for it, in no list."""
    key = hash_text(uid)
    with transaction(db):
        row = db.execute("SELECT id FROM status WHERE feed_id = ? AND uid = ?", (feed_id, key)).fetchone()
        if row:
            db.execute(
                "UPDATE status SET is_read = ?, is_saved = ? WHERE id = ?", (is_read, is_saved, row[0])
            )
            return ArticleId(row[0])
        added = db.execute(
            "INSERT INTO status (feed_id, sort_at, is_read, is_saved, uid) VALUES (?, ?, ?, ?, ?)",
            (feed_id, to_micros(now), is_read, is_saved, key),
        )
        return ArticleId(added.lastrowid or 0)


def drop_articles(db: Connection, ids: Sequence[ArticleId]) -> tuple[ArticleId, ...]:
    """Let the texts go and keep the states, so that they do not come back with the next fetch.
    Saved articles stay. Returns those that were dropped."""
    with transaction(db):
        dropped = tuple(ArticleId(x) for x in _select(db, ids, "is_saved = 0 AND section_id IS NOT NULL"))
        values = [(x,) for x in dropped]
        db.executemany("DELETE FROM article WHERE id = ?", values)
        db.executemany("UPDATE status SET section_id = NULL, is_dropped = 1 WHERE id = ?", values)
    return dropped


def find_next_unread(
    db: Connection, section_id: SectionId | None, feed_id: FeedId | None, exclude: Sequence[ArticleId]
) -> Row | None:
    """The newest unread article of the feed or section at hand; where there is none, of the next
    one in display order, from the end on to the beginning. `exclude` counts as read."""
    id = next((x for x in _try_places(db, section_id, feed_id, set(exclude)) if x is not None), None)
    rows = [] if id is None else read_rows_of(db, [id])
    return rows[0] if rows else None


def _try_places(
    db: Connection, section_id: SectionId | None, feed_id: FeedId | None, exclude: set[int]
) -> Iterator[int | None]:
    order = section_ids(db)
    if feed_id is not None:
        row = db.execute(
            "SELECT section_id FROM feed WHERE id = ? AND removed_at IS NULL", (feed_id,)
        ).fetchone()
        if row:
            section_id = SectionId(row[0])
            for feed in _turn(_feeds_in(db, section_id), feed_id):
                yield lists.first_unread_of_feed(db, feed, exclude)
            order = _turn(order, section_id)[1:]
    elif section_id is not None:
        yield lists.first_unread_of_section(db, section_id, exclude, deep=True)
        inside = set(list_inside(db, section_id))
        order = [x for x in _turn(order, section_id) if x not in inside]
    for section in order:
        yield lists.first_unread_of_section(db, section, exclude, deep=False)


def _feeds_in(db: Connection, section_id: SectionId) -> list[FeedId]:
    rows = db.execute("SELECT id FROM feed WHERE section_id = ? ORDER BY position, id", (section_id,))
    return [FeedId(row[0]) for row in rows]


def _turn(items: list[_T], first: _T) -> list[_T]:
    """The items from `first` on, then those before it."""
    at = items.index(first) if first in items else 0
    return items[at:] + items[:at]


def _set(db: Connection, column: str, ids: Sequence[ArticleId], value: bool) -> tuple[ArticleId, ...]:
    with transaction(db):
        differing = set(_select(db, ids, f"{column} <> {int(value)}"))
        changed = tuple(x for x in dict.fromkeys(ids) if x in differing)
        _update(db, column, changed, value)
    return changed


def _update(db: Connection, column: str, ids: Iterable[ArticleId], value: bool) -> None:
    # By ascending id, so that pages are visited once.
    db.executemany(f"UPDATE status SET {column} = {int(value)} WHERE id = ?", ((x,) for x in sorted(ids)))


def _select(db: Connection, ids: Sequence[ArticleId], condition: str) -> Iterator[int]:
    for part in split(ids, _CHUNK):
        marks = ",".join("?" * len(part))
        rows = db.execute(f"SELECT id FROM status WHERE id IN ({marks}) AND {condition}", part)
        yield from [row[0] for row in rows]
