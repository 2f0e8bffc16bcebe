"""What the store is given to do while nobody waits for it, in steps no key press would notice.

After a refresh: merge the index where it grew, forget host pauses that are over, old visits and old
sums of traffic, delete for good what was unsubscribed a month ago, the pictures only that used and
what the keyring holds for it. Each step is a background job
of the writer, so a person's deeds go first; the next is queued when it has ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import repeat

from reader.engine.threads import WriterThread, ignore
from reader.model import FeedId
from reader.store import assets, eras, feeds, fetching, health, traffic
from reader.store.database import Connection

Step = Callable[[Connection], object]


class Housekeeping:
    def __init__(
        self,
        writer: WriterThread,
        now: Callable[[], datetime],
        forget_secrets: Callable[[list[tuple[FeedId, str]]], None] = lambda feeds: None,
    ) -> None:
        """`forget_secrets` is told which feeds (id, address) that signed in are gone for good; it is
        called on the writer's thread."""
        self._writer = writer
        self._now = now
        self._forget_secrets = forget_secrets
        self._steps: Iterator[Step] | None = None
        self._purged = 0

    def begin(self) -> None:
        """Start a round unless one is under way. From any thread; returns at once."""
        if self._steps is None:
            self._steps = self._plan()
            self._next(None, None)

    def _next(self, _: object, error: Exception | None) -> None:
        step = next(self._steps, None) if self._steps is not None and error is None else None
        if step is None:
            self._steps = None
            if error is not None:
                ignore(None, error)
            return
        self._writer.put(step, self._next, background=True)

    def _plan(self) -> Iterator[Step]:
        yield lambda db: fetching.forget_pauses(db, self._now())
        yield lambda db: traffic.forget_traffic(db, self._now())
        yield from self._repeat(health.trim_visits)
        yield from self._repeat(eras.tidy)
        self._purged = 0
        yield from self._repeat(self._purge)
        if self._purged:
            yield assets.sweep_pictures

    def _purge(self, db: Connection) -> int:
        gone = feeds.purge_removed(db, self._now(), limit=1)
        self._purged += len(gone)
        signed_in = [(feed, address) for feed, address, scheme in gone if scheme]
        if signed_in:
            self._forget_secrets(signed_in)
        return len(gone)

    def _repeat(self, step: Step) -> Iterator[Step]:
        """The step again and again, until it says that there is nothing left."""
        more = [True]

        def note(db: Connection) -> None:
            more[0] = bool(step(db))

        for again in repeat(note):
            yield again
            if not more[0]:
                return
