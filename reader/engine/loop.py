"""The thread of the network: one asyncio loop, and every task that runs on it.

Enters: coroutines, from any thread. Leaves: what they returned, given to `done(value, error)` on
the loop thread. Keeps a strong reference to every task, since asyncio itself keeps none, and
cancels and joins them all on `close`. Nothing is imported or started before the first coroutine.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any

from reader.engine.threads import Closed, Done, ignore, report

if TYPE_CHECKING:
    import asyncio


class Running:
    """A coroutine under way. `cancel()` may be called from any thread, at any time."""

    def __init__(self, loop: asyncio.AbstractEventLoop | None) -> None:
        self._loop = loop
        self._task: asyncio.Task[Any] | None = None
        self._cancelled = False

    def cancel(self) -> None:
        self._cancelled = True
        if self._loop is not None:
            # the loop is closed, and the task with it
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._cancel_task)

    def _cancel_task(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def begin(self, task: asyncio.Task[Any]) -> None:
        self._task = task
        if self._cancelled:
            task.cancel()


class LoopThread:
    def __init__(self, name: str = "loop") -> None:
        self._name = name
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closers: list[Callable[[], Awaitable[None]]] = []
        self._closing = False

    def start(self) -> asyncio.AbstractEventLoop:
        """The loop; begins to run with the first call. Raises Closed after `close`."""
        with self._lock:
            if self._closing:
                raise Closed
            if self._loop is None:
                import asyncio

                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._live, name=self._name, daemon=True)
                self._thread.start()
            return self._loop

    def spawn(self, coroutine: Coroutine[Any, Any, Any], done: Done = ignore) -> Running:
        """Run a coroutine on the loop. `done` gets its value or its error; not called if cancelled."""
        try:
            loop = self.start()
            running = Running(loop)
            loop.call_soon_threadsafe(self._begin, coroutine, done, running)
        except (Closed, RuntimeError):
            coroutine.close()
            return Running(None)
        return running

    def call(self, function: Callable[..., object], *arguments: Any) -> None:
        """Call a plain function on the loop thread, soon. Nothing happens after `close`."""
        with contextlib.suppress(Closed, RuntimeError):
            self.start().call_soon_threadsafe(function, *arguments)

    def on_close(self, closer: Callable[[], Awaitable[None]]) -> None:
        """Await `closer()` on the loop when all tasks have ended, last added first."""
        self._closers.append(closer)

    def close(self) -> None:
        """Cancel every task, run the closers, stop the loop, join the thread."""
        with self._lock:
            self._closing = True
            loop, thread = self._loop, self._thread
        if loop is None or thread is None or thread is threading.current_thread():
            return
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(loop.stop)
        thread.join()

    def _begin(self, coroutine: Coroutine[Any, Any, Any], done: Done, running: Running) -> None:
        assert self._loop is not None
        task = self._loop.create_task(coroutine)
        self._tasks.add(task)
        running.begin(task)

        def finish(task: asyncio.Task[Any]) -> None:
            self._tasks.discard(task)
            if task.cancelled():
                return
            error = task.exception()
            try:
                if error is None:
                    done(task.result(), None)
                else:
                    done(None, error if isinstance(error, Exception) else RuntimeError(repr(error)))
            except Exception as fault:
                report(fault)

        task.add_done_callback(finish)

    def _live(self) -> None:
        import asyncio

        assert self._loop is not None
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
            self._loop.run_until_complete(self._end())
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        finally:
            asyncio.set_event_loop(None)
            self._loop.close()

    async def _end(self) -> None:
        import asyncio

        tasks = [x for x in asyncio.all_tasks() if x is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for closer in reversed(self._closers):
            try:
                await closer()
            except Exception as fault:
                report(fault)
