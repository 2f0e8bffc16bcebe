"""News of a refresh on its way to the window: merged, and at most some ten times a second.

Enters: what each batch of visits changed. Leaves: `Changed` with the new counts, and
`RefreshProgressed`, through `post`. Belongs to the loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime

from reader.engine.events import Changed, Event, RefreshProgressed
from reader.engine.threads import WriterThread
from reader.model import ArticleId, Changes, Counts, FeedId, Origin
from reader.store import feeds

EVERY = 0.1  # seconds


class Publisher:
    def __init__(
        self, writer: WriterThread, post: Callable[[Event], None], now: Callable[[], datetime]
    ) -> None:
        self._writer = writer
        self._post = post
        self._now = now
        self._added: list[ArticleId] = []
        self._updated: list[ArticleId] = []
        self._feeds: dict[FeedId, None] = {}
        self._outline_changed = False
        self._progress: RefreshProgressed | None = None
        self._news = asyncio.Event()
        self._turn = asyncio.Lock()  # what one flush is telling, another must not tell too

    def note(
        self,
        added: tuple[ArticleId, ...],
        updated: tuple[ArticleId, ...],
        feeds: Iterable[FeedId],
        *,
        outline_changed: bool = False,
    ) -> None:
        """`outline_changed`: a feed came to another's address and is gone from the section list."""
        self._added += added
        self._updated += updated
        self._feeds.update(dict.fromkeys(feeds))
        self._outline_changed |= outline_changed
        self._news.set()

    def progress(self, state: RefreshProgressed) -> None:
        """The latest replaces the one that was not told yet."""
        self._progress = state
        self._news.set()

    async def run(self) -> None:
        """Until cancelled: tell what there is, rest, tell what came meanwhile."""
        while True:
            await self._news.wait()
            await self.flush()
            await asyncio.sleep(EVERY)

    async def flush(self) -> None:
        """Tell now. Articles before progress: a refresh that has ended has told everything.

        What is told is forgotten only after the counts are here: a flush that is cancelled loses
        nothing, and what comes meanwhile, after which the counts are old, is told the next time.
        """
        async with self._turn:
            self._news.clear()
            added, updated, touched = tuple(self._added), tuple(self._updated), tuple(self._feeds)
            outline_changed = self._outline_changed
            if added or updated or touched:
                counts = await self._count()
                changes = Changes(Origin.REFRESH, added, updated, (), touched, outline_changed, counts=counts)
                self._post(Changed(changes))
                del self._added[: len(added)], self._updated[: len(updated)]
                self._feeds = {feed: None for feed in self._feeds if feed not in touched}
                self._outline_changed &= not outline_changed
            self.tell_progress()

    def tell_progress(self) -> None:
        """Tell now how far it is, and of nothing that the store would have to be asked for."""
        progress, self._progress = self._progress, None
        if progress is not None:
            self._post(progress)

    async def _count(self) -> Counts:
        return await self._writer.run(lambda db: feeds.read_counts(db, self._now()), background=False)
