"""Pictures and favicons, fetched behind the articles so that nothing is loaded when one is opened.

    store: what the articles want --> fetch --> prepare --> shelf --> store, Changed(pictures=...)
                                      6 at once   worker     batches

Each is fetched once; a favicon is asked for again after a month, conditionally. What could not be
had is not asked for again for a week (a day where the network failed). At the lowest priority: not
counted in a refresh, left alone while the network is gone, given up without a word when the program
ends. Belongs to the loop.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from reader.engine.downloads import Downloads
from reader.engine.events import Event
from reader.engine.favicons import FaviconFetcher
from reader.engine.shelf import Shelf
from reader.engine.threads import Closed, WriterThread, report
from reader.errors import BroadsheetError
from reader.fetch.address import host_of
from reader.model import FeedId
from reader.settings import Settings
from reader.store import assets
from reader.store.assets import StoredPicture
from reader.store.database import Connection
from reader.store.feed_addresses import read_hosts

if TYPE_CHECKING:
    from reader.content.pictures import PreparedPicture
    from reader.engine.workers import Worker
    from reader.fetch.client import Client

T = TypeVar("T")

AT_ONCE = 6
BATCH = 60  # addresses taken from the store at a time


def _is_closing(error: Exception) -> bool:
    """Whether this is only the end of the program."""
    if isinstance(error, ExceptionGroup):
        return error.split(Closed)[1] is None
    return isinstance(error, Closed)


async def fetch_beside(
    by_host: Mapping[str, Iterable[T]], fetch: Callable[[T], Awaitable[None]], go_on: Callable[[], bool]
) -> None:
    """A host's one after the other, so that none of them keeps others waiting; hosts beside each other."""
    turns = asyncio.Semaphore(AT_ONCE)

    async def fetch_host(items: Iterable[T]) -> None:
        for item in items:
            async with turns:
                if not go_on():
                    return
                await fetch(item)

    async with asyncio.TaskGroup() as tasks:
        for items in by_host.values():
            tasks.create_task(fetch_host(items))


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
        is_online: Callable[[], bool] = lambda: True,
    ) -> None:
        """`declared`: the icon that a feed itself names (`Refresher.icons`, filled as it goes).
        `is_online`: whether a refresh found the network there; call `wake` when it is back."""
        self._writer = writer
        self._worker = worker
        self._client = client
        self._settings = settings
        self._now = now
        self._is_online = is_online
        self._shelf = Shelf(writer, post, now)
        self._icons = FaviconFetcher(
            writer=writer,
            worker=worker,
            shelf=self._shelf,
            now=now,
            declared={} if declared is None else declared,
        )
        self._task: asyncio.Task[None] | None = None
        self._again = False
        self._under_way: dict[str, asyncio.Future[None]] = {}

    def wake(self) -> None:
        """New articles or feeds are stored, or the network is back. On the loop thread."""
        self._again = True
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._run())

    def stop(self) -> None:
        """Give up what is under way, until `wake`. On the loop thread."""
        self._again = False
        if self._task is not None:
            self._task.cancel()

    async def fetch(self, addresses: Iterable[str]) -> None:
        """These now, ahead of the others, whatever the settings say: the person asked for them. Where
        all of them are stored already, they are asked whether they have changed."""
        wanted = tuple(dict.fromkeys(addresses))
        known, missing = await self._writer.run(
            lambda db: (
                assets.read_validators(db, wanted),
                [x for x in wanted if not assets.read_sizes(db, [x])],
            )
        )
        downloads = await self._begin()
        await self._fetch_all(missing or wanted, downloads, {} if missing else known, lambda: True)

    async def wait(self) -> None:
        """Until there is nothing more to fetch (for tests and the command line)."""
        while self._task is not None and not self._task.done():
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        try:
            while self._again and self._is_online():
                self._again = False
                downloads = await self._begin()
                async with asyncio.TaskGroup() as both:  # pictures do not wait for sites that are slow
                    both.create_task(self._fetch_icons(downloads))
                    both.create_task(self._fetch_pictures(downloads))
        except Exception as error:  # of the store, or a fault of ours
            if not _is_closing(error):
                report(error)
        finally:
            self._shelf.send()

    async def _begin(self) -> Downloads:
        return Downloads(self._client, self._shelf, self._now, await self._writer.run(read_hosts))

    async def _fetch_icons(self, downloads: Downloads) -> None:
        may_go_on = self._let(downloads)
        await fetch_beside(
            await self._icons.list_work(), lambda work: self._icons.fetch(work, downloads), may_go_on
        )
        await self._shelf.flush()

    # ---- pictures -----------------------------------------------------------------------

    async def _fetch_pictures(self, downloads: Downloads) -> None:
        may_go_on = self._let(downloads)
        while self._settings.get("fetch_pictures") and may_go_on() and await self._fetch_batch(downloads):
            pass

    def _let(self, downloads: Downloads) -> Callable[[], bool]:
        return lambda: self._is_online() and not downloads.is_lost

    async def _fetch_batch(self, downloads: Downloads) -> int:
        days, newest = self._settings.get("picture_days"), self._settings.get("picture_newest")

        def settle(db: Connection) -> None:
            assets.settle_pictures(db, self._now(), days, newest)

        wanted = await self._writer.run(
            lambda db: assets.wanted_pictures(db, self._now(), days, newest, BATCH)
        )
        await self._fetch_all(wanted, downloads, {}, self._let(downloads))
        await self._writer.run(settle)
        return len(wanted)

    async def _fetch_all(
        self,
        addresses: Iterable[str],
        downloads: Downloads,
        validators: Mapping[str, tuple[str, str]],
        may_go_on: Callable[[], bool],
    ) -> None:
        by_host: dict[str, list[str]] = defaultdict(list)
        for address in addresses:
            by_host[host_of(address)].append(address)

        async def fetch(address: str) -> None:
            await self._fetch_once(address, downloads, validators.get(address, ("", "")))

        await fetch_beside(by_host, fetch, may_go_on)
        downloads.settle()
        await self._shelf.flush()

    async def _fetch_once(self, address: str, downloads: Downloads, validators: tuple[str, str]) -> None:
        under_way = self._under_way.get(address)
        if under_way is not None:
            await asyncio.wait([under_way])
            return
        self._under_way[address] = future = asyncio.get_running_loop().create_future()
        try:
            await self._fetch_picture(address, downloads, validators)
        except BroadsheetError as error:
            downloads.note_failed(address, error)
        finally:
            del self._under_way[address]
            future.cancel()

    async def _fetch_picture(self, address: str, downloads: Downloads, validators: tuple[str, str]) -> None:
        answer = await downloads.get(address, "picture", validators)
        found = answer.etag, answer.last_modified
        if answer.is_unchanged:
            now = self._now()
            self._shelf.put(lambda db: assets.note_fresh(db, address, now, found))
            return
        picture: PreparedPicture = await self._worker.run(
            "prepare_picture", answer.data, answer.encoding, answer.content_type
        )
        self._shelf.put_picture(
            StoredPicture(address, picture.page, picture.page_size, picture.thumb, picture.thumb_size, found)
        )
