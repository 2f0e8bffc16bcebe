"""One refresh, from its first request to its last event: the stages that `refresh` draws.

Enters: plans. Leaves: articles and notes in the store, events, an `Outcome`. Each stage is a task
or a few, and whatever ends the round (all is done, the person cancelled, the network or the store
is gone) sets one event that ends every task. When only hosts are left that nobody should wait for
any longer (`stragglers`), the round ends for the person, and its tasks go on behind that.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reader.engine.connection import Reach, Sign
from reader.engine.events import Noticed, RefreshProgressed, StoreFailed
from reader.engine.order import arrange, list_hosts
from reader.engine.outcome import Outcome
from reader.engine.publish import Publisher
from reader.engine.slots import Slots
from reader.engine.stragglers import Late, Silence
from reader.engine.threads import Closed, report
from reader.engine.tray import Tray
from reader.engine.visits import Visit, asks_for_rest, tell_cut
from reader.errors import BroadsheetError, StoreError
from reader.fetch.address import host_of
from reader.frozen import frozen
from reader.model import Digest, FeedId
from reader.store.fetching import FetchPlan

if TYPE_CHECKING:
    from reader.engine.refresh import Refresher

VISITS = 64  # visits waiting to be recorded
DIGESTERS = 6  # jobs given to the worker at once
BATCH = 48  # visits in one transaction, at most
BATCH_DRAFTS = 300  # ... and about so many articles: some 60 ms of the writer


@frozen
class Turn:
    """A feed in its host's queue. `whole`: the person wants it anew, not what has changed."""

    plan: FetchPlan
    whole: bool = False


class Round:
    """One refresh under way."""

    def __init__(self, refresher: Refresher) -> None:
        self._refresher = refresher
        self._gate = refresher.client.gate
        self._behind = refresher.behind
        self._loop = asyncio.get_running_loop()
        self._slots = Slots()
        self._silence = Silence(self._loop.time)
        self._reach: Reach[Visit] = Reach(
            refresher.has_route, was_online=refresher.online, known_portal=refresher.portal
        )
        self._publisher = Publisher(refresher.writer, refresher.post, refresher.now)
        self._tray = Tray()
        self._visits: asyncio.Queue[Visit] = asyncio.Queue(VISITS)
        self._queues: dict[str, deque[Turn]] = {}
        self._asked: set[str] = set()  # hosts
        self._tasks: set[asyncio.Task[None]] = set()
        self._feeds: dict[FeedId, FetchPlan] = {}  # those not done yet
        self._joined: set[FeedId] = set()  # ... of which an earlier round asked
        self._total = 0
        self._counted = Outcome()
        self._recording: asyncio.Future[None] | None = None
        self._overdue: asyncio.TimerHandle | None = None
        self._ended = asyncio.Event()  # for the person
        self._over = asyncio.Event()  # altogether
        self._fault: BaseException | None = None
        self.outcome: asyncio.Future[Outcome] = self._loop.create_future()

    def add(self, plans: Sequence[FetchPlan], spared: int = 0, *, whole: bool = False) -> bool:
        """Take feeds along; False if the round is over."""
        if self._ended.is_set():
            return False
        self._counted = self._counted.plus(Outcome(spared=spared))
        for host, of_host in arrange(plan for plan in plans if plan.feed_id not in self._feeds):
            for plan in of_host:
                self._take(host, plan, whole)
        return True

    async def run(self) -> Outcome:
        """Until it has ended for the person; what is left then goes on behind."""
        self._tell()
        self._look_at_end()
        try:
            if not self._over.is_set():
                self._start(self._publisher.run())
                self._start(self._record_all())
                for _ in range(DIGESTERS):
                    self._start(self._digest_all())
            await self._ended.wait()
        except BaseException:
            self._end()
            await self._stop()
            raise
        if not self._over.is_set():
            await self._leave_behind()
            return self._counted
        await self._stop()
        self._tell(active=False)
        if self._fault is not None:
            self._publisher.tell_progress()  # nobody may go on waiting for the end
            raise self._fault
        await self._publisher.flush()
        return self._counted

    def cancel(self) -> None:
        """Give up what is not done, that which went on behind too."""
        if not self._ended.is_set():
            self._counted = replace(self._counted, cancelled=True)
        self._end()

    # ---- fetch --------------------------------------------------------------------------

    def _take(self, host: str, plan: FetchPlan, whole: bool) -> None:
        self._total += 1
        self._feeds[plan.feed_id] = plan
        self._silence.expect(host)
        late = self._behind.find(plan.feed_id, plan.address)
        if late is not None:
            self._joined.add(plan.feed_id)
            self._silence.begin(host, late.since)
            self._start(self._join(host, late))
        elif host in self._queues:
            self._queues[host].append(Turn(plan, whole))
        else:
            self._queues[host] = deque([Turn(plan, whole)])
            self._start(self._fetch_host(host))

    async def _join(self, host: str, late: Late) -> None:
        """A feed that an earlier round waits for still: it is not asked twice."""
        outcome = await asyncio.shield(late.outcome)
        self._joined.discard(late.feed_id)
        self._silence.drop(host)
        self._finish(late.feed_id, outcome if outcome.done else Outcome(spared=1))

    async def _fetch_host(self, host: str) -> None:
        """One host's feeds, one after the other."""
        queue = self._queues[host]
        await self._wait_for_earlier(host)
        is_begun = False
        while queue:
            if self._gate.pause_left(host) > 0:  # it asked to be left alone: drop the rest
                self._spare(host, queue)
                break
            if any(self._gate.pause_left(one) > 0 for one in list_hosts(queue[0].plan)):
                self._spare(host, deque([queue.popleft()]))  # the one it leads to did
                continue
            await self._gate.wait_gap(host)
            await self._tray.wait_for_room()
            async with self._slots.hold(ahead=is_begun):
                is_begun = True
                visit = await self._ask(host, queue.popleft())
            self._look_at_end()
            if visit.needs_reading:
                self._tray.put(visit)
            else:
                await self._settle(visit)
        del self._queues[host]

    async def _wait_for_earlier(self, host: str) -> None:
        since = self._behind.find_since(host)
        if since is not None:
            self._silence.begin(host, since)
            await self._behind.leave(host)
            self._silence.pause(host)

    async def _ask(self, host: str, turn: Turn) -> Visit:
        self._asked.add(host)
        self._silence.begin(host)
        self._look_at_end()
        answered_after: float | None = None
        try:
            visit = await self._refresher.asker.ask(turn.plan, whole=turn.whole)
            answered_after = visit.elapsed if visit.answer is not None else None
        finally:
            self._silence.end(host, answered_after)
        return visit

    async def _settle(self, visit: Visit) -> None:
        """A visit that is over: pass it on, unless it may be our own network that failed."""
        host, error = host_of(visit.plan.address), visit.error
        if asks_for_rest(visit):
            await self._refresher.asker.rest(host, visit)
        if error is not None:
            is_log_in = visit.answer is not None and bool(visit.answer.portal)
            if self._reach.hold(visit, Sign(host, error, visit.led_to, is_log_in)):
                self._look_at_reach(at_end=False)
                self._look_at_end()
                return
        else:
            self._refresher.asker.note_answer(host)
        if visit.answer is not None:
            await self._hear()
        await self._visits.put(visit)

    async def _hear(self) -> None:
        if not self._reach.was_heard:
            self._refresher.set_online(True)
            await self._release()

    async def _release(self) -> None:
        for held in self._reach.hear():
            await self._visits.put(held)

    # ---- digest -------------------------------------------------------------------------

    async def _digest_all(self) -> None:
        while True:
            visit = await self._tray.get()
            if not visit.led_to:
                await self._hear()
            await self._settle(await self._digest(visit))
            del visit

    async def _digest(self, visit: Visit) -> Visit:
        answer, visit = visit.answer, replace(visit, needs_reading=False)
        assert answer is not None
        try:
            digest: Digest = await self._refresher.worker.run(
                "digest_feed", answer.data, answer.encoding, answer.address, answer.content_type
            )
        except BroadsheetError as error:
            return replace(visit, error=tell_cut(answer, error))
        if answer.is_cut and not digest.drafts:
            return replace(visit, error=tell_cut(answer))
        self._refresher.note_icon(visit.plan.feed_id, digest)
        return replace(visit, digest=digest)

    # ---- record -------------------------------------------------------------------------

    async def _record_all(self) -> None:
        while not self._over.is_set():
            batch = [await self._visits.get()]
            drafts = _count_drafts(batch[0])
            while len(batch) < BATCH and drafts < BATCH_DRAFTS and not self._visits.empty():
                batch.append(self._visits.get_nowait())
                drafts += _count_drafts(batch[-1])
            # Shielded: what the writer has begun it ends, and the window hears of it.
            self._recording = asyncio.ensure_future(self._record(batch))
            await asyncio.shield(self._recording)
            del batch

    async def _record(self, batch: list[Visit]) -> None:
        for visit, outcome in await self._refresher.record(batch, self._publisher):
            self._finish(visit.plan.feed_id, outcome)

    # ---- counting and ending ------------------------------------------------------------

    def _finish(self, feed_id: FeedId, outcome: Outcome) -> None:
        """A feed is done, or spared: then it is none of those that were to be asked."""
        self._feeds.pop(feed_id, None)
        self._behind.settle(feed_id, outcome)
        self._total -= outcome.spared
        self._counted = self._counted.plus(outcome)
        if not self._ended.is_set():
            self._tell()
        self._look_at_end()

    def _spare(self, host: str, queue: deque[Turn]) -> None:
        while queue:
            self._silence.drop(host)
            self._finish(queue.popleft().plan.feed_id, Outcome(spared=1))

    def _tell(self, *, active: bool = True) -> None:
        now = self._counted
        self._publisher.progress(
            RefreshProgressed(
                now.done, self._total, now.failed, now.added, active, now.cancelled, now.spared, now.waiting
            )
        )

    def _look_at_end(self) -> None:
        if self._overdue is not None:
            self._overdue.cancel()
            self._overdue = None
        missing = len(self._feeds)
        if missing == 0:
            self._end()
        elif missing == self._reach.held_count:  # nobody has answered, and nobody is left
            if not self._look_at_reach(at_end=True):
                self._start(self._release())
        elif self._ended.is_set():
            return
        elif missing == self._silence.hanging and (self._reach.was_heard or missing == len(self._joined)):
            at = self._silence.overdue_at()
            if at > self._loop.time():
                self._overdue = self._loop.call_at(at, self._look_at_end)
            else:
                self._let_go()

    def _look_at_reach(self, *, at_end: bool) -> bool:
        """End the round where the network turns out to be at fault."""
        portal = self._reach.find_portal(len(self._asked), at_end=at_end)
        is_lost = bool(portal) or self._reach.is_lost(at_end=at_end)
        if is_lost and not self._over.is_set():
            self._counted = replace(self._counted, offline=True)
            self._refresher.set_online(False, portal)
            if proxy := self._reach.find_proxy():
                self._refresher.post(Noticed(FeedId(0), "", "proxy-silent", proxy))
            self._end()
        return is_lost

    def _end(self) -> None:
        self._ended.set()
        self._over.set()

    def _let_go(self) -> None:
        """Take no more along. From this moment others know that every feed which is left is waited for."""
        for plan in self._feeds.values():
            host = host_of(plan.address)
            self._behind.take(plan.feed_id, plan.address, host, self._silence.since(host))
        self._ended.set()

    async def _leave_behind(self) -> None:
        """End for the person."""
        self._counted = replace(self._counted, waiting=len(self._feeds))
        self.outcome.set_result(self._counted)
        self._tell(active=False)
        self._refresher.go_on(self, self._run_behind())
        await self._publisher.flush()

    async def _run_behind(self) -> None:
        before = self._counted.added
        try:
            await self._over.wait()
        finally:
            self._end()
            await self._stop()
        if self._fault is not None and not isinstance(self._fault, Closed):
            report(self._fault)
        await self._publisher.flush()
        if self._counted.added > before:
            self._refresher.came_late()

    async def _stop(self) -> None:
        """End every task; what the writer has begun is waited for and counted."""
        if self._overdue is not None:
            self._overdue.cancel()
        try:
            if self._recording is not None:
                await asyncio.wait([self._recording])
        finally:
            tasks = list(self._tasks)
            for task in tasks:
                task.cancel()
            self._behind.give_up([feed_id for feed_id in self._feeds if feed_id not in self._joined])
            await asyncio.gather(*tasks, return_exceptions=True)
            if not self.outcome.done():
                self.outcome.set_result(self._counted)
        if isinstance(self._fault, StoreError):
            self._refresher.post(StoreFailed(self._fault))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._note_end)

    def _note_end(self, task: asyncio.Task[None]) -> None:
        """A stage that breaks (the store is gone, or a fault of ours) ends the round, aloud."""
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self._fault = self._fault or task.exception()
            self._end()


def _count_drafts(visit: Visit) -> int:
    return len(visit.digest.drafts) if visit.digest is not None else 0
