"""An address in, an `Answer` out: the well-behaved GET.

The same headers on every request (`errand` says which), no cookies, no Referer, nothing added to
the address; redirections followed by hand, so that each hop is known, checked and waits for its
host's turn; bodies cut at a limit and left compressed. Knows no feeds, no store, and not when to ask again.
Requests go straight to a transport (httpx's seam, `httpx.MockTransport` in tests): the layer
above it would bring cookies, credentials and a third of a millisecond.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Container
from typing import Any, NamedTuple

import httpx

from reader.errors import (
    AddressRefused,
    BodyTooLarge,
    CaptivePortal,
    ConnectionFailed,
    FetchError,
    TimedOut,
    TooManyRedirects,
)
from reader.fetch.address import check_address, is_local, split_userinfo
from reader.fetch.answer import Answer, Hop
from reader.fetch.errand import FEED_TYPES, PICTURE_TYPES, Errand, choose_agent
from reader.fetch.faults import translate
from reader.fetch.politeness import HostGate
from reader.model import Credentials

MEGABYTE = 1 << 20
FEED_LIMIT = 15 * MEGABYTE  # bytes as sent
PICTURE_LIMIT = 8 * MEGABYTE
TOTAL_SECONDS = 60.0
PICTURE_SECONDS = 30.0
SLOWEST = 2048  # bytes a second, below which a host that drips counts as one that hangs
SILENT_SECONDS = 20.0  # without a byte: a refresh waits no longer for a host that hangs
MAX_HOPS = 10
PARTIAL = 206
REDIRECTS = (301, 302, 303, 307, 308)
LONGEST_VALIDATOR = 1024
_TIMEOUTS = {"connect": 15.0, "read": SILENT_SECONDS, "write": TOTAL_SECONDS, "pool": TOTAL_SECONDS}


class _Sent(NamedTuple):
    """An answer that sends us elsewhere."""

    location: str
    hop: Hop


class _Line:
    """A transport and how many requests are under way on it. Replaced, it is closed by the last."""

    def __init__(self, transport: Any) -> None:
        self.transport = transport
        self.users = 0
        self.is_replaced = False

    async def __aenter__(self) -> Any:
        self.users += 1
        return self.transport

    async def __aexit__(self, *_: object) -> None:
        self.users -= 1
        if self.is_replaced and not self.users:
            await self.transport.aclose()


class _Barrier(httpx.AsyncBaseTransport):
    """Lets nothing through. `setting`: the proxy that is none."""

    def __init__(self, setting: str) -> None:
        self._setting = setting

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        raise AddressRefused(self._setting)


class Client:
    """One for the whole program, on one loop. Close it with `aclose` on that loop."""

    def __init__(
        self,
        user_agent: str,
        proxy: str = "",
        transport: httpx.AsyncBaseTransport | None = None,
        gate: HostGate | None = None,
    ) -> None:
        """`user_agent` as `Name/Version (+https://contact)`; `proxy` as in `ProxyChoice`. With a
        `transport` given, there is no network and so no proxy. With a proxy that is none nothing is
        sent (`barred_by`): who wants one does not want to be seen without."""
        self._agent = user_agent
        self._is_wired = transport is None
        self.barred_by = ""  # the setting that is no proxy; every request is AddressRefused
        self._line = _Line(self._make_transport(proxy) if transport is None else transport)
        self._replaced: set[_Line] = set()
        self.gate = gate or HostGate()

    async def get_feed(
        self,
        address: str,
        etag: str = "",
        last_modified: str = "",
        *,
        limit: int = FEED_LIMIT,
        final_address: str = "",
        user_agent: str = "",
        credentials: Credentials | None = None,
    ) -> Answer:
        """A feed, conditionally where validators of its last answer are given.

        `final_address` gave the validators (after redirections), "" if that is not known.
        `user_agent` is what the user wants this feed to be told; unfit for a header (`errand`),
        ours is sent. A user and password within the address count as credentials where none are
        given. `errand` says which hop gets what.

        Raises FetchError for everything short of an answer; an answer of any status is returned,
        and one whose body breaks off, or is but a part, too (`is_cut`, without validators): that is news.
        """
        clean, own = split_userinfo(address)
        errand = Errand(
            url=check_address(clean),
            agent=choose_agent(self._agent, user_agent) if user_agent else self._agent,
            accept=FEED_TYPES,
            limit=limit,
            seconds=TOTAL_SECONDS,
            etag=etag,
            last_modified=last_modified,
            final_address=final_address,
            credentials=credentials or own,
        )
        return await self._get(errand)

    async def get_picture(
        self,
        address: str,
        etag: str = "",
        last_modified: str = "",
        *,
        limit: int = PICTURE_LIMIT,
        own_hosts: Container[str] | None = None,
    ) -> Answer:
        """A picture or an icon, conditionally where validators are given. A password within the
        address is left out: pages name pictures. `own_hosts`: those of the reader's own network that
        may be asked, None: all of them.

        Raises FetchError, also for one that breaks off; AddressRefused for a host of the reader's own
        network that is none of those.
        """
        url = check_address(split_userinfo(address)[0])
        if own_hosts is not None and is_local(url.host) and url.host not in own_hosts:
            raise AddressRefused(address[:200])
        errand = Errand(
            url=url,
            agent=self._agent,
            accept=PICTURE_TYPES,
            limit=limit,
            seconds=PICTURE_SECONDS,
            etag=etag,
            last_modified=last_modified,
            is_feed=False,
        )
        return await self._get(errand)

    async def set_proxy(self, setting: str) -> None:
        """Ask through another proxy from the next request on; those under way end on the old way."""
        if not self._is_wired:
            return
        old, self._line = self._line, _Line(self._make_transport(setting))
        old.is_replaced = True
        if not old.users:
            await old.transport.aclose()
        else:
            self._replaced = {line for line in self._replaced if line.users} | {old}

    async def aclose(self) -> None:
        for line in (self._line, *self._replaced):
            await line.transport.aclose()
        self._replaced.clear()

    def _make_transport(self, proxy: str) -> Any:
        from reader.fetch.transport import make_transport

        self.barred_by = ""
        try:
            return make_transport(proxy)
        except AddressRefused:
            self.barred_by = proxy.rpartition("@")[2][:200]  # without a password
            return _Barrier(self.barred_by)

    async def _get(self, errand: Errand) -> Answer:
        url = errand.url
        hops: list[Hop] = []
        seen = {str(url)}
        began = time.monotonic()
        spent = 0.0  # the time limit is for the servers, not for the queue before a host
        while True:
            async with self.gate.hold(url.host, spaced=errand.is_feed and not hops):
                if hops and (left := self.gate.pause_left(url.host)) > 0:
                    return _refuse(url, tuple(hops), left)
                asked_at = time.monotonic()
                answer = await self._ask(errand, url, errand.seconds - spent, tuple(hops), began)
                spent += time.monotonic() - asked_at
            if isinstance(answer, Answer):
                if answer.is_cut and not errand.is_feed:
                    raise ConnectionFailed(url.host)
                return answer
            hops.append(answer.hop)
            url = _follow(url, answer.location, tuple(hops))
            if len(hops) > MAX_HOPS or str(url) in seen:
                raise TooManyRedirects(str(len(hops)))
            seen.add(str(url))

    async def _ask(
        self, errand: Errand, url: httpx.URL, seconds: float, hops: tuple[Hop, ...], began: float
    ) -> Answer | _Sent:
        """One request. Either the answer, or where it sends us."""
        fields = errand.write_fields(url)
        request = httpx.Request("GET", url, headers=fields, extensions={"timeout": _TIMEOUTS})
        try:
            async with self._line as transport, asyncio.timeout(max(0.01, seconds)):
                response = await transport.handle_async_request(request)
                try:
                    location = response.headers.get("location", "")
                    if response.status_code in REDIRECTS and location:
                        return _Sent(location, Hop(response.status_code, str(url)))
                    is_read = response.status_code < 300
                    data, is_cut = await _read_body(response, errand.limit) if is_read else (b"", False)
                    is_cut |= response.status_code == PARTIAL  # nobody asked for a part
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


def _follow(url: httpx.URL, location: str, hops: tuple[Hop, ...]) -> httpx.URL:
    """Where a Location leads. A user and password in it are not sent: nobody here gave them.

    A stranger has no business in the reader's network, but the log-in page of a public network
    often stands there: that is told, not opened.
    """
    try:
        target = check_address(split_userinfo(str(url.join(location)))[0])
    except (httpx.InvalidURL, ValueError) as error:
        raise AddressRefused(location[:200]) from error
    if is_local(target.host) and not is_local(url.host):
        portal = Answer(hops[-1].status, str(target), hops).portal
        raise CaptivePortal(portal) if portal else AddressRefused(str(target)[:200])
    return target


def _refuse(url: httpx.URL, hops: tuple[Hop, ...], left: float) -> Answer:
    """What the host that we are sent to would answer, since it rests: it said so a moment ago, to
    another. The one who asks knows only where it began; nothing is sent."""
    return Answer(429, str(url), hops, headers={"retry-after": str(math.ceil(left))})


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
