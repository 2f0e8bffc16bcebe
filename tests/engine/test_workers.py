"""The worker process, really started: results, errors, deadlines, limits, ends."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from reader.engine.workers import Worker
from reader.errors import NotAFeed, WorkerFailed

ROOT = Path(__file__).resolve().parents[2]
# The tasks of a process for tests; the real ones have tests of their own.
TASKS = """
import sys
sys.path.insert(0, %r)
import os, time
from reader.engine import tasks, worker_process
from reader import errors, model
def refuse(): raise errors.NotAFeed("HTML")
def hog(): return len([bytearray(1 << 24) for _ in range(1000)])
def chatter():
    print("noise"); os.system("echo noise"); return "answer"
def smuggle():
    class Evil:
        def __reduce__(self): return (print, ("smuggled",))
    return Evil()
tasks.BY_NAME.clear()
tasks.BY_NAME.update(
    echo=lambda x: x, size=len, big=bytes, refuse=refuse, hog=hog, chatter=chatter, die=lambda: os._exit(3),
    hang=lambda: time.sleep(600), head=lambda: model.FeedHead(title="T"), smuggle=smuggle, nice=lambda: os.nice(0),
)
worker_process.main([str(1 << 29), "5"])
""" % str(ROOT)  # noqa: UP031

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the memory limit is POSIX's")


def use(work: Callable[[Worker], Awaitable[Any]], **options: Any) -> Any:
    async def run() -> Any:
        worker = Worker(command=[sys.executable, "-P", "-c", TASKS], **options)
        try:
            return await work(worker)
        finally:
            await worker.aclose()

    return asyncio.run(run())


def test_a_result_comes_back_and_an_error_too():
    async def work(worker: Worker) -> None:
        assert (await worker.run("head")).title == "T"
        with pytest.raises(NotAFeed) as caught:
            await worker.run("refuse")
        assert caught.value.detail == "HTML"
        assert await worker.run("nice") == 5

    use(work)


def test_many_large_jobs_at_once_are_each_answered_in_order():
    async def work(worker: Worker) -> list[int]:
        jobs = [worker.run("size", b"x" * (i * 100_000)) for i in range(20)]
        back = worker.run("big", 5_000_000)
        assert len(await back) == 5_000_000
        return await asyncio.gather(*jobs)

    assert use(work) == [i * 100_000 for i in range(20)]


def test_a_second_process_comes_when_jobs_pile_up_and_both_rest_in_the_end(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(os, "cpu_count", lambda: 4)

    async def work(worker: Worker) -> None:
        assert await worker.run("echo", 1) == 1
        assert len(worker.pids) == 1
        jobs = asyncio.gather(*(worker.run("echo", i) for i in range(40)))
        await asyncio.sleep(0)  # they are handed in; one process may be done and resting before the other
        processes = list(worker._processes)
        assert len(processes) == 2
        assert await jobs == list(range(40))
        async with asyncio.timeout(10):
            for process in processes:
                await process.ended.wait()
        assert worker.pids == ()

    use(work, idle=0.05)


def test_what_a_library_prints_does_not_disturb(capfd: pytest.CaptureFixture[str]):
    async def work(worker: Worker) -> Any:
        return await worker.run("chatter"), await worker.run("echo", 1)

    assert use(work) == ("answer", 1)
    capfd.readouterr()


@pytest.mark.parametrize(("task", "reason"), [("die", "ended"), ("hog", "memory"), ("nonsense", "KeyError")])
def test_a_job_that_brings_the_process_down_fails_alone(
    task: str, reason: str, capfd: pytest.CaptureFixture[str]
):
    async def work(worker: Worker) -> list[Any]:
        jobs = [worker.run("echo", 1), worker.run(task), worker.run("echo", 2), worker.run("echo", 3)]
        return await asyncio.gather(*jobs, return_exceptions=True)

    first, failed, *others = use(work)
    assert (first, others) == (1, [2, 3])
    assert isinstance(failed, WorkerFailed)
    assert failed.detail == reason
    capfd.readouterr()


def test_a_job_past_its_deadline_is_ended_and_the_others_go_on():
    async def work(worker: Worker) -> list[Any]:
        await worker.run("echo", 0)  # the start of the process is not counted
        jobs = [worker.run("hang"), *(worker.run("echo", 2) for _ in range(9))]
        return await asyncio.gather(*jobs, return_exceptions=True)

    failed, *others = use(work, deadline=0.2)
    assert isinstance(failed, WorkerFailed)
    assert failed.detail == "deadline"
    assert others == [2] * 9


def test_an_answer_that_is_not_one_of_our_nouns_is_not_opened(capfd: pytest.CaptureFixture[str]):
    async def work(worker: Worker) -> list[Any]:
        return await asyncio.gather(worker.run("smuggle"), worker.run("echo", 2), return_exceptions=True)

    failed, other = use(work)
    assert isinstance(failed, WorkerFailed)
    assert other == 2
    assert "smuggled" not in capfd.readouterr().out


def test_an_idle_process_ends_and_the_next_job_starts_another():
    async def work(worker: Worker) -> None:
        await worker.run("echo", 1)
        (process,) = worker._processes
        async with asyncio.timeout(10):
            await process.ended.wait()
        assert worker.pids == ()
        assert await worker.run("echo", 2) == 2

    use(work, idle=0.05)


def test_a_cancelled_job_leaves_the_worker_usable():
    async def work(worker: Worker) -> Any:
        job = asyncio.ensure_future(worker.run("echo", 1))
        await asyncio.sleep(0)
        job.cancel()
        await asyncio.gather(job, return_exceptions=True)
        return await worker.run("echo", 2)

    assert use(work) == 2


def test_closing_ends_the_process_and_fails_what_was_under_way():
    async def run() -> tuple[Any, int]:
        worker = Worker(command=[sys.executable, "-P", "-c", TASKS])
        await worker.run("echo", 1)
        (pid,) = worker.pids
        job = asyncio.ensure_future(worker.run("hang"))
        await asyncio.sleep(0)
        await worker.aclose()
        return (await asyncio.gather(job, return_exceptions=True))[0], pid

    failed, pid = asyncio.run(run())
    assert isinstance(failed, WorkerFailed)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_the_worker_ends_when_its_parent_does():
    import subprocess

    script = f"""
import sys, asyncio, os
sys.path.insert(0, {str(ROOT)!r})
from reader.engine.workers import Worker
async def run():
    worker = Worker(command=[sys.executable, "-P", "-c", {TASKS!r}])
    await worker.run("echo", 1)
    print(*worker.pids, flush=True)
    os._exit(0)
asyncio.run(run())
"""
    # The worker holds the pipe of our standard error too: `run` returns when both have ended.
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=30, check=True)
    assert int(done.stdout) > 0


def test_the_real_command_line_reads_a_feed():
    feed = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><link>https://t.example/</link>
<item><title>One</title><guid>1</guid><description>&lt;p&gt;Text&lt;script&gt;x&lt;/script&gt;&lt;/p&gt;</description>
</item></channel></rss>"""

    async def run() -> Any:
        worker = Worker()
        try:
            return await worker.run("digest_feed", feed, "", "https://t.example/feed", "text/xml")
        finally:
            await worker.aclose()

    digest = asyncio.run(run())
    assert digest.head.title == "T"
    assert [(draft.title, draft.text.strip()) for draft in digest.drafts] == [("One", "Text")]
