"""Two subscriptions that turned out to be one feed: made one, and two again on undo.

Articles move as they are, with their ids: what is known by the id (states, text, former headlines,
full-text index, pictures) goes along untouched. Of an article that both feeds have, the target's
stays and takes on what the other's state says; the other goes out of sight with its feed, and is
there still when that comes back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from sqlite3 import Connection

from reader.errors import StoreError
from reader.frozen import frozen
from reader.model import ArticleId, FeedId, SectionId
from reader.store.fetching import forget_move
from reader.store.identity import make_twin_key, may_be_twins
from reader.store.positions import RemovedFeed, show_articles
from reader.store.removal import remove_feed, restore_feed
from reader.store.transactions import transaction


@frozen
class Stub:
    """A state the target kept of an article it did not have (any more)."""

    id: int
    sort_at: int
    is_read: bool
    is_saved: bool
    is_dropped: bool
    uid: bytes


@frozen
class MergedFeed:
    """All that undo needs, the articles being there still. `touched`: whose rows it changed."""

    id: FeedId  # what was merged away
    into: FeedId
    removed: RemovedFeed  # where it stood
    moved: tuple[ArticleId, ...]  # its articles that are the target's now
    read: tuple[ArticleId, ...]  # what was marked read because its like was
    saved: tuple[ArticleId, ...]
    stubs: tuple[Stub, ...]  # of the target, in whose place an article of the other came

    @property
    def touched(self) -> tuple[ArticleId, ...]:
        return tuple(dict.fromkeys((*self.moved, *self.read, *self.saved)))


@frozen
class _Entry:
    id: int
    uid: bytes
    sort_at: int
    is_read: bool
    is_saved: bool
    is_dropped: bool
    is_here: bool  # with its article, not the state alone
    title: str
    link: str
    published_at: int | None


class _Plan:
    def __init__(self) -> None:
        self.moved: list[_Entry] = []
        self.united: list[tuple[_Entry, _Entry]] = []  # whose state goes to whose
        self.stubs: list[_Entry] = []


def merge_feeds(db: Connection, id: FeedId, into: FeedId, now: datetime | None = None) -> MergedFeed:
    """The articles of `id` become `into`'s with their states, and `id` is removed as by `remove_feed`.

    Raises StoreError("no such feed") where one of them is not subscribed, or both are the same.
    """
    with transaction(db):
        section = _read_section(db, into)
        if section is None or id == into:
            raise StoreError("no such feed")
        removed = remove_feed(db, id, now)
        plan = _compare(_read_entries(db, id), _read_entries(db, into))
        db.executemany("DELETE FROM status WHERE id = ?", [(stub.id,) for stub in plan.stubs])
        moved = [entry.id for entry in plan.moved]
        _move(db, moved, into)
        read = [to.id for entry, to in plan.united if entry.is_read and not to.is_read]
        saved = [to.id for entry, to in plan.united if entry.is_saved and not to.is_saved]
        _set(db, "is_read", read, True)
        _set(db, "is_saved", saved, True)
        show_articles(db, into, section)
    stubs = (Stub(x.id, x.sort_at, x.is_read, x.is_saved, x.is_dropped, x.uid) for x in plan.stubs)
    return MergedFeed(id, into, removed, _name(moved), _name(read), _name(saved), tuple(stubs))


def unmerge_feeds(db: Connection, merged: MergedFeed) -> None:
    """Take back a merger: each article is the feed's again whose it was, with what a person made of it
    since. What was seen of a move is forgotten, so that the next visit does not merge them again. Does
    nothing where the feed is gone for good."""
    with transaction(db):
        if not db.execute("SELECT 1 FROM feed WHERE id = ?", (merged.id,)).fetchone():
            return
        _set(db, "is_read", merged.read, False)
        _set(db, "is_saved", merged.saved, False)
        _move(db, _list_movable(db, merged), merged.id)
        db.executemany(
            "INSERT OR IGNORE INTO status (id, feed_id, sort_at, is_read, is_saved, is_dropped, uid) "
            "SELECT ?, id, ?, ?, ?, ?, ? FROM feed WHERE id = ?",
            [
                (x.id, x.sort_at, x.is_read, x.is_saved, x.is_dropped, x.uid, merged.into)
                for x in merged.stubs
            ],
        )
        restore_feed(db, merged.removed)
        forget_move(db, merged.id)
        section = _read_section(db, merged.id)
        if section is not None:
            show_articles(db, merged.id, section)


def _compare(entries: list[_Entry], targets: list[_Entry]) -> _Plan:
    """Which articles the target has no like of, and who is whose like: by the feeds' ids for them, or
    else, the two addresses writing ids differently, by link, title and date."""
    by_uid = {entry.uid: entry for entry in targets}
    by_key = _find_keys(targets, {entry.uid for entry in entries})
    plan = _Plan()
    for entry in entries:
        target = by_uid.get(entry.uid) or _take_twin(by_key, entry)
        if target is None:
            plan.moved.append(entry)
        elif _replaces(entry, target):
            plan.moved.append(entry)
            plan.stubs.append(target)
            plan.united.append((target, entry))
        else:
            plan.united.append((entry, target))
    return plan


def _replaces(entry: _Entry, target: _Entry) -> bool:
    """The target has but a state: one that waits for its article, or of an article that was let go,
    which would take a saved one with it."""
    if target.is_here or not entry.is_here:
        return False
    return entry.is_saved or not target.is_dropped


def _find_keys(targets: list[_Entry], listed: set[bytes]) -> dict[tuple[str, str], _Entry]:
    found: dict[tuple[str, str], _Entry] = {}
    for entry in targets:
        key = make_twin_key(entry.link, entry.title)
        if key and entry.is_here and entry.uid not in listed:
            found.setdefault(key, entry)
    return found


def _take_twin(by_key: dict[tuple[str, str], _Entry], entry: _Entry) -> _Entry | None:
    key = make_twin_key(entry.link, entry.title)
    twin = by_key.get(key) if key and entry.is_here else None
    if key and twin and may_be_twins(entry.published_at, twin.published_at):
        return by_key.pop(key)
    return None


def _read_entries(db: Connection, id: FeedId) -> list[_Entry]:
    rows = db.execute(
        "SELECT s.id, s.uid, s.sort_at, s.is_read, s.is_saved, s.is_dropped, a.id IS NOT NULL, "
        "coalesce(a.title, ''), coalesce(a.link, ''), a.published_at "
        "FROM status s LEFT JOIN article a ON a.id = s.id WHERE s.feed_id = ? ORDER BY s.sort_at DESC",
        (id,),
    )
    return [_Entry(*row) for row in rows]


def _read_section(db: Connection, id: FeedId) -> SectionId | None:
    """None where it is not subscribed."""
    row = db.execute("SELECT section_id FROM feed WHERE id = ? AND removed_at IS NULL", (id,)).fetchone()
    return SectionId(row[0]) if row else None


def _list_movable(db: Connection, merged: MergedFeed) -> list[int]:
    """Those of the moved that are the target's still. Where the feed was subscribed to again and has
    brought one anew, that one takes on the state, and the moved one stays."""
    movable: list[int] = []
    for id in merged.moved:
        row = db.execute(
            "SELECT s.is_read, s.is_saved, o.id FROM status s "
            "LEFT JOIN status o ON o.feed_id = ? AND o.uid = s.uid WHERE s.id = ? AND s.feed_id = ?",
            (merged.id, id, merged.into),
        ).fetchone()
        if row and row[2] is None:
            movable.append(id)
        elif row:
            _set(db, "is_read", [row[2]] if row[0] else [], True)
            _set(db, "is_saved", [row[2]] if row[1] else [], True)
    return movable


def _move(db: Connection, ids: Iterable[int], to: FeedId) -> None:
    """Into no list at first: counts follow what enters and leaves lists, not whose an article is."""
    values = [(id,) for id in sorted(ids)]
    db.executemany("UPDATE status SET section_id = NULL WHERE id = ? AND section_id IS NOT NULL", values)
    db.executemany("UPDATE status SET feed_id = ? WHERE id = ?", [(to, *x) for x in values])


def _set(db: Connection, column: str, ids: Iterable[int], value: bool) -> None:
    db.executemany(
        f"UPDATE status SET {column} = {int(value)} WHERE id = ? AND {column} <> {int(value)}",
        [(id,) for id in sorted(ids)],
    )


def _name(ids: list[int]) -> tuple[ArticleId, ...]:
    return tuple(ArticleId(id) for id in ids)
