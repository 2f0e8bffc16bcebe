"""A refresh that is cut short: no network, hosts that hang, the person's wish, a full store."""

from __future__ import annotations

import asyncio
import errno
import socket

import httpx
import pytest
from press import Press, answer, conditional, fail, make_feed

from reader.engine import record, round
from reader.engine.events import ConnectionChanged, RefreshProgressed, StoreFailed
from reader.engine.slots import Slots
from reader.errors import StoreFull
from reader.store import feeds, fetching

COURIER = "https://courier.example/feed"


def test_without_a_network_nothing_is_marked_as_failed(press: Press):
    ids = [press.add(f"https://h{i}.example/feed") for i in range(20)]
    for i in range(20):
        press.servers[f"h{i}.example"] = fail(socket.gaierror(socket.EAI_AGAIN, "later"))
    outcome = press.refresh()
    assert outcome.offline
    assert outcome.failed == 0
    assert ConnectionChanged(False) in press.events
    assert not press.progress[-1].active
    assert all(press.plan(feed).last_checked_at is None and press.plan(feed).failures == 0 for feed in ids)

    for i in range(20):
        press.servers[f"h{i}.example"] = answer(make_feed(f"n{i}"))
    assert press.refresh().added == 20
    assert ConnectionChanged(True) in press.events


def test_a_host_that_does_not_exist_among_others_is_its_own_fault(press: Press):
    lost = [press.add(f"https://lost{i}.example/feed") for i in range(2)]
    for i in range(2):
        press.servers[f"lost{i}.example"] = fail(socket.gaierror(socket.EAI_NONAME, "no"))
    press.add(COURIER, answer(make_feed("one")))
    outcome = press.refresh()
    assert (outcome.failed, outcome.offline) == (2, False)
    assert {press.plan(feed).failure_kind for feed in lost} == {"HostNotFound"}


def test_a_single_host_that_is_not_found_is_told_from_a_lost_network_by_the_route(press: Press):
    feed = press.add(COURIER, fail(socket.gaierror(socket.EAI_NONAME, "no")))
    press.has_route = False
    assert press.refresh().offline
    assert press.plan(feed).failures == 0
    press.has_route = True
    assert press.refresh().failed == 1
    assert press.plan(feed).failure_kind == "HostNotFound"


def test_three_hosts_that_do_not_exist_end_no_refresh_in_which_others_may_still_answer(press: Press):
    async def respond(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0.02)
        return httpx.Response(200, content=make_feed("late"))

    for i in range(4):
        press.add(f"https://lost{i}.example/feed", fail(socket.gaierror(socket.EAI_NONAME, "no")))
    press.add(COURIER, respond)
    outcome = press.refresh()
    assert (outcome.added, outcome.failed, outcome.offline) == (1, 4, False)


def test_when_nobody_at_all_can_be_reached_nothing_is_marked_as_failed(press: Press):
    refused = ConnectionRefusedError(
        errno.ECONNREFUSED, "refused"
    )  # as a proxy that is down says of everybody
    ids = [press.add(f"https://h{i}.example/feed", fail(refused)) for i in range(5)]
    assert press.refresh().offline
    assert all(press.plan(feed).failures == 0 for feed in ids)


def test_a_server_of_this_machine_that_is_gone_leaves_its_many_feeds_as_they_were(press: Press):
    refused = ConnectionRefusedError(errno.ECONNREFUSED, "refused")
    for i in range(3):
        press.add(f"http://127.0.0.1:8080/{i}", fail(refused))
    assert press.refresh().offline


def test_one_host_that_refuses_is_its_own_fault(press: Press):
    refused = ConnectionRefusedError(errno.ECONNREFUSED, "refused")
    feeds = [press.add(f"https://h.example/{i}", fail(refused)) for i in range(3)]
    outcome = press.refresh()
    assert (outcome.failed, outcome.offline) == (3, False)
    assert press.plan(feeds[0]).failure_kind == "ConnectionFailed"


def test_cancelling_stops_at_once_and_keeps_what_is_stored(press: Press):
    async def hang(request: httpx.Request) -> httpx.Response:
        if request.url.host == "h0.example":
            return httpx.Response(200, content=make_feed("one"))
        await asyncio.sleep(3600)
        raise AssertionError

    for i in range(30):
        press.add(f"https://h{i}.example/feed")
        press.servers[f"h{i}.example"] = hang

    async def run() -> float:
        task = asyncio.ensure_future(press.refresher.refresh())
        async with asyncio.timeout(10):
            while not press.changes:
                await asyncio.sleep(0.005)
        began = asyncio.get_running_loop().time()
        press.refresher.cancel()
        outcome = await task
        assert outcome.cancelled
        return asyncio.get_running_loop().time() - began

    assert asyncio.run(run()) < 0.2
    assert press.titles() == ["one"]
    last = press.progress[-1]
    assert (last.active, last.cancelled, last.failed) == (False, True, 0)
    assert press.refresh(press.add(COURIER, answer(make_feed("two")))).added == 1


def test_hosts_that_hang_do_not_hold_up_the_rest(press: Press, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(round, "Slots", lambda: Slots(at_once=2, patience=0.02))

    async def hang(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(3600)
        raise AssertionError

    for i in range(5):
        press.add(f"https://dead{i}.example/feed", hang)
    for i in range(10):
        press.add(f"https://h{i}.example/feed", answer(make_feed(f"n{i}")))

    async def run() -> None:
        task = asyncio.ensure_future(press.refresher.refresh())
        async with asyncio.timeout(10):
            while sum(len(event.changes.added) for event in press.changes) < 10:
                await asyncio.sleep(0.005)
        press.refresher.cancel()
        await task

    asyncio.run(run())


def test_a_store_that_is_full_ends_the_refresh_with_its_error(press: Press, monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise StoreFull

    press.add(COURIER, answer(make_feed("one")))
    monkeypatch.setattr(fetching, "note_answer", full)
    with pytest.raises(StoreFull):
        press.refresh()
    failed, ended = press.events[-2:]
    assert isinstance(failed, StoreFailed)
    assert isinstance(ended, RefreshProgressed)
    assert not ended.active


def test_validators_are_not_kept_when_the_articles_could_not_be_stored(
    press: Press, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise StoreFull

    feed = press.add(COURIER, conditional(make_feed("one")))
    with monkeypatch.context() as patch:
        patch.setattr(record.articles, "put_documents", full)
        with pytest.raises(StoreFull):
            press.refresh()
    assert press.plan(feed).etag == ""
    assert press.refresh().added == 1


def test_a_feed_removed_while_it_was_fetched_is_no_error(press: Press):
    def respond(request: httpx.Request) -> httpx.Response:
        press.writer.put(lambda db: feeds.remove_feed(db, feed))
        return httpx.Response(200, content=make_feed("one"))

    feed = press.add(COURIER, respond)
    press.refresh()
    press.writer.close()
