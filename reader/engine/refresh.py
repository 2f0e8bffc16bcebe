"""The refresh, written as the pipeline it is.

    plans --by host--> fetch ---answers---> digest ---visits---> record ---> publish
                       |  loop thread,      |  worker            |  writer   |  post
                       |  14 at once,       |  process,          |  thread,  |  10 times
                       |  one per host      |  3 ahead           |  batches  |  a second
                       +-- 304, same bytes, failures ------------^

A host's feeds are visited one after the other; hosts beside each other. Both queues are short, so
that a slow stage slows the ones before it and little is in memory. A batch is one transaction:
articles first, then the validators they came with.

`Refresher` is the door; a `Round` is one refresh from its first request to its last event. A
failure is a feed's own and recorded with it, unless nobody at all can be reached: then the
network is gone, the round ends and nothing is recorded (`connection`).
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from reader.engine.connection import Reach, has_route
from reader.engine.decide import (
    DOUBTED_AFTER,
    NEVER,
    RHYTHM_OF,
    Move,
    decide_rest,
    is_asked_too_soon,
    measure_rhythm,
    should_doubt,
)
from reader.engine.events import ConnectionChanged, Event, RefreshProgressed
from reader.engine.publish import Publisher
from reader.engine.slots import Slots
from reader.engine.threads import WriterThread
from reader.engine.visits import Visit, asks_for_rest, hash_body, judge, read_retry
from reader.errors import AlreadySubscribed, BroadsheetError, FetchError
from reader.fetch.address import host_of, is_loopback
from reader.model import Digest, FeedId, Listing, Selection
from reader.settings import Settings
from reader.store import articles, feeds, fetching
from reader.store.arrivals import PutResult
from reader.store.database import Connection
from reader.store.fetching import FetchNote, FetchPlan

if TYPE_CHECKING:
    from reader.engine.workers import Worker
    from reader.fetch.answer import Answer
    from reader.fetch.client import Client

ANSWERS = 6  # bodies waiting to be digested
VISITS = 64  # visits waiting to be recorded
DIGESTERS = 3  # jobs in the worker's pipe
BATCH = 48  # visits in one transaction, at most
BATCH_DRAFTS = 300  # ... and about so many articles: some 60 ms of the writer


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a refresh came to. `spared`: not asked, since they were a moment ago or their host rests."""

    done: int = 0
    failed: int = 0
    added: int = 0
    unchanged: int = 0
    spared: int = 0
    cancelled: bool = False
    offline: bool = False


class Refresher:
    """Feeds -> news. Lives on the loop thread; only `cancel` may be called from any."""

    def __init__(
        self,
        *,
        writer: WriterThread,
        worker: Worker,
        client: Client,
        settings: Settings,
        post: Callable[[Event], None],
        now: Callable[[], datetime],
        has_route: Callable[[], bool] = has_route,
    ) -> None:
        self.writer = writer
        self.worker = worker
        self.client = client
        self.settings = settings
        self.post = post
        self.now = now
        self.has_route = has_route
        self.online = True
        self.icons: dict[FeedId, str] = {}  # what feeds named as theirs, for `pictures`
        self._round: Round | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def refresh(self, feed_ids: Sequence[FeedId] | None = None, *, by_hand: bool = True) -> Outcome:
        """Fetch the feeds named (None: by hand all, else those that are due), store what is new.

        Posts Changed, RefreshProgressed and ConnectionChanged as it goes. A refresh asked for
        while one runs joins it: its feeds are added, and both callers get the same Outcome.
        Never raises for a feed's failure; raises StoreError when the store cannot be used.
        """
        self._loop = asyncio.get_running_loop()
        plans, pauses = await self.writer.run(lambda db: self._read(db, feed_ids, by_hand), background=False)
        for host, until in pauses.items():
            self.client.gate.pause(host, (until - self.now()).total_seconds())
        chosen = [plan for plan in plans if self._should_visit(plan, by_hand, feed_ids is not None)]
        return await self.visit(chosen, spared=len(plans) - len(chosen))

    async def visit(self, plans: Sequence[FetchPlan], spared: int = 0) -> Outcome:
        """Fetch these now, whatever their turn; joins a round that runs."""
        running = self._round
        if running is not None and running.add(plans, spared):
            return await asyncio.shield(running.outcome)
        self._round = running = Round(self)
        running.add(plans, spared)
        try:
            return await running.run()
        finally:
            self._round = None

    async def deliver(self, feed_id: FeedId, answer: Answer, digest: Digest) -> None:
        """Store what was fetched while the feed was looked for: it is not fetched again."""
        plan = await self.writer.run(lambda db: fetching.read_plan(db, feed_id), background=False)
        if plan is not None:
            self.note_icon(feed_id, digest)
            await Round(self).record([Visit(plan, answer, digest)], at_once=True)

    def cancel(self) -> None:
        """Stop within 200 ms; what is stored stays. From any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._cancel)

    def note_icon(self, feed_id: FeedId, digest: Digest) -> None:
        """Remember the icon that the document names, for as long as the program runs."""
        if digest.head.icon:
            self.icons[feed_id] = digest.head.icon

    def set_online(self, online: bool) -> None:
        if online != self.online:
            self.online = online
            self.post(ConnectionChanged(online))

    def _cancel(self) -> None:
        if self._round is not None:
            self._round.cancel()

    def _read(
        self, db: Connection, feed_ids: Sequence[FeedId] | None, by_hand: bool
    ) -> tuple[list[FetchPlan], dict[str, datetime]]:
        now = self.now()
        pauses = fetching.read_pauses(db, now)
        if feed_ids is not None:
            found = (fetching.read_plan(db, feed_id) for feed_id in dict.fromkeys(feed_ids))
            return [plan for plan in found if plan is not None], pauses
        return (fetching.read_all_plans(db) if by_hand else fetching.read_due(db, now)), pauses

    def _should_visit(self, plan: FetchPlan, by_hand: bool, is_named: bool) -> bool:
        host = host_of(plan.address)
        if self.client.gate.pause_left(host) > 0:
            return False
        if not by_hand or is_loopback(host):
            return True
        if (plan.is_gone or plan.not_before == NEVER) and not is_named:
            return False
        # What brought no answer at all may be tried again at once: the fault may just be mended.
        return plan.last_status == 0 or not is_asked_too_soon(plan.last_checked_at, self.now())


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
        if self._fault is not None:
            raise self._fault
        self._tell(active=False)
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
        if visit.error is not None and self._reach.hold(visit, visit.error):
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
            return Visit(plan, answer, error=error)
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
        results = await self._refresher.writer.run(lambda db: _write(db, judged, now), background=not at_once)
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
        elif missing == self._reach.has_held and not self._ended.is_set():
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


def _write(
    db: Connection, judged: list[tuple[Visit, FetchNote, Move]], now: datetime
) -> list[tuple[PutResult, bool]]:
    """On the writer thread, in one transaction: the articles, then what was learnt of their feeds."""
    documents = [(visit.plan.feed_id, visit.digest.drafts) for visit, _, _ in judged if visit.digest]
    put = dict(zip((feed for feed, _ in documents), articles.put_documents(db, documents, now), strict=True))
    results: list[tuple[PutResult, bool]] = []
    for visit, note, move in judged:
        feed_id = visit.plan.feed_id
        is_touched = move.adopt and _adopt(db, feed_id, move.to)
        is_touched = (
            fetching.note_answer(db, feed_id, replace(note, moved_to="") if is_touched else note)
            or is_touched
        )
        results.append((put.get(feed_id, PutResult()), is_touched))
    return results


def _adopt(db: Connection, feed_id: FeedId, address: str) -> bool:
    """The feed has moved for good. Not where the new address is another subscription already."""
    try:
        feeds.change_address(db, feed_id, address)
    except AlreadySubscribed:
        return False
    return True
