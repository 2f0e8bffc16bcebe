"""An address in, an `Answer` out: the well-behaved GET.

The same headers on every request, no cookies, no Referer, nothing added to the address;
redirections followed by hand, so that each hop is known, checked and waits for its host's turn;
bodies cut at a limit and left compressed. Knows no feeds, no store, and not when to ask again.
Requests go straight to a transport (httpx's seam, `httpx.MockTransport` in tests): the layer
above it would bring cookies, credentials and a third of a millisecond.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any, NamedTuple

import httpx

from reader.errors import (
    AddressRefused,
    BodyTooLarge,
    ConnectionFailed,
    FetchError,
    TimedOut,
    TooManyRedirects,
)
from reader.fetch.address import check_address, is_local
from reader.fetch.answer import Answer, Hop
from reader.fetch.faults import translate
from reader.fetch.politeness import HostGate

MEGABYTE = 1 << 20
FEED_LIMIT = 15 * MEGABYTE  # bytes as sent
PICTURE_LIMIT = 8 * MEGABYTE
TOTAL_SECONDS = 60.0
PICTURE_SECONDS = 30.0
SLOWEST = 2048  # bytes a second, below which a host that drips counts as one that hangs
SILENT_SECONDS = 20.0  # without a byte: a refresh waits no longer for a host that hangs
MAX_HOPS = 10
REDIRECTS = (301, 302, 303, 307, 308)
LONGEST_VALIDATOR = 1024
_TIMEOUTS = {"connect": 15.0, "read": SILENT_SECONDS, "write": TOTAL_SECONDS, "pool": TOTAL_SECONDS}

ENCODINGS = "gzip, br, zstd"
FEED_TYPES = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.3, */*;q=0.2"
)
PICTURE_TYPES = "image/webp, image/png, image/jpeg, image/gif, image/*;q=0.8, */*;q=0.1"


class _Sent(NamedTuple):
    """An answer that sends us elsewhere."""

    location: str
    hop: Hop


class Client:
    """One for the whole program, on one loop. Close it with `aclose` on that loop."""

    def __init__(
        self,
        user_agent: str,
        proxy: str = "",
        transport: httpx.AsyncBaseTransport | None = None,
        gate: HostGate | None = None,
    ) -> None:
        """`user_agent` as `Name/Version (+https://contact)`. Raises AddressRefused for a proxy
        that is none."""
        self._agent = user_agent
        if transport is None:
            from reader.fetch.transport import make_transport

            transport = make_transport(proxy)
        self._transport: Any = transport
        self.gate = gate or HostGate()

    async def get_feed(
        self, address: str, etag: str = "", last_modified: str = "", *, limit: int = FEED_LIMIT
    ) -> Answer:
        """A feed, conditionally where validators of its last answer are given.

        Raises FetchError for everything short of an answer; an answer of any status is returned,
        and one whose body breaks off too (`is_cut`, without validators): its beginning is news.
        """
        asked = [("Accept", FEED_TYPES), ("A-IM", "feed")]
        if etag:
            asked.append(("If-None-Match", etag))
        if last_modified:
            asked.append(("If-Modified-Since", last_modified))
        return await self._get(address, asked, limit, TOTAL_SECONDS, takes_cut=True)

    async def get_picture(self, address: str, *, limit: int = PICTURE_LIMIT) -> Answer:
        """A picture or an icon. Raises FetchError."""
        return await self._get(address, [("Accept", PICTURE_TYPES)], limit, PICTURE_SECONDS, spaced=False)

    async def aclose(self) -> None:
        await self._transport.aclose()

    async def _get(
        self,
        address: str,
        asked: list[tuple[str, str]],
        limit: int,
        seconds: float,
        *,
        spaced: bool = True,
        takes_cut: bool = False,
    ) -> Answer:
        url = check_address(address)
        headers = [("User-Agent", self._agent), *asked[:1], ("Accept-Encoding", ENCODINGS), *asked[1:]]
        fields = [(name.encode("ascii"), value.encode("utf-8")) for name, value in headers]
        hops: list[Hop] = []
        seen = {str(url)}
        began = time.monotonic()
        spent = 0.0  # the time limit is for the servers, not for the queue before a host
        while True:
            async with self.gate.hold(url.host, spaced=spaced and not hops):
                asked_at = time.monotonic()
                answer = await self._ask(url, fields, limit, seconds - spent, tuple(hops), began)
                spent += time.monotonic() - asked_at
            if isinstance(answer, Answer):
                if answer.is_cut and not takes_cut:
                    raise ConnectionFailed(url.host)
                return answer
            hops.append(answer.hop)
            url = _follow(url, answer.location)
            if len(hops) > MAX_HOPS or str(url) in seen:
                raise TooManyRedirects(str(len(hops)))
            seen.add(str(url))

    async def _ask(
        self,
        url: httpx.URL,
        fields: list[tuple[bytes, bytes]],
        limit: int,
        seconds: float,
        hops: tuple[Hop, ...],
        began: float,
    ) -> Answer | _Sent:
        """One request. Either the answer, or where it sends us."""
        request = httpx.Request("GET", url, headers=fields, extensions={"timeout": _TIMEOUTS})
        try:
            async with asyncio.timeout(max(0.01, seconds)):
                response = await self._transport.handle_async_request(request)
                try:
                    location = response.headers.get("location", "")
                    if response.status_code in REDIRECTS and location:
                        return _Sent(location, Hop(response.status_code, str(url)))
                    is_read = response.status_code < 300
                    data, is_cut = await _read_body(response, limit) if is_read else (b"", False)
                finally:
                    await response.aclose()
        except FetchError:
            raise
        except TimeoutError as error:
            raise TimedOut(url.host) from error
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
            raise translate(error, url.host) from error
        return _make_answer(response, str(url), hops, data, is_cut, time.monotonic() - began)


async def _read_body(response: httpx.Response, limit: int) -> tuple[bytes, bool]:
    """The bytes as sent, and whether they broke off. Not `aiter_raw`, which refuses bodies that a mock has made whole."""
    stated = response.headers.get("content-length", "")
    if stated.isdigit() and len(stated) < 16 and int(stated) > limit:
        raise BodyTooLarge(str(limit))
    parts: list[bytes] = []
    size = 0
    stream: Any = response.stream
    is_cut = False
    began = time.monotonic()
    try:
        async for part in stream:
            size += len(part)
            if size > limit:
                raise BodyTooLarge(str(limit))
            seconds = time.monotonic() - began
            if seconds > SILENT_SECONDS and size < seconds * SLOWEST:
                raise TimedOut(response.request.url.host)
            parts.append(part)
    except httpx.HTTPError:
        if not parts:
            raise
        is_cut = True
    return (parts[0] if len(parts) == 1 else b"".join(parts)), is_cut


def _follow(url: httpx.URL, location: str) -> httpx.URL:
    """Where a Location leads. Credentials in the address stay with the host they were for."""
    try:
        target = check_address(str(url.join(location)))
    except (httpx.InvalidURL, ValueError) as error:
        raise AddressRefused(location[:200]) from error
    if is_local(target.host) and not is_local(url.host):
        raise AddressRefused(str(target)[:200])  # a stranger has no business in the reader's network
    return target


def _make_answer(
    response: httpx.Response, address: str, hops: tuple[Hop, ...], data: bytes, is_cut: bool, elapsed: float
) -> Answer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    raw = {name.lower(): value for name, value in response.headers.raw}
    return Answer(
        status=response.status_code,
        address=address,
        hops=hops,
        headers=headers,
        data=data,
        encoding=headers.get("content-encoding", ""),
        content_type=headers.get("content-type", ""),
        etag="" if is_cut else _read_validator(raw.get(b"etag", b"")),
        last_modified="" if is_cut else _read_validator(raw.get(b"last-modified", b"")),
        elapsed=elapsed,
        is_cut=is_cut,
    )


def _read_validator(raw: bytes) -> str:
    """To be sent back byte for byte, or not at all."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return text if len(text) <= LONGEST_VALIDATOR and text.isprintable() else ""
