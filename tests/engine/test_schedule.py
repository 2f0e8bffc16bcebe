from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from press import Press, answer, conditional, fail, make_feed

from reader.engine.events import ConnectionChanged
from reader.engine.schedule import LEAST, LONGEST, Schedule, take_turn
from reader.model import FeedId
from reader.store.fetching import FetchPlan

NOW = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)


def plan(id: int, hours: float | None, **more: Any) -> FetchPlan:
    at = None if hours is None else NOW + timedelta(hours=hours)
    return replace(FetchPlan(FeedId(id), f"https://h{id}.example/f", "", "", "", not_before=at), **more)


def ids(plans: tuple[FetchPlan, ...]) -> list[int]:
    return [plan.feed_id for plan in plans]


def test_what_is_due_is_taken_the_longest_overdue_first_and_the_next_moment_waited_for():
    turn = take_turn([plan(1, -1), plan(2, 0.5), plan(3, -9), plan(4, None)], {}, NOW)
    assert ids(turn.plans) == [4, 3, 1]
    assert turn.wait == 1800


def test_nothing_is_looked_at_more_often_than_each_minute_nor_less_than_each_hour():
    assert take_turn([plan(1, 0.001)], {}, NOW).wait == LEAST
    assert take_turn([plan(1, 30)], {}, NOW).wait == LONGEST
    assert take_turn([], {}, NOW).wait == LONGEST


def test_after_a_week_away_the_feeds_are_spread_over_minutes():
    plans = [plan(i, -i) for i in range(1, 501)]
    taken: list[int] = []
    turns = 0
    while plans:
        turn = take_turn(plans, {}, NOW)
        assert len(turn.plans) <= 60
        taken += ids(turn.plans)
        plans = [x for x in plans if x not in turn.plans]
        turns += 1
    assert turns == 9
    assert taken == list(range(500, 0, -1))


def test_gone_feeds_and_hosts_that_rest_are_left_out():
    pauses = {"h2.example": NOW + timedelta(minutes=20)}
    turn = take_turn([plan(1, -1, is_gone=True), plan(2, -1)], pauses, NOW)
    assert turn.plans == ()
    assert turn.wait == 1200


def test_without_a_network_one_feed_is_tried_ever_more_seldom_and_another_each_time():
    plans = [plan(1, -1), plan(2, -2)]
    turns = [take_turn(plans, {}, NOW, tries) for tries in range(1, 9)]
    assert [ids(turn.plans) for turn in turns] == [[2], [1]] * 4
    assert [turn.wait for turn in turns] == [60, 120, 240, 480, 900, 900, 900, 900]


def schedule(press: Press) -> Schedule:
    return Schedule(
        refresher=press.refresher, writer=press.writer, settings=press.settings, now=lambda: press.now
    )


def test_the_schedule_fetches_what_is_due_and_names_the_next_moment(press: Press):
    press.add("https://courier.example/feed", conditional(make_feed("one"), cache_control="max-age=3600"))
    wait = asyncio.run(schedule(press).look())
    assert press.titles() == ["one"]
    assert wait == LONGEST
    press.log.clear()
    assert 0 < asyncio.run(schedule(press).look()) <= LONGEST
    assert not press.log


def test_nothing_is_fetched_by_itself_where_the_reader_does_not_want_it(press: Press):
    press.add("https://courier.example/feed", conditional(make_feed("one")))
    press.settings.set("refresh_by_itself", False)
    asyncio.run(schedule(press).look())
    assert not press.log


def test_when_the_network_returns_the_rest_is_fetched(press: Press):
    for i in range(5):
        press.add(f"https://h{i}.example/feed", fail(OSError(101, "unreachable")))

    async def run() -> None:
        looking = schedule(press)
        assert await looking.look() == LEAST
        assert not press.refresher.online
        press.log.clear()
        assert await looking.look() == 60
        assert len(press.log) == 1
        assert await looking.look() == 120
        for i in range(5):
            press.servers[f"https://h{i}.example/feed"] = answer(make_feed(f"n{i}"))
        assert await looking.look() == 0
        assert press.refresher.online
        await looking.look()

    asyncio.run(run())
    assert press.titles() == [f"n{i}" for i in range(5)]


def test_the_schedule_sleeps_until_it_is_woken(press: Press):
    async def run() -> None:
        looking = schedule(press)
        looking.start()
        await asyncio.sleep(0)
        async with asyncio.timeout(10):
            from reader.store import feeds

            press.servers["courier.example"] = conditional(make_feed("one"))
            await press.writer.run(
                lambda db: feeds.add_feed(db, "https://courier.example/f", feeds.ensure_path(db, ("News",)))
            )
            looking.wake()
            while not press.changes:
                await asyncio.sleep(0.005)
        looking.stop()

    asyncio.run(run())
    assert press.titles() == ["one"]


def test_offline_is_said_before_anything_is_due_and_taken_back(press: Press):
    press.add("https://courier.example/feed", conditional(make_feed("one")))
    press.refresh()
    press.events.clear()
    route = [False]
    schedule = Schedule(
        refresher=press.refresher,
        writer=press.writer,
        settings=press.settings,
        now=lambda: press.now,
        can_send=lambda: route[0],
    )
    asyncio.run(schedule.look())
    assert press.events[0] == ConnectionChanged(False)
    route[0] = True
    asyncio.run(schedule.look())
    assert press.events[-1] == ConnectionChanged(True)
