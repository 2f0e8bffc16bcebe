"""Subscriptions: added, named, moved, removed and brought back.

A removed feed keeps its articles and their states for thirty days, hidden from every list,
count and search, so that undo, or subscribing again, finds them as they were.
The section functions and the outline live in files of their own and are offered here too.
"""

from __future__ import annotations

from datetime import UTC, datetime
from sqlite3 import Connection

from reader.errors import AlreadySubscribed, StoreError
from reader.frozen import frozen
from reader.model import FeedId, SectionId
from reader.store.moments import DAY, to_micros
from reader.store.outline import make_title, read_counts, read_outline
from reader.store.sections import (
    Place,
    add_section,
    close_gap,
    ensure_path,
    is_empty_section,
    list_inside,
    make_room,
    move_section,
    read_place,
    read_tree,
    rename_section,
    section_ids,
    section_names,
)
from reader.store.transactions import transaction

__all__ = [
    "RemovedFeed",
    "RemovedSection",
    "add_feed",
    "add_section",
    "change_address",
    "ensure_path",
    "feeds_of",
    "find_feed",
    "is_empty_section",
    "move_feed",
    "move_section",
    "purge_removed",
    "read_counts",
    "read_outline",
    "remove_feed",
    "remove_section",
    "rename_feed",
    "rename_section",
    "restore_feed",
    "restore_section",
    "section_ids",
    "section_names",
]

_KEPT_DAYS = 30


@frozen
class RemovedFeed:
    """Where a feed stood: all that undo needs, its articles being there still."""

    id: FeedId
    section_id: SectionId
    position: int


@frozen
class RemovedSection:
    """A section with all inside it, outermost first, and the feeds of all of them."""

    id: SectionId
    sections: tuple[Place, ...]
    feeds: tuple[RemovedFeed, ...]


def find_feed(db: Connection, address: str) -> FeedId | None:
    """The subscribed feed of exactly this address."""
    row = db.execute("SELECT id FROM feed WHERE address = ? AND removed_at IS NULL", (address,)).fetchone()
    return FeedId(row[0]) if row else None


def feeds_of(db: Connection, section_id: SectionId) -> list[FeedId]:
    """The feeds of a section and of those inside it: section by section, in display order."""
    found: list[FeedId] = []
    for section in list_inside(db, section_id):
        rows = db.execute("SELECT id FROM feed WHERE section_id = ? ORDER BY position, id", (section,))
        found += [FeedId(row[0]) for row in rows]
    return found


def add_feed(
    db: Connection, address: str, section_id: SectionId, title: str = "", site: str = "", position: int = -1
) -> FeedId:
    """Subscribe; a removed feed of the same address comes back with its articles. `title` is the
    user's own, "" for the feed's. Raises AlreadySubscribed with the feed's title."""
    with transaction(db):
        read_place(db, section_id)
        row = db.execute(
            "SELECT id, removed_at, given_title, own_title, address FROM feed WHERE address = ?", (address,)
        ).fetchone()
        if row and row[1] is None:
            raise AlreadySubscribed(make_title(row[2], row[3], row[4]))
        if row:
            id = FeedId(row[0])
            db.execute(
                "UPDATE feed SET given_title = ?, site = CASE ? WHEN '' THEN site ELSE ? END WHERE id = ?",
                (title, site, site, id),
            )
        else:
            added = db.execute(
                "INSERT INTO feed (position, address, given_title, site) VALUES (-1, ?, ?, ?)",
                (address, title, site),
            )
            id = FeedId(added.lastrowid or 0)
            db.execute("INSERT INTO tally (feed_id) VALUES (?)", (id,))
            db.execute("INSERT INTO fetch_state (feed_id) VALUES (?)", (id,))
        _place(db, id, section_id, position)
        if row:
            _show(db, id, section_id)
    return id


def rename_feed(db: Connection, id: FeedId, title: str) -> str:
    """`title` "" goes back to the feed's own. Returns the name the user had given before, or ""."""
    with transaction(db):
        row = db.execute("SELECT given_title FROM feed WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise StoreError("no such feed")
        db.execute("UPDATE feed SET given_title = ? WHERE id = ?", (title, id))
    return str(row[0])


def change_address(db: Connection, id: FeedId, address: str) -> str:
    """The feed is at another address from now on; its validators are forgotten. Returns the old
    address. Raises AlreadySubscribed where another feed, even a removed one, has that address."""
    with transaction(db):
        row = db.execute("SELECT address FROM feed WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise StoreError("no such feed")
        other = db.execute(
            "SELECT given_title, own_title, address FROM feed WHERE address = ? AND id <> ?", (address, id)
        ).fetchone()
        if other:
            raise AlreadySubscribed(make_title(*other))
        db.execute("UPDATE feed SET address = ? WHERE id = ?", (address, id))
        db.execute(
            "UPDATE fetch_state SET etag = '', last_modified = '', body_hash = x'', moved_to = '', "
            "moved_seen_at = NULL WHERE feed_id = ?",
            (id,),
        )
    return str(row[0])


def move_feed(db: Connection, id: FeedId, section_id: SectionId, position: int = -1) -> tuple[SectionId, int]:
    """Returns its old section and position."""
    with transaction(db):
        read_place(db, section_id)
        old = _take_out(db, id)
        _place(db, id, section_id, position)
        if section_id != old.section_id:
            db.execute(
                "UPDATE status SET section_id = ? WHERE feed_id = ? AND section_id IS NOT NULL",
                (section_id, id),
            )
    return old.section_id, old.position


def remove_feed(db: Connection, id: FeedId, now: datetime | None = None) -> RemovedFeed:
    """Unsubscribe. The articles stay, hidden, until `purge_removed`."""
    with transaction(db):
        removed = _take_out(db, id)
        at = to_micros(now or datetime.now(UTC))
        db.execute("UPDATE feed SET section_id = NULL, position = -1, removed_at = ? WHERE id = ?", (at, id))
        db.execute("UPDATE status SET section_id = NULL WHERE feed_id = ? AND section_id IS NOT NULL", (id,))
    return removed


def restore_feed(db: Connection, removed: RemovedFeed) -> None:
    """Take back a removal. Does nothing to a feed that is back already, or gone for good; where its
    section is gone it comes into the first one."""
    with transaction(db):
        row = db.execute("SELECT removed_at FROM feed WHERE id = ?", (removed.id,)).fetchone()
        if row is None or row[0] is None:
            return
        ids = section_ids(db)
        section = removed.section_id if removed.section_id in ids else (ids or [add_section(db, "News")])[0]
        _place(db, removed.id, section, removed.position)
        _show(db, removed.id, section)


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


def purge_removed(db: Connection, now: datetime, limit: int = -1) -> int:
    """Delete for good what was removed thirty days ago or earlier. Returns how many feeds.

    A feed of 2,000 articles takes some tenths of a second: `limit` 1 keeps an idle moment short.
    """
    with transaction(db):
        before = to_micros(now) - _KEPT_DAYS * DAY
        return db.execute(
            "DELETE FROM feed WHERE id IN (SELECT id FROM feed WHERE removed_at <= ? LIMIT ?)",
            (before, limit),
        ).rowcount


def _take_out(db: Connection, id: FeedId) -> RemovedFeed:
    """Close the gap it leaves; its row still says where it was."""
    row = db.execute(
        "SELECT section_id, position FROM feed WHERE id = ? AND removed_at IS NULL", (id,)
    ).fetchone()
    if row is None:
        raise StoreError("no such feed")
    db.execute("UPDATE feed SET position = -1 WHERE id = ?", (id,))
    db.execute("UPDATE feed SET position = position - 1 WHERE section_id = ? AND position > ?", row)
    return RemovedFeed(id, SectionId(row[0]), row[1])


def _place(db: Connection, id: FeedId, section_id: SectionId, position: int) -> None:
    count: int = db.execute(
        "SELECT count(*) FROM feed WHERE section_id = ? AND id <> ?", (section_id, id)
    ).fetchone()[0]
    if 0 <= position < count:
        db.execute(
            "UPDATE feed SET position = position + 1 WHERE section_id = ? AND position >= ?",
            (section_id, position),
        )
    else:
        position = count
    db.execute(
        "UPDATE feed SET section_id = ?, position = ?, removed_at = NULL WHERE id = ?",
        (section_id, position, id),
    )


def _show(db: Connection, id: FeedId, section_id: SectionId) -> None:
    """Put the articles of a feed that is back into lists again."""
    db.execute(
        "UPDATE status SET section_id = ? WHERE feed_id = ? AND is_dropped = 0 "
        "AND EXISTS (SELECT 1 FROM article WHERE article.id = status.id)",
        (section_id, id),
    )
