"""Pictures on their way into the store: put down one by one, written a few at a time.

A transaction costs the writer more than a picture does, so what comes within a quarter of a second
goes together, with the requests it took. What is written is told to the window, and only then.
Belongs to the loop.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime

from reader.engine.events import Changed, Event
from reader.engine.threads import WriterThread, ignore
from reader.model import Changes, FeedId, Origin
from reader.store import assets, traffic
from reader.store.assets import StoredPicture
from reader.store.database import Connection

EVERY = 0.25  # seconds
FULL = 16  # pictures: some 2 MB


class _Batch:
    """What one transaction writes. `write` may be done again: it touches nothing but the store."""

    def __init__(self) -> None:
        self.pictures: list[StoredPicture] = []
        self.jobs: list[Callable[[Connection], object]] = []
        self.counts: dict[str, Counter[str]] = {}
        self.addresses: list[str] = []
        self.feeds: list[FeedId] = []

    def __bool__(self) -> bool:
        return bool(self.pictures or self.jobs or self.counts)

    def write(self, db: Connection, at: datetime) -> None:
        if self.pictures:
            assets.put_pictures(db, self.pictures, at)
        for job in self.jobs:
            job(db)
        for kind, count in self.counts.items():
            traffic.note_requests(db, at, kind, count["requests"], count["unchanged"], count["received"], 0)


class Shelf:
    def __init__(
        self, writer: WriterThread, post: Callable[[Event], None], now: Callable[[], datetime]
    ) -> None:
        self._writer = writer
        self._post = post
        self._now = now
        self._batch = _Batch()
        self._timer: asyncio.TimerHandle | None = None

    def put_picture(self, picture: StoredPicture) -> None:
        self._batch.pictures.append(picture)
        self.put(address=picture.address)
        if len(self._batch.pictures) >= FULL:
            self.send()

    def put(
        self,
        job: Callable[[Connection], object] | None = None,
        *,
        address: str = "",
        feeds: Iterable[FeedId] = (),
    ) -> None:
        """Any other write, done in the order they came. `address` and `feeds` are told when it is done."""
        if job is not None:
            self._batch.jobs.append(job)
        if address:
            self._batch.addresses.append(address)
        self._batch.feeds += feeds
        self._wait()

    def count(self, kind: str, *, requests: int = 1, unchanged: bool = False, received: int = 0) -> None:
        """What was asked of the network: "picture" or "icon"; `received` in bytes."""
        count = self._batch.counts.setdefault(kind, Counter())
        count.update(requests=requests, unchanged=int(unchanged), received=received)
        self._wait()

    def send(self) -> None:
        """Hand everything to the writer and do not wait for it."""
        batch = self._take()

        def done(_: object, error: Exception | None) -> None:
            if error is None:
                self._tell(batch)
            else:
                ignore(None, error)

        if batch:
            at = self._now()
            self._writer.put(lambda db: batch.write(db, at), done, background=True)

    async def flush(self) -> None:
        """Write everything down. Raises StoreError."""
        batch = self._take()
        at = self._now()
        await self._writer.run(lambda db: batch.write(db, at))
        self._tell(batch)

    def _wait(self) -> None:
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(EVERY, self.send)

    def _take(self) -> _Batch:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        batch, self._batch = self._batch, _Batch()
        return batch

    def _tell(self, batch: _Batch) -> None:
        if batch.addresses or batch.feeds:
            self._post(
                Changed(Changes(Origin.REFRESH, pictures=tuple(batch.addresses), feeds=tuple(batch.feeds)))
            )
