"""A store of an older version, as that version made it, opened by this one."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import soundness

from reader.model import Listing, Selection
from reader.store import articles, database, eras, fetching, migrations, schema
from reader.store.database import NEWS_ID, PICTURES_ID
from reader.store.hashing import hash_text

Paths = tuple[Path, Path]


def make_first_version(paths: Paths) -> None:
    """Both files as the first version made and filled them: its schema, and plain SQL."""
    for path, sql, application_id in (
        (paths[0], schema.NEWS, NEWS_ID),
        (paths[1], schema.PICTURES, PICTURES_ID),
    ):
        db = sqlite3.connect(path, isolation_level=None)
        db.executescript(sql)
        db.execute(f"PRAGMA application_id = {application_id}")
        db.execute("PRAGMA user_version = 1")
        if path == paths[0]:
            eras.begin_first(db)
            _fill_news(db)
        else:
            db.execute("INSERT INTO content VALUES (1, x'00', 2, 3, x'ff')")
            db.execute("INSERT INTO picture VALUES (?, 1, 5, NULL)", (hash_text("https://x.example/a.jpg"),))
        db.close()


def _fill_news(db: sqlite3.Connection) -> None:
    db.execute("INSERT INTO section VALUES (1, 'News', NULL, 0)")
    db.execute("INSERT INTO feed VALUES (1, 1, 0, 'https://a.example/', 'Mine', 'Theirs', '', '', NULL)")
    db.execute("INSERT INTO tally (feed_id) VALUES (1)")
    db.execute(
        "INSERT INTO fetch_state (feed_id, etag, last_modified, not_before, rule, failures, failed_since, "
        "failure_kind, failure_detail, bytes_saved, last_checked_at) "
        "VALUES (1, 'W/\"1\"', 'Mon', 7000000, 'failed', 2, 3000000, 'TimedOut', 'a.example', 77, 6000000)"
    )
    for number, uid in enumerate(("1", "2"), 1):
        db.execute(
            "INSERT INTO status (id, feed_id, section_id, sort_at, is_read, is_saved, uid) VALUES (?, 1, 1, ?, ?, ?, ?)",
            (number, number * 1_000_000, number == 1, number == 2, hash_text(uid)),
        )
        db.execute(
            "INSERT INTO article VALUES (?, ?, 's', 'https://a.example/1', '', 1, '', NULL, ?)",
            (number, f"Title {uid}", b"f" * 16),
        )
        db.execute("INSERT INTO body VALUES (?, ?, NULL, '', '')", (number, b""))
        db.execute("INSERT INTO words_0000 (rowid, words) VALUES (?, 'zucchini')", (number,))
    db.execute("UPDATE era SET articles = 2")


@pytest.fixture
def first(paths: Paths) -> Paths:
    make_first_version(paths)
    return paths


def test_a_store_of_the_first_version_keeps_everything(first: Paths, new_desk: Callable[[], Any]) -> None:
    desk = new_desk()  # for its clock and its drafts
    db = database.open_writing(*first)

    def read(selection: Selection) -> list[tuple[str, bool, bool]]:
        page = articles.read_rows(db, selection, None, 10, desk.now)
        return [(row.title, row.is_read, row.is_saved) for row in page.rows]

    both = [("Title 2", False, True), ("Title 1", True, False)]
    assert read(Selection(Listing.ALL)) == both
    assert read(Selection(Listing.SEARCH, query="zucchini")) == both
    plan = fetching.read_plan(db, 1)
    assert plan is not None
    assert (plan.etag, plan.last_modified, plan.rule, plan.failures, plan.bytes_saved) == (
        'W/"1"',
        "Mon",
        "failed",
        2,
        77,
    )
    assert (plan.final_address, plan.user_agent, plan.signs_in, plan.body_size, plan.elapsed) == (
        "",
        "",
        "",
        0,
        0,
    )
    assert articles.put_drafts(db, 1, [desk.make("3")], desk.now).added
    assert soundness.look_through(db) == ()
    db.close()


def test_the_migrated_store_has_the_tables_of_a_new_one(first: Paths, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    old = database.open_writing(*first)
    new = database.open_writing(tmp_path / "new" / "news.db", tmp_path / "new" / "pictures.db")
    for name in ("main", "pictures"):
        shape = f"SELECT type, name, sql FROM {name}.sqlite_schema ORDER BY 1, 2"
        assert old.execute(shape).fetchall() == new.execute(shape).fetchall()
    old.close()
    new.close()


def test_the_first_version_is_kept_beside_the_store(first: Paths) -> None:
    database.open_writing(*first).close()
    for path in first:
        copy = sqlite3.connect(path.with_name(f"{path.name}.version-1"))
        assert copy.execute("PRAGMA user_version").fetchone()[0] == 1
        copy.close()
    copy = sqlite3.connect(first[0].with_name("news.db.version-1"))
    assert copy.execute("SELECT id, title FROM article ORDER BY id").fetchall() == [
        (1, "Title 1"),
        (2, "Title 2"),
    ]
    copy.close()


def test_a_step_that_fails_halfway_leaves_the_old_store_as_it_was(
    first: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(db: sqlite3.Connection) -> None:
        migrations.m02_news(db)
        db.execute("DELETE FROM article")
        raise ZeroDivisionError

    monkeypatch.setattr(migrations, "NEWS_STEPS", (migrations.m01_news, break_off))
    with pytest.raises(ZeroDivisionError):
        database.open_writing(*first)
    db = sqlite3.connect(first[0])
    assert db.execute("PRAGMA user_version").fetchone()[0] == 1
    assert db.execute("SELECT count(*) FROM article").fetchone()[0] == 2
    assert "final_address" not in {row[1] for row in db.execute("PRAGMA table_info(fetch_state)")}
    db.close()
    monkeypatch.undo()
    db = database.open_writing(*first)
    assert db.execute("SELECT count(*) FROM visit").fetchone()[0] == 0
    assert db.execute("SELECT count(*) FROM article").fetchone()[0] == 2
    db.close()
