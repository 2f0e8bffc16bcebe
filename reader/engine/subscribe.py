"""From what a person typed to feeds that can be subscribed to.

Enters: an address, perhaps of a site, perhaps without its scheme; credentials, where it asks for
them. Leaves: candidates, or the error that says why there are none. What was fetched while looking
is kept for the subscription, so that adding a feed is one request; so are the credentials. Nothing
is guessed unless the person asks for it: only links that the page itself names.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reader.engine.secrets import may_follow
from reader.errors import (
    BroadsheetError,
    ConnectionFailed,
    FetchError,
    HttpFailed,
    NoFeedFound,
    ParseError,
    TimedOut,
    TlsFailed,
)
from reader.fetch.address import read_typed, split_userinfo
from reader.frozen import frozen
from reader.model import Credentials, Digest
from reader.parse.discover import Candidate

if TYPE_CHECKING:
    from reader.engine.tasks import Looked
    from reader.engine.workers import Worker
    from reader.fetch.answer import Answer
    from reader.fetch.client import Client

KEPT = 8  # feeds that were found and not subscribed to yet
KEPT_CREDENTIALS = 100  # a page may name many feeds
HTTP_INSTEAD = (ConnectionFailed, TlsFailed, TimedOut)  # worth trying the bare host without TLS
USUAL_PLACES = ("feed", "rss", "atom.xml", "feed.xml", "index.xml", "rss.xml", "feed.json", "feeds/all.xml")


@frozen
class FoundFeeds:
    """The answer to a look for feeds: candidates, best first, or why there are none.

    `error` HttpFailed("401"): the site asks for credentials."""

    candidates: tuple[Candidate, ...] = ()
    error: BroadsheetError | None = None
    may_guess: bool = False  # a page that names no feed; usual places were not tried yet


@frozen
class Kept:
    """A feed as it was fetched while looking for it."""

    answer: Answer
    digest: Digest


class FeedFinder:
    """Lives on the loop thread."""

    def __init__(
        self,
        *,
        client: Client,
        worker: Worker,
        count: Callable[[int, int], None] = lambda requests, size: None,
    ) -> None:
        """`count` is told of requests that led to no feed, and of the bytes they brought: a feed's own
        are counted with it when it is subscribed to."""
        self._client = client
        self._worker = worker
        self._count = count
        self._kept: dict[str, Kept] = {}
        self._credentials: dict[str, Credentials] = {}  # by the address of a candidate

    async def find(
        self, typed: str, credentials: Credentials | None = None, *, guess: bool = False
    ) -> FoundFeeds:
        """Candidates, best first. A bare host is tried over https, then http. Raises no error of
        ours: it is in the answer (AddressRefused, another FetchError, a ParseError, NoFeedFound)."""
        typed, typed_credentials = _split_typed(typed)
        credentials = credentials or typed_credentials
        try:
            addresses = read_typed(typed)
            if credentials is not None:
                addresses = addresses[:1]  # a password is not tried without TLS of our own accord
            answer = await self._fetch(addresses, credentials)
            looked = await self._look_at(answer)
            if looked.digest is not None:
                return self._hand_out((self._keep(answer, looked.digest),), addresses[0], credentials)
            if looked.candidates:
                return self._hand_out(looked.candidates, addresses[0], credentials)
            if not guess:
                return FoundFeeds(error=NoFeedFound(answer.address), may_guess=True)
            return await self._guess(answer.address, addresses[0], credentials)
        except BroadsheetError as error:
            return FoundFeeds(error=error)

    def take(self, address: str) -> Kept | None:
        """What `find` fetched of this address, once; None if nothing."""
        return self._kept.pop(address, None)

    def take_credentials(self, address: str) -> Credentials | None:
        """Those that were shown while this feed was found, once."""
        return self._credentials.pop(address, None)

    # ---- guessing -----------------------------------------------------------------------

    async def _guess(self, page: str, asked: str, credentials: Credentials | None) -> FoundFeeds:
        """The first of the usual places of the page's site that holds a feed, one after the other."""
        if credentials is not None and not may_follow(asked, page):
            credentials = None
        for address in list_usual_places(page):
            try:
                answer = await self._ask(address, credentials)
                looked = await self._look_at(answer)
            except HttpFailed as error:
                if error.detail in ("429", "503"):
                    raise
                continue
            except ParseError:
                continue
            if looked.digest is not None:
                return self._hand_out((self._keep(answer, looked.digest),), address, credentials)
        raise NoFeedFound(page)

    # ---- keeping ------------------------------------------------------------------------

    def _hand_out(
        self, candidates: tuple[Candidate, ...], asked: str, credentials: Credentials | None
    ) -> FoundFeeds:
        """Keep the credentials for those that lie where they were shown."""
        if credentials is not None:
            for candidate in candidates:
                if may_follow(asked, candidate.address):
                    self._credentials.pop(candidate.address, None)
                    self._credentials[candidate.address] = credentials
            _forget_oldest(self._credentials, KEPT_CREDENTIALS)
        return FoundFeeds(candidates)

    def _keep(self, answer: Answer, digest: Digest) -> Candidate:
        # Permanently moved: the new address is the feed's. Otherwise the one that was asked.
        asked = answer.hops[0].address if answer.hops else answer.address
        address = answer.moved_to or asked
        self._kept[address] = Kept(answer, digest)
        _forget_oldest(self._kept, KEPT)
        return Candidate(address, digest.head.title, answer.content_type.partition(";")[0].strip())

    # ---- asking -------------------------------------------------------------------------

    async def _fetch(self, addresses: tuple[str, ...], credentials: Credentials | None) -> Answer:
        for address in addresses[:-1]:
            try:
                return await self._ask(address, credentials)
            except HTTP_INSTEAD:
                continue
        return await self._ask(addresses[-1], credentials)

    async def _ask(self, address: str, credentials: Credentials | None) -> Answer:
        try:
            answer = await self._client.get_feed(address, credentials=credentials)
        except FetchError:
            self._count(1, 0)
            raise
        failure = answer.failure()
        if failure is not None:
            self._count(1 + len(answer.hops), len(answer.data))
            raise failure
        return answer

    async def _look_at(self, answer: Answer) -> Looked:
        is_feed = False
        try:
            looked: Looked = await self._worker.run(
                "look_at", answer.data, answer.encoding, answer.address, answer.content_type
            )
            is_feed = looked.digest is not None
        finally:
            if not is_feed:
                self._count(1 + len(answer.hops), len(answer.data))
        return looked


def list_usual_places(page: str) -> tuple[str, ...]:
    """Where the feed of a page's site often lies; of `/~somebody/` where the page is theirs."""
    parts = urlsplit(page)
    folder = parts.path.split("/")[1:2]
    owner = f"{folder[0]}/" if folder and folder[0].startswith("~") else ""
    root = f"{parts.scheme}://{parts.netloc}/{owner}"
    return tuple(place for place in (root + name for name in USUAL_PLACES) if place != page)


def _split_typed(typed: str) -> tuple[str, Credentials | None]:
    """`user:password@host/path`, with or without its scheme, taken apart at once."""
    address = typed.strip()
    before_path = address.partition("://")[2] or address
    name, at, _ = before_path.partition("/")[0].rpartition("@")
    if not at:
        return typed, None
    if "://" not in address and ":" in name:  # without a password it is somebody's mail address
        address = "https://" + address
    return split_userinfo(address)


def _forget_oldest(kept: dict[str, Kept] | dict[str, Credentials], most: int) -> None:
    while len(kept) > most:
        del kept[next(iter(kept))]
