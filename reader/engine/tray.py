"""Documents that have arrived and wait to be read. Belongs to one asyncio loop.

Nobody waits for the reader: a body is put down and its host asked for the next. Only when many
bytes lie here are no further ones asked for, so that little is in memory.
"""

from __future__ import annotations

import asyncio

from reader.engine.visits import Visit

ROOM = 32_000_000  # bytes as sent


class Tray:
    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._size = 0
        self._visits: asyncio.Queue[Visit] = asyncio.Queue()
        self._has_room = asyncio.Event()
        self._has_room.set()

    def put(self, visit: Visit) -> None:
        self._change(_measure(visit))
        self._visits.put_nowait(visit)

    async def get(self) -> Visit:
        visit = await self._visits.get()
        self._change(-_measure(visit))
        return visit

    async def wait_for_room(self) -> None:
        await self._has_room.wait()

    def _change(self, by: int) -> None:
        self._size += by
        if self._size < self._room:
            self._has_room.set()
        else:
            self._has_room.clear()


def _measure(visit: Visit) -> int:
    return len(visit.answer.data) if visit.answer is not None else 0
