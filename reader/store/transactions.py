"""All or nothing, and sqlite3's errors as ours.

Every sqlite3 error that means something to a person leaves as one of `reader.errors`.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from sqlite3 import Connection

from reader.errors import BroadsheetError, StoreDamaged, StoreError, StoreFull


@contextlib.contextmanager
def transaction(db: Connection) -> Iterator[Connection]:
    """All or nothing. Inside another transaction it is part of that one.

    Raises what `guarded` raises.
    """
    if db.in_transaction:
        yield db
        return
    with guarded():
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
            db.execute("COMMIT")
        except BaseException:
            # A full disk has rolled back already; a second ROLLBACK would hide the reason.
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise


@contextlib.contextmanager
def guarded() -> Iterator[None]:
    """Turn sqlite3's errors into StoreFull, StoreDamaged (reason) and StoreError ("locked",
    "read-only", or SQLite's own words)."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise translate(error) from error


def translate(error: sqlite3.DatabaseError) -> BroadsheetError:
    """The error of ours that `error` is."""
    code = _primary_code(error)
    if code == sqlite3.SQLITE_FULL:
        return StoreFull()
    if is_damage(error):
        return StoreDamaged(str(error))
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StoreError("locked")
    if code == sqlite3.SQLITE_READONLY:
        return StoreError("read-only")
    return StoreError(str(error))


def _primary_code(error: sqlite3.DatabaseError) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def is_damage(error: sqlite3.DatabaseError) -> bool:
    return _primary_code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
