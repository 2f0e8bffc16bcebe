from __future__ import annotations

import asyncio
from dataclasses import replace

from test_order import plan

from reader.engine.tray import Tray
from reader.engine.visits import Visit
from reader.fetch.answer import Answer

VISIT = Visit(plan(1, "https://h.example/"), Answer(200, "https://h.example/", data=b"x" * 60))


def test_when_many_bytes_wait_to_be_read_no_more_are_asked_for():
    async def work() -> list[bool]:
        tray, states = Tray(room=100), []
        waiting = asyncio.ensure_future(tray.wait_for_room())
        for _ in range(2):
            tray.put(replace(VISIT))
            await asyncio.sleep(0)
            states.append(waiting.done())
            waiting = asyncio.ensure_future(tray.wait_for_room())
        await asyncio.sleep(0)
        states.append(waiting.done())
        assert await tray.get() == VISIT
        await waiting
        return states

    assert asyncio.run(work()) == [True, False, False]
