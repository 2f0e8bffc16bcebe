"""The refresh as a whole: scripted servers, a real store, a clock that is set."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx
import pytest
from press import Press, answer, conditional, fail, make_feed

from reader.engine.decide import NEVER

COURIER = "https://courier.example/feed"


def test_new_articles_are_stored_and_told(press: Press):
    feed = press.add(COURIER, conditional(make_feed("one", "two")))
    outcome = press.refresh()
    assert (outcome.done, outcome.added, outcome.failed) == (1, 2, 0)
    assert press.titles() == ["one", "two"]
    changes = press.changes[-1].changes
    assert len(changes.added) == 2
    assert changes.feeds == (feed,)
    assert changes.counts is not None
    assert changes.counts.unread == 2
    last = press.progress[-1]
    assert (last.done, last.total, last.added, last.active) == (1, 1, 2, False)
    assert press.events[-1] is last


def test_validators_are_kept_as_a_pair_and_sent_back_after_a_restart(press: Press):
    feed = press.add(COURIER, conditional(make_feed("one"), 'W/"x"', last_modified="some day"))
    press.refresh()
    press.restart()
    press.wait(hours=2)
    outcome = press.refresh()
    assert press.log[0].headers["if-none-match"] == 'W/"x"'
    assert press.log[0].headers["if-modified-since"] == "some day"
    assert outcome.unchanged == 1
    assert press.worker.log == ["digest_feed"]  # once, for the first refresh
    assert press.plan(feed).last_status == 304


def test_an_answer_without_a_validator_clears_the_one_that_was_kept(press: Press):
    feed = press.add(COURIER, answer(make_feed("one"), etag='"1"', last_modified="some day"))
    press.refresh()
    press.servers[COURIER] = answer(make_feed("two"), etag='"2"')
    press.wait(hours=2)
    press.refresh()
    assert (press.plan(feed).etag, press.plan(feed).last_modified) == ('"2"', "")


def test_not_modified_may_bring_a_new_validator(press: Press):
    feed = press.add(COURIER, answer(make_feed("one"), etag='"1"', last_modified="some day"))
    press.refresh()
    press.servers[COURIER] = answer(status=304, etag='"2"')
    press.wait(hours=2)
    press.refresh()
    assert (press.plan(feed).etag, press.plan(feed).last_modified) == ('"2"', "some day")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_validators_survive_an_error_between(press: Press, status: int):
    press.add(COURIER, answer(make_feed("one"), etag='"1"'))
    press.refresh()
    press.servers[COURIER] = answer(status=status)
    press.wait(hours=2)
    press.refresh()
    press.restart()
    press.wait(days=2)
    press.refresh()
    assert press.log[0].headers["if-none-match"] == '"1"'


def test_the_same_bytes_are_not_parsed_again(press: Press):
    feed = press.add(COURIER, answer(make_feed("one")))
    press.refresh()
    press.wait(days=2)
    outcome = press.refresh()
    assert outcome.unchanged == 1
    assert press.worker.log == ["digest_feed"]
    assert press.plan(feed).failures == 0


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<!doctype html><title>Login</title><p>Please log in.", "NotAFeed"),
        (b"", "EmptyDocument"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "NotAFeed"),
    ],
)
def test_something_else_in_place_of_a_feed_changes_nothing_but_the_failure(
    press: Press, body: bytes, kind: str
):
    feed = press.add(COURIER, answer(make_feed("one"), etag='"1"'))
    press.refresh()
    press.servers[COURIER] = answer(body, etag='"2"')
    press.wait(hours=2)
    outcome = press.refresh()
    plan = press.plan(feed)
    assert outcome.failed == 1
    assert press.titles() == ["one"]
    assert (plan.failure_kind, plan.failures, plan.etag) == (kind, 1, '"1"')
    assert press.changes[-1].changes.feeds == (feed,)


def test_a_failure_is_told_with_its_reason_and_a_success_ends_it(press: Press):
    feed = press.add(COURIER, answer(status=404))
    for failures in (1, 2):
        press.refresh(feed)
        assert (press.plan(feed).failure_detail, press.plan(feed).failures) == ("404", failures)
        press.wait(hours=1)
    press.servers[COURIER] = answer(make_feed("one"))
    press.refresh(feed)
    assert (press.plan(feed).failure_kind, press.plan(feed).failures) == ("", 0)


def test_one_feed_that_fails_does_not_disturb_the_others(press: Press):
    press.add(COURIER, fail(ConnectionRefusedError()))
    press.add("https://times.example/feed", answer(make_feed("one")))
    outcome = press.refresh()
    assert (outcome.done, outcome.failed, outcome.added) == (2, 1, 1)


def test_a_host_is_asked_one_thing_at_a_time_and_hosts_beside_each_other(press: Press):
    under_way: list[str] = []
    most: dict[str, int] = {}

    async def respond(request: httpx.Request) -> httpx.Response:
        host = request.url.host
        under_way.append(host)
        most[host] = max(most.get(host, 0), under_way.count(host))
        most["all"] = max(most.get("all", 0), len(under_way))
        for _ in range(5):
            await asyncio.sleep(0)
        under_way.remove(host)
        return httpx.Response(200, content=make_feed(request.url.path[1:]))

    for host in ("a.example", "b.example", "c.example"):
        press.servers[host] = respond
        for number in range(4):
            press.add(f"https://{host}/{number}")
    began = press.seconds
    assert press.refresh().done == 12
    assert (most["a.example"], most["b.example"], most["c.example"]) == (1, 1, 1)
    assert most["all"] > 1
    assert press.seconds - began >= 3  # a second between two requests to one host


def test_a_host_that_is_overloaded_is_left_alone_and_its_queue_dropped(press: Press):
    ids = [press.add(f"https://busy.example/{i}") for i in range(3)]
    press.servers["busy.example"] = answer(status=429, retry_after="7200")
    outcome = press.refresh()
    assert len(press.log) == 1
    assert (outcome.failed, outcome.spared, press.progress[-1].total) == (1, 2, 1)
    assert press.plan(ids[0]).not_before >= press.now + timedelta(hours=2)

    press.restart()  # the pause is remembered
    press.servers["busy.example"] = answer(make_feed("one"))
    press.wait(hours=1)
    assert press.refresh().spared == 3
    assert not press.log
    press.wait(hours=1, minutes=1)
    assert press.refresh().done == 3


def test_a_retry_after_as_a_date_is_kept_too(press: Press):
    feed = press.add(COURIER, answer(status=503, retry_after="Mon, 05 Jan 2026 13:00:00 GMT"))
    press.refresh()
    wait = press.plan(feed).not_before - press.now
    assert timedelta(hours=3) <= wait <= timedelta(hours=3.3)


def test_what_is_gone_is_not_asked_again_unless_named(press: Press):
    feed = press.add(COURIER, answer(make_feed("one")))
    press.refresh()
    press.servers[COURIER] = answer(status=410)
    press.wait(days=2)
    press.refresh()
    assert press.plan(feed).is_gone
    assert press.titles() == ["one"]
    press.wait(days=60)
    assert press.refresh().done == 0
    assert press.refresh(by_hand=False).done == 0
    press.servers[COURIER] = answer(make_feed("two"))
    assert press.refresh(feed).added == 1
    assert not press.plan(feed).is_gone


def test_a_feed_that_wants_a_password_waits_for_one(press: Press):
    feed = press.add(COURIER, answer(status=401))
    press.refresh()
    assert press.plan(feed).not_before == NEVER
    press.wait(days=60)
    assert press.refresh(by_hand=False).done == 0


@pytest.mark.parametrize("status", [401, 410])
def test_this_machines_own_feeds_too_are_left_alone_when_they_say_so(press: Press, status: int):
    own = "http://127.0.0.1:8000/feed"
    feed = press.add(own, answer(status=status))
    press.add("http://127.0.0.2:8000/feed", answer(make_feed("one")))
    press.refresh()
    press.refresh()
    assert [request.url.host for request in press.log] == ["127.0.0.2"]
    assert press.refresh(feed).failed == 1


def test_only_what_is_due_is_fetched_by_itself(press: Press):
    press.add(COURIER, conditional(make_feed("one"), cache_control="max-age=10800"))
    assert press.refresh(by_hand=False).done == 1
    press.wait(hours=2, minutes=50)
    assert press.refresh(by_hand=False).done == 0
    press.wait(hours=1)
    assert press.refresh(by_hand=False).done == 1


def test_what_the_document_wishes_is_kept_for_not_modified(press: Press):
    press.add(COURIER, conditional(make_feed("one", head="<ttl>600</ttl>")))
    press.refresh()
    for _ in range(3):
        press.restart()
        press.wait(hours=11, minutes=10)
        assert press.refresh(by_hand=False).done == 1
        press.wait(hours=9)
        assert press.refresh(by_hand=False).done == 0
        press.wait(hours=-9)


def test_a_refresh_by_hand_is_conditional_and_not_sooner_than_five_minutes(press: Press):
    press.add(COURIER, conditional(make_feed("one")))
    press.refresh()
    press.wait(minutes=4)
    outcome = press.refresh()
    assert (outcome.done, outcome.spared, len(press.log)) == (0, 1, 0)
    assert press.progress[-1].spared == 1
    press.wait(minutes=2)
    assert press.refresh().unchanged == 1


def test_a_feed_asked_for_twice_at_once_is_fetched_once(press: Press):
    feed = press.add(COURIER, conditional(make_feed("one")))

    async def run() -> list[int]:
        both = await asyncio.gather(press.refresher.refresh(), press.refresher.refresh([feed]))
        return [outcome.done for outcome in both]

    assert asyncio.run(run()) == [1, 1]
    assert len(press.log) == 1


def test_a_permanent_move_is_adopted_on_the_second_day(press: Press):
    feed = press.add(COURIER, answer(status=301, location="https://new.example/feed"))
    press.servers["https://new.example/feed"] = conditional(make_feed("one"))
    press.refresh()
    assert press.plan(feed).moved_to == "https://new.example/feed"
    press.wait(hours=2)
    press.refresh()
    assert press.plan(feed).address == COURIER
    press.wait(days=1)
    press.refresh()
    plan = press.plan(feed)
    assert (plan.address, plan.moved_to) == ("https://new.example/feed", "")
    assert press.titles() == ["one"]
    assert feed in press.changes[-1].changes.feeds


def test_a_temporary_redirection_or_one_to_a_log_in_page_moves_nothing(press: Press):
    feed = press.add(COURIER, answer(status=302, location="https://new.example/feed"))
    press.servers["new.example"] = conditional(make_feed("one"))
    for target in ("https://new.example/feed", "https://new.example/login?next=feed"):
        press.servers[COURIER] = answer(status=302 if target.endswith("feed") else 301, location=target)
        for _ in range(2):
            press.refresh()
            press.wait(days=1)
    assert (press.plan(feed).address, press.plan(feed).moved_to) == (COURIER, "")


def test_not_modified_for_eight_days_against_the_rhythm_is_doubted_once(press: Press):
    items = "".join(
        f"<item><title>t{i}</title><guid>{i}</guid><pubDate>0{i + 1} Jan 2026 00:00:00 GMT</pubDate></item>"
        for i in range(5)
    )
    press.add(COURIER, conditional(make_feed(head=items)))
    press.refresh()
    for day in range(12):
        press.wait(days=1)
        press.refresh()
        asked = "if-none-match" in press.log[0].headers
        assert asked == (day != 7), day
