"""Whose turn it is: one request at a time per host, a pause between two, none while a host rests.

Enters: host names. Leaves: the moment a request may be made. Knows no requests and no feeds; the
clock is given, in seconds that only go forward. Belongs to one asyncio loop.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from reader.fetch.address import is_loopback

GAP = 1.0  # seconds between two feeds of one host
REMEMBERED = 4096  # hosts whose last request is remembered


class HostGate:
    def __init__(
        self,
        gap: float = GAP,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._gap = gap
        self._clock = clock
        self._sleep = sleep
        self._locks: dict[str, asyncio.Lock] = {}
        self._waiting: dict[str, int] = {}
        self._last: dict[str, float] = {}
        self._paused: dict[str, float] = {}

    @asynccontextmanager
    async def hold(self, host: str, *, spaced: bool = True) -> AsyncIterator[None]:
        """Wait for the host's turn and keep it. `spaced=False`: without the gap (pictures, hops)."""
        lock = self._locks.setdefault(host, asyncio.Lock())
        self._waiting[host] = self._waiting.get(host, 0) + 1
        try:
            async with lock:
                if spaced:
                    await self.wait_gap(host)
                try:
                    yield
                finally:
                    self._remember(host)
        finally:
            self._waiting[host] -= 1
            if not self._waiting[host]:
                del self._waiting[host], self._locks[host]

    async def wait_gap(self, host: str) -> None:
        """Wait until the host's last request lies far enough back."""
        last = self._last.get(host)
        if last is None or self._gap <= 0 or is_loopback(host):
            return
        left = last + self._gap - self._clock()
        if left > 0:
            await self._sleep(left)

    def _remember(self, host: str) -> None:
        self._last.pop(host, None)
        self._last[host] = self._clock()
        if len(self._last) > REMEMBERED:
            del self._last[next(iter(self._last))]

    def pause(self, host: str, seconds: float) -> None:
        """The host asked to be left alone (429, 503): nothing is asked of it for so long."""
        self._paused[host] = max(self._paused.get(host, 0.0), self._clock() + seconds)

    def pause_left(self, host: str) -> float:
        """Seconds of the host's pause that are left; 0 if it has none."""
        until = self._paused.get(host)
        if until is None:
            return 0.0
        left = until - self._clock()
        if left <= 0:
            del self._paused[host]
            return 0.0
        return left
