"""The threads that hold the store's connections: one that writes, a few that read.

Enters: jobs, each a function of a connection. Leaves: what the job returned, or what it raised,
given to its `done(value, error)` on the thread that ran it. Knows nothing of what a job does,
of SQL, of the window or of the network: it is told how a connection is opened. Nothing starts, and nothing is opened, before the first job.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, TypeVar

from reader.errors import StoreFull
from reader.store.database import transaction

T = TypeVar("T")
Done = Callable[[Any, "Exception | None"], None]

GROUP_SIZE = 24  # background jobs in one transaction, at most
GROUP_SECONDS = 0.030  # ... and how long it may grow, so that a key press never waits for long


class Superseded(Exception):
    """The question was given up for a newer one of its lane."""


class Closed(Exception):
    """The threads have been told to stop; the job was not done."""


def ignore(value: Any, error: Exception | None) -> None:
    """The `done` of a job whose outcome nobody waits for. A failure is still reported, but for a
    full disk, of which whoever has something to lose tells the person."""
    if error is not None and not isinstance(error, Closed | Superseded | StoreFull):
        report(error)


def report(error: BaseException) -> None:
    """An error of ours that nobody awaits goes where uncaught errors of threads go."""
    threading.excepthook(
        threading.ExceptHookArgs((type(error), error, error.__traceback__, threading.current_thread()))
    )


@dataclass(slots=True)
class _Job:
    work: Callable[[Any], Any]
    done: Done
    may_interrupt: bool = False
    superseded: bool = False

    def finish(self, value: Any, error: Exception | None) -> None:
        try:
            self.done(value, error)
        except Exception as fault:
            report(fault)


async def _await_job(put: Callable[[Done], None]) -> Any:
    """Bridge to asyncio: give a `done` to `put` and wait for it without blocking the loop."""
    import asyncio

    loop = asyncio.get_running_loop()
    future: asyncio.Future[Any] = loop.create_future()

    def settle(value: Any, error: Exception | None) -> None:
        if future.done():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(value)

    def done(value: Any, error: Exception | None) -> None:
        # the loop has been closed: nobody waits any more
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(settle, value, error)

    put(done)
    return await future


class WriterThread:
    """One thread, the only writing connection, one job after the other in transactions.

    Jobs of the person come first. Background jobs (articles, pictures) that queue up are done
    several to a transaction; when one of them fails, all of that transaction are done again one
    by one, so a background job must be repeatable: it may touch nothing but the store.
    """

    def __init__(
        self,
        open_store: Callable[[], Any],
        transaction: Callable[[Any], AbstractContextManager[Any]] = transaction,
    ) -> None:
        self._open = open_store
        self._transaction = transaction
        self._urgent: deque[_Job] = deque()
        self._background: deque[_Job] = deque()
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closing = False
        self._db: Any = None

    def put(self, job: Callable[[Any], T], done: Done = ignore, *, background: bool = False) -> None:
        """Queue a job; returns at once. From any thread. After `close` it fails with Closed."""
        entry = _Job(job, done)
        with self._wake:
            if not self._closing:
                (self._background if background else self._urgent).append(entry)
                self._start()
                self._wake.notify()
                return
        entry.finish(None, Closed())

    async def run(self, job: Callable[[Any], T], *, background: bool = True) -> T:
        """Queue a job and await its result from an asyncio task; raises what it raised."""
        result: T = await _await_job(lambda done: self.put(job, done, background=background))
        return result

    def close(self) -> None:
        """Refuse new jobs, finish those that are queued, close the connection, join."""
        with self._wake:
            self._closing = True
            thread = self._thread
            self._wake.notify()
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._live, name="writer", daemon=True)
            self._thread.start()

    def _live(self) -> None:
        while True:
            with self._wake:
                while not (self._urgent or self._background or self._closing):
                    self._wake.wait()
                if not (self._urgent or self._background):
                    break
                queue = self._urgent or self._background
                job = queue.popleft()
                together = queue is self._background
            self._perform(job, together)
        if self._db is not None:
            self._db.close()
            self._db = None

    def _perform(self, job: _Job, together: bool) -> None:
        try:
            if self._db is None:
                self._db = self._open()
        except Exception as error:
            job.finish(None, error)
            return
        jobs = [job]
        try:
            values = self._perform_together(jobs) if together else [self._perform_alone(job)]
        except Exception as error:
            if len(jobs) == 1:
                job.finish(None, error)
                return
            values = []
        if values:
            for one, value in zip(jobs, values, strict=True):
                one.finish(value, None)
            return
        for one in jobs:
            try:
                value = self._perform_alone(one)
            except Exception as error:
                one.finish(None, error)
            else:
                one.finish(value, None)

    def _perform_alone(self, job: _Job) -> Any:
        with self._transaction(self._db):
            return job.work(self._db)

    def _perform_together(self, jobs: list[_Job]) -> list[Any]:
        """The first of `jobs` and whatever queues up behind it; extends `jobs` as it goes."""
        end = time.monotonic() + GROUP_SECONDS
        values: list[Any] = []
        with self._transaction(self._db):
            while True:
                values.append(jobs[-1].work(self._db))
                if len(jobs) >= GROUP_SIZE or time.monotonic() >= end:
                    return values
                with self._wake:
                    if self._urgent or not self._background:
                        return values
                    jobs.append(self._background.popleft())


class ReaderThreads:
    """Read-only connections, one thread each, by lane: "lists", "pictures", "search".

    A lane answers in order, so a slow one never holds up another. In a lane asked with
    `supersede=True` a newer question drops the older ones and interrupts the one being answered.
    """

    def __init__(self, open_store: Callable[[], Any]) -> None:
        self._open = open_store
        self._lanes: dict[str, _Lane] = {}
        self._lock = threading.Lock()
        self._closing = False

    def put(
        self,
        lane: str,
        job: Callable[[Any], T],
        done: Done = ignore,
        *,
        supersede: bool = False,
    ) -> None:
        """Queue a question; returns at once. From any thread. After `close` it fails with Closed."""
        entry = _Job(job, done, may_interrupt=supersede)
        with self._lock:
            if not self._closing:
                if lane not in self._lanes:
                    self._lanes[lane] = _Lane(lane, self._open)
                self._lanes[lane].put(entry)
                return
        entry.finish(None, Closed())

    async def run(self, lane: str, job: Callable[[Any], T]) -> T:
        """Ask and await the answer from an asyncio task; raises what the job raised."""
        result: T = await _await_job(lambda done: self.put(lane, job, done))
        return result

    def close(self) -> None:
        """Drop the questions that wait, let the running ones end (interrupted), join."""
        with self._lock:
            self._closing = True
            lanes = list(self._lanes.values())
        for lane in lanes:
            lane.stop()
        for lane in lanes:
            lane.join()


class _Lane:
    def __init__(self, name: str, open_store: Callable[[], Any]) -> None:
        self._open = open_store
        self._jobs: deque[_Job] = deque()
        self._wake = threading.Condition()
        self._running: _Job | None = None
        self._closing = False
        self._db: Any = None
        self._thread = threading.Thread(target=self._live, name=f"reader-{name}", daemon=True)
        self._thread.start()

    def put(self, job: _Job) -> None:
        dropped: list[_Job] = []
        with self._wake:
            if job.may_interrupt:
                dropped = [*self._jobs]
                self._jobs.clear()
                self._interrupt()
            self._jobs.append(job)
            self._wake.notify()
        for one in dropped:
            one.finish(None, Superseded())

    def stop(self) -> None:
        with self._wake:
            dropped = [*self._jobs]
            self._jobs.clear()
            self._closing = True
            if self._running is not None:
                self._running.may_interrupt = True
            self._interrupt()
            self._wake.notify()
        for one in dropped:
            one.finish(None, Closed())

    def join(self) -> None:
        if self._thread is not threading.current_thread():
            self._thread.join()

    def _interrupt(self) -> None:
        """With the lock held: `_running` cannot end meanwhile, so nothing else is hit."""
        if self._running is not None and self._running.may_interrupt and self._db is not None:
            self._running.superseded = True
            self._db.interrupt()

    def _live(self) -> None:
        while True:
            with self._wake:
                while not (self._jobs or self._closing):
                    self._wake.wait()
                if not self._jobs:
                    break
                job = self._jobs.popleft()
            self._answer(job)
        if self._db is not None:
            self._db.close()

    def _answer(self, job: _Job) -> None:
        value: Any = None
        error: Exception | None = None
        try:
            if self._db is None:
                self._db = self._open()
            with self._wake:
                self._running = job
            value = job.work(self._db)
        except Exception as fault:
            error = fault
        with self._wake:
            self._running = None
        job.finish(value, Superseded() if job.superseded else error)
