"""When the next feed is due: one timer, no polling.

Sleeps until the moment the store names, refreshes what is due, and sleeps again. After a week
away everything is due at once: then so many a minute, longest overdue first. Without a network
only one feed a time is tried, ever more seldom, until one answers. Belongs to the loop.

It sleeps in pieces, because a machine that was asleep counts its timers on afterwards: after each
piece two clocks are compared and the system is asked whether it would know where to send a
packet. No store is read for that and nobody is asked anything.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence, Set
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from reader.engine.decide import BURST, BURST_SECONDS, NEVER
from reader.engine.order import list_hosts
from reader.engine.threads import Closed, WriterThread, report
from reader.engine.visits import find_allowed
from reader.fetch.address import host_of, is_local
from reader.frozen import frozen
from reader.settings import Settings
from reader.store import fetching
from reader.store.database import Connection
from reader.store.fetching import FetchPlan

if TYPE_CHECKING:
    from reader.engine.refresh import Refresher

LEAST = 60.0  # seconds between two looks
LONGEST = 3600.0  # ... and at most
OFFLINE_LONGEST = 900.0
CLOCK_ERROR = timedelta(hours=1)  # a last visit that lies further ahead was noted by a wrong clock
PIECE = 20.0  # seconds slept in one piece: so long after it woke, a machine's sleep is noticed
PIECE_WITHOUT_ROUTE = 4.0  # ... and so long after it returned, a network
SLEPT = 30.0  # seconds by which the clock must have run ahead of the piece
SETTLE = 5.0  # seconds a machine that woke needs for its network


@frozen
class Turn:
    """What to fetch now, and after how many seconds to look again."""

    plans: tuple[FetchPlan, ...]
    wait: float


def take_turn(
    plans: Sequence[FetchPlan],
    pauses: dict[str, datetime],
    now: datetime,
    tries: int = 0,
    busy: Set[str] = frozenset(),
) -> Turn:
    """Which feeds are due. Pure. `tries`: attempts since the network was lost; 0: it is there.
    `busy`: hosts that a refresh which is over still waits for."""
    due: list[FetchPlan] = []
    next_at = now + timedelta(seconds=LONGEST)
    for plan in plans:
        if plan.is_gone:
            continue
        at = _find_moment(plan, pauses, now, busy)
        if at <= now:
            due.append(plan)
        else:
            next_at = min(next_at, at)
    due.sort(key=lambda plan: (plan.not_before is not None, plan.not_before or now, plan.feed_id))
    if tries:  # another one each time: the first may be gone itself
        first = (tries - 1) % len(due) if due else 0
        return Turn(tuple(due[first : first + 1]), min(OFFLINE_LONGEST, LEAST * 2 ** min(tries - 1, 10)))
    if len(due) > BURST:
        return Turn(tuple(due[:BURST]), BURST_SECONDS)
    return Turn(tuple(due), max(LEAST, (next_at - now).total_seconds()))


def _find_moment(plan: FetchPlan, pauses: dict[str, datetime], now: datetime, busy: Set[str]) -> datetime:
    hosts = list_hosts(plan)
    not_before = None if _is_of_another_clock(plan, now) else plan.not_before
    at = max(not_before or now, *(pauses.get(host, now) for host in hosts))
    if at > now:
        return at
    return now + timedelta(seconds=LEAST) if hosts[0] in busy else find_allowed(plan, now)


def _is_of_another_clock(plan: FetchPlan, now: datetime) -> bool:
    """The clock was ahead when the feed was last asked, and what was decided then would hold for
    years: it is due. Not where it is not polled at all."""
    checked_at = plan.last_checked_at
    return checked_at is not None and checked_at > now + CLOCK_ERROR and plan.not_before != NEVER


async def wait_for(event: asyncio.Event, seconds: float) -> bool:
    """Whether the event came within so many seconds."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
    return event.is_set()


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
        wait_for: Callable[[asyncio.Event, float], Awaitable[bool]] = wait_for,
    ) -> None:
        """`fetched` is called after each refresh that the schedule began; `can_send` tells, without
        asking anybody, whether there is a network at all; `wait_for` lets time pass."""
        self._refresher = refresher
        self._writer = writer
        self._settings = settings
        self._now = now
        self._fetched = fetched
        self._can_send = can_send
        self._wait_for = wait_for
        self._has_no_route = False
        self._is_local = True  # every feed is: then it does not matter whether there is a network
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
            await self.sleep(await self.look())

    async def sleep(self, seconds: float) -> None:
        """So long, unless it is woken, the network is back, or the machine has been asleep."""
        was_online = self._refresher.online
        while seconds > 0 and not self._woken.is_set():
            piece = min(seconds, PIECE_WITHOUT_ROUTE if self._has_no_route else PIECE)
            before = self._now()
            if await self._wait_for(self._woken, piece):
                return
            seconds -= piece
            if (self._now() - before).total_seconds() - piece > SLEPT:
                await self._wait_for(self._woken, SETTLE)
                self._tries = 0
                return
            self._note_route()
            if self._refresher.online and not was_online:  # a route, or a refresh by hand that got through
                return
            was_online = self._refresher.online

    async def look(self) -> float:
        """Fetch what is due now. Returns after how many seconds to look again."""
        try:
            plans, pauses = await self._writer.run(self._read, background=False)
            self._is_local = all(is_local(host_of(plan.address)) for plan in plans)
            self._note_route()
            if not self._settings.get("refresh_by_itself"):
                return LONGEST
            if self._has_no_route and not self._is_local:
                return OFFLINE_LONGEST  # its return is noticed, and nobody would be reached before
            self._tries = 0 if self._refresher.online else self._tries + 1
            turn = take_turn(plans, pauses, self._now(), self._tries, self._refresher.behind.hosts)
            if turn.plans:
                was_offline = self._tries > 0
                outcome = await self._refresher.visit(turn.plans)
                self._fetched()
                if was_offline and not outcome.offline:  # the network is back: on with the rest
                    return 0.0
                if outcome.offline:
                    # A person who has logged in should not have to wait long for the rest.
                    return LEAST if not was_offline or self._refresher.portal else turn.wait
                if len(turn.plans) < BURST:  # what was fetched just now has new times
                    plans, pauses = await self._writer.run(self._read, background=False)
                    return take_turn(plans, pauses, self._now(), busy=self._refresher.behind.hosts).wait
            return turn.wait
        except Closed:
            return LONGEST
        except Exception as error:  # the store, or a fault of ours: told, and the schedule lives on
            report(error)
            return OFFLINE_LONGEST

    def _note_route(self) -> None:
        """Say "offline" before anything fails, also when nothing is due; and take it back."""
        had_no_route, self._has_no_route = self._has_no_route, not self._is_local and not self._can_send()
        if self._has_no_route != had_no_route:
            self._refresher.set_online(had_no_route)

    def _read(self, db: Connection) -> tuple[list[FetchPlan], dict[str, datetime]]:
        return fetching.read_all_plans(db), fetching.read_pauses(db, self._now())
