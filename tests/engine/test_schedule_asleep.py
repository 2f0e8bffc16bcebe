"""The schedule between two looks: pieces of sleep, a machine that slept, a network that comes and goes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

from press import Press, answer, conditional, fail, hang, make_feed

from reader.engine.events import ConnectionChanged
from reader.engine.schedule import LEAST, LONGEST, PIECE, SETTLE, Schedule, take_turn, wait_for

COURIER = "https://courier.example/feed"


class Bed:
    """What the schedule sleeps on: time passes at once, and what happens meanwhile is scripted."""

    def __init__(self, press: Press) -> None:
        self.press = press
        self.route = True
        self.slept: list[float] = []
        self.events: dict[int, Callable[[], object]] = {}  # in the how manieth piece
        self.reads = 0
        self.schedule = Schedule(
            refresher=press.refresher,
            writer=press.writer,
            settings=press.settings,
            now=lambda: press.now,
            can_send=lambda: self.route,
            wait_for=self._wait_for,
        )

    async def _wait_for(self, event: asyncio.Event, seconds: float) -> bool:
        self.slept.append(seconds)
        self.press.wait(seconds=seconds)
        self.events.pop(len(self.slept), lambda: None)()
        return event.is_set()

    def sleep(self, seconds: float) -> float:
        """How long it slept in the end, by the pieces."""
        self.slept.clear()
        before = self.press.writer.done
        self.press.run(self.schedule.sleep(seconds))
        self.reads = self.press.writer.done - before
        return sum(self.slept)

    def look(self) -> float:
        wait: float = self.press.run(self.schedule.look())
        return wait


def test_it_sleeps_in_pieces_and_reads_nothing_meanwhile(press: Press):
    press.add(COURIER, conditional(make_feed("one")))
    bed = Bed(press)
    bed.look()
    press.log.clear()
    assert bed.sleep(3600) == 3600
    assert max(bed.slept) == PIECE <= 60
    assert bed.reads == 0
    assert not press.log


def test_being_woken_ends_the_sleep(press: Press):
    bed = Bed(press)
    bed.events[3] = bed.schedule.wake
    assert bed.sleep(3600) == 3 * PIECE


def test_a_machine_that_slept_is_noticed_and_given_some_seconds(press: Press):
    bed = Bed(press)
    bed.events[2] = lambda: press.wait(hours=8)
    assert bed.sleep(3600) == 2 * PIECE + SETTLE


def test_a_clock_that_is_put_right_by_some_seconds_is_no_sleep(press: Press):
    bed = Bed(press)
    bed.events[2] = lambda: press.wait(seconds=10)
    bed.events[3] = lambda: press.wait(seconds=-20)
    assert bed.sleep(300) == 300


def test_a_network_that_goes_is_told_and_one_that_returns_ends_the_sleep_within_seconds(press: Press):
    press.add(COURIER, conditional(make_feed("one")))
    bed = Bed(press)
    bed.look()
    press.events.clear()
    bed.events[1] = lambda: setattr(bed, "route", False)
    bed.events[10] = lambda: setattr(bed, "route", True)
    bed.sleep(3600)
    assert press.events == [ConnectionChanged(False), ConnectionChanged(True)]
    assert len(bed.slept) == 10
    assert max(bed.slept[1:]) <= 5
    assert bed.reads == 0


def test_a_refresh_by_hand_that_gets_through_ends_the_wait_for_the_network(press: Press):
    press.refresher.set_online(False)
    bed = Bed(press)
    bed.events[3] = lambda: press.refresher.set_online(True)
    assert bed.sleep(900) == 3 * PIECE


def test_while_there_is_no_route_nobody_is_asked(press: Press):
    feeds = [press.add(f"https://h{i}.example/", answer(make_feed(f"n{i}"))) for i in range(3)]
    bed = Bed(press)
    bed.route = False
    bed.look()
    assert not press.log
    assert not press.refresher.online
    bed.route = True
    bed.look()
    assert len(press.log) == len(feeds)


def test_behind_a_log_in_page_it_is_tried_each_minute_whether_that_is_over(press: Press):
    for i in range(4):
        press.add(f"http://h{i}.example/", answer(status=511))
    bed = Bed(press)
    waits = [bed.look() for _ in range(6)]
    assert press.refresher.portal
    assert waits == [LEAST] * 6
    assert len({request.url.host for request in press.log}) == 4


def test_where_the_reader_fetches_nothing_by_itself_only_the_network_is_told(press: Press):
    press.add(COURIER, conditional(make_feed("one")))
    press.settings.set("refresh_by_itself", False)
    bed = Bed(press)
    bed.route = False
    assert bed.look() == LONGEST
    assert press.events == [ConnectionChanged(False)]
    assert not press.log


def test_after_a_night_asleep_what_is_due_comes_in_portions(press: Press):
    for i in range(70):
        press.add(f"https://h{i}.example/", conditional(make_feed(f"n{i}")))
    bed = Bed(press)
    bed.look()
    assert len(press.log) == 60


def test_a_dead_host_among_those_that_are_due_does_not_keep_it_offline(press: Press):
    for i in range(4):
        press.add(f"https://h{i}.example/", fail(OSError(101, "unreachable")))
    bed = Bed(press)
    bed.look()
    assert not press.refresher.online
    press.servers["https://h0.example/"] = hang(3600)
    for i in range(1, 4):
        press.servers[f"https://h{i}.example/"] = answer(make_feed(f"n{i}"))
    bed.look()
    bed.look()
    assert press.refresher.online


def test_hosts_that_a_refresh_waits_for_are_left_alone(press: Press):
    from test_schedule import NOW, ids, plan

    turn = take_turn([plan(1, -1), plan(2, -1)], {}, NOW, busy={"h1.example"})
    assert ids(turn.plans) == [2]
    assert turn.wait == LEAST


def test_a_feed_that_is_due_in_an_hour_it_forbids_waits_for_the_next(press: Press):
    from test_schedule import NOW, ids, plan

    from reader.engine.decide import Wishes
    from reader.engine.visits import Known

    wishes = Known(Wishes(skip_hours=(10,))).write()
    turn = take_turn([plan(1, -3, wishes=wishes), plan(2, 5)], {}, NOW)
    assert ids(turn.plans) == []
    assert 3600 <= turn.wait <= LONGEST
    assert ids(take_turn([plan(1, -3, wishes=wishes)], {}, NOW + timedelta(hours=1.5)).plans) == [1]


def test_waiting_for_an_event_ends_with_it_or_with_the_time(press: Press):
    async def work() -> tuple[bool, bool]:
        event = asyncio.Event()
        in_vain = await wait_for(event, 60)
        asyncio.get_running_loop().call_later(1, event.set)
        return in_vain, await wait_for(event, 60)

    assert press.run(work()) == (False, True)
