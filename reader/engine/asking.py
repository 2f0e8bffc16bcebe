"""One feed asked: a plan in, a visit out, with whatever the asking needs.

Enters: plans. Leaves: visits, of which some still need to be read (`Visit.needs_reading`). What a
feed is shown comes from the keyring, never from the store; a password that stands in an address
is put there once, and the address then kept without it. Knows no rounds, queues or events.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from reader.engine.decide import RHYTHM_OF, decide_rest, may_doubt, measure_rhythm, should_doubt
from reader.engine.visits import Visit, hash_body, read_known, read_retry
from reader.errors import (
    AlreadySubscribed,
    BroadsheetError,
    EmptyDocument,
    KeyringMissing,
    KeyringRefused,
)
from reader.fetch.address import host_of, split_userinfo
from reader.model import Credentials, FeedId, Listing, Selection
from reader.store import articles, feeds, fetching
from reader.store.database import Connection
from reader.store.fetching import FetchPlan

if TYPE_CHECKING:
    from reader.engine.refresh import Refresher
    from reader.engine.secrets import Secrets
    from reader.fetch.answer import Answer


class Asker:
    """One for the program. Belongs to the loop."""

    def __init__(self, refresher: Refresher, secrets: Secrets | None) -> None:
        self._client = refresher.client
        self._writer = refresher.writer
        self._now = refresher.now
        self._secrets = secrets
        self._keyless: set[FeedId] = set()  # whose password stays in the address: nowhere else to keep it
        self._rests: dict[str, int] = {}  # pauses in a row that a host named no time for

    async def ask(self, plan: FetchPlan, *, whole: bool = False) -> Visit:
        """The visit; raises nothing of ours. `whole`: without validators, and read whatever comes."""
        try:
            plan = await self._put_away_password(plan)
            credentials = await self._find_credentials(plan)
        except KeyringRefused as refused:  # without them it would only be told to come back with them
            return Visit(plan, error=refused)
        is_doubt = not whole and await self._should_doubt(plan)
        began = asyncio.get_running_loop().time()
        answer: Answer | None = None
        error: BroadsheetError | None = None
        try:
            answer = await self._get(plan, credentials, is_conditional=not (whole or is_doubt))
            error = answer.failure()
        except BroadsheetError as fault:
            error = fault
        elapsed = asyncio.get_running_loop().time() - began
        visit = Visit(plan, answer, error=error, elapsed=elapsed, is_doubt=is_doubt)
        return visit if answer is None or error is not None else _weigh(visit, answer, whole)

    async def rest(self, host: str, visit: Visit) -> None:
        """The host wants to be left alone, and the one it sent us to where that said so."""
        now = self._now()
        seconds = read_retry(visit, now)
        if seconds is None:
            self._rests[host] = max(self._rests.get(host, 0), visit.plan.failures) + 1
            seconds = decide_rest(self._rests[host])
        until, reason = now + timedelta(seconds=seconds), visit.error.detail if visit.error else ""
        hosts = {host, host_of(visit.answer.address) if visit.answer else host}
        for one in hosts:
            self._client.gate.pause(one, seconds)

        def store(db: Connection) -> None:
            for one in hosts:
                fetching.pause_host(db, one, until, reason)

        await self._writer.run(store)

    def note_answer(self, host: str) -> None:
        """The host is well."""
        self._rests.pop(host, None)

    async def _get(self, plan: FetchPlan, credentials: Credentials | None, *, is_conditional: bool) -> Answer:
        etag, modified = (plan.etag, plan.last_modified) if is_conditional else ("", "")
        return await self._client.get_feed(
            plan.address,
            etag,
            modified,
            final_address=plan.final_address,
            user_agent=plan.user_agent,
            credentials=credentials,
        )

    async def _should_doubt(self, plan: FetchPlan) -> bool:
        """Whether the server has said "not modified" for longer than can be believed."""
        now, known = self._now(), read_known(plan.wishes)
        doubted_at = datetime.fromtimestamp(known.doubted_at, UTC) if known.doubted_at else None
        if not (plan.etag or plan.last_modified) or not may_doubt(now, plan.last_200_at, doubted_at):
            return False
        of_feed = Selection(Listing.FEED, plan.feed_id)
        page = await self._writer.run(lambda db: articles.read_rows(db, of_feed, None, RHYTHM_OF, now))
        times = [row.at for row in page.rows]
        rhythm = measure_rhythm(times)
        return should_doubt(now, plan.last_200_at, max(times, default=None), rhythm, doubted_at)

    # ---- credentials --------------------------------------------------------------------

    async def _find_credentials(self, plan: FetchPlan) -> Credentials | None:
        if not plan.signs_in or self._secrets is None:
            return None
        return await self._secrets.get(plan.feed_id, plan.address)

    async def _put_away_password(self, plan: FetchPlan) -> FetchPlan:
        """The plan, its address without a password where the keyring has taken that."""
        if "@" not in plan.address or self._secrets is None or plan.feed_id in self._keyless:
            return plan
        address, own = split_userinfo(plan.address)
        if own is None or plan.signs_in:
            return plan
        try:
            await self._secrets.put(plan.feed_id, address, own)
            await self._writer.run(lambda db: _change_address(db, plan.feed_id, address, own.scheme))
        except (KeyringMissing, KeyringRefused, AlreadySubscribed):
            self._keyless.add(plan.feed_id)
            return plan
        return replace(
            plan, address=address, signs_in=own.scheme, etag="", last_modified="", body_hash=b"", rule=""
        )


def _change_address(db: Connection, feed_id: FeedId, address: str, scheme: str) -> None:
    feeds.change_address(db, feed_id, address)
    fetching.set_signs_in(db, feed_id, scheme)


def _weigh(visit: Visit, answer: Answer, whole: bool) -> Visit:
    """Of a good answer: is there anything to read?"""
    plan = visit.plan
    if not answer.is_unchanged:
        is_same = not whole and plan.body_hash and hash_body(answer) == plan.body_hash
        return visit if is_same else replace(visit, needs_reading=True)
    was_asked = (plan.etag or plan.last_modified) and not (whole or visit.is_doubt)
    if was_asked or plan.last_200_at is not None:
        return visit
    return replace(visit, error=EmptyDocument(host_of(plan.address)))  # it was not asked that
