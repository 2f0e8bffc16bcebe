"""Connections: paths in, an open and migrated `sqlite3.Connection` out.

news.db is the store; pictures.db, attached as `pictures`, is a cache that can be fetched
again and is begun anew when damaged. Connections are in autocommit mode: whatever changes
something runs inside `transaction`.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from sqlite3 import Connection

from reader.errors import StoreDamaged, StoreError
from reader.store import migrations
from reader.store.transactions import guarded, is_damage, transaction

__all__ = ["Connection", "guarded", "open_in_memory", "open_reading", "open_writing", "transaction"]

NEWS_ID = 0x42445348  # "BDSH"
PICTURES_ID = 0x42445350  # "BDSP"

# Measured with 15,000 articles: 3,481 bytes each with 4 KB pages, 3,458 with 8 and 3,275 with
# 16, no difference in time. Small pages win because marking one article read writes half a
# dozen of them. Pictures of 20 to 100 KB go into 16 KB pages in short chains.
_NEWS_PAGE = 4096
_PICTURES_PAGE = 16384
_BUSY_SECONDS = 10.0


def open_writing(news: Path, pictures: Path) -> Connection:
    """The one connection that writes. Creates what is missing, migrates what is old.

    Raises StoreTooNew (its version), StoreDamaged (why), StoreFull, StoreError.
    """
    with guarded():
        _prepare(news, _NEWS_PAGE, migrations.NEWS_STEPS, NEWS_ID)
        try:
            _prepare(pictures, _PICTURES_PAGE, migrations.PICTURES_STEPS, PICTURES_ID)
        except (sqlite3.DatabaseError, StoreDamaged) as error:
            if isinstance(error, sqlite3.DatabaseError) and not is_damage(error):
                raise
            _set_aside(pictures)
            _prepare(pictures, _PICTURES_PAGE, migrations.PICTURES_STEPS, PICTURES_ID)
        db = _connect(news, pictures)
        db.execute("PRAGMA foreign_keys = ON")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA pictures.synchronous = NORMAL")
        db.execute("PRAGMA cache_size = -6000")
        db.execute("PRAGMA pictures.cache_size = -1000")
        # Fewer, larger checkpoints: a page changed by fifty feeds in a row is copied once.
        db.execute("PRAGMA wal_autocheckpoint = 4000")
        db.execute("PRAGMA journal_size_limit = 16000000")
        db.execute("PRAGMA secure_delete = FAST")
        return db


def open_reading(news: Path, pictures: Path) -> Connection:
    """A connection that only asks. The files must be there and up to date: open for writing first.

    Raises StoreTooNew, StoreDamaged; StoreError("missing") and StoreError("old").
    """
    with guarded():
        if not news.is_file() or not pictures.is_file():
            raise StoreError("missing")
        db = _connect(news, pictures)
        try:
            newest = len(migrations.NEWS_STEPS)
            if migrations.read_version(db, NEWS_ID, newest) < newest:
                raise StoreError("old")
        except BaseException:
            db.close()
            raise
        db.execute("PRAGMA query_only = ON")
        db.execute("PRAGMA cache_size = -2000")
        db.execute("PRAGMA pictures.cache_size = -500")
        return db


def open_in_memory() -> Connection:
    """A store that is nowhere on disk, for tests and for looking at things once."""
    db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    db.execute("ATTACH ':memory:' AS pictures")
    migrations.make_in_memory(db)
    db.execute("PRAGMA foreign_keys = ON")
    return db


def _connect(news: Path, pictures: Path) -> Connection:
    # The caller hands a connection from the thread that opened it to the one that uses it.
    db = sqlite3.connect(
        news, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=200
    )
    try:
        db.execute("ATTACH ? AS pictures", (str(pictures),))
        db.execute("PRAGMA temp_store = MEMORY")
    except BaseException:
        db.close()
        raise
    return db


def _prepare(path: Path, page: int, steps: tuple[migrations.Step, ...], application_id: int) -> None:
    db = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)
    try:
        db.execute(f"PRAGMA page_size = {page}")
        migrations.read_version(db, application_id, len(steps))  # before a stranger's file is made WAL
        db.execute("PRAGMA journal_mode = WAL")
        migrations.migrate(db, path, steps, application_id)
    finally:
        db.close()


def _set_aside(path: Path) -> None:
    path.replace(path.with_name(path.name + ".damaged"))
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
