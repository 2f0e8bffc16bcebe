"""From any older schema to this one: numbered steps, each in a transaction of its own.

`mNN_` brings a file from version NN-1 to NN and is never changed once published. Before the
first step on a file that holds something, the file is copied beside itself.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from reader.errors import StoreDamaged, StoreTooNew
from reader.store import eras, schema

Step = Callable[[sqlite3.Connection], None]


def m01_news(db: sqlite3.Connection) -> None:
    _run(db, schema.NEWS)
    eras.begin_first(db)


def m01_pictures(db: sqlite3.Connection) -> None:
    _run(db, schema.PICTURES)


def m02_news(db: sqlite3.Connection) -> None:
    """Each feed's account of its requests, the log of visits, what a day cost the network."""
    _run(
        db,
        """
ALTER TABLE fetch_state ADD COLUMN final_address TEXT NOT NULL DEFAULT '';
ALTER TABLE fetch_state ADD COLUMN user_agent TEXT NOT NULL DEFAULT '';
ALTER TABLE fetch_state ADD COLUMN signs_in TEXT NOT NULL DEFAULT '';
ALTER TABLE fetch_state ADD COLUMN body_size INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fetch_state ADD COLUMN elapsed REAL NOT NULL DEFAULT 0;
ALTER TABLE fetch_state ADD COLUMN requests INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fetch_state ADD COLUMN unchanged INTEGER NOT NULL DEFAULT 0;
ALTER TABLE fetch_state ADD COLUMN received INTEGER NOT NULL DEFAULT 0;

CREATE TABLE visit (                        -- no index: read from its end, trimmed from its beginning
    id INTEGER PRIMARY KEY,
    feed_id INTEGER NOT NULL REFERENCES feed(id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    status INTEGER NOT NULL,
    kind TEXT NOT NULL,                     -- of the failure, '': it went well
    detail TEXT NOT NULL,
    elapsed_ms INTEGER NOT NULL,
    size INTEGER NOT NULL,                  -- bytes of the body as sent
    added INTEGER NOT NULL                  -- new articles
);

CREATE TABLE traffic (
    day TEXT NOT NULL,                      -- 2026-03-09, in the reader's time zone then
    kind TEXT NOT NULL,                     -- feed, picture, icon, page
    requests INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    received INTEGER NOT NULL,
    saved INTEGER NOT NULL,
    PRIMARY KEY (day, kind)
) WITHOUT ROWID;
""",
    )


def m02_pictures(db: sqlite3.Connection) -> None:
    """Validators of pictures and icons, byte for byte."""
    _run(
        db,
        """
ALTER TABLE picture ADD COLUMN etag TEXT NOT NULL DEFAULT '';
ALTER TABLE picture ADD COLUMN last_modified TEXT NOT NULL DEFAULT '';
ALTER TABLE picture ADD COLUMN checked_at INTEGER;
""",
    )


NEWS_STEPS: tuple[Step, ...] = (m01_news, m02_news)
PICTURES_STEPS: tuple[Step, ...] = (m01_pictures, m02_pictures)


def read_version(db: sqlite3.Connection, application_id: int, newest: int) -> int:
    """The file's schema version, 0 for an empty one. Raises StoreDamaged for a stranger's
    database and StoreTooNew for one of a later version."""
    owner: int = db.execute("PRAGMA application_id").fetchone()[0]
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    if owner == 0 and version == 0:
        if db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            raise StoreDamaged("another program's database")
        return 0
    if owner != application_id:
        raise StoreDamaged("another program's database")
    if version > newest:
        raise StoreTooNew(str(version))
    return version


def migrate(db: sqlite3.Connection, path: Path, steps: Sequence[Step], application_id: int) -> None:
    """Bring the main database of `db` to the newest version. Raises as `read_version` does, and
    StoreDamaged where a step leaves foreign keys pointing nowhere; the file is then as before."""
    version = read_version(db, application_id, len(steps))
    if version == len(steps):
        return
    if version:
        _copy(db, path.with_name(f"{path.name}.version-{version}"))
    # Steps may rebuild tables that others refer to; the check after each makes up for it.
    db.execute("PRAGMA foreign_keys = OFF")
    for number in range(version + 1, len(steps) + 1):
        _take(db, steps[number - 1], number, application_id)
    db.execute("PRAGMA foreign_keys = ON")


def make_in_memory(db: sqlite3.Connection) -> None:
    """Both schemas, new, in one connection whose `pictures` is attached already."""
    for step in NEWS_STEPS:
        step(db)
    copy = sqlite3.connect(":memory:", isolation_level=None)
    for step in PICTURES_STEPS:
        step(copy)
    for (sql,) in copy.execute("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL"):
        kind, _, rest = sql.partition(" ")[2].partition(" ")
        db.execute(f"CREATE {kind} pictures.{rest}")
    copy.close()


def _take(db: sqlite3.Connection, step: Step, number: int, application_id: int) -> None:
    db.execute("BEGIN EXCLUSIVE")
    try:
        step(db)
        if db.execute("PRAGMA foreign_key_check").fetchone():
            raise StoreDamaged(f"foreign keys after step {number}")
        db.execute(f"PRAGMA application_id = {application_id}")
        db.execute(f"PRAGMA user_version = {number}")
        db.execute("COMMIT")
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            db.execute("ROLLBACK")
        raise


def _copy(db: sqlite3.Connection, target: Path) -> None:
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    copy = sqlite3.connect(part)
    try:
        db.backup(copy)
    finally:
        copy.close()
    part.replace(target)


def _run(db: sqlite3.Connection, script: str) -> None:
    """Statement by statement: `executescript` would commit the transaction first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            db.execute(statement)
            statement = ""
