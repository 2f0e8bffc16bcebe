"""Answers that are no news: rules 26 to 29."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from reader.engine.decide import NEVER
from reader.fetch import client as client_module
from reader.model import FeedId
from tests.engine.press import Press, answer, make_feed
from tests.manners.desk import NEWS, Desk
from tests.wire import HANG, HANG_UP, Answering, Reply, conditional, redirect, reply

PAGE = b"<!doctype html><title>Courier</title><p>Not a feed"
FAILURES: dict[str, list[Answering]] = {
    "403": [reply(status=403)],
    "404": [reply(status=404)],
    "451": [reply(status=451)],
    "418": [reply(status=418)],
    "500": [reply(status=500)],
    "502": [reply(status=502)],
    "504": [reply(status=504)],
    "599": [reply(status=599)],
    "hang-up": [HANG_UP],
    "no HTTP": [Reply(b"220 smtp.example ready\r\n", "close")],
    "html": [reply(PAGE, ETag='"page"', Last_Modified="now", Content_Type="application/rss+xml")],
    "empty": [reply(b"", ETag='"page"')],
    "picture": [reply(b"\x89PNG\r\n\x1a\n" + b"\0" * 99, ETag='"page"')],
    "broken": [reply(b"<rss><channel><<<", ETag='"page"')],
    "entities": [reply(b'<!DOCTYPE rss [<!ENTITY a "&b;">]><rss>&a;</rss>', ETag='"page"')],
    "loop": [redirect(302, "/feed")],
    "nowhere": [redirect(302, "http://nowhere.example/feed")],
    "other scheme": [redirect(302, "ftp://news.example/feed")],
}


def measure_back_off(desk: Desk, feed: FeedId, days: float) -> list[float]:
    """Hours between two visits that nobody asked for, over so many days."""
    times = []
    end = desk.now + timedelta(days=days)
    while desk.now < end:
        desk.refresh(feed, by_hand=False)
        times.append(desk.now)
        at = desk.plan(feed).not_before
        if len(times) == 4:
            desk.wait(seconds=(at - desk.now).total_seconds() - 1)
            desk.restart()  # what was learnt of failures is not forgotten
            assert desk.refresh(by_hand=False).done == 0
        desk.wait(seconds=(at - desk.now).total_seconds())
    return [(b - a).total_seconds() / 3600 for a, b in itertools.pairwise(times)]


@pytest.mark.parametrize("failure", ["403", "404", "451", "500", "hang-up", "html"])
def test_failures_are_asked_again_ever_more_seldom_over_a_month_and_never_given_up(desk: Desk, failure: str):
    feed = desk.subscribe(NEWS, reply(make_feed("one"), ETag='"1"', Last_Modified="noon"))
    desk.refresh()
    desk.wire.serve(NEWS, *FAILURES[failure])
    desk.wait(days=1)
    hours = measure_back_off(desk, feed, days=30)
    first = [1, 2, 4, 8, 16]
    assert all(e <= h <= 1.1 * e + 0.01 for e, h in zip(first, hours, strict=False))
    daily = [h for h in hours[5:] if h < 100]
    weekly = hours[5 + len(daily) :]
    assert all(24 <= h <= 26.5 for h in daily)
    assert 11 <= len(daily) <= 13
    assert len(weekly) >= 2
    assert all(168 <= h <= 185 for h in weekly)
    assert desk.plan(feed).failures == len(hours) + 1
    check_nothing_is_lost(desk, feed)


@pytest.mark.parametrize("failure", FAILURES)
def test_whatever_goes_wrong_is_asked_again_after_one_two_and_four_hours_and_costs_nothing(
    desk: Desk, failure: str
):
    feed = desk.subscribe(NEWS, reply(make_feed("one"), ETag='"1"', Last_Modified="noon"))
    desk.refresh()
    desk.wire.serve(NEWS, *FAILURES[failure])
    desk.wait(days=1)
    hours = measure_back_off(desk, feed, days=0.2)
    assert all(e <= h <= 1.1 * e + 0.01 for e, h in zip([1, 2, 4], hours, strict=False))
    assert len(hours) >= 2
    check_nothing_is_lost(desk, feed)


def check_nothing_is_lost(desk: Desk, feed: FeedId) -> None:
    plan = desk.plan(feed)
    assert (plan.etag, plan.last_modified, plan.is_gone) == ('"1"', "noon", False)
    assert plan.failure_kind
    assert desk.titles() == ["one"]


def test_a_success_ends_the_back_off(desk: Desk):
    feed = desk.subscribe(NEWS, *[reply(status=500)] * 6, conditional(make_feed("one")), reply(status=500))
    for _ in range(6):
        desk.ask(feed)
        desk.wait(days=2)
    assert desk.plan(feed).failures == 6
    desk.ask(feed)
    plan = desk.plan(feed)
    assert (plan.failures, plan.failed_since, plan.failure_kind) == (0, None, "")
    assert plan.not_before <= desk.now + timedelta(hours=1.1)
    desk.ask_later(days=2)
    assert desk.plan(feed).not_before <= desk.now + timedelta(hours=1.1)  # from the beginning


def test_not_modified_is_a_success_too(desk: Desk):
    feed = desk.subscribe(NEWS, reply(make_feed("one"), ETag='"1"'), reply(status=500), reply(status=304))
    desk.refresh()
    desk.ask_later(days=1)
    assert desk.plan(feed).failures == 1
    desk.ask_later(days=1)
    assert (desk.plan(feed).failures, desk.plan(feed).failure_kind) == (0, "")


def test_what_is_gone_is_not_polled_and_keeps_its_articles(desk: Desk):
    feed = desk.subscribe(NEWS, conditional(make_feed("one")))
    desk.refresh()
    desk.wire.serve(NEWS, reply(status=410))
    desk.ask_later(days=1)
    plan = desk.plan(feed)
    assert (plan.is_gone, plan.not_before, plan.rule) == (True, NEVER, "gone")
    desk.restart()
    assert desk.live(days=60) == []
    assert desk.ask() == []
    assert desk.titles() == ["one"]
    desk.wire.serve(NEWS, conditional(make_feed("two"), '"2"'))
    assert len(desk.ask(feed)) == 1  # only the person's own wish for this very feed
    assert not desk.plan(feed).is_gone
    assert desk.titles() == ["one", "two"]


def test_a_feed_that_wants_a_password_waits_for_one(desk: Desk):
    feed = desk.subscribe(NEWS, reply(b"", 401, ("WWW-Authenticate", 'Basic realm="News"')))
    desk.refresh()
    assert (desk.plan(feed).not_before, desk.plan(feed).rule) == (NEVER, "credentials")
    desk.restart()
    assert desk.live(days=30) == []
    assert desk.ask() == []


def test_a_certificate_that_does_not_hold_is_said_and_never_overlooked(press: Press):
    """The name of the fault is kept, nothing is asked again without encryption."""
    import ssl

    import httpx

    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("failed") from ssl.SSLCertVerificationError("certificate verify failed")

    feed = press.add("https://courier.example/feed", refuse)
    press.servers["http://courier.example/feed"] = answer(make_feed("one"))
    press.add("https://other.example/feed", answer(make_feed("other")))
    for _ in range(3):
        press.refresh()
        assert {request.url.scheme for request in press.log} == {"https"}
        press.wait(days=1)
    assert press.plan(feed).failure_kind in ("TlsFailed", "CertificateUntrusted")
    assert press.plan(feed).rule == "back-off"


def test_a_host_that_falls_silent_backs_off_too(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(client_module, "TOTAL_SECONDS", 0.05)
    feed = desk.subscribe(NEWS, HANG)
    desk.refresh()
    plan = desk.plan(feed)
    assert (plan.failure_kind, plan.rule, plan.failures) == ("TimedOut", "back-off", 1)
