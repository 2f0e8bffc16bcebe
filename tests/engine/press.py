"""A press for the tests of the engine: servers that are functions, clocks that are set, a real
store, and the worker's tasks done in this process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from reader.engine import tasks
from reader.engine.events import Changed, Event, Noticed, RefreshProgressed
from reader.engine.refresh import Outcome, Refresher
from reader.engine.secrets import origin_of, origins_of
from reader.engine.threads import WriterThread
from reader.errors import BroadsheetError
from reader.fetch.client import Client
from reader.fetch.politeness import HostGate
from reader.model import Credentials, FeedId
from reader.settings import Settings
from reader.store import database, feeds, fetching
from reader.store.fetching import FetchPlan

Handler = Callable[[httpx.Request], Any]
AGENT = "Broadsheet/1 (+https://broadsheet.example)"


def make_feed(*titles: str, head: str = "", title: str = "Courier") -> bytes:
    items = "".join(
        f"<item><title>{x}</title><guid>{x}</guid><link>https://courier.example/{x}</link>"
        f"<description>About {x}.</description></item>"
        for x in titles
    )
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>'
        f"<link>https://courier.example/</link>{head}{items}</channel></rss>"
    ).encode()


class InlineWorker:
    """The worker's tasks without its process."""

    def __init__(self) -> None:
        self.log: list[str] = []

    async def run(self, task: str, *arguments: Any) -> Any:
        self.log.append(task)
        await asyncio.sleep(0)
        return tasks.BY_NAME[task](*arguments)


class WatchedWriter(WriterThread):
    """The writer, known to be at work or not."""

    jobs = 0  # under way
    done = 0

    async def run(self, job: Callable[[Any], Any], *, background: bool = True) -> Any:
        self.jobs += 1
        try:
            return await super().run(job, background=background)
        finally:
            self.jobs -= 1
            self.done += 1


class SetLoop(asyncio.SelectorEventLoop):
    """A loop whose time passes only where everybody waits for it, and then at once."""

    def __init__(self, writer: WatchedWriter) -> None:
        super().__init__()
        self._writer = writer
        self._seconds = 1000.0
        self._look: Any = self._selector.select  # type: ignore[attr-defined]
        self._selector.select = self._select  # type: ignore[attr-defined]

    def time(self) -> float:
        return self._seconds

    def _select(self, timeout: float | None = None) -> Any:
        if timeout is None or self._writer.jobs:
            return self._look(timeout and 0.01)
        found = self._look(0)
        if not found:
            self._seconds += timeout
        return found


class Keyring:
    """`Secrets`, as far as the refresh asks. `error` is raised by whatever is asked."""

    def __init__(self) -> None:
        self.kept: dict[tuple[FeedId, str], Credentials] = {}
        self.error: BroadsheetError | None = None

    async def get(self, feed_id: FeedId, address: str) -> Credentials | None:
        if self.error is not None:
            raise self.error
        found = (self.kept.get((feed_id, origin)) for origin in origins_of(address))
        return next((credentials for credentials in found if credentials), None)

    async def put(self, feed_id: FeedId, address: str, credentials: Credentials) -> None:
        if self.error is not None:
            raise self.error
        self.kept[feed_id, origin_of(address)] = credentials


class Press:
    def __init__(self, folder: Path) -> None:
        self.now = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)
        self.seconds = 1000.0
        self.servers: dict[str, Handler] = {}
        self.log: list[httpx.Request] = []
        self.events: list[Event] = []
        self.settings = Settings()
        self.has_route = True
        self.worker = InlineWorker()
        self.keyring = Keyring()
        self.writer = WatchedWriter(
            lambda: database.open_writing(folder / "news.db", folder / "pictures.db"), database.transaction
        )
        self.restart()

    def restart(self) -> None:
        """Everything that is only remembered while the program runs is forgotten."""
        self.gate = HostGate(clock=lambda: self.seconds, sleep=self._sleep)
        self.client = Client(AGENT, transport=httpx.MockTransport(self._answer), gate=self.gate)
        self.refresher = Refresher(
            writer=self.writer,
            worker=self.worker,  # type: ignore[arg-type]
            client=self.client,
            settings=self.settings,
            post=self.events.append,
            now=lambda: self.now,
            has_route=lambda: self.has_route,
            secrets=self.keyring,  # type: ignore[arg-type]
        )

    async def _sleep(self, seconds: float) -> None:
        self.seconds += seconds
        await asyncio.sleep(0)

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        self.log.append(request)
        handler = self.servers.get(str(request.url)) or self.servers.get(request.url.host)
        if handler is None:
            return httpx.Response(404)
        answer = handler(request)
        return await answer if asyncio.iscoroutine(answer) else answer

    def wait(self, **time: float) -> None:
        step = timedelta(**time)
        self.now += step
        self.seconds += step.total_seconds()

    def do(self, job: Callable[[Any], Any]) -> Any:
        return asyncio.run(self.writer.run(job, background=False))

    def add(self, address: str, handler: Handler | None = None) -> FeedId:
        if handler is not None:
            self.servers[address] = handler
        return self.do(lambda db: feeds.add_feed(db, address, feeds.ensure_path(db, ("News",))))

    async def add_later(self, address: str, handler: Handler) -> FeedId:
        """The same while a loop runs."""
        self.servers[address] = handler
        feed: FeedId = await self.writer.run(
            lambda db: feeds.add_feed(db, address, feeds.ensure_path(db, ("News",)))
        )
        return feed

    def plan(self, feed: FeedId) -> FetchPlan:
        plan = self.do(lambda db: fetching.read_plan(db, feed))
        assert plan is not None
        return plan

    def titles(self, feed: FeedId | None = None) -> list[str]:
        where = "" if feed is None else f" WHERE s.feed_id = {feed}"
        sql = f"SELECT a.title FROM article a JOIN status s ON s.id = a.id{where} ORDER BY a.title"
        return [row[0] for row in self.do(lambda db: db.execute(sql).fetchall())]

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Where hours of waiting are over at once."""
        with asyncio.Runner(loop_factory=lambda: SetLoop(self.writer)) as runner:
            return runner.run(work)

    def refresh(self, *feeds: FeedId, by_hand: bool = True, whole: bool = False) -> Outcome:
        self.log.clear()
        self.events.clear()
        outcome: Outcome = self.run(self.refresher.refresh(feeds or None, by_hand=by_hand, whole=whole))
        return outcome

    @property
    def progress(self) -> list[RefreshProgressed]:
        return [event for event in self.events if isinstance(event, RefreshProgressed)]

    @property
    def notices(self) -> list[tuple[str, str, str]]:
        return [
            (event.what, event.title, event.detail) for event in self.events if isinstance(event, Noticed)
        ]

    @property
    def changes(self) -> list[Changed]:
        return [event for event in self.events if isinstance(event, Changed)]


def answer(data: bytes = b"", status: int = 200, **headers: str) -> Handler:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda request: httpx.Response(status, content=data, headers=named)


def conditional(data: bytes, etag: str = '"1"', **headers: str) -> Handler:
    """A server that knows what "not modified" is."""

    def respond(request: httpx.Request) -> httpx.Response:
        if request.headers.get("if-none-match") == etag:
            return httpx.Response(304)
        return answer(data, etag=etag, **headers)(request)

    return respond


def hang(seconds: float, data: bytes = b"", status: int = 200) -> Handler:
    """A server that keeps silent for so long."""

    async def respond(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(seconds)
        return httpx.Response(status, content=data)

    return respond


def fail(error: Exception) -> Handler:
    def respond(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("failed") from error

    return respond
