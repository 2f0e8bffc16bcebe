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
from reader.engine.secrets import Secrets, make_tag
from reader.engine.threads import Closed, ReaderThreads, WriterThread, report
from reader.errors import BroadsheetError, KeyringMissing, KeyringRefused, OutlineError, StoreError
from reader.model import ArticleId, Changes, Credentials, FeedId, Origin
from reader.paths import Profile
from reader.settings import Settings
from reader.store import articles, fetching
from reader.store.database import Connection
from reader.store.fetching import FetchPlan

if TYPE_CHECKING:
    from reader.engine.staffing import Staff

OPML_LIMIT = 20_000_000  # bytes
FOR_CLIENT = ("proxy",)  # settings in force at once
FOR_SCHEDULE = ("refresh_by_itself", "refresh_minutes")


class Newsroom:
    def __init__(
        self,
        profile: Profile,
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
        self._secrets = Secrets(make_tag(profile))
        settings.watch(self._note_setting)

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

    def fetch_now(self, feed_ids: tuple[FeedId, ...]) -> None:
        """Feeds of which something was changed that decides what they answer."""
        self._spawn(self._fetch_now(feed_ids))

    def reload(self, feed_id: FeedId) -> None:
        self._spawn(self._reload(feed_id))

    def finish_refresh(self, reply: Callable[[Any], None]) -> e.Ticket:
        return self._ask(self._finish_refresh(), reply)

    def cancel_refresh(self) -> None:
        """With the pictures that come behind it: the person wants the network to be quiet."""
        if self._staff is not None:
            self._staff.refresher.cancel()
            self._loop.call(self._staff.pictures.stop)

    def find_feeds(
        self, address: str, reply: Callable[[Any], None], credentials: Credentials | None, guess: bool
    ) -> e.Ticket:
        return self._ask(self._find_feeds(address, credentials, guess), reply)

    def sign_in(self, feed_id: FeedId, credentials: Credentials, reply: Callable[[Any], None]) -> e.Ticket:
        return self._ask(self._sign_in(feed_id, credentials), reply)

    def sign_out(self, feed_id: FeedId, reply: Callable[[Any], None]) -> e.Ticket:
        return self._ask(self._sign_out(feed_id), reply)

    def forget_secrets(self, feeds: list[tuple[FeedId, str]]) -> None:
        """Feeds (id, address) that are gone for good."""
        self._spawn(self._forget_secrets(feeds))

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
                self._loop,
                self._writer,
                self._settings,
                self._post,
                self._clock,
                self._secrets,
                self._make_transport,
            )
        return self._staff

    async def _refresh(self, feed_ids: tuple[FeedId, ...] | None, *, by_hand: bool) -> None:
        staff = self._hire()
        outcome = await staff.refresher.refresh(feed_ids, by_hand=by_hand)
        if not outcome.cancelled:
            staff.pictures.wake()

    async def _fetch_new(self, feed_ids: tuple[FeedId, ...], address: str) -> None:
        staff = self._hire()
        credentials = staff.finder.take_credentials(address)
        if credentials is not None:
            await self._sign_in_new(feed_ids[0], address, credentials)
        kept = staff.finder.take(address)
        if kept is None:
            await self._refresh(feed_ids, by_hand=True)
            return
        await staff.refresher.deliver(feed_ids[0], kept.answer, kept.digest)
        self._post(e.RefreshProgressed(1, 1, 0, len(kept.digest.drafts), active=False))
        staff.pictures.wake()

    async def _fetch_now(self, feed_ids: tuple[FeedId, ...]) -> None:
        """However short ago they were asked, and whatever they answered then. Only a host that asked
        for a rest keeps it."""
        staff = self._hire()
        plans = await self._read_plans(feed_ids)
        outcome = await staff.refresher.visit(plans)
        if outcome.cancelled:
            return
        if not outcome.offline:
            # A refresh under way may have asked them before the change: then nothing is decided yet.
            again = [plan for plan in await self._read_plans(feed_ids) if plan.not_before is None]
            if again:
                await staff.refresher.visit(again)
        staff.pictures.wake()

    async def _read_plans(self, feed_ids: tuple[FeedId, ...]) -> list[FetchPlan]:
        """Also lets the gate know which hosts asked for a rest before this start."""
        now = self._clock()

        def read(db: Connection) -> tuple[list[FetchPlan | None], dict[str, datetime]]:
            return [fetching.read_plan(db, x) for x in feed_ids], fetching.read_pauses(db, now)

        plans, pauses = await self._writer.run(read, background=False)
        for host, until in pauses.items():
            self._hire().client.gate.pause(host, (until - now).total_seconds())
        return [plan for plan in plans if plan is not None]

    async def _reload(self, feed_id: FeedId) -> None:
        staff = self._hire()
        outcome = await staff.refresher.refresh((feed_id,), by_hand=True, whole=True)
        if not outcome.cancelled:
            staff.pictures.wake()

    async def _finish_refresh(self) -> None:
        await self._hire().refresher.wait_behind()

    async def _find_feeds(self, address: str, credentials: Credentials | None, guess: bool) -> Any:
        staff = self._hire()
        staff.refresher.tell_if_barred()
        return await staff.finder.find(address, credentials, guess=guess)

    # ---- signing in ---------------------------------------------------------------------

    async def _sign_in(self, feed_id: FeedId, credentials: Credentials) -> None:
        plan = await self._writer.run(lambda db: fetching.read_plan(db, feed_id), background=False)
        if plan is None:
            raise StoreError("no such feed")
        try:
            await self._secrets.put(feed_id, plan.address, credentials)
        finally:  # without a keyring it holds until the program ends
            await self._set_signs_in(feed_id, credentials.scheme)
            self.fetch_now((feed_id,))

    async def _sign_out(self, feed_id: FeedId) -> None:
        plan = await self._writer.run(lambda db: fetching.read_plan(db, feed_id), background=False)
        if plan is None:
            raise StoreError("no such feed")
        await self._set_signs_in(feed_id, "")
        await self._secrets.forget(feed_id, plan.address)

    async def _sign_in_new(self, feed_id: FeedId, address: str, credentials: Credentials) -> None:
        """What was typed while the feed was looked for is the new feed's from now on."""
        try:
            await self._secrets.put(feed_id, address, credentials)
        except (KeyringMissing, KeyringRefused) as error:
            self._post(e.Noticed(feed_id, "", "keyring", error.kind))
        await self._set_signs_in(feed_id, credentials.scheme)

    async def _set_signs_in(self, feed_id: FeedId, scheme: str) -> None:
        await self._writer.run(lambda db: fetching.set_signs_in(db, feed_id, scheme), background=False)
        self._post(e.Changed(Changes(Origin.USER, feeds=(feed_id,))))

    async def _forget_secrets(self, feeds: list[tuple[FeedId, str]]) -> None:
        for feed_id, address in feeds:
            await self._secrets.forget(feed_id, address)

    # ---- settings -----------------------------------------------------------------------

    def _note_setting(self, name: str) -> None:
        """On whatever thread set it."""
        if self._staff is not None and name in (*FOR_CLIENT, *FOR_SCHEDULE):
            self._spawn(self._follow_setting(name))

    async def _follow_setting(self, name: str) -> None:
        staff = self._hire()
        if name in FOR_CLIENT:
            await staff.client.set_proxy(self._settings.get("proxy"))
            if staff.refresher.tell_if_barred():
                staff.refresher.cancel()
        elif name == "refresh_minutes":
            usual = int(self._settings.get(name)) * 60
            await self._writer.run(lambda db: _set_usual(db, usual), background=False)
        staff.schedule.wake()

    # ---- files and pictures -------------------------------------------------------------

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
            staff = self._hire()
            if not staff.refresher.tell_if_barred():
                await staff.pictures.fetch(article.pictures)

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


def _set_usual(db: Connection, usual: int) -> None:
    """Feeds that wait for the usual time, in seconds, wait for this one."""
    from reader.engine.visits import decide_anew

    anew = ((plan.feed_id, decide_anew(plan, usual)) for plan in fetching.read_all_plans(db))
    fetching.set_moments(db, [(feed_id, pace.at, pace.rule) for feed_id, pace in anew if pace is not None])
