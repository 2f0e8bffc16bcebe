from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from reader.engine.threads import Closed, ReaderThreads, Superseded, WriterThread


class FakeStore:
    """A connection as the threads know it. Rolls back like one."""

    def __init__(self) -> None:
        self.kept: list[Any] = []
        self.pending: list[Any] = []
        self.transactions: list[int] = []
        self.closed = False
        self.interrupted = threading.Event()

    def close(self) -> None:
        self.closed = True

    def interrupt(self) -> None:
        self.interrupted.set()


@contextlib.contextmanager
def transaction(store: FakeStore) -> Iterator[None]:
    store.pending = []
    try:
        yield
    except BaseException:
        store.pending = []
        raise
    store.transactions.append(len(store.pending))
    store.kept += store.pending


class Outcomes:
    def __init__(self) -> None:
        self.all: list[tuple[Any, Any]] = []
        self.changed = threading.Condition()

    def __call__(self, value: Any, error: Exception | None) -> None:
        with self.changed:
            self.all.append((value, error))
            self.changed.notify()

    def wait(self, number: int) -> list[tuple[Any, Any]]:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.all) >= number, 10)
            return self.all


def keep(value: Any):
    def job(store: FakeStore) -> Any:
        store.pending.append(value)
        return value

    return job


def fail(store: FakeStore) -> None:
    raise ValueError("no")


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


def test_jobs_are_done_in_order_and_the_rest_before_closing(store: FakeStore):
    writer, outcomes = WriterThread(lambda: store, transaction), Outcomes()
    for value in range(50):
        writer.put(keep(value), outcomes)
    writer.close()
    assert store.kept == list(range(50))
    assert outcomes.all == [(value, None) for value in range(50)]
    assert store.closed


def test_nothing_is_opened_before_the_first_job():
    opened = []
    writer = WriterThread(lambda: opened.append(1), transaction)
    writer.close()
    assert not opened


def test_a_job_after_closing_is_refused(store: FakeStore):
    writer, outcomes = WriterThread(lambda: store, transaction), Outcomes()
    writer.close()
    writer.put(keep(1), outcomes)
    assert isinstance(outcomes.all[0][1], Closed)


def blocked(writer: WriterThread) -> threading.Event:
    """Hold the writer up, so that what is put next queues behind one job."""
    gate, begun = threading.Event(), threading.Event()

    def job(store: FakeStore) -> None:
        begun.set()
        gate.wait(10)

    writer.put(job)
    assert begun.wait(10)
    return gate


def test_background_jobs_that_queue_up_share_a_transaction(store: FakeStore):
    writer, outcomes = WriterThread(lambda: store, transaction), Outcomes()
    gate = blocked(writer)
    for value in range(10):
        writer.put(keep(value), outcomes, background=True)
    gate.set()
    assert outcomes.wait(10) == [(value, None) for value in range(10)]
    assert store.transactions == [0, 10]
    writer.close()


def test_a_background_job_that_fails_takes_no_other_along(store: FakeStore):
    writer, outcomes = WriterThread(lambda: store, transaction), Outcomes()
    gate = blocked(writer)
    for job in (keep(1), fail, keep(2)):
        writer.put(job, outcomes, background=True)
    gate.set()
    found = outcomes.wait(3)
    assert [value for value, _ in found] == [1, None, 2]
    assert isinstance(found[1][1], ValueError)
    assert store.kept == [1, 2]
    writer.close()


def test_the_persons_jobs_come_before_those_in_the_background(store: FakeStore):
    writer, outcomes = WriterThread(lambda: store, transaction), Outcomes()
    gate = blocked(writer)
    writer.put(keep("later"), outcomes, background=True)
    writer.put(keep("now"), outcomes)
    gate.set()
    assert [value for value, _ in outcomes.wait(2)] == ["now", "later"]
    writer.close()


def test_a_store_that_cannot_be_opened_fails_every_job():
    def refuse() -> FakeStore:
        raise OSError("locked away")

    writer, outcomes = WriterThread(refuse, transaction), Outcomes()
    writer.put(keep(1), outcomes)
    writer.put(keep(2), outcomes)
    assert all(isinstance(error, OSError) for _, error in outcomes.wait(2))
    writer.close()


def test_a_job_can_be_awaited_from_a_loop(store: FakeStore):
    writer = WriterThread(lambda: store, transaction)

    async def run() -> Any:
        with pytest.raises(ValueError, match="no"):
            await writer.run(fail)
        return await writer.run(keep(7))

    assert asyncio.run(run()) == 7
    writer.close()


def test_lanes_answer_beside_each_other():
    readers, outcomes = ReaderThreads(FakeStore), Outcomes()
    gate = threading.Event()
    readers.put("lists", lambda _: gate.wait(10), outcomes)
    readers.put("pictures", lambda _: "picture", outcomes)
    assert outcomes.wait(1) == [("picture", None)]
    gate.set()
    outcomes.wait(2)
    readers.close()


def test_a_newer_question_supersedes_the_older_ones_of_its_lane():
    stores: list[FakeStore] = []

    def open_store() -> FakeStore:
        stores.append(FakeStore())
        return stores[-1]

    readers, outcomes = ReaderThreads(open_store), Outcomes()
    begun = threading.Event()

    def slow(store: FakeStore) -> str:
        begun.set()
        assert store.interrupted.wait(10)
        raise RuntimeError("interrupted")

    readers.put("search", slow, outcomes, supersede=True)
    assert begun.wait(10)
    readers.put("search", lambda _: "second", outcomes, supersede=True)
    readers.put("search", lambda _: "third", outcomes, supersede=True)
    found = outcomes.wait(3)
    assert sum(isinstance(error, Superseded) for _, error in found) == 2
    assert ("third", None) in found
    readers.close()
    assert all(store.closed for store in stores)


def test_closing_interrupts_a_long_question():
    readers, outcomes = ReaderThreads(FakeStore), Outcomes()
    begun = threading.Event()

    def slow(store: FakeStore) -> None:
        begun.set()
        assert store.interrupted.wait(10)

    readers.put("lists", slow, outcomes)
    assert begun.wait(10)
    readers.close()
    assert len(outcomes.all) == 1
