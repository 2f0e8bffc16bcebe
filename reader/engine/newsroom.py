"""The network's side of the library: who fetches what, on the loop thread.

Builds client, workers, refresher, schedule and picture fetcher when the first of them is
needed, so that a start that fetches nothing imports none of them. Every method may be called
from any thread and returns at once.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reader.engine import events as e
from reader.engine.loop import LoopThread
from reader.engine.threads import Closed, ReaderThreads, WriterThread, report
from reader.errors import BroadsheetError, OutlineError
from reader.model import ArticleId, FeedId
from reader.settings import Settings
from reader.store import articles

if TYPE_CHECKING:
    from reader.engine.staffing import Staff

OPML_LIMIT = 20_000_000  # bytes


class Newsroom:
    def __init__(
        self,
        writer: WriterThread,
        readers: ReaderThreads,
        settings: Settings,
        post: Callable[[e.Event], None],
        clock: Callable[[], datetime],
        make_transport: Callable[[], Any] | None,
    ) -> None:
        self._writer = writer
        self._readers = readers
        self._settings = settings
        self._post = post
        self._clock = clock
        self._make_transport = make_transport
        self._loop = LoopThread()
        self._staff: Staff | None = None

    def close(self) -> None:
        """Cancel everything under way, end the worker processes, join the loop thread."""
        self._loop.close()

    # ---- wishes, from any thread --------------------------------------------------------

    def start_schedule(self) -> None:
        self._loop.call(self._begin)

    def refresh(self, feed_ids: tuple[FeedId, ...] | None) -> None:
        self._spawn(self._refresh(feed_ids, by_hand=True))

    def refresh_due(self) -> None:
        self._spawn(self._refresh(None, by_hand=False))

    def fetch_new(self, feed_ids: tuple[FeedId, ...], address: str = "") -> None:
        """Feeds subscribed to just now. `address`: the one that was looked at to find its feed."""
        self._spawn(self._fetch_new(feed_ids, address))

    def cancel_refresh(self) -> None:
        if self._staff is not None:
            self._staff.refresher.cancel()

    def find_feeds(self, address: str, reply: Callable[[Any], None]) -> e.Ticket:
        return self._ask(self._find_feeds(address), reply)

    def read_opml(self, path: Path, reply: Callable[[Any], None]) -> e.Ticket:
        return self._ask(self._read_opml(path), reply)

    def fetch_pictures_of(self, article: ArticleId) -> None:
        self._spawn(self._fetch_pictures_of(article))

    def finish_pictures(self, reply: Callable[[Any], None]) -> e.Ticket:
        return self._ask(self._finish_pictures(), reply)

    def _begin(self) -> None:
        from reader.engine.connection import can_send

        staff = self._hire()
        staff.schedule.start()
        # What the last run left unfetched; tried without a network it would only count as missing.
        if self._make_transport is not None or can_send():
            staff.pictures.wake()

    # ---- on the loop thread -------------------------------------------------------------

    def _hire(self) -> Staff:
        if self._staff is None:
            from reader.engine.staffing import hire

            self._staff = hire(
                self._loop, self._writer, self._settings, self._post, self._clock, self._make_transport
            )
        return self._staff

    async def _refresh(self, feed_ids: tuple[FeedId, ...] | None, *, by_hand: bool) -> None:
        await self._hire().refresher.refresh(feed_ids, by_hand=by_hand)
        self._hire().pictures.wake()

    async def _fetch_new(self, feed_ids: tuple[FeedId, ...], address: str) -> None:
        staff = self._hire()
        kept = staff.finder.take(address) if address else None
        if kept is None:
            await self._refresh(feed_ids, by_hand=True)
            return
        await staff.refresher.deliver(feed_ids[0], kept.answer, kept.digest)
        self._post(e.RefreshProgressed(1, 1, 0, len(kept.digest.drafts), active=False))
        staff.pictures.wake()

    async def _find_feeds(self, address: str) -> Any:
        return await self._hire().finder.find(address)

    async def _read_opml(self, path: Path) -> Any:
        data = await self._read_file(path)
        return await self._hire().worker.run("read_opml", data)

    async def _read_file(self, path: Path) -> bytes:
        import asyncio

        def read() -> bytes:
            with open(path, "rb") as file:
                return file.read(OPML_LIMIT + 1)

        data = await asyncio.to_thread(read)
        if len(data) > OPML_LIMIT:
            raise OutlineError(path.name)
        return data

    async def _fetch_pictures_of(self, article_id: ArticleId) -> None:
        article = await self._readers.run("lists", lambda db: articles.read_article(db, article_id))
        if article is not None:
            await self._hire().pictures.fetch(article.pictures)

    async def _finish_pictures(self) -> None:
        pictures = self._hire().pictures
        pictures.wake()
        await pictures.wait()

    def _spawn(self, coroutine: Coroutine[Any, Any, Any]) -> None:
        def done(_: Any, error: Exception | None) -> None:
            if error is not None and not isinstance(error, Closed | BroadsheetError):
                report(error)

        self._loop.spawn(coroutine, done)

    def _ask(self, coroutine: Coroutine[Any, Any, Any], reply: Callable[[Any], None]) -> e.Ticket:
        """The answer, or the BroadsheetError or OSError met on the way, goes to `reply`."""
        ticket = e.Ticket(reply)

        def done(value: Any, error: Exception | None) -> None:
            if error is not None and not isinstance(error, BroadsheetError | OSError):
                report(error)
                error = BroadsheetError(repr(error))
            self._post(e.Answered(ticket, value if error is None else error))

        running = self._loop.spawn(coroutine, done)
        ticket.on_cancel = running.cancel
        return ticket
