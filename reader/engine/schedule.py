"""When the next feed is due: one timer, no polling.

Sleeps until the moment the store names, refreshes what is due, and sleeps again. After a week
away everything is due at once: then so many a minute, longest overdue first. Without a network
only one feed a time is tried, ever more seldom, until one answers. Belongs to the loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from reader.engine.decide import BURST, BURST_SECONDS
from reader.engine.threads import Closed, WriterThread, report
from reader.fetch.address import host_of, is_local
from reader.frozen import frozen
from reader.settings import Settings
from reader.store import fetching
from reader.store.database import Connection
from reader.store.fetching import FetchPlan

if TYPE_CHECKING:
    from reader.engine.refresh import Refresher

LEAST = 60.0  # seconds between two looks
LONGEST = 3600.0  # ... and at most: a machine that slept counts its timers on afterwards
OFFLINE_LONGEST = 900.0


@frozen
class Turn:
    """What to fetch now, and after how many seconds to look again."""

    plans: tuple[FetchPlan, ...]
    wait: float


def take_turn(plans: Sequence[FetchPlan], pauses: dict[str, datetime], now: datetime, tries: int = 0) -> Turn:
    """Which feeds are due. Pure. `tries`: attempts since the network was lost; 0: it is there."""
    due: list[FetchPlan] = []
    next_at = now + timedelta(seconds=LONGEST)
    for plan in plans:
        if plan.is_gone:
            continue
        at = max(plan.not_before or now, pauses.get(host_of(plan.address), now))
        if at <= now:
            due.append(plan)
        else:
            next_at = min(next_at, at)
    due.sort(key=lambda plan: (plan.not_before is not None, plan.not_before or now, plan.feed_id))
    if tries:
        return Turn(tuple(due[:1]), min(OFFLINE_LONGEST, LEAST * 2 ** min(tries - 1, 10)))
    if len(due) > BURST:
        return Turn(tuple(due[:BURST]), BURST_SECONDS)
    return Turn(tuple(due), max(LEAST, (next_at - now).total_seconds()))


class Schedule:
    """Wakes the refresher when feeds are due."""

    def __init__(
        self,
        *,
        refresher: Refresher,
        writer: WriterThread,
        settings: Settings,
        now: Callable[[], datetime],
        fetched: Callable[[], None] = lambda: None,
        can_send: Callable[[], bool] = lambda: True,
    ) -> None:
        """`fetched` is called after each refresh that the schedule began; `can_send` tells, without
        asking anybody, whether there is a network at all."""
        self._refresher = refresher
        self._writer = writer
        self._settings = settings
        self._now = now
        self._fetched = fetched
        self._can_send = can_send
        self._has_no_route = False
        self._woken = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._tries = 0

    def start(self) -> None:
        """Begin; a second call only wakes it. On the loop thread."""
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self.run())
        else:
            self.wake()

    def stop(self) -> None:
        """On the loop thread."""
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def wake(self) -> None:
        """Feeds or settings changed, or the machine woke up: look again. On the loop thread."""
        self._woken.set()

    async def run(self) -> None:
        """Until cancelled: refresh what is due, wait for what is due next, again."""
        while True:
            self._woken.clear()
            wait = await self.look()
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._woken.wait()

    async def look(self) -> float:
        """Fetch what is due now. Returns after how many seconds to look again."""
        try:
            plans, pauses = await self._writer.run(self._read, background=False)
            self._note_route(plans)
            if not self._settings.get("refresh_by_itself"):
                return OFFLINE_LONGEST if self._has_no_route else LONGEST
            self._tries = 0 if self._refresher.online else self._tries + 1
            turn = take_turn(plans, pauses, self._now(), self._tries)
            if turn.plans:
                was_offline = self._tries > 0
                outcome = await self._refresher.visit(turn.plans)
                self._fetched()
                if was_offline and not outcome.offline:  # the network is back: on with the rest
                    return 0.0
                if outcome.offline:
                    return LEAST if not was_offline else turn.wait
                if len(turn.plans) < BURST:  # what was fetched just now has new times
                    plans, pauses = await self._writer.run(self._read, background=False)
                    return take_turn(plans, pauses, self._now()).wait
            return turn.wait
        except Closed:
            return LONGEST
        except Exception as error:  # the store, or a fault of ours: told, and the schedule lives on
            report(error)
            return OFFLINE_LONGEST

    def _note_route(self, plans: Sequence[FetchPlan]) -> None:
        """Say "offline" before anything fails, also when nothing is due; and take it back."""
        if all(is_local(host_of(plan.address)) for plan in plans):
            return
        had_no_route, self._has_no_route = self._has_no_route, not self._can_send()
        if self._has_no_route != had_no_route:
            self._refresher.set_online(had_no_route)

    def _read(self, db: Connection) -> tuple[list[FetchPlan], dict[str, datetime]]:
        return fetching.read_all_plans(db), fetching.read_pauses(db, self._now())
