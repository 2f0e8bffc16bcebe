"""What a person typed in, the rows that hold those words out, newest first.

Works through the eras of the index from the newest back and stops when the page is full, so
the time it takes does not depend on how many articles are stored (see `eras`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from sqlite3 import Connection

from reader.model import Cursor, RowPage
from reader.store import eras, words
from reader.store.bodies import unpack
from reader.store.rows import Key, make_page

# Hits of one era that are put into order. A word in more of its articles than that (it is in
# every fourth) is listed by the newest arrivals of the era only.
MOST_OF_AN_ERA = 4_000
FEW = 40  # articles of an era that are rather read than looked up
_ENDLESS = 2**62


def find(db: Connection, query: str, after: Cursor | None, limit: int, unread_only: bool = False) -> RowPage:
    """One page of hits, by date, newest first. Feeds that were removed are not found.

    Words are combined with "and", the last may be only begun, a minus excludes. Words in
    quotes must all occur, but not side by side: the index keeps no positions.
    """
    return make_page(db, islice(iterate_all(db, query, after, unread_only, limit + 1), limit + 1), limit)


def iterate_all(
    db: Connection, query: str, after: Cursor | None = None, unread_only: bool = False, most: int = -1
) -> Iterator[Key]:
    """The places of all hits, newest first, at most `most` of one era (-1: any number)."""
    wanted = words.translate(query)
    if not wanted.whole:
        return
    oldest = _find_oldest_unread(db) if unread_only else eras.BEGINNING
    until = _ENDLESS
    for era in eras.read_eras(db):
        if until < oldest:
            return
        if after is None or era.since <= after.at:
            yield from _find_in(db, era, wanted, after, unread_only, most)
        until = era.since


def which_match(db: Connection, keys: Sequence[Key], query: str) -> set[int]:
    """Those of a few articles that hold the query's words."""
    expression = words.translate(query).whole
    if not expression:
        return set()
    found: set[int] = set()
    all_eras = eras.read_eras(db)
    for at, id in keys:
        era = next(x for x in all_eras if at >= x.since)
        sql = f"SELECT rowid FROM {era.table} WHERE {era.table} MATCH ? AND rowid = ?"
        found.update(x[0] for x in _run(db, sql, (expression, id)))
    return found


def _find_in(
    db: Connection, era: eras.Era, wanted: words.Query, after: Cursor | None, unread_only: bool, most: int
) -> list[Key]:
    """An era's hits, in order.

    To look up a word that is only begun, FTS5 joins the places of all words that begin so, a
    matter of milliseconds in every era. Where the other words leave few articles, those are
    read instead: else a rare name and the beginning of a frequent word would search for long.
    """
    if wanted.certain:
        few = _match(db, era, wanted.certain, after, unread_only, FEW + 1)
        if len(few) <= FEW:
            found = [key for key in few if _has_beginning(db, key[1], wanted.begun)]
            return found if most < 0 else found[:most]
    return _match(db, era, wanted.whole, after, unread_only, most)


def _match(
    db: Connection, era: eras.Era, expression: str, after: Cursor | None, unread_only: bool, most: int
) -> list[Key]:
    unread = " AND s.is_read = 0" if unread_only else ""
    place = "WHERE (sort_at, id) < (?, ?) " if after else ""
    return _run(
        db,
        # The inner query is answered lazily, by descending rowid, and never sorted.
        f"SELECT sort_at, id FROM (SELECT s.sort_at, s.id FROM {era.table} CROSS JOIN status s "
        f"ON s.id = {era.table}.rowid WHERE {era.table} MATCH ? AND s.section_id IS NOT NULL{unread} "
        f"ORDER BY {era.table}.rowid DESC LIMIT {MOST_OF_AN_ERA}) "
        f"{place}ORDER BY sort_at DESC, id DESC LIMIT ?",
        (expression, *((after.at, after.id) if after else ()), most),
    )


def _has_beginning(db: Connection, id: int, begun: str) -> bool:
    row = db.execute(
        "SELECT a.title, b.html FROM article a JOIN body b ON b.id = a.id WHERE a.id = ?", (id,)
    ).fetchone()
    return row is not None and (
        words.has_beginning(row[0], begun) or words.has_beginning(unpack(row[1]), begun)
    )


def _run(db: Connection, sql: str, values: tuple[str | int, ...]) -> list[Key]:
    try:
        return db.execute(sql, values).fetchall()
    except sqlite3.OperationalError as error:
        # SQLite's Unicode tables are older than Python's: what we take for one word of a
        # young script may be several to it, and phrases need positions. Nothing is found.
        if "fts5" in str(error) or "phrase" in str(error):
            return []
        raise


def _find_oldest_unread(db: Connection) -> int:
    row = db.execute(
        "SELECT sort_at FROM status INDEXED BY unread_all WHERE section_id IS NOT NULL AND is_read = 0 "
        "ORDER BY sort_at LIMIT 1"
    ).fetchone()
    return int(row[0]) if row else _ENDLESS
