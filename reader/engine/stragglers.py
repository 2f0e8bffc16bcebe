"""Who is being asked and silent, and from when on nobody should wait for them any more.

A refresh ends for the person when everything it still waits for is overdue: silent for longer
than any feed that answered took, and a little. What is left goes on behind it (`Behind`), until
it answers or its time limit is over. Knows hosts, feeds and a clock; no requests, no store.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable

from reader.engine.outcome import Outcome
from reader.frozen import frozen
from reader.model import FeedId

# Silent for less is not overdue: a page that takes so long is slow, and no more (seconds).
LEAST_SILENCE = 3.0
# ... nor for less than so many times the slowest answer. With more, a refresh whose slowest feed
# takes 8 s would wait longer than 1.3 times that for those that hang, which were begun later.
OVERDUE = 1.1


class Silence:
    """One refresh's feeds by host: those that are left, and since when the host's one is being asked.
    Moments are the clock's seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._left: dict[str, int] = defaultdict(int)
        self._since: dict[str, float] = {}
        self.slowest = 0.0  # seconds the slowest answer took
        self.hanging = 0  # feeds of hosts that are being asked, those queued behind included

    def expect(self, host: str, number: int = 1) -> None:
        self._left[host] += number
        if host in self._since:
            self.hanging += number

    def begin(self, host: str, since: float | None = None) -> None:
        """The host is asked, now or `since`."""
        if host not in self._since:
            self.hanging += self._left[host]
        self._since[host] = self._clock() if since is None else since

    def pause(self, host: str) -> None:
        """The host is not being asked."""
        if self._since.pop(host, None) is not None:
            self.hanging -= self._left[host]

    def drop(self, host: str, number: int = 1) -> None:
        """Feeds of the host that are asked, or will not be."""
        self._left[host] -= number
        if host in self._since:
            self.hanging -= number
            if not self._left[host]:
                del self._since[host]

    def end(self, host: str, answered_after: float | None) -> None:
        """The request is over. `answered_after`: seconds, None if there was no answer."""
        self.pause(host)
        self.drop(host)
        if answered_after is not None:
            self.slowest = max(self.slowest, answered_after)

    def since(self, host: str) -> float:
        return self._since.get(host, self._clock())

    def overdue_at(self) -> float:
        """The moment at which all that are being asked are overdue, should none answer before."""
        return max(self._since.values(), default=self._clock()) + max(LEAST_SILENCE, OVERDUE * self.slowest)


@frozen
class Late:
    """A feed that is waited for behind a refresh. `outcome` is that of the one feed; nothing at all
    where the waiting was given up."""

    feed_id: FeedId
    address: str
    host: str
    since: float
    outcome: asyncio.Future[Outcome]


class Behind:
    """All that refreshes which are over still wait for. One for the program; belongs to its loop."""

    def __init__(self) -> None:
        self._late: dict[FeedId, Late] = {}

    @property
    def hosts(self) -> frozenset[str]:
        """Those that are not to be asked anything else."""
        return frozenset(late.host for late in self._late.values())

    def take(self, feed_id: FeedId, address: str, host: str, since: float) -> None:
        """Wait for a feed from now on, unless that is done already."""
        if feed_id not in self._late:
            future: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
            self._late[feed_id] = Late(feed_id, address, host, since, future)

    def find(self, feed_id: FeedId, address: str) -> Late | None:
        """The feed, if it is being waited for at this address."""
        late = self._late.get(feed_id)
        return late if late is not None and late.address == address else None

    def find_since(self, host: str) -> float | None:
        return max((late.since for late in self._late.values() if late.host == host), default=None)

    def settle(self, feed_id: FeedId, outcome: Outcome) -> None:
        """It has come; nothing happens where nobody was waiting."""
        late = self._late.pop(feed_id, None)
        if late is not None and not late.outcome.done():
            late.outcome.set_result(outcome)

    def give_up(self, feed_ids: Iterable[FeedId]) -> None:
        for feed_id in feed_ids:
            self.settle(feed_id, Outcome())

    async def leave(self, host: str) -> None:
        """Wait for all of the host that is waited for by now, and for nothing that joins the queue."""
        waiting = [late.outcome for late in self._late.values() if late.host == host]
        if waiting:
            await asyncio.wait(waiting)
