"""httpx's seam, carried by aiohttp: a request in, a response with an unread body out.

aiohttp's parser costs a third of httpx's own per request (0.1 ms against 0.3 ms and more, which
for 500 feeds is what the whole refresh of unchanged feeds may take). What it would do of its own
accord is switched off here: cookies, decompression, redirections, rewriting of addresses,
headers nobody asked for, proxies from the environment. SOCKS it does not speak; then httpx's own
transport is used, on the network of `socks`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import httpx
from multidict import CIMultiDict
from yarl import URL

from reader.fetch.faults import blame_proxy
from reader.fetch.proxy import ProxyChoice
from reader.fetch.resolver import ThreadResolver
from reader.fetch.trust import make_context

CONNECT_SECONDS = 15.0
SILENT_SECONDS = 20.0  # between two pieces of an answer, the first included
KEEP_SECONDS = 8.0  # an idle connection is kept so long: for redirections and the host's next feed
MOST_IDLE = 64  # connections: beyond them the one idle for longest is closed
CHUNK = 1 << 16
LONGEST_HEADER = 1 << 16  # bytes; some sites' security headers pass aiohttp's 8 KB
SILENT = ("Accept", "Accept-Encoding", "User-Agent", "Content-Type")


class AioTransport(httpx.AsyncBaseTransport):
    """Belongs to the loop it is first used on. `aclose` before that loop ends."""

    def __init__(self, proxy: ProxyChoice) -> None:
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None
        self._socks: dict[str, httpx.AsyncHTTPTransport] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Raises httpx.TransportError with the library's own error as its cause; FetchError, with
        the proxy's host, where it is the proxy that cannot be reached."""
        proxy = self._proxy.of(request.url)
        if proxy.startswith("socks"):
            return await self._socks_transport(proxy).handle_async_request(request)
        if self._session is None:
            self._session = self._open_session()
        headers = CIMultiDict((k.decode("ascii"), v.decode("utf-8")) for k, v in request.headers.raw)
        try:
            response = await self._session.request(
                request.method,
                URL(str(request.url), encoded=True),  # encoded: sent as it is, byte for byte
                headers=headers,
                allow_redirects=False,
                proxy=proxy or None,
                proxy_headers={"User-Agent": request.headers.get("user-agent", "")} if proxy else None,
            )
        except (aiohttp.ClientError, OSError, ValueError) as error:
            if proxy and _blames(error, proxy_host := httpx.URL(proxy).host):
                raise blame_proxy(error, proxy_host) from error
            raise httpx.ConnectError(str(error), request=request) from error
        return httpx.Response(
            response.status,
            headers=response.raw_headers,
            stream=_Body(response),
            request=request,
        )

    async def aclose(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await session.close()
        for transport in self._socks.values():
            await transport.aclose()
        self._socks.clear()

    def _open_session(self) -> aiohttp.ClientSession:
        connector = _Connector(
            limit=0,  # who may ask is decided by `politeness` and the refresh
            ssl=make_context(),
            resolver=ThreadResolver(),
            ttl_dns_cache=300,
            keepalive_timeout=KEEP_SECONDS,
        )
        return aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            skip_auto_headers=SILENT,
            timeout=aiohttp.ClientTimeout(total=None, connect=CONNECT_SECONDS, sock_read=SILENT_SECONDS),
            max_line_size=LONGEST_HEADER,
            max_field_size=LONGEST_HEADER,
        )

    def _socks_transport(self, proxy: str) -> httpx.AsyncHTTPTransport:
        if proxy not in self._socks:
            from reader.fetch.socks import SocksTransport

            self._socks[proxy] = SocksTransport(proxy, MOST_IDLE, KEEP_SECONDS)
        return self._socks[proxy]


class _Connector(aiohttp.TCPConnector):
    """Keeps no more than `MOST_IDLE` idle connections.

    aiohttp caps those in use, never the idle ones: after a refresh of 500 hosts 500 sockets stay
    open for `KEEP_SECONDS`, where systems allow 256 or 1,024. It has no option for that, so this
    hooks into the moment a connection comes back; should a later aiohttp have no such moment any
    more, the cap is gone and nothing else.
    """

    def _release(self, key: Any, protocol: Any, *, should_close: bool = False) -> None:
        super()._release(key, protocol, should_close=should_close)
        while len(self._conns) > MOST_IDLE:  # by host: there is one request at a time for each
            for oldest, _ in self._conns.pop(next(iter(self._conns))):
                oldest.close()


def _blames(error: Exception, proxy_host: str) -> bool:
    """Whether it is the proxy that failed, and not what lies behind it."""
    if isinstance(error, aiohttp.ClientHttpProxyError):
        return error.status == 407  # it wants a user and password, or others
    return isinstance(error, aiohttp.ClientConnectorError) and error.host == proxy_host


class _Body(httpx.AsyncByteStream):
    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for chunk in self._response.content.iter_chunked(CHUNK):
                yield chunk
        except (aiohttp.ClientError, OSError) as error:
            raise httpx.ReadError(str(error)) from error

    async def aclose(self) -> None:
        # A body read to its end has given its connection back already; any other is cut here.
        self._response.close()


def make_transport(proxy: str = "") -> Any:
    """The transport for the network. Raises AddressRefused for a proxy that is none."""
    return AioTransport(ProxyChoice(proxy))
