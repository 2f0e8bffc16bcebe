"""The refresh, written as the pipeline it is.

    plans --by host--> fetch ---answers---> digest ---visits---> record ---> publish
                       |  loop thread,      |  worker            |  writer   |  post
                       |  14 at once,       |  process,          |  thread,  |  10 times
                       |  one per host      |  3 ahead           |  batches  |  a second
                       +-- 304, same bytes, failures ------------^

A host's feeds are visited one after the other; hosts beside each other. Both queues are short, so
that a slow stage slows the ones before it and little is in memory. A batch is one transaction:
articles first, then the validators they came with.

`Refresher` is the door; the stages are those of `round.Round`, one for each refresh. A
failure is a feed's own and recorded with it, unless nobody at all can be reached: then the
network is gone, the round ends and nothing is recorded (`connection`).
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from reader.engine.connection import has_route
from reader.engine.decide import NEVER, is_asked_too_soon
from reader.engine.events import ConnectionChanged, Event
from reader.engine.round import Outcome, Round
from reader.engine.threads import WriterThread
from reader.engine.visits import Visit
from reader.fetch.address import host_of, is_loopback
from reader.model import Digest, FeedId
from reader.settings import Settings
from reader.store import fetching
from reader.store.database import Connection
from reader.store.fetching import FetchPlan

if TYPE_CHECKING:
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
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed, and no refresh on it
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
