"""Host names -> addresses, in threads that nobody waits for at the end.

asyncio's own look-up runs in an executor whose threads are joined when the program exits: one
name server that does not answer would hold up the exit for half a minute. It also has only a
handful of threads, so that a few dead hosts would delay all others; here a look-up that takes
long gives its turn to the next one and goes on beside it.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
from collections.abc import Callable
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

AT_ONCE = 24
PATIENCE = 1.0  # seconds, after which a look-up no longer counts; most take a twentieth of that


class ThreadResolver(AbstractResolver):
    def __init__(self) -> None:
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Raises OSError (socket.gaierror) for a host that is not found."""
        await self._turns.acquire()
        future = _look_up(host, port, family)
        give_back = _once(self._turns.release)
        timer = asyncio.get_running_loop().call_later(PATIENCE, give_back)
        try:
            found = await future
        finally:
            timer.cancel()
            give_back()
        return [
            ResolveResult(
                hostname=host,
                # A link-local address is only whole with its scope.
                host=f"{place[0]}%{place[3]}" if kind == socket.AF_INET6 and place[3] else place[0],
                port=port,
                family=kind,
                proto=proto,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for kind, _, proto, _, place in found
            if kind in (socket.AF_INET, socket.AF_INET6)
        ]

    async def close(self) -> None: ...


def _once(act: Callable[[], None]) -> Callable[[], None]:
    left = [act]
    return lambda: left.pop()() if left else None


def _look_up(host: str, port: int, family: int) -> asyncio.Future[list[Any]]:
    loop = asyncio.get_running_loop()
    future: asyncio.Future[list[Any]] = loop.create_future()

    def settle(found: list[Any], error: OSError | None) -> None:
        if not future.done():
            if error is None:
                future.set_result(found)
            else:
                future.set_exception(error)

    def look() -> None:
        found: list[Any] = []
        fault: OSError | None = None
        try:
            found = socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM)
        except OSError as error:
            fault = error
        except UnicodeError as error:  # a label too long for a host name
            fault = socket.gaierror(socket.EAI_NONAME, str(error))
        # the loop has been closed
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, found, fault)

    threading.Thread(target=look, name="look-up", daemon=True).start()
    return future
