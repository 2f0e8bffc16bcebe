"""Opening: new, old, newer, damaged and strangers' files; transactions; errors."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from reader.errors import StoreDamaged, StoreError, StoreFull, StoreTooNew
from reader.store import assets, database, feeds, migrations

Paths = tuple[Path, Path]


def test_a_new_store_is_made_and_opens_again(paths: Paths) -> None:
    db = database.open_writing(*paths)
    section = feeds.add_section(db, "News")
    db.close()
    db = database.open_writing(*paths)
    assert feeds.section_ids(db) == [section]
    assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    db.close()


def test_a_reading_connection_sees_what_was_written_and_cannot_write(paths: Paths) -> None:
    db = database.open_writing(*paths)
    reading = database.open_reading(*paths)
    feeds.add_section(db, "News")
    assert feeds.section_names(reading) == ["News"]
    with pytest.raises(StoreError, match="read-only"):
        feeds.add_section(reading, "Sport")
    reading.close()
    db.close()


def test_reading_before_anything_was_made_says_missing(paths: Paths) -> None:
    with pytest.raises(StoreError, match="missing"):
        database.open_reading(*paths)


@pytest.mark.parametrize("open_it", [database.open_writing, database.open_reading])
def test_a_store_of_a_newer_version_is_refused_with_its_number(paths: Paths, open_it: object) -> None:
    database.open_writing(*paths).close()
    db = sqlite3.connect(paths[0])
    db.execute("PRAGMA user_version = 97")
    db.close()
    before = paths[0].read_bytes()
    with pytest.raises(StoreTooNew) as caught:
        open_it(*paths)  # type: ignore[operator]
    assert caught.value.detail == "97"
    assert paths[0].read_bytes() == before


def test_a_file_that_is_no_database_is_damaged_and_left_alone(paths: Paths) -> None:
    paths[0].write_bytes(b"not a database, by far " * 300)
    with pytest.raises(StoreDamaged):
        database.open_writing(*paths)
    assert paths[0].read_bytes().startswith(b"not a database")


def test_another_programs_database_is_refused(paths: Paths) -> None:
    db = sqlite3.connect(paths[0])
    db.execute("CREATE TABLE theirs (x)")
    db.commit()
    db.close()
    with pytest.raises(StoreDamaged, match="another program"):
        database.open_writing(*paths)


def test_damaged_pictures_are_put_aside_and_begun_anew(paths: Paths) -> None:
    paths[1].write_bytes(b"rubbish " * 1000)
    db = database.open_writing(*paths)
    assert assets.missing(db, ["https://example.com/a.jpg"]) == ["https://example.com/a.jpg"]
    assert paths[1].with_name("pictures.db.damaged").read_bytes().startswith(b"rubbish")
    db.close()


def test_an_older_store_is_copied_and_then_brought_up_to_date(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = database.open_writing(*paths)
    feeds.add_section(db, "News")
    db.close()

    newest = len(migrations.NEWS_STEPS)

    def add_colour(db: sqlite3.Connection) -> None:
        db.execute("ALTER TABLE section ADD COLUMN colour TEXT")

    monkeypatch.setattr(migrations, "NEWS_STEPS", (*migrations.NEWS_STEPS, add_colour))
    db = database.open_writing(*paths)
    assert db.execute("SELECT name, colour FROM section").fetchall() == [("News", None)]
    assert db.execute("PRAGMA user_version").fetchone()[0] == newest + 1
    db.close()
    copy = sqlite3.connect(paths[0].with_name(f"news.db.version-{newest}"))
    assert copy.execute("SELECT name FROM section").fetchall() == [("News",)]
    assert copy.execute("PRAGMA user_version").fetchone()[0] == newest
    copy.close()


def test_a_step_that_leaves_dangling_references_is_taken_back(
    paths: Paths, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.open_writing(*paths).close()

    newest = len(migrations.NEWS_STEPS)

    def break_it(db: sqlite3.Connection) -> None:
        db.execute("INSERT INTO tally (feed_id) VALUES (12345)")

    monkeypatch.setattr(migrations, "NEWS_STEPS", (*migrations.NEWS_STEPS, break_it))
    with pytest.raises(StoreDamaged, match=f"step {newest + 1}"):
        database.open_writing(*paths)
    monkeypatch.undo()
    db = database.open_writing(*paths)
    assert db.execute("SELECT count(*) FROM tally").fetchone()[0] == 0
    db.close()


def test_a_transaction_that_fails_changes_nothing(paths: Paths) -> None:
    db = database.open_writing(*paths)

    def fail() -> None:
        with database.transaction(db):
            feeds.add_section(db, "News")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert feeds.section_names(db) == []
    assert not db.in_transaction
    db.close()


def test_a_full_disk_is_told_as_such_and_nothing_is_half_written(paths: Paths) -> None:
    db = database.open_writing(*paths)
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages + 2}")

    def fill() -> None:
        with database.transaction(db):
            for number in range(1000):
                feeds.add_section(db, f"Section {number} " + "x" * 500)

    with pytest.raises(StoreFull):
        fill()
    assert feeds.section_names(db) == []
    assert not db.in_transaction
    db.close()


def test_a_lock_that_does_not_end_is_told_as_such(paths: Paths) -> None:
    first = database.open_writing(*paths)
    second = database.open_writing(*paths)
    second.execute("PRAGMA busy_timeout = 1")
    with database.transaction(first):
        feeds.add_section(first, "News")
        with pytest.raises(StoreError, match="locked"):
            feeds.add_section(second, "Sport")
    first.close()
    second.close()


def test_the_store_in_memory_has_the_same_tables_as_the_one_on_disk(paths: Paths) -> None:
    on_disk, in_memory = database.open_writing(*paths), database.open_in_memory()
    for schema in ("main", "pictures"):
        names = f"SELECT type, name FROM {schema}.sqlite_schema ORDER BY 1, 2"
        assert on_disk.execute(names).fetchall() == in_memory.execute(names).fetchall()
    on_disk.close()
    in_memory.close()
