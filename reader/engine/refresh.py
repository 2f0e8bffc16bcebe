"""The refresh, written as the pipeline it is.

    plans --by host--> ask -----answers---> digest ---visits---> record ---> publish
                       |  loop thread,      |  worker            |  writer   |  post
                       |  one a host,       |  process,          |  thread,  |  10 times
                       |  see `slots`       |  3 ahead           |  batches  |  a second
                       +-- 304, same bytes, failures ------------^

A host's feeds are visited one after the other; hosts beside each other, those that took long the
last time first. No more is in memory than some documents that wait to be read. A batch is one
transaction: articles first, then the validators they came with.

`Refresher` is the door; the stages are those of `round.Round`, one for each refresh, and what is
asked of a feed is `asking`'s. A failure is a feed's own and recorded with it, unless nobody at all
can be reached: then the network is gone, the round ends and nothing is recorded (`connection`).
A host that keeps silent ends no refresh later: it is waited for behind it (`stragglers`).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from reader.engine.asking import Asker
from reader.engine.connection import has_route
from reader.engine.decide import NEVER, is_asked_too_soon
from reader.engine.events import ConnectionChanged, Event, Noticed, RefreshProgressed
from reader.engine.order import list_hosts
from reader.engine.outcome import Outcome
from reader.engine.publish import Publisher
from reader.engine.record import judge_all, publish, write_visits
from reader.engine.round import Round
from reader.engine.stragglers import Behind
from reader.engine.threads import WriterThread
from reader.engine.visits import Visit, allows_now
from reader.fetch.address import host_of, is_loopback
from reader.model import Digest, FeedId
from reader.settings import Settings
from reader.store import fetching
from reader.store.database import Connection
from reader.store.fetching import FetchPlan

if TYPE_CHECKING:
    from reader.engine.secrets import Secrets
    from reader.engine.workers import Worker
    from reader.fetch.answer import Answer
    from reader.fetch.client import Client

__all__ = ["Outcome", "Refresher"]


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
        secrets: Secrets | None = None,
    ) -> None:
        """`secrets`: where a feed's credentials are kept; None: there are none, and nowhere to keep any."""
        self.writer = writer
        self.worker = worker
        self.client = client
        self.settings = settings
        self.post = post
        self.now = now
        self.has_route = has_route
        self.online = True
        self.portal = ""  # the log-in page that stands before the network; only while not online
        self.behind = Behind()
        self.asker = Asker(self, secrets)
        self.came_late: Callable[[], None] = lambda: None  # articles came behind a refresh that was over
        self.icons: dict[FeedId, str] = {}  # what feeds named as theirs, for `pictures`
        self._told_barred = ""
        self._round: Round | None = None
        self._late: dict[asyncio.Task[None], Round] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    async def refresh(
        self, feed_ids: Sequence[FeedId] | None = None, *, by_hand: bool = True, whole: bool = False
    ) -> Outcome:
        """Fetch the feeds named (None: by hand all, else those that are due), store what is new.
        `whole`: once without validators, and not spared for having been asked a moment ago.

        Posts Changed, RefreshProgressed, ConnectionChanged and Noticed as it goes. A refresh asked
        for while one runs joins it: its feeds are added, and both callers get the same Outcome.
        Ends when all that is left keeps silent for too long; that goes on behind (`wait_behind`).
        Never raises for a feed's failure; raises StoreError when the store cannot be used.
        """
        self._loop = asyncio.get_running_loop()
        if by_hand:
            self._told_barred = ""  # who asks again is told again
        plans, pauses = await self.writer.run(lambda db: self._read(db, feed_ids, by_hand), background=False)
        for host, until in pauses.items():
            self.client.gate.pause(host, (until - self.now()).total_seconds())
        is_named = feed_ids is not None
        chosen = [plan for plan in plans if self._should_visit(plan, by_hand, is_named, whole)]
        return await self.visit(chosen, spared=len(plans) - len(chosen), whole=whole)

    async def visit(self, plans: Sequence[FetchPlan], spared: int = 0, *, whole: bool = False) -> Outcome:
        """Fetch these now, whatever their turn; joins a round that runs."""
        self._loop = asyncio.get_running_loop()
        if self.tell_if_barred():
            self.post(RefreshProgressed(0, 0, 0, 0, active=False))  # nobody may go on waiting
            return Outcome(spared=spared + len(plans))
        running = self._round
        if running is not None and running.add(plans, spared, whole=whole):
            return await asyncio.shield(running.outcome)
        self._round = running = Round(self)
        running.add(plans, spared, whole=whole)
        try:
            return await running.run()
        finally:
            if self._round is running:
                self._round = None

    def go_on(self, round: Round, work: Coroutine[Any, Any, None]) -> None:
        """`round` is over for the person: what it still waits for, it waits for in a task of its own."""
        task = asyncio.get_running_loop().create_task(work)
        self._late[task] = round
        task.add_done_callback(lambda done: self._late.pop(done, None))

    async def wait_behind(self) -> None:
        """Until nobody is waited for any more (for tests and the command line)."""
        while self._late:
            await asyncio.wait(list(self._late))

    async def record(
        self, batch: list[Visit], publisher: Publisher, *, at_once: bool = False
    ) -> list[tuple[Visit, Outcome]]:
        """Write a batch down in one transaction; note and tell what it changed."""
        now, usual = self.now(), int(self.settings.get("refresh_minutes")) * 60
        judged = judge_all(batch, now, usual)
        all_written = await self.writer.run(lambda db: write_visits(db, judged, now), background=not at_once)
        for written in all_written:
            for notice in written.notices:
                self.post(notice)
        return [
            (visit, publish(visit, written, publisher))
            for visit, written in zip(batch, all_written, strict=True)
        ]

    async def deliver(self, feed_id: FeedId, answer: Answer, digest: Digest) -> None:
        """Store what was fetched while the feed was looked for: it is not fetched again."""
        plan = await self.writer.run(lambda db: fetching.read_plan(db, feed_id), background=False)
        if plan is not None:
            self.note_icon(feed_id, digest)
            publisher = Publisher(self.writer, self.post, self.now)
            await self.record([Visit(plan, answer, digest, elapsed=answer.elapsed)], publisher, at_once=True)
            await publisher.flush()

    def cancel(self) -> None:
        """Stop within 200 ms, also what goes on behind; what is stored stays. From any thread."""
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed, and no refresh on it
                self._loop.call_soon_threadsafe(self._cancel)

    def note_icon(self, feed_id: FeedId, digest: Digest) -> None:
        """Remember the icon that the document names, for as long as the program runs."""
        if digest.head.icon:
            self.icons[feed_id] = digest.head.icon

    def tell_if_barred(self) -> bool:
        """Whether the settings name a proxy that is none, so that nothing can be asked and nothing
        counts as failed. Told once for each such setting."""
        barred_by = self.client.barred_by
        if barred_by and barred_by != self._told_barred:
            self.post(Noticed(FeedId(0), "", "proxy", barred_by))
        self._told_barred = barred_by
        return bool(barred_by)

    def set_online(self, online: bool, portal: str = "") -> None:
        """`portal`: the log-in page that is in the way, if that is known to be why there is no network."""
        if (online, portal) != (self.online, self.portal):
            self.online, self.portal = online, portal
            self.post(ConnectionChanged(online, portal))

    def _cancel(self) -> None:
        for late in list(self._late.values()):
            late.cancel()
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

    def _should_visit(self, plan: FetchPlan, by_hand: bool, is_named: bool, whole: bool) -> bool:
        host = host_of(plan.address)
        if any(self.client.gate.pause_left(one) > 0 for one in list_hosts(plan)):
            return False
        if not by_hand:
            return host not in self.behind.hosts and allows_now(plan, self.now())
        if whole:
            return True
        if (plan.is_gone or plan.not_before == NEVER) and not is_named:
            return False
        if is_loopback(host):  # nobody else's server, so nobody's to be spared
            return True
        # What brought no answer at all may be tried again at once: the fault may just be mended.
        return plan.last_status == 0 or not is_asked_too_soon(plan.last_checked_at, self.now())
