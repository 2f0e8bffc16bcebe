"""A process for strangers' bytes, seen from this side: `await worker.run("digest_feed", ...)`.

Enters: the name of a function of `tasks` and its arguments. Leaves: its result or its
ParseError; WorkerFailed when it passed the deadline or the memory limit: then the process is
killed, the next one does what was waiting, and only that one job has failed. The process
starts with the first job and ends when it had nothing to do for some seconds. Everything here
runs on one asyncio loop, except the two threads that write to and read from the pipes, so that
the loop never waits for a full pipe and large results are unpickled beside it.
"""

from __future__ import annotations

import asyncio
import io
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO, cast

from reader import errors
from reader.engine.worker_process import OUT_OF_MEMORY, read_frame, start_line, write_frame

DEADLINE = 20.0  # seconds a job may take
START_SECONDS = 20.0  # what the first job of a process is given on top
IDLE_SECONDS = 10.0
MEMORY = 1 << 30  # bytes of address space
AHEAD = 3  # jobs in the pipe at once: the next is there when one is done
MOST = 2  # processes
NICENESS = 5


@dataclass(slots=True, eq=False)
class _Job:
    task: str
    arguments: tuple[Any, ...]
    result: asyncio.Future[Any]


class Worker:
    """The worker process; two of them while jobs pile up and the machine has a core to spare.

    `niceness`: above 0 for work that can wait, so that the window comes first.
    """

    def __init__(
        self,
        *,
        niceness: int = NICENESS,
        deadline: float = DEADLINE,
        memory: int = MEMORY,
        idle: float = IDLE_SECONDS,
        most: int = MOST,
        command: list[str] | None = None,
    ) -> None:
        self._niceness = niceness
        self._command = command or start_line(memory, niceness)
        self._deadline = deadline
        self._idle = idle
        self._most = min(most, os.cpu_count() or 1)
        self._waiting: deque[_Job] = deque()
        self._processes: list[_Process] = []
        self._closed = False

    async def run(self, task: str, *arguments: Any) -> Any:
        """The result of `tasks.<task>(*arguments)`. Raises ParseError, PictureError, BodyTooLarge
        as the task does, and WorkerFailed ("deadline", "memory", "ended" or the name of a fault)."""
        if self._closed:
            raise errors.WorkerFailed("closed")
        job = _Job(task, arguments, asyncio.get_running_loop().create_future())
        self._waiting.append(job)
        self._hand_out()
        try:
            return await job.result
        finally:
            if job in self._waiting:  # cancelled before its turn
                self._waiting.remove(job)

    async def aclose(self) -> None:
        """End the processes; jobs under way fail. Nothing can be run afterwards."""
        self._closed = True
        processes, self._processes = self._processes, []
        _fail(self._waiting, "closed")
        for process in processes:
            _fail(process.under_way, "closed")
            process.kill()
        for process in processes:
            await process.ended.wait()

    @property
    def pids(self) -> tuple[int, ...]:
        """The processes there are now."""
        return tuple(process.pid for process in self._processes)

    def _hand_out(self) -> None:
        """Keep the pipes filled, the emptiest first."""
        while self._waiting and not self._closed:
            process = min(self._processes, key=lambda x: len(x.under_way), default=None)
            if process is None or (len(process.under_way) >= AHEAD and len(self._processes) < self._most):
                process = _Process(self, self._command, self._niceness)
                self._processes.append(process)
            if len(process.under_way) >= AHEAD:
                return
            job = self._waiting.popleft()
            if job.result.done():
                continue
            process.under_way.append(job)
            process.send(job)
            if len(process.under_way) == 1:
                self._expect(process)

    def _expect(self, process: _Process) -> None:
        """The oldest job of a process has begun; or it has none, and may rest in a while."""
        if process.under_way:
            seconds = self._deadline + (0 if process.has_answered else START_SECONDS)
            process.set_timer(seconds, partial(self._end, process, "deadline"))
        else:
            process.set_timer(self._idle, partial(self._rest, process))

    def answered(self, process: _Process, outcome: tuple[bool, Any]) -> None:
        """On the loop: the oldest job of `process` is done."""
        if process not in self._processes:
            return
        process.has_answered = True
        _settle(process.under_way.popleft(), outcome)
        if outcome == OUT_OF_MEMORY:  # it ends now, through no fault of the jobs behind
            self._take_back(process)
            process.kill()
        else:
            self._expect(process)
        self._hand_out()

    def ended(self, process: _Process) -> None:
        """On the loop: the process is gone, and the oldest job took it along."""
        if process not in self._processes:
            return
        if process.under_way:
            _fail([process.under_way.popleft()], process.reason)
        self._take_back(process)
        self._hand_out()

    def _take_back(self, process: _Process) -> None:
        """Do without this process; what it was still to do is for another."""
        process.set_timer(None)
        self._processes.remove(process)
        self._waiting.extendleft(reversed(process.under_way))
        process.under_way.clear()

    @staticmethod
    def _end(process: _Process, reason: str) -> None:
        process.reason = reason
        process.kill()

    def _rest(self, process: _Process) -> None:
        """Idle for a while: the memory is worth more than the start is dear."""
        if process in self._processes and not process.under_way:
            self._take_back(process)
            process.stop()


def _fail(jobs: Iterable[_Job], reason: str) -> None:
    for job in jobs:
        if not job.result.done():
            job.result.set_exception(errors.WorkerFailed(reason))


def _settle(job: _Job, outcome: tuple[bool, Any]) -> None:
    if job.result.done():  # cancelled
        return
    succeeded, value = outcome
    if succeeded:
        job.result.set_result(value)
        return
    kind, detail = value
    job.result.set_exception(getattr(errors, kind, errors.WorkerFailed)(detail))


class _Process:
    """One process and its two threads."""

    def __init__(self, worker: Worker, command: list[str], niceness: int) -> None:
        self._worker = worker
        self._loop = asyncio.get_running_loop()
        self.under_way: deque[_Job] = deque()
        self.has_answered = False
        self.reason = "ended"
        self.ended = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None
        self._popen = subprocess.Popen(
            command,
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if sys.stderr is not None else subprocess.DEVNULL,
            creationflags=_creation_flags(niceness),
        )
        self.pid = self._popen.pid
        self._outbox: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        _widen(self._popen.stdin, self._popen.stdout)
        for target in (self._write, self._read):
            threading.Thread(target=target, name=f"worker-{target.__name__[1:]}", daemon=True).start()

    def set_timer(self, seconds: float | None, action: Callable[[], None] | None = None) -> None:
        """Do `action` after so many seconds, and not what was to be done before; None: nothing."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_later(seconds, action) if seconds is not None and action else None

    def send(self, job: _Job) -> None:
        self._outbox.put(job)

    def stop(self) -> None:
        """Close its input: it ends by itself."""
        self._outbox.put(None)

    def kill(self) -> None:
        with suppress(OSError):
            self._popen.kill()
        self._outbox.put(None)

    def _write(self) -> None:
        pipe = cast(BinaryIO, self._popen.stdin)
        with suppress(OSError):
            while (job := self._outbox.get()) is not None:
                write_frame(pipe, pickle.dumps((job.task, job.arguments), pickle.HIGHEST_PROTOCOL))
                del job
        with suppress(OSError):
            pipe.close()

    def _read(self) -> None:
        pipe = cast(io.FileIO, self._popen.stdout)
        # EOFError: it ended. Anything else pickle may say: an answer we do not take; it ends now.
        with suppress(Exception), io.BufferedReader(pipe, 1 << 18) as answers:
            while True:
                outcome = _Answers(io.BytesIO(read_frame(answers))).load()
                if not self._tell(self._worker.answered, self, outcome):
                    break
                del outcome
        self.kill()
        self._popen.wait()
        self._tell(self._finish)

    def _finish(self) -> None:
        self.set_timer(None)
        self.ended.set()
        self._worker.ended(self)

    def _tell(self, function: Any, *arguments: Any) -> bool:
        try:
            self._loop.call_soon_threadsafe(function, *arguments)
        except RuntimeError:  # the loop is closed
            return False
        return True


class _Answers(pickle.Unpickler):
    """Takes the nouns of our own modules and nothing else, should a parser have been taken over."""

    ALLOWED = ("reader.model", "reader.errors", "reader.parse.", "reader.content.", "reader.engine.tasks")

    def find_class(self, module: str, name: str) -> Any:
        if (module == "datetime" and name in ("datetime", "timezone", "timedelta")) or (
            module.startswith(self.ALLOWED) and "." not in name
        ):
            found = super().find_class(module, name)
            if isinstance(found, type):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _creation_flags(niceness: int) -> int:
    if sys.platform != "win32":
        return 0
    flags = subprocess.CREATE_NO_WINDOW
    return flags | (subprocess.BELOW_NORMAL_PRIORITY_CLASS if niceness else 0)


def _widen(*pipes: Any) -> None:
    """A pipe of Linux holds 64 KB; a digested feed is some 200 KB: fewer turns of the scheduler."""
    if sys.platform != "linux":
        return
    import fcntl

    for pipe in pipes:
        with suppress(OSError):
            fcntl.fcntl(pipe.fileno(), fcntl.F_SETPIPE_SZ, 1 << 20)
