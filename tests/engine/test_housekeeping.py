"""What the store does when nobody waits for it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from reader.engine.housekeeping import Housekeeping
from reader.engine.threads import WriterThread
from reader.store import database, feeds, fetching, health, sections

NOW = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)


@pytest.fixture
def writer(tmp_path):
    thread = WriterThread(
        lambda: database.open_writing(tmp_path / "news.db", tmp_path / "pictures.db"), database.transaction
    )
    yield thread
    thread.close()


def ask(writer, job):
    """What a job of the writer returns, once everything queued before it is done."""
    ended, answers = threading.Event(), []

    def done(value, error):
        answers.append((value, error))
        ended.set()

    writer.put(job, done, background=True)
    assert ended.wait(10)
    value, error = answers[0]
    assert error is None
    return value


def count_feeds(db):
    return db.execute("SELECT count(*) FROM feed").fetchone()[0]


def unsubscribe(writer, at):
    def job(db):
        section = sections.add_section(db, "World")
        feed = feeds.add_feed(db, f"https://{at:%d}.example/feed", section)
        feeds.remove_feed(db, feed, at)

    ask(writer, job)


def run(writer, now):
    housekeeping = Housekeeping(writer, lambda: now)
    housekeeping.begin()
    while housekeeping._steps is not None:
        ask(writer, lambda db: None)


def test_what_was_unsubscribed_a_month_ago_is_deleted_for_good(writer):
    unsubscribe(writer, NOW - timedelta(days=31))
    unsubscribe(writer, NOW - timedelta(days=33))
    run(writer, NOW)
    assert ask(writer, count_feeds) == 0


def test_what_was_unsubscribed_lately_can_still_come_back(writer):
    unsubscribe(writer, NOW - timedelta(days=29))
    run(writer, NOW)
    assert ask(writer, count_feeds) == 1


def test_a_second_call_while_it_runs_begins_nothing_new(writer):
    unsubscribe(writer, NOW - timedelta(days=31))
    housekeeping = Housekeeping(writer, lambda: NOW)
    for _ in range(5):
        housekeeping.begin()
    while housekeeping._steps is not None:
        ask(writer, lambda db: None)
    assert ask(writer, count_feeds) == 0


def test_only_the_secrets_of_feeds_that_are_gone_for_good_are_forgotten(writer):
    for days in (31, 33, 29):
        unsubscribe(writer, NOW - timedelta(days=days))
    ask(writer, lambda db: [fetching.set_signs_in(db, feed, "basic") for feed in (1, 3)])
    forgotten = []
    housekeeping = Housekeeping(writer, lambda: NOW, forgotten.extend)
    housekeeping.begin()
    while housekeeping._steps is not None:
        ask(writer, lambda db: None)
    assert forgotten == [(1, f"https://{NOW - timedelta(days=31):%d}.example/feed")]


def test_the_log_of_visits_does_not_grow_for_ever(writer, monkeypatch):
    from reader.engine import housekeeping

    ask(writer, lambda db: feeds.add_feed(db, "https://a.example/feed", sections.add_section(db, "World")))
    ask(
        writer,
        lambda db: [fetching.note_answer(db, 1, fetching.FetchNote(at=NOW, status=304)) for _ in range(30)],
    )
    trim = health.trim_visits
    monkeypatch.setattr(housekeeping.health, "trim_visits", lambda db: trim(db, keep=10))
    run(writer, NOW)
    assert len(ask(writer, lambda db: health.read_visits(db, limit=100))) == 10
