"""What is written down of each visit, a reload by hand, and servers that lie."""

from __future__ import annotations

import itertools

import httpx
import pytest
from press import Press, answer, conditional, hang, make_feed

from reader.store import health

COURIER = "https://courier.example/feed"


def items_of_days(count: int) -> str:
    return "".join(
        f"<item><title>t{i}</title><guid>{i}</guid><pubDate>0{i + 1} Jan 2026 00:00:00 GMT</pubDate></item>"
        for i in range(count)
    )


def test_a_visit_is_written_down_with_its_time_size_and_news(press: Press):
    document = make_feed("one", "two")
    feed = press.add(COURIER, hang(1.5, document))
    press.refresh()
    plan = press.plan(feed)
    assert plan.elapsed == pytest.approx(1.5, abs=0.01)
    assert plan.body_size == len(document)
    (visit,) = press.do(lambda db: health.read_visits(db, feed))
    assert (visit.status, visit.size, visit.added) == (200, len(document), 2)


def test_not_modified_spares_what_the_document_weighed(press: Press):
    document = make_feed("one")
    feed = press.add(COURIER, conditional(document))
    for _ in range(3):
        press.refresh()
        press.wait(days=1)
    (state,) = press.do(lambda db: health.read_health(db, press.now, feed))
    assert (state.requests, state.unchanged) == (3, 2)
    assert (state.received, state.saved) == (len(document), 2 * len(document))


def test_the_address_that_gave_the_validators_is_kept_with_them(press: Press):
    feed = press.add(COURIER, answer(status=302, location="https://cdn.example/feed"))
    press.servers["https://cdn.example/feed"] = conditional(make_feed("one"))
    press.refresh()
    assert press.plan(feed).final_address == "https://cdn.example/feed"
    press.wait(days=1)
    assert press.refresh().unchanged == 1
    assert [("if-none-match" in request.headers) for request in press.log] == [False, True]
    assert press.plan(feed).final_address == "https://cdn.example/feed"


def test_a_reload_asks_once_without_validators_and_at_once(press: Press):
    feed = press.add(COURIER, conditional(make_feed("one")))
    press.refresh()
    press.wait(minutes=1)
    assert press.refresh(feed).spared == 1
    outcome = press.refresh(feed, whole=True)
    assert (outcome.done, outcome.unchanged, outcome.spared) == (1, 0, 0)
    assert "if-none-match" not in press.log[0].headers
    press.wait(hours=1)
    press.refresh(feed)
    assert "if-none-match" in press.log[0].headers


def test_a_reload_reads_the_same_bytes_anew(press: Press):
    feed = press.add(COURIER, answer(make_feed("one")))
    press.refresh()
    press.refresh(feed, whole=True)
    assert press.worker.log == ["digest_feed", "digest_feed"]


def test_a_host_that_rests_is_not_reloaded_either(press: Press):
    feed = press.add(COURIER, answer(status=429, retry_after="7200"))
    press.refresh()
    assert press.refresh(feed, whole=True).spared == 1
    assert not press.log


def test_a_server_that_says_not_modified_whatever_it_is_asked_is_doubted_every_eight_days(press: Press):
    feed = press.add(COURIER, conditional(make_feed(head=items_of_days(5))))
    press.refresh()
    press.servers[COURIER] = answer(status=304)
    unconditional = []
    for day in range(1, 26):
        press.wait(days=1)
        press.restart()
        press.refresh()
        if "if-none-match" not in press.log[0].headers:
            unconditional.append(day)
        assert press.plan(feed).failures == 0
    assert unconditional == [8, 16, 24]


def test_a_doubt_that_is_answered_with_an_error_counts_and_one_without_an_answer_does_not(press: Press):
    feed = press.add(COURIER, conditional(make_feed(head=items_of_days(5))))
    press.refresh()
    press.wait(days=9)
    press.servers[COURIER] = hang(3600)
    press.refresh(feed)
    press.wait(days=1)
    press.servers[COURIER] = answer(status=500)
    press.refresh(feed)
    assert "if-none-match" not in press.log[0].headers
    press.wait(days=1)
    press.servers[COURIER] = conditional(make_feed("new"))
    press.refresh(feed)
    assert press.log[0].headers["if-none-match"] == '"1"'


def test_not_modified_at_the_first_visit_is_no_feed(press: Press):
    feed = press.add(COURIER, answer(status=304))
    press.refresh()
    assert press.plan(feed).failure_kind == "EmptyDocument"


def test_a_host_that_stays_overloaded_rests_longer_each_time_whichever_feed_is_asked(press: Press):
    for i in range(4):
        press.add(f"https://busy.example/{i}")
    asked: list[float] = []

    def overloaded(request: httpx.Request) -> httpx.Response:
        asked.append(press.now.timestamp())
        return httpx.Response(503)

    press.servers["busy.example"] = overloaded
    for _ in range(24 * 60 // 5):
        press.wait(minutes=5)
        press.refresh(by_hand=False)
    rests = [round((b - a) / 60) for a, b in itertools.pairwise(asked)]
    assert rests == [15, 30, 60, 120, 240, 480]


def test_the_host_that_others_lead_to_rests_as_well(press: Press):
    press.servers["burner.example"] = answer(status=429, retry_after="3600")
    press.add(COURIER, answer(status=302, location="https://burner.example/1"))
    direct = press.add("https://burner.example/2")
    press.refresh(press.plan(direct).feed_id - 1)  # type: ignore[arg-type]
    assert press.refresh(direct).spared == 1


def test_what_is_overdue_waits_for_the_hours_its_feed_forbids(press: Press):
    head = "<skipHours><hour>11</hour><hour>12</hour></skipHours>"
    feed = press.add(COURIER, conditional(make_feed("one", head=head)))
    press.refresh()
    press.wait(hours=25, minutes=10)  # 11:10 the next day
    assert press.plan(feed).not_before < press.now
    assert press.refresh(by_hand=False).done == 0
    assert press.refresh().done == 1  # by hand all the same
    press.wait(hours=24)
    assert press.refresh(by_hand=False).done == 0
    press.wait(hours=2)
    assert press.refresh(by_hand=False).done == 1
