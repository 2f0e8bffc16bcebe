from __future__ import annotations

import asyncio

from press import Press

from reader.engine.slots import Slots


async def begin(slots: Slots, seconds: list[float], ahead: tuple[int, ...] = ()) -> list[tuple[int, float]]:
    """When each of so many requests began, and in which order."""
    clock = asyncio.get_running_loop().time
    first, begun = clock(), []

    async def ask(number: int) -> None:
        async with slots.hold(ahead=number in ahead):
            begun.append((number, round(clock() - first, 3)))
            await asyncio.sleep(seconds[number])

    async with asyncio.TaskGroup() as group:
        for number in range(len(seconds)):
            group.create_task(ask(number))
    return begun


def test_a_quick_request_keeps_its_slot_until_it_is_over(press: Press):
    begun = press.run(begin(Slots(1, patience=1.0), [0.1, 0.1, 0.1]))
    assert begun == [(0, 0.0), (1, 0.1), (2, 0.2)]


def test_one_that_waits_for_its_server_gives_its_slot_to_the_next(press: Press):
    begun = press.run(begin(Slots(1, patience=0.05), [60.0, 60.0, 60.0]))
    assert begun == [(0, 0.0), (1, 0.05), (2, 0.1)]


def test_all_open_requests_together_have_a_ceiling(press: Press):
    begun = press.run(begin(Slots(8, patience=0.05, ceiling=2), [60.0, 30.0, 1.0, 1.0]))
    assert begun == [(0, 0.0), (1, 0.0), (2, 30.0), (3, 31.0)]


def test_the_next_feed_of_a_host_that_was_begun_with_does_not_wait_for_all_others(press: Press):
    begun = press.run(begin(Slots(1, patience=9.0), [0.1, 0.1, 0.1, 0.1], ahead=(3,)))
    assert [number for number, _ in begun] == [0, 3, 1, 2]


def test_who_gives_up_while_waiting_takes_no_slot_along(press: Press):
    async def work() -> list[tuple[int, float]]:
        slots = Slots(1, patience=9.0)
        first = asyncio.ensure_future(begin(slots, [5.0]))
        waiting = asyncio.ensure_future(begin(slots, [5.0]))
        await asyncio.sleep(1)
        waiting.cancel()
        await asyncio.wait([first, waiting])
        return await begin(slots, [1.0, 1.0])

    assert press.run(work()) == [(0, 0.0), (1, 1.0)]
