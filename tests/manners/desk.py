"""The engine's test bench on real sockets: our transport, a real store, a clock that is set.

`Press` with one thing exchanged: its servers are those of a `Wire`. Host names lead there too (see
conftest), so that what holds for strangers' hosts and not for this machine can be asked for.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from reader.engine.asking import Asker
from reader.engine.events import Noticed
from reader.engine.pictures import PictureFetcher
from reader.engine.refresh import Outcome
from reader.engine.schedule import Schedule
from reader.engine.secrets import origin_of, origins_of
from reader.engine.subscribe import FeedFinder, FoundFeeds
from reader.fetch.client import Client
from reader.model import Credentials, FeedId, Traffic
from tests.engine.press import AGENT, Press
from tests.wire import Answering, Asked, Wire

T = TypeVar("T")
NEWS = "news.example/feed"


class Wallet:
    """What `Secrets` is, without a keyring. Outlives a restart, as that does."""

    def __init__(self) -> None:
        self._kept: dict[tuple[FeedId, str], Credentials] = {}

    async def get(self, feed_id: FeedId, address: str) -> Credentials | None:
        found = (self._kept.get((feed_id, origin)) for origin in origins_of(address))
        return next((credentials for credentials in found if credentials), None)

    async def put(self, feed_id: FeedId, address: str, credentials: Credentials) -> None:
        self._kept[feed_id, origin_of(address)] = credentials


class Desk(Press):
    def __init__(self, folder: Path, wire: Wire) -> None:
        self.wire = wire
        self._runner = asyncio.Runner()
        self._open: list[Client] = []
        self.wallet = Wallet()
        super().__init__(folder)

    def restart(self) -> None:
        super().restart()
        self.client = Client(AGENT, gate=self.gate)
        self._open.append(self.client)
        self.refresher.client = self.client
        self.refresher.asker = Asker(self.refresher, self.wallet)  # type: ignore[arg-type]
        self.schedule = Schedule(
            refresher=self.refresher, writer=self.writer, settings=self.settings, now=lambda: self.now
        )
        self.finder = FeedFinder(client=self.client, worker=self.worker)  # type: ignore[arg-type]
        self.pictures = PictureFetcher(
            writer=self.writer,
            worker=self.worker,  # type: ignore[arg-type]
            client=self.client,
            settings=self.settings,
            post=self.events.append,
            now=lambda: self.now,
            declared=self.refresher.icons,
        )

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """On the one loop that all connections belong to."""
        return self._runner.run(work)

    def close(self) -> None:
        for client in self._open:
            self.run(client.aclose())
        self._runner.close()
        self.writer.close()

    def do(self, job: Callable[[Any], Any]) -> Any:
        return self.run(_wait_for(self.writer.run(job, background=False)))

    def subscribe(self, place: str, *replies: Answering) -> FeedId:
        address = self.wire.serve(place, *replies) if replies else self.wire.address(place)
        return self.add(address)

    def refresh(self, *feeds: FeedId, by_hand: bool = True, **options: Any) -> Outcome:
        self.events.clear()
        return self.run(self.refresher.refresh(feeds or None, by_hand=by_hand, **options))

    def ask(self, *feeds: FeedId, by_hand: bool = True) -> list[Asked]:
        """What one refresh asked for."""
        before = len(self.wire.log)
        self.refresh(*feeds, by_hand=by_hand)
        return self.wire.log[before:]

    def ask_later(self, *feeds: FeedId, **time: float) -> Asked:
        """The only request of a refresh by hand that much later."""
        self.wait(**time)
        (asked,) = self.ask(*feeds)
        return asked

    def find(self, typed: str) -> FoundFeeds:
        return self.run(self.finder.find(typed))

    def fetch_pictures(self) -> list[Asked]:
        """What was asked for when the pictures and favicons were."""
        before = len(self.wire.log)
        self.run(self._fetch_pictures())
        return self.wire.log[before:]

    async def _fetch_pictures(self) -> None:
        self.pictures.wake()
        await self.pictures.wait()

    def live(self, **time: float) -> list[Asked]:
        """Let the schedule do what it does for so long. Returns what was asked meanwhile."""
        before = len(self.wire.log)
        end = self.now + timedelta(**time)
        while self.now < end:
            wait = self.run(self.schedule.look())
            self.wait(seconds=min(max(wait, 0.001), (end - self.now).total_seconds()))
        return self.wire.log[before:]

    def count_traffic(self, kind: str) -> Traffic:
        """All that was counted of one kind, as one."""
        from reader.store import traffic

        days = [x for x in self.do(lambda db: traffic.read_traffic(db, self.now, 400)) if x.kind == kind]
        return Traffic(
            "",
            kind,
            sum(x.requests for x in days),
            sum(x.unchanged for x in days),
            sum(x.received for x in days),
            sum(x.saved for x in days),
        )


def list_notices(desk: Desk) -> list[tuple[FeedId, str, str]]:
    """What the last refresh had to tell of feeds."""
    return [(x.feed_id, x.what, x.detail) for x in desk.events if isinstance(x, Noticed)]


async def _wait_for(work: Awaitable[T]) -> T:
    return await work
