"""How many requests are under way at once. Belongs to one asyncio loop.

A request that is not answered within some seconds gives its slot back and goes on without one,
so that a handful of hosts that hang never hold up the rest. All together have a ceiling too.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

AT_ONCE = 14
PATIENCE = 2.0  # seconds
CEILING = 48


class Slots:
    def __init__(self, at_once: int = AT_ONCE, patience: float = PATIENCE, ceiling: int = CEILING) -> None:
        self._slots = asyncio.Semaphore(at_once)
        self._places = asyncio.Semaphore(ceiling)
        self._patience = patience

    @asynccontextmanager
    async def hold(self) -> AsyncIterator[None]:
        async with self._places:
            await self._slots.acquire()
            is_held = True

            def give_back() -> None:
                nonlocal is_held
                if is_held:
                    is_held = False
                    self._slots.release()

            patience = asyncio.get_running_loop().call_later(self._patience, give_back)
            try:
                yield
            finally:
                patience.cancel()
                give_back()
