"""The favicons of feeds: looked for once, asked after a month later whether they have changed.

Enters: the feeds without one, from the store. Leaves: icons put on the shelf. Where an icon may lie
is `icons`'. Belongs to the loop.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from reader.engine.downloads import LOST, Downloads
from reader.engine.icons import group_feeds
from reader.engine.shelf import Shelf
from reader.engine.threads import WriterThread
from reader.errors import AddressRefused, BroadsheetError, HttpFailed, ParseError, PictureError
from reader.fetch.address import host_of
from reader.frozen import frozen
from reader.model import FeedId
from reader.store import assets, icons
from reader.store.database import Connection

if TYPE_CHECKING:
    from reader.engine.workers import Worker

FRESH = timedelta(days=30)
STALE_AT_ONCE = 20  # old icons asked about in one run: a month later they are all old at once
FINAL = (
    AddressRefused,
    HttpFailed,
    ParseError,
    PictureError,
)  # there is none, rather than it was not reached


@frozen
class IconWork:
    """Places to try, best first, for these feeds; or one that is stored, to be asked about."""

    places: tuple[str, ...]
    feeds: tuple[FeedId, ...] = ()
    validators: tuple[str, str] | None = None  # of an icon that is stored


class FaviconFetcher:
    def __init__(
        self,
        *,
        writer: WriterThread,
        worker: Worker,
        shelf: Shelf,
        now: Callable[[], datetime],
        declared: Mapping[FeedId, str],
    ) -> None:
        self._writer = writer
        self._worker = worker
        self._shelf = shelf
        self._now = now
        self._declared = declared
        self._stored: set[str] = set()
        self._resting: set[str] = set()  # not to be had at present
        self._asked: dict[str, asyncio.Task[bool | None]] = {}

    async def list_work(self) -> dict[str, list[IconWork]]:
        """What is to be done now, by host."""
        now = self._now()

        def read(db: Connection) -> tuple[list[IconWork], set[str], set[str]]:
            iconless = group_feeds(icons.read_iconless(db, now - LOST), self._declared)
            places = {place for group, _ in iconless for place in group}
            stored = set(assets.read_sizes(db, places))
            missing = set(assets.missing(db, places, now))
            return (
                [IconWork(*group) for group in iconless] + _list_stale(db, now - FRESH),
                stored,
                places - stored - missing,
            )

        found, self._stored, self._resting = await self._writer.run(read)
        self._asked = {}
        by_host: dict[str, list[IconWork]] = defaultdict(list)
        for work in found:
            by_host[host_of(work.places[0])].append(work)
        return by_host

    async def fetch(self, work: IconWork, downloads: Downloads) -> None:
        if work.validators is not None:
            await self._ask_again(work.places[0], work.validators, downloads)
            return
        is_certain = True
        for address in work.places:
            is_there = await self._has_icon(address, downloads)
            if is_there:
                self._note(work.feeds, address)
                return
            is_certain = is_certain and is_there is not None
        if is_certain:
            self._note(work.feeds, "")

    def _note(self, feeds: Iterable[FeedId], address: str) -> None:
        now, ids = self._now(), tuple(feeds)
        self._shelf.put(
            lambda db: icons.note_icon(db, ids, address, now), address=address, feeds=ids if address else ()
        )

    async def _has_icon(self, address: str, downloads: Downloads) -> bool | None:
        """Whether it is stored now; it may have been before, for another feed. None: nobody knows."""
        if address in self._stored:
            return True
        if address in self._resting:
            return None
        if address not in self._asked:
            self._asked[address] = asyncio.ensure_future(self._get_icon(address, downloads))
        return await self._asked[address]

    async def _get_icon(self, address: str, downloads: Downloads) -> bool | None:
        try:
            await self._download(address, ("", ""), downloads)
        except BroadsheetError as error:
            downloads.note_failed(address, error)
            return False if isinstance(error, FINAL) else None
        return True

    async def _ask_again(self, address: str, validators: tuple[str, str], downloads: Downloads) -> None:
        """Whether a favicon has changed. One that cannot be had any more stays as it is."""
        try:
            await self._download(address, validators, downloads)
        except BroadsheetError as error:
            downloads.note_failed(address, error)

    async def _download(self, address: str, validators: tuple[str, str], downloads: Downloads) -> None:
        answer = await downloads.get(address, "icon", validators)
        found, now = (answer.etag, answer.last_modified), self._now()
        if answer.is_unchanged:
            self._shelf.put(lambda db: assets.note_fresh(db, address, now, found))
            return
        data, width, height = await self._worker.run("prepare_icon", answer.data, answer.encoding)
        self._shelf.put(
            lambda db: assets.put_icon(db, address, data, width, height, found, now), address=address
        )


def _list_stale(db: Connection, before: datetime) -> list[IconWork]:
    """A few that are old; all that the cache of pictures has lost."""
    stale = icons.read_stale_icons(db, before)
    known = assets.read_validators(db, stale)
    lost = [address for address in stale if address not in known]
    old = [address for address in stale if address in known][:STALE_AT_ONCE]
    return [IconWork((address,), validators=known.get(address, ("", ""))) for address in lost + old]
