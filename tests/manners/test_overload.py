"""A host that asks to be left alone: rule 23, and one that asks for a browser: rule 30."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reader.store import fetching
from tests.engine.press import make_feed
from tests.manners.desk import NEWS, Desk
from tests.wire import Asked, Reply, conditional, redirect, reply

DAY = 24 * 3600
HINTS: list[tuple[str | None, int]] = [  # Retry-After, seconds of rest
    ("120", 120),
    ("7200", 7200),
    (" 7200 ", 7200),
    ("Mon, 05 Jan 2026 10:30:00 GMT", 1800),
    ("Monday, 05-Jan-26 10:30:00 GMT", 1800),
    ("Mon Jan  5 10:30:00 2026", 1800),
    ("99999999", 7 * DAY),
    ("Sun, 05 Jan 2036 10:30:00 GMT", 7 * DAY),
    ("0", 900),
    ("-1", 900),
    ("1.5", 900),
    ("soon", 900),
    ("Mon, 05 Jan 2026 09:59:59 GMT", 900),
    ("Mon, 35 Jan 2026 10:30:00 GMT", 900),
    (None, 900),
]


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(("hint", "seconds"), HINTS)
def test_the_host_rests_as_long_as_it_asks(desk: Desk, status: int, hint: str | None, seconds: int):
    fields = [] if hint is None else [("Retry-After", hint)]
    feed = desk.subscribe(NEWS, reply(b"", status, *fields), conditional(make_feed("one")))
    desk.refresh()
    pauses = desk.do(lambda db: fetching.read_pauses(db, desk.now))
    assert pauses == {"news.example": desk.now + timedelta(seconds=seconds)}
    wait = (desk.plan(feed).not_before - desk.now).total_seconds()
    assert seconds <= wait <= 1.1 * seconds
    desk.restart()
    desk.wait(seconds=seconds - 1)
    assert desk.ask() == desk.ask(feed) == desk.ask(by_hand=False) == []
    desk.wait(seconds=0.1 * seconds + 5 * 60)
    assert len(desk.ask(by_hand=False)) == 1


def test_a_host_that_names_no_time_rests_twice_as_long_each_time_up_to_a_day(desk: Desk):
    feed = desk.subscribe(NEWS, reply(status=429))
    waits = []
    for _ in range(10):
        desk.refresh(by_hand=False)
        wait = desk.plan(feed).not_before - desk.now
        waits.append(wait.total_seconds() / 60)
        desk.wait(seconds=wait.total_seconds())
    expected = [15, 30, 60, 120, 240, 480, 960, 1440, 1440, 1440]
    assert len(desk.wire.log) == 10
    assert all(e <= minutes <= 1.1 * e for e, minutes in zip(expected, waits, strict=True))


@pytest.mark.parametrize("status", [429, 503])
def test_one_such_answer_drops_the_hosts_queue_and_nobody_elses(desk: Desk, status: int):
    for number in range(5):
        desk.subscribe(f"news.example/{number}", reply(b"", status, Retry_After="7200"))
        desk.subscribe(f"other.example/{number}", conditional(make_feed(str(number))))
    outcome = desk.refresh()
    assert len(desk.wire.asked_for("news.example")) == 1
    assert len(desk.wire.asked_for("other.example")) == 5
    assert (outcome.failed, outcome.spared, outcome.done) == (1, 4, 6)
    desk.restart()
    desk.wire.serve("news.example", conditional(make_feed("one")))
    for number in range(5):
        desk.wire.serve(f"news.example/{number}", conditional(make_feed("one")))
    desk.live(hours=1.9)
    assert len(desk.wire.asked_for("news.example")) == 1
    desk.live(hours=1)
    assert len(desk.wire.asked_for("news.example")) == 6
    assert desk.titles() == ["0", "1", "2", "3", "4"] + ["one"] * 5


def test_a_longer_rest_is_not_made_shorter(desk: Desk):
    desk.do(lambda db: fetching.pause_host(db, "news.example", desk.now + timedelta(days=2)))
    feed = desk.subscribe(NEWS, reply(status=429, Retry_After="60"))
    assert desk.ask() == []
    desk.wait(days=1)
    assert desk.ask(feed) == []


def test_other_failures_leave_the_host_to_its_other_feeds(desk: Desk):
    for number, status in enumerate((500, 404, 403, 401, 410, 502, 504)):
        desk.subscribe(f"news.example/{number}", reply(status=status))
    desk.subscribe(NEWS, conditional(make_feed("one")))
    desk.refresh()
    assert len(desk.wire.log) == 8
    assert desk.titles() == ["one"]


@pytest.mark.parametrize("status", [403, 503, 429])
def test_a_browser_check_is_said_and_left_alone_for_a_day(desk: Desk, status: int):
    def challenge(asked: Asked) -> Reply:
        return reply(b"<!doctype html>Just a moment", status, ("cf-mitigated", "challenge"))

    feed = desk.subscribe(NEWS, conditional(make_feed("one")))
    desk.refresh()
    desk.wire.serve(NEWS, challenge)
    desk.wait(hours=2)
    desk.refresh()
    plan = desk.plan(feed)
    assert (plan.failure_kind, plan.rule, plan.etag) == ("BrowserCheck", "browser-check", '"1"')
    assert timedelta(hours=24) <= plan.not_before - desk.now <= timedelta(hours=26.4)
    assert len(desk.live(hours=23.9)) == 0
    assert len(desk.live(days=5)) in (4, 5)


def test_a_browser_check_may_ask_for_more_than_a_day(desk: Desk):
    fields = [("cf-mitigated", "challenge"), ("Retry-After", str(3 * DAY))]
    feed = desk.subscribe(NEWS, reply(b"", 503, *fields))
    desk.refresh()
    assert timedelta(days=3) <= desk.plan(feed).not_before - desk.now <= timedelta(days=3.3)


def test_a_host_that_others_point_to_rests_too(desk: Desk):
    """The one that said "too many" is left alone, also by those who know its own address."""
    busy = desk.wire.serve("busy.example/feed", reply(status=429, Retry_After="7200"))
    desk.subscribe(NEWS, redirect(302, busy))
    desk.refresh()
    desk.subscribe("busy.example/second", conditional(make_feed("second")))
    desk.restart()
    assert desk.live(hours=1.9) == []
    pauses = desk.do(lambda db: fetching.read_pauses(db, desk.now - timedelta(hours=1)))
    assert "busy.example" in pauses
    desk.live(hours=1)
    assert desk.titles() == ["second"]


def test_a_redirection_does_not_lead_to_a_host_that_rests(desk: Desk):
    """Ten blogs are asked beside each other; the host they all lead to says "too many" once."""
    desk.wire.serve("feeds.example", reply(status=429, Retry_After="7200"))
    feeds = []
    for number in range(10):
        served = desk.wire.address(f"feeds.example/{number}")
        feeds.append(desk.subscribe(f"blog{number}.example/feed", redirect(302, served)))
    desk.refresh()
    assert len(desk.wire.asked_for("feeds.example")) == 1
    waits = [desk.plan(feed).not_before - desk.now for feed in feeds]
    assert all(timedelta(hours=2) <= wait <= timedelta(hours=2.3) for wait in waits)
    desk.wire.serve("feeds.example", conditional(make_feed("one")))
    desk.live(hours=1.9)
    assert len(desk.wire.asked_for("feeds.example")) == 1
    desk.live(hours=1)
    assert len(desk.wire.asked_for("feeds.example")) == 11


def test_many_feeds_behind_one_host_cost_it_one_request_when_it_has_enough(desk: Desk):
    """Blogs whose feeds are served elsewhere: the first "too many" is heard for all of them."""
    for number in range(12):
        served = desk.wire.serve(f"feeds.example/{number}", conditional(make_feed(str(number))))
        desk.subscribe(f"blog{number}.example/feed", redirect(302, served))
    desk.refresh()
    assert len(desk.titles()) == 12
    for number in range(12):
        desk.wire.serve(f"feeds.example/{number}", reply(status=429, Retry_After="7200"))
    desk.wait(hours=6)
    desk.refresh(desk.add(desk.wire.address("feeds.example/0")))  # one hears it; nobody else asks
    before = len(desk.wire.asked_for("feeds.example"))
    assert before == 13
    assert desk.refresh().spared == 13
    desk.restart()
    assert desk.live(hours=1.9) == []
    for number in range(12):
        desk.wire.serve(f"feeds.example/{number}", conditional(make_feed(str(number))))
    desk.live(hours=1)
    assert len(desk.wire.asked_for("feeds.example")) == before + 13
