from __future__ import annotations

import asyncio
import threading
from typing import Any

from reader.engine.loop import LoopThread


def test_a_coroutine_runs_beside_the_caller_and_tells_its_result():
    loop, told, heard = LoopThread(), [], threading.Event()

    async def work() -> str:
        return threading.current_thread().name

    def done(value: Any, error: Exception | None) -> None:
        told.append((value, error))
        heard.set()

    loop.spawn(work(), done)
    assert heard.wait(10)
    assert told == [("loop", None)]
    loop.close()


def test_closing_cancels_what_runs_and_then_runs_the_closers():
    loop, log, begun = LoopThread(), [], threading.Event()

    async def work() -> None:
        try:
            begun.set()
            await asyncio.sleep(600)
        finally:
            log.append("cancelled")

    async def close() -> None:
        log.append("closed")

    loop.on_close(close)
    loop.spawn(work())
    assert begun.wait(10)
    loop.close()
    assert log == ["cancelled", "closed"]


def test_a_coroutine_can_be_cancelled_from_another_thread_even_before_it_began():
    loop, ended = LoopThread(), threading.Event()

    async def work() -> None:
        try:
            await asyncio.sleep(600)
        finally:
            ended.set()

    running = loop.spawn(work())
    running.cancel()
    loop.call(ended.set)
    assert ended.wait(10)
    loop.close()


def test_nothing_runs_after_closing():
    loop, log = LoopThread(), []

    async def work() -> None:
        log.append(1)

    loop.close()
    loop.spawn(work())
    loop.call(log.append, 2)
    assert not log


def test_closing_a_loop_that_never_ran_starts_nothing():
    before = threading.active_count()
    LoopThread().close()
    assert threading.active_count() == before
