"""One refresh, from its first request to its last event: the stages that `refresh` draws.

Enters: plans. Leaves: articles and notes in the store, events, an `Outcome`. Each stage is a task
or a few, the queues between them are short, and whatever ends the round (all is done, the person
cancelled, the network or the store is gone) sets one event that ends every task.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from reader.engine.connection import Reach
from reader.engine.decide import DOUBTED_AFTER, RHYTHM_OF, decide_rest, measure_rhythm, should_doubt
from reader.engine.events import RefreshProgressed, StoreFailed
from reader.engine.publish import Publisher
from reader.engine.record import write_visits
from reader.engine.slots import Slots
from reader.engine.visits import Visit, asks_for_rest, hash_body, judge, read_retry, tell_cut
from reader.errors import BroadsheetError, EmptyDocument, FetchError, StoreError
from reader.fetch.address import host_of
from reader.frozen import frozen
from reader.model import Digest, FeedId, Listing, Selection
from reader.store import articles, fetching
from reader.store.fetching import FetchPlan

if TYPE_CHECKING:
    from reader.engine.refresh import Refresher
    from reader.fetch.answer import Answer

ANSWERS = 6  # bodies waiting to be digested
VISITS = 64  # visits waiting to be recorded
DIGESTERS = 6  # jobs given to the worker at once
BATCH = 48  # visits in one transaction, at most
BATCH_DRAFTS = 300  # ... and about so many articles: some 60 ms of the writer


@frozen
class Outcome:
    """What a refresh came to. `spared`: not asked, since they were a moment ago or their host rests."""

    done: int = 0
    failed: int = 0
    added: int = 0
    unchanged: int = 0
    spared: int = 0
    cancelled: bool = False
    offline: bool = False


class Round:
    """One refresh under way."""

    def __init__(self, refresher: Refresher) -> None:
        self._refresher = refresher
        self._client = refresher.client
        self._now = refresher.now
        self._slots = Slots()
        self._reach: Reach[Visit] = Reach(refresher.has_route)
        self._publisher = Publisher(refresher.writer, refresher.post, refresher.now)
        self._answers: asyncio.Queue[tuple[FetchPlan, Answer]] = asyncio.Queue(ANSWERS)
        self._visits: asyncio.Queue[Visit] = asyncio.Queue(VISITS)
        self._fetchers: set[asyncio.Task[None]] = set()
        self._feeds: set[FeedId] = set()
        self._total = 0
        self._counted = Outcome()
        self._recording: asyncio.Future[None] | None = None
        self._ended = asyncio.Event()
        self._fault: BaseException | None = None
        self.outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()

    def add(self, plans: Sequence[FetchPlan], spared: int = 0) -> bool:
        """Take feeds along; False if the round is over."""
        if self._ended.is_set():
            return False
        self._count(spared=spared)
        by_host: dict[str, list[FetchPlan]] = defaultdict(list)
        for plan in plans:
            if plan.feed_id not in self._feeds:
                self._feeds.add(plan.feed_id)
                by_host[host_of(plan.address)].append(plan)
                self._total += 1
        for host, of_host in by_host.items():
            self._start(self._fetch_host(host, of_host), self._fetchers)
        return True

    async def run(self) -> Outcome:
        stages: set[asyncio.Task[None]] = set()
        self._tell()
        self._end_if_done()
        try:
            if not self._ended.is_set():
                self._start(self._publisher.run(), stages)
                self._start(self._record_all(), stages)
                for _ in range(DIGESTERS):
                    self._start(self._digest_all(), stages)
            await self._ended.wait()
            if self._recording is not None:  # cancelled while a batch is being written: tell of it too
                await asyncio.wait([self._recording])
        finally:
            self._ended.set()
            for task in [*self._fetchers, *stages]:
                task.cancel()
            await asyncio.gather(*self._fetchers, *stages, return_exceptions=True)
            if not self.outcome.done():
                self.outcome.set_result(self._counted)
        self._tell(active=False)
        if self._fault is not None:
            if isinstance(self._fault, StoreError):
                self._refresher.post(StoreFailed(self._fault))
            self._publisher.tell_progress()  # nobody may go on waiting for the end
            raise self._fault
        await self._publisher.flush()
        return self._counted

    def cancel(self) -> None:
        if not self._ended.is_set():
            self._counted = replace(self._counted, cancelled=True)
            self._ended.set()

    # ---- fetch --------------------------------------------------------------------------

    async def _fetch_host(self, host: str, plans: list[FetchPlan]) -> None:
        """One host's feeds, one after the other."""
        for place, plan in enumerate(plans):
            if self._client.gate.pause_left(host) > 0:  # it asked to be left alone: drop the rest
                self._spare(len(plans) - place)
                return
            await self._client.gate.wait_gap(host)
            async with self._slots.hold():
                visit, answer = await self._fetch(plan)
            if visit is None and answer is not None:
                await self._answers.put((plan, answer))
            elif visit is not None:
                await self._settle(host, visit)

    async def _fetch(self, plan: FetchPlan) -> tuple[Visit, None] | tuple[None, Answer]:
        """A visit that is over, or an answer that has to be read."""
        etag, modified = plan.etag, plan.last_modified
        if await self._should_doubt(plan):
            etag = modified = ""
        try:
            answer = await self._client.get_feed(plan.address, etag, modified)
        except FetchError as error:
            return Visit(plan, error=error), None
        failure = answer.failure()
        if failure is not None:
            return Visit(plan, answer, error=failure), None
        if answer.is_unchanged and not (etag or modified):
            return Visit(
                plan, answer, error=EmptyDocument(host_of(plan.address))
            ), None  # it was not asked that
        if answer.is_unchanged or (plan.body_hash and hash_body(answer) == plan.body_hash):
            return Visit(plan, answer), None
        return None, answer

    async def _should_doubt(self, plan: FetchPlan) -> bool:
        """Whether the server has said "not modified" for longer than can be believed."""
        now = self._now()
        if plan.last_200_at is None or now - plan.last_200_at < DOUBTED_AFTER:
            return False
        of_feed = Selection(Listing.FEED, plan.feed_id)
        page = await self._refresher.writer.run(
            lambda db: articles.read_rows(db, of_feed, None, RHYTHM_OF, now)
        )
        times = [row.at for row in page.rows]
        return should_doubt(now, plan.last_200_at, max(times, default=None), measure_rhythm(times))

    async def _settle(self, host: str, visit: Visit) -> None:
        """A visit without a document: pass it on, unless it may be our own network that failed."""
        if asks_for_rest(visit):
            await self._pause(host, visit)
        if visit.error is not None and self._reach.hold(visit, visit.error, host):
            if self._reach.is_lost(at_end=False):
                self._go_offline()
            self._end_if_done()
            return
        if visit.answer is not None:
            await self._hear()
        await self._visits.put(visit)

    async def _hear(self) -> None:
        if not self._reach.was_heard:
            self._refresher.set_online(True)
            for held in self._reach.hear():
                await self._visits.put(held)

    async def _pause(self, host: str, visit: Visit) -> None:
        now = self._now()
        seconds = read_retry(visit, now) or decide_rest(visit.plan.failures + 1)
        self._client.gate.pause(host, seconds)
        until, reason = now + timedelta(seconds=seconds), visit.error.detail if visit.error else ""
        await self._refresher.writer.run(lambda db: fetching.pause_host(db, host, until, reason))

    # ---- digest -------------------------------------------------------------------------

    async def _digest_all(self) -> None:
        while True:
            plan, answer = await self._answers.get()
            await self._hear()
            await self._visits.put(await self._digest(plan, answer))
            del answer

    async def _digest(self, plan: FetchPlan, answer: Answer) -> Visit:
        try:
            digest: Digest = await self._refresher.worker.run(
                "digest_feed", answer.data, answer.encoding, answer.address, answer.content_type
            )
        except BroadsheetError as error:
            return Visit(plan, answer, error=tell_cut(answer, error))
        if answer.is_cut and not digest.drafts:
            return Visit(plan, answer, error=tell_cut(answer))
        self._refresher.note_icon(plan.feed_id, digest)
        return Visit(plan, answer, digest)

    # ---- record -------------------------------------------------------------------------

    async def _record_all(self) -> None:
        while not self._ended.is_set():
            batch = [await self._visits.get()]
            drafts = _count_drafts(batch[0])
            while len(batch) < BATCH and drafts < BATCH_DRAFTS and not self._visits.empty():
                batch.append(self._visits.get_nowait())
                drafts += _count_drafts(batch[-1])
            # Shielded: what the writer has begun it ends, and the window hears of it.
            self._recording = asyncio.ensure_future(self.record(batch))
            await asyncio.shield(self._recording)
            del batch
            self._end_if_done()

    async def record(self, batch: list[Visit], *, at_once: bool = False) -> None:
        """Write a batch down in one transaction; count and tell what it changed."""
        now, usual = self._now(), int(self._refresher.settings.get("refresh_minutes")) * 60
        judged = [(visit, *judge(visit, now, usual)) for visit in batch]
        results = await self._refresher.writer.run(
            lambda db: write_visits(db, judged, now), background=not at_once
        )
        for visit, (put, is_touched) in zip(batch, results, strict=True):
            has_news = is_touched or bool(put.added or put.updated)
            self._publisher.note(put.added, put.updated, visit.plan.feed_id if has_news else None)
            self._count(
                done=1,
                failed=visit.error is not None,
                added=len(put.added),
                unchanged=visit.error is None and visit.digest is None,
            )
        if at_once:
            await self._publisher.flush()
        else:
            self._tell()

    # ---- counting and ending ------------------------------------------------------------

    def _count(self, **more: int) -> None:
        sums = {name: getattr(self._counted, name) + number for name, number in more.items()}
        self._counted = replace(self._counted, **sums)

    def _spare(self, number: int) -> None:
        self._total -= number
        self._count(spared=number)
        self._end_if_done()

    def _tell(self, *, active: bool = True) -> None:
        now = self._counted
        self._publisher.progress(
            RefreshProgressed(now.done, self._total, now.failed, now.added, active, now.cancelled, now.spared)
        )

    def _end_if_done(self) -> None:
        missing = self._total - self._counted.done
        if missing == 0:
            self._ended.set()
        elif missing == self._reach.held_count and not self._ended.is_set():
            # Only those are left that could not be reached, and nobody has answered.
            if self._reach.is_lost(at_end=True):
                self._go_offline()
            else:
                self._start(self._hear_nobody(), self._fetchers)

    async def _hear_nobody(self) -> None:
        for held in self._reach.hear():
            await self._visits.put(held)

    def _go_offline(self) -> None:
        self._counted = replace(self._counted, offline=True)
        self._refresher.set_online(False)
        self._ended.set()

    def _start(self, work: Coroutine[Any, Any, None], tasks: set[asyncio.Task[None]]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        tasks.add(task)
        task.add_done_callback(tasks.discard)
        task.add_done_callback(self._note_end)

    def _note_end(self, task: asyncio.Task[None]) -> None:
        """A stage that breaks (the store is gone, or a fault of ours) ends the round, aloud."""
        if not task.cancelled() and task.exception() is not None:
            self._fault = self._fault or task.exception()
            self._ended.set()


def _count_drafts(visit: Visit) -> int:
    return len(visit.digest.drafts) if visit.digest is not None else 0
