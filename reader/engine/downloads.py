"""A picture's address in, its bytes out: asked for politely, counted, and remembered where it failed.

One request at a time per host, none while the host rests or has failed twice running. A failure is
the picture's own unless nobody at all can be reached: then the network is gone and nothing is marked
as failed. Documents of strangers name pictures: hosts of the reader's own network are asked only
where a feed of theirs is subscribed to. Knows neither what the picture is for nor how it is prepared.
Belongs to the loop.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from reader.engine.decide import decide_rest, is_overload
from reader.engine.shelf import Shelf
from reader.errors import (
    AddressRefused,
    BroadsheetError,
    ConnectionFailed,
    HostNotFound,
    HttpFailed,
    Offline,
    PictureError,
    TimedOut,
)
from reader.fetch.address import host_of
from reader.fetch.freshness import read_freshness
from reader.store import assets, fetching
from reader.store.database import Connection

if TYPE_CHECKING:
    from reader.fetch.answer import Answer
    from reader.fetch.client import Client

LOST = timedelta(days=7)  # not asked for again: no picture, not found, too large
UNREACHED = timedelta(days=1)  # ... the network failed, or the server
FEW = 3  # hosts that cannot be reached, and none that answers: the network is gone
TRIES = 2  # a host that was not reached so often is left alone for this run
UNREACHABLE = (ConnectionFailed, HostNotFound, TimedOut, Offline)


class Downloads:
    """One run's. `is_lost`: the network is gone, nothing more can be had now."""

    def __init__(
        self, client: Client, shelf: Shelf, now: Callable[[], datetime], own_hosts: Container[str]
    ) -> None:
        """`own_hosts`: of subscribed feeds."""
        self._client = client
        self._own_hosts = own_hosts
        self._shelf = shelf
        self._now = now
        self._unreached: Counter[str] = Counter()  # hosts
        self._held: list[str] = []  # addresses that failed while nobody had answered
        self._was_heard = False
        self._is_doubtful = False  # the system says of a host that there is no network: or of that host only
        self.is_lost = False

    async def get(self, address: str, kind: str, validators: tuple[str, str] = ("", "")) -> Answer:
        """A picture, or "not modified" where validators are given. `kind` for the count. Raises
        FetchError, and PictureError for an empty one."""
        host = host_of(address)
        if self._unreached[host] >= TRIES:
            raise TimedOut(host)
        if (left := self._client.gate.pause_left(host)) > 0:
            raise HostRests(left)
        try:
            answer = await self._client.get_picture(address, *validators, own_hosts=self._own_hosts)
        except BroadsheetError as error:
            self._note_unheard(host, kind, error)
            raise
        self._hear(host)
        self._shelf.count(
            kind,
            requests=1 + len(answer.hops),
            unchanged=answer.is_unchanged,
            received=len(answer.data),
        )
        self._check(answer, is_conditional=any(validators))
        return answer

    def note_failed(self, address: str, error: BroadsheetError) -> None:
        """Remember until when it is not asked for again."""
        if self.is_lost:
            return
        if isinstance(error, UNREACHABLE) and not self._was_heard:
            self._held.append(address)
            return
        self._rest(address, _choose_rest(error))

    def settle(self) -> None:
        """Nothing more is under way: what failed while nobody answered was its own fault after all,
        unless that was too much for chance."""
        if not self._was_heard and (self._is_doubtful or len(self._unreached) >= FEW):
            self.is_lost = True
        if not self.is_lost:
            self._let_go()

    def _rest(self, address: str, rest: timedelta) -> None:
        now = self._now()
        self._shelf.put(lambda db: assets.note_failed(db, address, now + rest, now))

    def _hear(self, host: str) -> None:
        self._unreached.pop(host, None)
        if not self._was_heard:
            self._was_heard = True
            self._let_go()

    def _let_go(self) -> None:
        held, self._held = self._held, []
        for address in held:
            self._rest(address, UNREACHED)

    def _note_unheard(self, host: str, kind: str, error: BroadsheetError) -> None:
        if isinstance(error, Offline):
            self._is_doubtful = True
        if isinstance(error, UNREACHABLE):
            self._unreached[host] += 1
        if not isinstance(error, Offline | AddressRefused):
            self._shelf.count(kind)

    def _check(self, answer: Answer, *, is_conditional: bool) -> None:
        failure = answer.failure()
        if failure is not None and is_overload(failure):
            seconds = self._pause(host_of(answer.address), answer, failure.detail)
            raise HostRests(seconds)
        if failure is not None:
            raise failure
        if not answer.data and not (answer.is_unchanged and is_conditional):
            raise PictureError("empty")

    def _pause(self, host: str, answer: Answer, reason: str) -> int:
        """It is the whole host that asked to be left alone, feeds and all."""
        now = self._now()
        seconds = read_freshness(answer.headers, now).retry_after or decide_rest(1)
        until = now + timedelta(seconds=seconds)
        self._client.gate.pause(host, seconds)

        def write(db: Connection) -> None:
            fetching.pause_host(db, host, until, reason)

        self._shelf.put(write)
        return seconds


class HostRests(BroadsheetError):
    """The host asked to be left alone. Never leaves the pictures."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = seconds


def _choose_rest(error: BroadsheetError) -> timedelta:
    if isinstance(error, HostRests):
        return timedelta(seconds=error.seconds)
    if isinstance(error, UNREACHABLE) or (isinstance(error, HttpFailed) and error.detail.startswith("5")):
        return UNREACHED
    return LOST
