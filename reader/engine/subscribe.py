"""From what a person typed to feeds that can be subscribed to (signatures first)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model import Digest
from reader.parse.discover import Candidate

if TYPE_CHECKING:
    from reader.engine.workers import Worker
    from reader.fetch.client import Answer, Client


class FeedFinder:
    """Lives on the loop thread."""

    def __init__(self, *, client: Client, worker: Worker) -> None: ...

    async def find(self, typed: str) -> tuple[Candidate, ...]:
        """Candidates, best first. Raises AddressRefused, another FetchError, or NoFeedFound.

        A bare host is tried over https, then http. The bytes of an address that is itself a feed
        are kept for `take`, so that subscribing fetches nothing again.
        """
        raise NotImplementedError

    def take(self, address: str) -> tuple[Answer, Digest] | None:
        """What `find` fetched of this address, once; None if nothing."""
        raise NotImplementedError
