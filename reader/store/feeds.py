"""Subscriptions: added, named, moved, sent to another address.

What removes and merges them, the section functions and the outline live in files of their own and
are offered here too.
"""

from __future__ import annotations

from sqlite3 import Connection

from reader.errors import AlreadySubscribed, StoreError
from reader.model import FeedId, SectionId
from reader.store.feed_addresses import find_displaced, find_holder, give_way
from reader.store.fetching import forget_answers, forget_move
from reader.store.merging import MergedFeed, merge_feeds, unmerge_feeds
from reader.store.outline import read_counts, read_outline
from reader.store.positions import RemovedFeed, feeds_of, place_feed, show_articles, take_out
from reader.store.removal import (
    RemovedSection,
    purge_removed,
    remove_feed,
    remove_section,
    restore_feed,
    restore_section,
)
from reader.store.sections import (
    add_section,
    ensure_path,
    is_empty_section,
    move_section,
    read_place,
    rename_section,
    section_ids,
    section_names,
)
from reader.store.transactions import transaction

__all__ = [
    "MergedFeed",
    "RemovedFeed",
    "RemovedSection",
    "add_feed",
    "add_section",
    "change_address",
    "ensure_path",
    "feeds_of",
    "find_feed",
    "is_empty_section",
    "merge_feeds",
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
    "unmerge_feeds",
]


def find_feed(db: Connection, address: str) -> FeedId | None:
    """The subscribed feed of exactly this address."""
    row = db.execute("SELECT id FROM feed WHERE address = ? AND removed_at IS NULL", (address,)).fetchone()
    return FeedId(row[0]) if row else None


def add_feed(
    db: Connection, address: str, section_id: SectionId, title: str = "", site: str = "", position: int = -1
) -> FeedId:
    """Subscribe; a removed feed of the same address comes back with its articles. `title` is the
    user's own, "" for the feed's. Raises AlreadySubscribed with the feed's title."""
    with transaction(db):
        read_place(db, section_id)
        holder = find_holder(db, address)
        if holder and not holder.is_removed:
            raise AlreadySubscribed(holder.title)
        former = holder.id if holder else find_displaced(db, address)
        id = former or _insert(db, address)
        db.execute(
            "UPDATE feed SET address = ?1, given_title = ?2, site = CASE ?3 WHEN '' THEN site ELSE ?3 END "
            "WHERE id = ?4",
            (address, title, site, id),
        )
        place_feed(db, id, section_id, position)
        if former:
            show_articles(db, id, section_id)
            forget_move(db, id)  # it may have been merged because of that
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
    """The feed is at another address from now on: what was learnt at the old one is forgotten and the
    wait is over. Returns the old address. A removed feed that has the address gives way to it.
    Raises AlreadySubscribed (title) where a subscribed one has it, StoreError("no such feed")."""
    with transaction(db):
        row = db.execute("SELECT address FROM feed WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise StoreError("no such feed")
        other = find_holder(db, address)
        if other and other.id != id:
            if not other.is_removed:
                raise AlreadySubscribed(other.title)
            give_way(db, other.id)
        db.execute("UPDATE feed SET address = ? WHERE id = ?", (address, id))
        db.execute("UPDATE fetch_state SET is_gone = 0 WHERE feed_id = ?", (id,))
        forget_move(db, id)
        forget_answers(db, id)
    return str(row[0])


def move_feed(db: Connection, id: FeedId, section_id: SectionId, position: int = -1) -> tuple[SectionId, int]:
    """Returns its old section and position."""
    with transaction(db):
        read_place(db, section_id)
        old = take_out(db, id)
        place_feed(db, id, section_id, position)
        if section_id != old.section_id:
            db.execute(
                "UPDATE status SET section_id = ? WHERE feed_id = ? AND section_id IS NOT NULL",
                (section_id, id),
            )
    return old.section_id, old.position


def _insert(db: Connection, address: str) -> FeedId:
    added = db.execute("INSERT INTO feed (position, address) VALUES (-1, ?)", (address,))
    id = FeedId(added.lastrowid or 0)
    db.execute("INSERT INTO tally (feed_id) VALUES (?)", (id,))
    db.execute("INSERT INTO fetch_state (feed_id) VALUES (?)", (id,))
    return id
