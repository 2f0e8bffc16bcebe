"""Which pictures are wanted, which articles have all of theirs, which pictures nobody shows.

`pictures_due` holds the articles whose pictures are not all here yet, so that looking for work
never reads the ones that are done; how far back it looks depends on days and feeds alone.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from datetime import datetime
from sqlite3 import Connection

from reader.store.addresses import is_missing, is_stored
from reader.store.extras import unpack_extras
from reader.store.hashing import hash_text
from reader.store.moments import DAY, to_micros
from reader.store.transactions import transaction


def wanted_pictures(db: Connection, now: datetime, days: int, newest: int, limit: int) -> list[str]:
    """Addresses to fetch, those of the newest articles first: of articles not older than `days`,
    and of the `newest` of each feed whatever their age. At most `limit`."""
    at = to_micros(now)
    wanted: dict[str, None] = {}
    for id in _list_due(db, at - days * DAY, newest):
        for address in _read_pictures(db, id):
            if address not in wanted and is_missing(db, address, at):
                wanted[address] = None
                if len(wanted) >= limit:
                    return list(wanted)
    return list(wanted)


def settle_pictures(db: Connection, now: datetime, days: int, newest: int) -> int:
    """Strike off the articles that have all their pictures. Call it after a batch was fetched;
    without it `wanted_pictures` is right too, but slower. Returns how many."""
    with transaction(db):
        ids = _list_due(db, to_micros(now) - days * DAY, newest)
        done = [(id,) for id in ids if all(is_stored(db, x) for x in _read_pictures(db, id))]
        db.executemany("DELETE FROM pictures_due WHERE article_id = ?", done)
    return len(done)


def sweep_pictures(db: Connection) -> int:
    """Delete the pictures that no article and no feed shows any more. Reads every article, so it is
    for idle moments after a purge. Returns how many contents went."""
    with transaction(db):
        used = array("q", (_shorten(hash_text(x)) for x in _all_addresses(db)))
        used = array("q", sorted(used))
        addresses = [row[0] for row in db.execute("SELECT address FROM pictures.picture")]
        unused = [(x,) for x in addresses if not _holds(used, _shorten(x))]
        db.executemany("DELETE FROM pictures.picture WHERE address = ?", unused)
        return db.execute(
            "DELETE FROM pictures.content WHERE NOT EXISTS "
            "(SELECT 1 FROM pictures.picture p WHERE p.content_id = content.id)"
        ).rowcount


def _list_due(db: Connection, since: int, newest: int) -> list[int]:
    due: dict[int, int] = dict(
        db.execute(
            "SELECT s.id, s.sort_at FROM status s INDEXED BY status_all CROSS JOIN pictures_due d "
            "ON d.article_id = s.id WHERE s.section_id IS NOT NULL AND s.sort_at >= ?",
            (since,),
        )
    )
    if newest:
        for (feed,) in db.execute("SELECT id FROM feed WHERE removed_at IS NULL").fetchall():
            due.update(
                db.execute(
                    "SELECT id, sort_at FROM (SELECT id, sort_at FROM status INDEXED BY status_feed "
                    "WHERE feed_id = ? AND section_id IS NOT NULL ORDER BY sort_at DESC LIMIT ?) "
                    "JOIN pictures_due ON article_id = id",
                    (feed, newest),
                )
            )
    return sorted(due, key=lambda id: (due[id], id), reverse=True)


def _read_pictures(db: Connection, id: int) -> tuple[str, ...]:
    row = db.execute("SELECT extras FROM body WHERE id = ?", (id,)).fetchone()
    return unpack_extras(row[0]).pictures if row else ()


def _all_addresses(db: Connection) -> Iterator[str]:
    yield from (row[0] for row in db.execute("SELECT icon FROM feed WHERE icon <> ''"))
    for picture, extras in db.execute("SELECT a.picture, b.extras FROM article a JOIN body b ON b.id = a.id"):
        yield picture
        if '"p":' in extras:
            yield from unpack_extras(extras).pictures


def _shorten(hash: bytes) -> int:
    """Eight bytes of it: three million addresses then take 24 MB, and one picture in a billion stays."""
    return int.from_bytes(hash[:8], "big", signed=True)


def _holds(sorted_numbers: array[int], number: int) -> bool:
    place = bisect_left(sorted_numbers, number)
    return place < len(sorted_numbers) and sorted_numbers[place] == number
