"""Hosts that keep silent: the refresh ends without them, and what they say comes behind it."""

from __future__ import annotations

import asyncio
import errno
import random
from collections.abc import Callable, Coroutine
from typing import Any

import httpx
import pytest
from press import Handler, Press, answer, fail, hang, make_feed

from reader.engine.refresh import Outcome
from reader.engine.round import Round
from reader.engine.stragglers import LEAST_SILENCE, Silence
from reader.model import FeedId
from reader.store import fetching


def clock() -> float:
    return asyncio.get_running_loop().time()


async def watch(work: Coroutine[Any, Any, Outcome]) -> tuple[Outcome, float]:
    began = clock()
    return await work, clock() - began


def plant(press: Press, number: int, handler: Callable[[int], Handler]) -> list[FeedId]:
    return [press.add(f"https://h{i}.example/feed", handler(i)) for i in range(number)]


# ---- the arithmetic -------------------------------------------------------------------------


def test_what_is_silent_is_overdue_after_three_seconds_or_longer_than_the_slowest_answer():
    now = [100.0]
    silence = Silence(lambda: now[0])
    for host in ("a", "b", "c"):
        silence.expect(host)
        silence.begin(host)
    assert silence.hanging == 3
    now[0] = 101.0
    silence.end("a", 1.0)
    assert (silence.hanging, silence.overdue_at()) == (2, 100 + LEAST_SILENCE)
    now[0] = 110.0
    silence.end("b", 10.0)
    assert 110 < silence.overdue_at() <= 112.5


def test_feeds_behind_one_that_hangs_are_overdue_with_it():
    silence = Silence(lambda: 0.0)
    silence.expect("a", 3)
    silence.begin("a")
    assert silence.hanging == 3
    silence.expect("a")
    assert silence.hanging == 4
    silence.end("a", None)  # between two requests nobody is overdue
    assert silence.hanging == 0
    silence.begin("a")
    silence.drop("a", 2)
    assert silence.hanging == 1


# ---- a refresh ------------------------------------------------------------------------------


def test_a_refresh_ends_without_those_that_hang_and_says_how_many(press: Press):
    plant(press, 10, lambda i: answer(make_feed(f"n{i}")))
    press.add("https://dead.example/1", hang(50))
    press.add("https://dead.example/2", hang(50))
    outcome, seconds = press.run(watch(press.refresher.refresh()))
    assert (outcome.done, outcome.failed, outcome.waiting) == (10, 0, 2)
    assert LEAST_SILENCE <= seconds < LEAST_SILENCE + 1
    last = press.progress[-1]
    assert (last.active, last.done, last.total, last.waiting) == (False, 10, 12, 2)


def test_nothing_is_waited_for_in_vain_while_nobody_has_answered(press: Press):
    press.add("https://slow.example/", hang(15, make_feed("slow")))
    outcome, seconds = press.run(watch(press.refresher.refresh()))
    assert (outcome.added, outcome.waiting) == (1, 0)
    assert seconds == pytest.approx(15, abs=0.5)


def test_slow_answers_that_others_were_as_slow_as_are_waited_for(press: Press):
    plant(press, 6, lambda i: hang(2.0 + i * 0.2, make_feed(f"n{i}")))
    assert press.refresh().waiting == 0
    assert len(press.titles()) == 6


def test_what_comes_late_is_stored_and_told_without_progress(press: Press):
    press.add("https://quick.example/", answer(make_feed("quick")))
    slow = press.add("https://slow.example/", hang(12, make_feed("slow")))
    lost = press.add("https://lost.example/", hang(14, status=500))
    came: list[str] = []

    async def work() -> None:
        press.refresher.came_late = lambda: came.append("late")
        assert (await press.refresher.refresh()).waiting == 2
        assert press.events[-1] == press.progress[-1]
        press.events.clear()
        await press.refresher.wait_behind()

    press.run(work())
    assert press.titles(slow) == ["slow"]
    assert press.plan(lost).failure_detail == "500"
    assert not press.progress
    assert press.changes[0].changes.feeds == (slow,)
    assert lost in press.changes[-1].changes.feeds
    assert came == ["late"]
    assert not press.refresher.behind.hosts


def test_one_that_never_answers_is_a_failure_with_a_pause_in_the_end(press: Press):
    press.add("https://quick.example/", answer(make_feed("quick")))
    dead = press.add("https://dead.example/", hang(3600))

    async def work() -> None:
        await press.refresher.refresh()
        assert press.refresher.behind.hosts == {"dead.example"}
        await press.refresher.wait_behind()

    press.run(work())
    assert (press.plan(dead).failure_kind, press.plan(dead).rule) == ("TimedOut", "back-off")


def test_a_new_refresh_joins_what_is_waited_for_and_asks_nobody_twice(press: Press):
    quick = press.add("https://quick.example/", answer(make_feed("quick")))
    slow = press.add("https://slow.example/1", hang(12, make_feed("slow")))

    async def work() -> None:
        await press.refresher.refresh()
        other = await press.add_later("https://slow.example/2", answer(make_feed("other")))
        press.wait(minutes=10)
        again, seconds = await watch(press.refresher.refresh([quick, slow, other]))
        assert (again.done, again.waiting) == (1, 2)
        assert seconds <= LEAST_SILENCE
        assert len(asked("/1")) == 1
        assert not asked("/2")  # its host is being asked for something else
        await press.refresher.wait_behind()

    def asked(path: str) -> list[httpx.Request]:
        return [request for request in press.log if request.url.path == path]

    press.run(work())
    assert len(asked("/1")) == len(asked("/2")) == 1
    assert press.titles() == ["other", "quick", "slow"]


def test_a_feed_that_is_joined_and_answers_in_time_is_counted(press: Press):
    press.add("https://quick.example/", answer(make_feed("quick")))
    slow = press.add("https://slow.example/", hang(5, make_feed("slow")))

    async def work() -> Outcome:
        await press.refresher.refresh()
        press.wait(minutes=10)
        await press.add_later("https://slowish.example/", hang(2.5, make_feed("slowish")))
        return await press.refresher.refresh()

    outcome = press.run(work())
    assert (outcome.done, outcome.added, outcome.waiting) == (3, 2, 0)
    assert press.titles(slow) == ["slow"]


def test_a_refresh_that_finds_no_network_does_not_forget_whom_an_earlier_one_waits_for(press: Press):
    press.add("https://quick.example/", answer(make_feed("quick")))
    slow = press.add("https://slow.example/", hang(25, make_feed("slow")))

    async def work() -> None:
        await press.refresher.refresh()
        press.wait(minutes=10)
        lost = [
            await press.add_later(
                f"https://lost{i}.example/", fail(OSError(errno.ENETUNREACH, "unreachable"))
            )
            for i in range(4)
        ]
        assert (await press.refresher.refresh([*lost, slow])).offline
        assert press.refresher.behind.hosts == {"slow.example"}
        await press.refresher.wait_behind()

    press.run(work())
    assert press.titles(slow) == ["slow"]


def test_whom_a_refresh_leaves_behind_is_known_the_moment_it_takes_no_more_along(press: Press):
    press.add("https://quick.example/", answer(make_feed("quick")))
    press.add("https://slow.example/", hang(12, make_feed("slow")))
    known: list[frozenset[str]] = []

    class Watched(asyncio.Event):
        def set(self) -> None:
            known.append(press.refresher.behind.hosts)
            super().set()

    async def work() -> None:
        begun = Round(press.refresher)
        begun._ended = Watched()
        begun.add(plans)
        await begun.run()
        await press.refresher.wait_behind()

    plans = press.do(fetching.read_all_plans)
    press.run(work())
    assert known[0] == {"slow.example"}


def test_cancelling_ends_what_goes_on_behind_too(press: Press):
    press.add("https://quick.example/", answer(make_feed("quick")))
    dead = press.add("https://dead.example/", hang(3600))

    async def work() -> float:
        await press.refresher.refresh()
        began = clock()
        press.refresher.cancel()
        await press.refresher.wait_behind()
        return clock() - began

    assert press.run(work()) < 0.2
    assert press.plan(dead).last_checked_at is None
    assert not press.refresher.behind.hosts


def test_by_itself_nothing_more_is_asked_of_a_host_that_is_waited_for(press: Press):
    press.add("https://quick.example/", answer(make_feed("quick")))
    press.add("https://dead.example/1", hang(3600))
    press.add("https://dead.example/2", hang(3600))

    async def work() -> Outcome:
        await press.refresher.refresh()
        press.log.clear()
        return await press.refresher.refresh(by_hand=False)

    assert press.run(work()).done == 0
    assert not press.log


def test_a_feed_whose_address_was_changed_meanwhile_keeps_nothing_of_the_old_one(press: Press):
    from reader.store import feeds

    press.add("https://quick.example/", answer(make_feed("quick")))
    slow = press.add("https://slow.example/", hang(12, make_feed("old")))

    async def work() -> None:
        await press.refresher.refresh()
        await press.writer.run(lambda db: feeds.change_address(db, slow, "https://new.example/"))
        press.servers["https://new.example/"] = answer(make_feed("new"))
        assert (await press.refresher.refresh([slow])).added == 1
        await press.refresher.wait_behind()

    press.run(work())
    assert press.titles(slow) == ["new"]


def test_a_store_that_fails_behind_a_refresh_is_told(press: Press, monkeypatch: pytest.MonkeyPatch):
    from reader.engine import round
    from reader.engine.events import StoreFailed
    from reader.errors import StoreFull

    press.add("https://quick.example/", answer(make_feed("quick")))
    press.add("https://slow.example/", hang(12, make_feed("slow")))
    told: list[BaseException] = []
    monkeypatch.setattr(round, "report", told.append)

    def full(*_: object) -> None:
        raise StoreFull

    async def work() -> None:
        await press.refresher.refresh()
        monkeypatch.setattr(fetching, "note_answer", full)
        await press.refresher.wait_behind()

    press.run(work())
    assert isinstance(press.events[-1], StoreFailed)
    assert not press.refresher.behind.hosts


# ---- as a whole -----------------------------------------------------------------------------


def draw(dice: random.Random) -> float:
    """Seconds to the first byte: median 150 ms, 95 % within 1 s, 99 % within 5 s."""
    is_tail = dice.random() < 0.07
    return min(9.0, dice.lognormvariate(0.34, 1.25) if is_tail else dice.lognormvariate(-1.9, 0.75))


@pytest.mark.parametrize("seed", [1, 2])
def test_many_feeds_take_little_longer_than_the_slowest_that_answers(press: Press, seed: int):
    dice = random.Random(seed)
    slowest = 0.0
    for i in range(200):
        seconds = draw(dice)
        handler = hang(seconds, make_feed(f"n{i}"))
        if i % 100 == 0:
            handler = hang(3600)
        elif i % 50 == 1:
            handler = fail(ConnectionResetError())
        else:
            slowest = max(slowest, seconds)
        press.add(f"https://h{i}.example/feed", handler)
    outcome, seconds = press.run(watch(press.refresher.refresh()))
    assert outcome.done + outcome.waiting == 200
    assert seconds <= 1.3 * max(slowest, LEAST_SILENCE)
    assert outcome.waiting < 10
