"""How feeds are doing, as the page about them is told: one row each, the last visits, the traffic."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from reader.errors import HttpFailed, TimedOut
from reader.model import Failure, FeedHealth, Traffic, VisitRecord
from reader.store import feeds, fetching, health, traffic
from reader.store.fetching import FetchNote

Desk = Any


def read(desk: Desk, feed: int) -> FeedHealth:
    (one,) = health.read_health(desk.db, desk.now, feed)
    return one


def visit(desk: Desk, feed: int, added: int = 0, **note: Any) -> None:
    fetching.note_answer(desk.db, feed, FetchNote(**({"at": desk.now, "status": 200} | note)), added)


def test_a_feed_never_asked_says_so(desk: Desk) -> None:
    assert read(desk, desk.gazette) == FeedHealth(
        desk.gazette, desk.news, "News", "gazette.example", "https://gazette.example/feed", "", "", 0
    )


def test_feeds_come_in_display_order_without_those_removed(desk: Desk) -> None:
    feeds.move_feed(desk.db, desk.courier, desk.news, 0)
    feeds.move_section(desk.db, desk.sport, 0)
    order = [one.id for one in health.read_health(desk.db, desk.now)]
    assert order == [desk.ball, desk.courier, desk.gazette]
    feeds.remove_feed(desk.db, desk.courier, desk.now)
    assert [one.id for one in health.read_health(desk.db, desk.now)] == [desk.ball, desk.gazette]
    assert health.read_health(desk.db, desk.now, desk.courier) == ()


def test_what_the_answers_were_and_when_the_next_may_be(desk: Desk) -> None:
    whole, same, bad, later = (desk.now + timedelta(hours=x) for x in (0, 1, 2, 9))
    visit(desk, desk.gazette, at=whole, received=5000, elapsed=0.5, body_size=5000)
    visit(desk, desk.gazette, at=same, status=304, bytes_saved=5000, received=0)
    visit(
        desk,
        desk.gazette,
        at=bad,
        status=503,
        failure=HttpFailed("503"),
        not_before=later,
        rule="retry_after",
        elapsed=1.25,
        received=120,
    )
    one = read(desk, desk.gazette)
    assert (one.status, one.failure) == (503, Failure("HttpFailed", "503", 1, bad))
    assert (one.checked_at, one.succeeded_at, one.changed_at) == (bad, same, whole)
    assert (one.next_at, one.rule, one.elapsed) == (later, "retry_after", 1.25)
    assert (one.requests, one.unchanged, one.received, one.saved) == (3, 1, 5120, 5000)


def test_articles_a_week_are_those_of_the_last_eight(desk: Desk) -> None:
    for day in range(16):
        desk.put_at(desk.gazette, f"{day}", 24 * day + 1)
    desk.put_at(desk.gazette, "before", 24 * 7 * 8 + 1)
    one = read(desk, desk.gazette)
    assert one.per_week == 2.0
    assert one.newest_at == desk.now - timedelta(hours=1)
    assert one.total == 17


def test_articles_a_week_of_a_feed_that_is_known_for_less_are_those_of_its_time(desk: Desk) -> None:
    for hour in range(12):
        desk.put_at(desk.gazette, f"{hour}", hour + 1)
    assert read(desk, desk.gazette).per_week == 12.0
    desk.put_at(desk.courier, "four weeks ago", 24 * 7 * 4)
    desk.put_at(desk.courier, "now", 1)
    assert read(desk, desk.courier).per_week == 0.5


def test_the_usual_gap_is_the_one_in_the_middle(desk: Desk) -> None:
    for place, hours in enumerate((1, 2, 26, 50, 50 + 24 * 30)):
        desk.put_at(desk.gazette, str(place), hours)
    assert read(desk, desk.gazette).usual_gap == 1.0
    desk.put_at(desk.ball, "only", 5)
    assert read(desk, desk.ball).usual_gap == 0.0


def test_a_feed_whose_host_rests_says_until_when(desk: Desk) -> None:
    until = desk.now + timedelta(hours=1)
    feeds.change_address(desk.db, desk.gazette, "https://Gazette.Example:8443/feed")
    fetching.pause_host(desk.db, "gazette.example", until, "429")
    assert read(desk, desk.gazette).paused_until == until
    assert read(desk, desk.courier).paused_until is None
    late = desk.now + timedelta(hours=2)
    assert health.read_health(desk.db, late, desk.gazette)[0].paused_until is None


def test_what_was_set_by_hand_and_what_was_learnt_is_told(desk: Desk) -> None:
    visit(
        desk,
        desk.gazette,
        status=410,
        failure=HttpFailed("410"),
        is_gone=True,
        moved_to="https://new.example/",
    )
    fetching.set_user_agent(desk.db, desk.ball, "Ball/1")
    fetching.set_signs_in(desk.db, desk.ball, "bearer")
    gone, own = read(desk, desk.gazette), read(desk, desk.ball)
    assert (gone.is_gone, gone.moved_to, gone.user_agent, gone.signs_in) == (
        True,
        "https://new.example/",
        "",
        "",
    )
    assert (own.is_gone, own.moved_to, own.user_agent, own.signs_in) == (False, "", "Ball/1", "bearer")


def test_the_last_visits_come_newest_first(desk: Desk) -> None:
    second = desk.now + timedelta(minutes=1)
    visit(desk, desk.gazette, added=7, elapsed=0.25, received=900)
    visit(desk, desk.ball, at=second, status=0, failure=TimedOut("ball.example"), elapsed=30.0)
    good = VisitRecord(desk.now, desk.gazette, 200, None, 0.25, 900, 7)
    bad = VisitRecord(second, desk.ball, 0, Failure("TimedOut", "ball.example"), 30.0, 0, 0)
    assert health.read_visits(desk.db) == (bad, good)
    assert health.read_visits(desk.db, limit=1) == (bad,)
    assert health.read_visits(desk.db, desk.gazette) == (good,)


def test_visits_to_a_removed_feed_are_shown_no_more_and_go_with_it(desk: Desk) -> None:
    visit(desk, desk.gazette)
    feeds.remove_feed(desk.db, desk.gazette, desk.now)
    assert health.read_visits(desk.db) == ()
    feeds.purge_removed(desk.db, desk.now + timedelta(days=31))
    assert desk.db.execute("SELECT count(*) FROM visit").fetchone()[0] == 0


def test_the_log_keeps_the_newest_and_is_trimmed_in_steps(desk: Desk) -> None:
    with desk.db:
        for minute in range(5000):
            visit(desk, desk.gazette, at=desk.now + timedelta(minutes=minute))
    assert health.trim_visits(desk.db, keep=5000) is False
    steps = 1
    while health.trim_visits(desk.db, keep=100):
        steps += 1
    assert steps > 1
    kept = health.read_visits(desk.db, limit=1000)
    assert len(kept) == 100
    assert kept[0].at == desk.now + timedelta(minutes=4999)
    assert health.trim_visits(desk.db, keep=0) is False
    assert health.trim_visits(desk.db) is False


def test_a_days_traffic_is_the_sum_of_what_was_asked_for_that_day(desk: Desk) -> None:
    visit(desk, desk.gazette, received=1000)
    visit(desk, desk.ball, status=304, bytes_saved=700)
    # Eleven in the evening here is the next day further east: a day is the reader's own.
    visit(desk, desk.ball, at=desk.now.replace(hour=23), status=0, failure=TimedOut("x"))
    visit(desk, desk.ball, at=desk.now + timedelta(days=1), received=5)
    traffic.note_requests(desk.db, desk.now, "picture", 10, 4, 99, 11)
    traffic.note_requests(desk.db, desk.now, "picture", 1, 0, 1, 0)
    tomorrow = desk.now + timedelta(days=1)
    both = (
        Traffic("2025-03-11", "feed", 1, 0, 5, 0),
        Traffic("2025-03-10", "feed", 3, 1, 1000, 700),
        Traffic("2025-03-10", "picture", 11, 4, 100, 11),
    )
    assert traffic.read_traffic(desk.db, tomorrow, 2) == both
    assert traffic.read_traffic(desk.db, tomorrow, 1) == both[:1]


def test_traffic_is_kept_four_hundred_days(desk: Desk) -> None:
    traffic.note_requests(desk.db, desk.now, "page", 1, 0, 1, 0)
    traffic.forget_traffic(desk.db, desk.now + timedelta(days=399))
    assert len(traffic.read_traffic(desk.db, desk.now, 1)) == 1
    traffic.forget_traffic(desk.db, desk.now + timedelta(days=400))
    assert traffic.read_traffic(desk.db, desk.now, 1) == ()
