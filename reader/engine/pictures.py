"""Pictures and favicons, fetched behind the articles so that nothing is loaded when one is opened.

    store: what the articles want --> fetch --> prepare --> store --> Changed(pictures=...)
                                      6 at once   worker     batches

Each is fetched once; what could not be had is not asked for again for a week (a day where the
network failed). At the lowest priority: not counted in a refresh, given up without a word when
the program ends. Belongs to the loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from reader.engine.events import Changed, Event
from reader.engine.icons import group_feeds
from reader.engine.threads import Closed, WriterThread, report
from reader.errors import BroadsheetError, FetchError, HttpFailed, PictureError
from reader.frozen import frozen
from reader.model import Changes, FeedId, Origin
from reader.settings import Settings
from reader.store import assets, icons
from reader.store.database import Connection

if TYPE_CHECKING:
    from reader.content.pictures import PreparedPicture
    from reader.engine.workers import Worker
    from reader.fetch.client import Client

AT_ONCE = 6
BATCH = 60  # addresses taken from the store at a time
LOST = timedelta(days=7)  # not asked for again: no picture, not found, too large
UNREACHED = timedelta(days=1)
TELL_EVERY = 0.5  # seconds


@frozen
class Fetched:
    """One address, done with. `stored` False: it could not be had."""

    address: str
    stored: bool
    feeds: tuple[FeedId, ...] = ()  # whose favicon it is


def _is_closing(error: Exception) -> bool:
    """Whether this is only the end of the program."""
    if isinstance(error, ExceptionGroup):
        return error.split(Closed)[1] is None
    return isinstance(error, Closed)


class PictureFetcher:
    """Posts `Changed(Changes(pictures=..., feeds=...))` in batches."""

    def __init__(
        self,
        *,
        writer: WriterThread,
        worker: Worker,  # one of its own, with niceness
        client: Client,
        settings: Settings,
        post: Callable[[Event], None],
        now: Callable[[], datetime],
        declared: Mapping[FeedId, str] | None = None,
    ) -> None:
        """`declared`: the icon that a feed itself names (`Refresher.icons`, filled as it goes)."""
        self.declared: Mapping[FeedId, str] = {} if declared is None else declared
        self._writer = writer
        self._worker = worker
        self._client = client
        self._settings = settings
        self._post = post
        self._now = now
        self._task: asyncio.Task[None] | None = None
        self._again = False
        self._under_way: dict[str, asyncio.Future[Fetched]] = {}
        self._stored: list[str] = []
        self._feeds: list[FeedId] = []
        self._told: asyncio.TimerHandle | None = None

    def wake(self) -> None:
        """New articles or feeds are stored. On the loop thread."""
        self._again = True
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def fetch(self, addresses: Iterable[str]) -> None:
        """These now, ahead of the others, whatever the settings say: the person asked for them."""
        found = tuple(dict.fromkeys(addresses))
        missing = await self._writer.run(lambda db: [x for x in found if x not in assets.read_sizes(db, [x])])
        await self._fetch_all(missing, self._fetch_picture)
        self._tell()

    async def wait(self) -> None:
        """Until there is nothing more to fetch (for tests and the command line)."""
        while self._task is not None and not self._task.done():
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        try:
            while self._again:
                self._again = False
                async with asyncio.TaskGroup() as both:  # pictures do not wait for sites that are slow
                    both.create_task(self._fetch_icons())
                    both.create_task(self._fetch_pictures())
        except Exception as error:  # of the store, or a fault of ours
            if not _is_closing(error):
                report(error)
        finally:
            self._tell()

    # ---- pictures -----------------------------------------------------------------------

    async def _fetch_pictures(self) -> None:
        while self._settings.get("fetch_pictures") and await self._fetch_batch():
            pass

    async def _fetch_batch(self) -> int:
        days, newest = self._settings.get("picture_days"), self._settings.get("picture_newest")
        wanted = await self._writer.run(
            lambda db: assets.wanted_pictures(db, self._now(), days, newest, BATCH)
        )
        await self._fetch_all(wanted, self._fetch_picture)
        await self._writer.run(lambda db: assets.settle_pictures(db, self._now(), days, newest))
        return len(wanted)

    async def _fetch_all(self, items: Sequence[Any], fetch: Callable[[Any], Awaitable[None]]) -> None:
        turns = asyncio.Semaphore(AT_ONCE)

        async def one(item: Any) -> None:
            async with turns:
                await fetch(item)

        async with asyncio.TaskGroup() as tasks:
            for item in items:
                tasks.create_task(one(item))

    async def _fetch_picture(self, address: str) -> None:
        under_way = self._under_way.get(address)
        if under_way is not None:
            await asyncio.wait([under_way])
            return
        self._under_way[address] = future = asyncio.get_running_loop().create_future()
        try:
            self._note(await self._get_picture(address))
        finally:
            del self._under_way[address]
            future.cancel()

    async def _get_picture(self, address: str) -> Fetched:
        try:
            data, encoding, content_type = await self._download(address)
            picture: PreparedPicture = await self._worker.run("prepare_picture", data, encoding, content_type)
        except BroadsheetError as error:
            await self._note_failed(address, error)
            return Fetched(address, stored=False)

        def store(db: Connection) -> None:
            assets.put_picture(
                db, address, picture.page, *picture.page_size, picture.thumb, picture.thumb_size
            )

        await self._writer.run(store)
        return Fetched(address, stored=True)

    # ---- favicons -----------------------------------------------------------------------

    async def _fetch_icons(self) -> None:
        iconless = await self._writer.run(lambda db: icons.read_iconless(db, self._now() - LOST))
        await self._fetch_all(group_feeds(iconless, self.declared), self._fetch_icon)

    async def _fetch_icon(self, wanted: tuple[tuple[str, ...], tuple[FeedId, ...]]) -> None:
        places, feed_ids = wanted
        found = ""
        for address in places:
            if await self._has_icon(address):
                found = address
                break
        await self._writer.run(lambda db: icons.note_icon(db, feed_ids, found, self._now()))
        if found:
            self._note(Fetched(found, stored=True, feeds=feed_ids))

    async def _has_icon(self, address: str) -> bool:
        """Whether it is stored now; it may have been before, for another feed."""
        is_missing, is_stored = await self._writer.run(
            lambda db: (
                bool(assets.missing(db, [address], self._now())),
                bool(assets.read_sizes(db, [address])),
            )
        )
        if not is_missing:
            return is_stored
        try:
            raw, encoding, _ = await self._download(address)
            data, width, height = await self._worker.run("prepare_icon", raw, encoding)
        except BroadsheetError as error:
            await self._note_failed(address, error)
            return False
        await self._writer.run(lambda db: assets.put_icon(db, address, data, width, height))
        return True

    # ---- both ---------------------------------------------------------------------------

    async def _download(self, address: str) -> tuple[bytes, str, str]:
        answer = await self._client.get_picture(address)
        failure = answer.failure()
        if failure is not None:
            raise failure
        if not answer.data:
            raise PictureError("empty")
        return answer.data, answer.encoding, answer.content_type

    async def _note_failed(self, address: str, error: BroadsheetError) -> None:
        is_final = not isinstance(error, FetchError) or isinstance(error, HttpFailed)
        until = self._now() + (LOST if is_final else UNREACHED)
        await self._writer.run(lambda db: assets.note_failed(db, address, until))

    def _note(self, fetched: Fetched) -> None:
        if fetched.stored:
            self._stored.append(fetched.address)
            self._feeds += fetched.feeds
        if self._told is None and (self._stored or self._feeds):
            self._told = asyncio.get_running_loop().call_later(TELL_EVERY, self._tell)

    def _tell(self) -> None:
        if self._told is not None:
            self._told.cancel()
            self._told = None
        if self._stored or self._feeds:
            self._post(
                Changed(Changes(Origin.REFRESH, pictures=tuple(self._stored), feeds=tuple(self._feeds)))
            )
            self._stored, self._feeds = [], []
