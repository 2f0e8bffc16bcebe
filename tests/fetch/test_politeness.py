from __future__ import annotations

import asyncio

from reader.fetch.politeness import HostGate


class Clock:
    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.at += seconds
        await asyncio.sleep(0)


def test_a_host_is_asked_one_thing_at_a_time_with_a_gap_between_two():
    clock = Clock()
    gate = HostGate(gap=1.0, clock=clock, sleep=clock.sleep)
    log: list[tuple[str, float]] = []

    async def ask(name: str) -> None:
        async with gate.hold("news.example"):
            log.append((name + " begins", clock.at))
            await clock.sleep(0.5)
            log.append((name + " ends", clock.at))

    async def run() -> None:
        await asyncio.gather(ask("a"), ask("b"))

    asyncio.run(run())
    assert log == [("a begins", 100.0), ("a ends", 100.5), ("b begins", 101.5), ("b ends", 102.0)]


def test_two_hosts_do_not_wait_for_each_other():
    async def run() -> bool:
        gate = HostGate()
        async with gate.hold("a.example"), asyncio.timeout(5), gate.hold("b.example"):
            return True

    assert asyncio.run(run())


def test_this_machine_need_not_be_spared():
    clock = Clock()
    gate = HostGate(gap=1.0, clock=clock, sleep=clock.sleep)

    async def run() -> None:
        for _ in range(3):
            async with gate.hold("127.0.0.9"):
                pass

    asyncio.run(run())
    assert clock.at == 100.0


def test_a_paused_host_rests_until_the_longest_of_its_pauses():
    clock = Clock()
    gate = HostGate(clock=clock)
    gate.pause("news.example", 60)
    gate.pause("news.example", 10)
    assert gate.pause_left("news.example") == 60
    assert gate.pause_left("other.example") == 0
    clock.at += 61
    assert gate.pause_left("news.example") == 0


def test_a_waiting_task_that_is_cancelled_leaves_the_host_free():
    async def run() -> bool:
        gate = HostGate(gap=0)
        async with gate.hold("a.example"):
            waiting = asyncio.ensure_future(gate.hold("a.example").__aenter__())
            await asyncio.sleep(0)
            waiting.cancel()
            await asyncio.gather(waiting, return_exceptions=True)
        async with asyncio.timeout(5), gate.hold("a.example"):
            return True

    assert asyncio.run(run())
