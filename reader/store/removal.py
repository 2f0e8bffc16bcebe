"""Feeds and sections removed, brought back, and in the end let go for good.

A removed feed keeps its articles and their states for thirty days, hidden from every list,
count and search, so that undo, or subscribing again, finds them as they were.
"""

from __future__ import annotations

from datetime import UTC, datetime
from sqlite3 import Connection

from reader.frozen import frozen
from reader.model import FeedId, SectionId
from reader.store.feed_addresses import strip_mark, take_back
from reader.store.moments import DAY, to_micros
from reader.store.positions import RemovedFeed, feeds_of, place_feed, show_articles, take_out
from reader.store.sections import (
    Place,
    add_section,
    close_gap,
    list_inside,
    make_room,
    read_place,
    read_tree,
    section_ids,
)
from reader.store.transactions import transaction

_KEPT_DAYS = 30


@frozen
class RemovedSection:
    """A section with all inside it, outermost first, and the feeds of all of them."""

    id: SectionId
    sections: tuple[Place, ...]
    feeds: tuple[RemovedFeed, ...]


def remove_feed(db: Connection, id: FeedId, now: datetime | None = None) -> RemovedFeed:
    """Unsubscribe. The articles stay, hidden, until `purge_removed`."""
    with transaction(db):
        removed = take_out(db, id)
        at = to_micros(now or datetime.now(UTC))
        db.execute("UPDATE feed SET section_id = NULL, position = -1, removed_at = ? WHERE id = ?", (at, id))
        db.execute("UPDATE status SET section_id = NULL WHERE feed_id = ? AND section_id IS NOT NULL", (id,))
    return removed


def restore_feed(db: Connection, removed: RemovedFeed) -> None:
    """Take back a removal. Does nothing to a feed that is back already, or gone for good; where its
    section is gone it comes into the first one. Where another feed has its address by now, it comes
    back beside that one, under an address that leads to the same place."""
    with transaction(db):
        row = db.execute("SELECT removed_at FROM feed WHERE id = ?", (removed.id,)).fetchone()
        if row is None or row[0] is None:
            return
        ids = section_ids(db)
        take_back(db, removed.id)
        section = removed.section_id if removed.section_id in ids else (ids or [add_section(db, "News")])[0]
        place_feed(db, removed.id, section, removed.position)
        show_articles(db, removed.id, section)


def remove_section(db: Connection, id: SectionId, now: datetime | None = None) -> RemovedSection:
    """Remove it with all sections and feeds inside it."""
    with transaction(db):
        root = read_place(db, id)
        inside = set(list_inside(db, id))
        places = tuple(x for x in read_tree(db) if x.id in inside)
        # Last feed first: each keeps the position it had, so the first to come back fits.
        removed = [remove_feed(db, feed, now) for feed in reversed(feeds_of(db, id))]
        for place in reversed(places):
            db.execute("DELETE FROM section WHERE id = ?", (place.id,))
        close_gap(db, root.parent_id, root.position)
    return RemovedSection(id, places, tuple(reversed(removed)))


def restore_section(db: Connection, removed: RemovedSection) -> None:
    """Take back a removal: the sections, then the feeds that were in them. Does nothing where the
    section is there already."""
    with transaction(db):
        there = set(section_ids(db))
        if removed.id in there:
            return
        for place in removed.sections:
            parent = place.parent_id if place.parent_id in there else None
            position = make_room(db, parent, place.position)
            db.execute(
                "INSERT INTO section (id, name, parent_id, position) VALUES (?, ?, ?, ?)",
                (place.id, place.name, parent, position),
            )
            there.add(place.id)
        for feed in removed.feeds:
            restore_feed(db, feed)


def purge_removed(db: Connection, now: datetime, limit: int = -1) -> list[tuple[FeedId, str, str]]:
    """Delete for good what was removed thirty days ago or earlier. Returns (feed, its address, how it
    signed in) of each, so that what is kept of it elsewhere can go too.

    A feed of 2,000 articles takes some tenths of a second: `limit` 1 keeps an idle moment short.
    """
    with transaction(db):
        rows = db.execute(
            "SELECT f.id, f.address, s.signs_in FROM feed f JOIN fetch_state s ON s.feed_id = f.id "
            "WHERE f.removed_at <= ? ORDER BY f.removed_at, f.id LIMIT ?",
            (to_micros(now) - _KEPT_DAYS * DAY, limit),
        ).fetchall()
        db.executemany("DELETE FROM feed WHERE id = ?", [(row[0],) for row in rows])
    return [(FeedId(id), strip_mark(address, id), signs_in) for id, address, signs_in in rows]
