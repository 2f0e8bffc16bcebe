"""What a person hears of a feed, once, and of a network that stands in the way: rules 24, 26 and 31."""

from __future__ import annotations

import threading

import pytest

from reader.engine.events import ConnectionChanged
from reader.store import feeds
from tests.engine.press import make_feed
from tests.manners.desk import NEWS, Desk, list_notices
from tests.wire import Asked, Reply, conditional, redirect, reply

NEW = "new.example/feed"
PAGE = reply(b"<!doctype html><title>Welcome</title><p>Please log in", Content_Type="text/html")


def pair(body: bytes) -> Reply:
    return reply(body, ETag='"1"', Last_Modified="noon 1")


def test_a_move_that_is_believed_is_told_once(desk: Desk):
    feed = desk.subscribe(NEWS, redirect(301, desk.wire.serve(NEW, conditional(make_feed("one")))))
    told = []
    for _ in range(5):
        desk.refresh()
        told += list_notices(desk)
        desk.wait(days=1)
    assert told == [(feed, "moved", desk.wire.address(NEW))]


def test_a_move_to_a_feed_that_is_subscribed_makes_one_of_the_two(desk: Desk):
    old = desk.subscribe(NEWS, conditional(make_feed("one", "two")))
    new = desk.subscribe(NEW, conditional(make_feed("two", "three", title="New Courier")))
    desk.refresh()
    desk.wire.serve(NEWS, redirect(301, desk.wire.address(NEW)))
    told = []
    for _ in range(4):
        desk.wait(days=1)
        desk.refresh()
        told += list_notices(desk)
    assert told == [(old, "merged", "New Courier")]
    outline = desk.do(lambda db: feeds.read_outline(db, desk.now))
    assert [feed.id for feed in outline.feeds] == [new]
    assert desk.titles(new) == ["one", "three", "two"]
    assert [asked.place for asked in (desk.ask_later(days=1),)] == [NEW]


def test_what_is_gone_is_told_once(desk: Desk):
    feed = desk.subscribe(NEWS, conditional(make_feed("one")), reply(status=410))
    desk.refresh()
    told = []
    for _ in range(4):
        desk.wait(days=1)
        desk.refresh(feed)
        told += list_notices(desk)
    assert told == [(feed, "gone", "")]


def test_behind_a_log_in_page_nothing_is_marked_and_the_page_is_named(desk: Desk):
    """Every feed answers with the same foreign page: the network wants its user to log in."""
    ids = [desk.subscribe(f"h{n}.example/feed", pair(make_feed(f"t{n}"))) for n in range(5)]
    desk.refresh()
    before = [(desk.plan(x).last_checked_at, desk.plan(x).not_before, desk.plan(x).failures) for x in ids]
    page = desk.wire.serve("wifi.example/login", PAGE)
    for number in range(5):
        desk.wire.serve(f"h{number}.example/feed", redirect(302, page))
    desk.wait(hours=3)
    outcome = desk.refresh()
    assert outcome.offline
    portals = [x for x in desk.events if isinstance(x, ConnectionChanged)]
    assert [(x.online, "wifi.example" in x.portal) for x in portals] == [(False, True)]
    after = [(desk.plan(x).last_checked_at, desk.plan(x).not_before, desk.plan(x).failures) for x in ids]
    assert after == before
    for number in range(5):
        desk.wire.serve(f"h{number}.example/feed", conditional(make_feed(f"t{number}")))
    desk.wait(hours=1)
    assert [x.condition for x in desk.ask()] == [(b'"1"', b"noon 1")] * 5


@pytest.mark.parametrize("status", [404, 410, 429, 500, 503])
def test_a_service_that_many_feeds_lead_to_and_that_is_in_trouble_is_no_log_in_page(desk: Desk, status: int):
    desk.wire.serve("feeds.example", reply(b"<!doctype html>Sorry", status))
    there = desk.wire.address("feeds.example/")
    ids = [desk.subscribe(f"blog{n}.example/feed", redirect(302, f"{there}{n}")) for n in range(6)]
    outcome = desk.refresh()
    assert (outcome.offline, outcome.failed) == (False, 6)
    assert not any(isinstance(x, ConnectionChanged) and not x.online for x in desk.events)
    assert {desk.plan(feed).failure_detail for feed in ids} <= {str(status), "429"}


def test_a_service_that_has_ended_is_no_log_in_page_however_quickly_it_says_so(desk: Desk):
    """Three of thirteen feeds lead to its page, and are the first to be answered."""
    has_ended = threading.Event()

    def end(asked: Asked) -> Reply:
        if asked.target == "/2":
            has_ended.set()
        return PAGE

    def wait(asked: Asked) -> Reply:
        has_ended.wait(5)
        return reply(make_feed(asked.host), ETag='"1"')

    desk.wire.serve("feeds.example", end)
    there = desk.wire.address("feeds.example/")
    ended = [desk.subscribe(f"blog{n}.example/feed", redirect(302, f"{there}{n}")) for n in range(3)]
    for number in range(10):
        desk.subscribe(f"h{number}.example/feed", wait)
    outcome = desk.refresh()
    assert (outcome.offline, outcome.failed, outcome.added) == (False, 3, 10)
    assert {desk.plan(feed).failure_kind for feed in ended} == {"NotAFeed"}


def test_a_network_that_says_itself_that_it_wants_a_log_in_is_believed(desk: Desk):
    feed = desk.subscribe(NEWS, pair(make_feed("one")), reply(b"<html>", 511))
    desk.refresh()
    desk.wait(hours=3)
    desk.refresh()
    assert (desk.plan(feed).etag, desk.plan(feed).moved_to) == ('"1"', "")
    assert desk.plan(feed).failure_kind in ("", "CaptivePortal")
