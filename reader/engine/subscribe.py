"""From what a person typed to feeds that can be subscribed to.

Enters: an address, perhaps of a site, perhaps without its scheme. Leaves: candidates, or the
error that says why there are none. What was fetched while looking is kept for the subscription,
so that adding a feed is one request. Nothing is guessed: only links that the page itself names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.errors import BroadsheetError, ConnectionFailed, FetchError, NoFeedFound, TimedOut, TlsFailed
from reader.fetch.address import read_typed
from reader.frozen import frozen
from reader.model import Digest
from reader.parse.discover import Candidate

if TYPE_CHECKING:
    from reader.engine.tasks import Looked
    from reader.engine.workers import Worker
    from reader.fetch.answer import Answer
    from reader.fetch.client import Client

KEPT = 8  # feeds that were found and not subscribed to yet
HTTP_INSTEAD = (ConnectionFailed, TlsFailed, TimedOut)  # worth trying the bare host without TLS


@frozen
class FoundFeeds:
    """The answer to a look for feeds: candidates, best first, or why there are none."""

    candidates: tuple[Candidate, ...] = ()
    error: BroadsheetError | None = None


@frozen
class Kept:
    """A feed as it was fetched while looking for it."""

    answer: Answer
    digest: Digest


class FeedFinder:
    """Lives on the loop thread."""

    def __init__(self, *, client: Client, worker: Worker) -> None:
        self._client = client
        self._worker = worker
        self._kept: dict[str, Kept] = {}

    async def find(self, typed: str) -> FoundFeeds:
        """Candidates, best first. A bare host is tried over https, then http. Raises no error of
        ours: it is in the answer (AddressRefused, another FetchError, a ParseError, NoFeedFound)."""
        try:
            answer = await self._fetch(read_typed(typed))
            looked: Looked = await self._worker.run(
                "look_at", answer.data, answer.encoding, answer.address, answer.content_type
            )
        except BroadsheetError as error:
            return FoundFeeds(error=error)
        if looked.digest is not None:
            return FoundFeeds((self._keep(answer, looked.digest),))
        if not looked.candidates:
            return FoundFeeds(error=NoFeedFound(answer.address))
        return FoundFeeds(looked.candidates)

    def take(self, address: str) -> Kept | None:
        """What `find` fetched of this address, once; None if nothing."""
        return self._kept.pop(address, None)

    def _keep(self, answer: Answer, digest: Digest) -> Candidate:
        # Permanently moved: the new address is the feed's. Otherwise the one that was asked.
        asked = answer.hops[0].address if answer.hops else answer.address
        address = answer.moved_to or asked
        self._kept[address] = Kept(answer, digest)
        while len(self._kept) > KEPT:
            del self._kept[next(iter(self._kept))]
        return Candidate(address, digest.head.title, answer.content_type.partition(";")[0].strip())

    async def _fetch(self, addresses: tuple[str, ...]) -> Answer:
        for address in addresses[:-1]:
            try:
                return await self._ask(address)
            except HTTP_INSTEAD:
                continue
        return await self._ask(addresses[-1])

    async def _ask(self, address: str) -> Answer:
        answer = await self._client.get_feed(address)
        failure: FetchError | None = answer.failure()
        if failure is not None:
            raise failure
        return answer
