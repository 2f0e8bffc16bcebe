"""SOCKS, versions 4, 4a and 5: a connection through such a proxy, as httpcore's network
and httpx's transport.

RFC 1928 (5), RFC 1929 (its user and password), and the memos of 4 and 4a, which have no RFC.
In 4 and 5 we look the name up here, in 4a and 5h the proxy does. Knows no HTTP and no TLS:
httpcore puts those on top.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import struct
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

import httpcore
import httpx

from reader.fetch.faults import blame_proxy
from reader.fetch.resolver import ThreadResolver
from reader.fetch.trust import make_context

PORT = 1080
NO_LOG_IN, WITH_PASSWORD = 0, 2
GRANTED_4, GRANTED_5 = 0x5A, 0


class SocksTransport(httpx.AsyncHTTPTransport):
    """httpx's own transport through a SOCKS proxy. It has no parameter for a network: its pool is
    exchanged before anybody uses it."""

    def __init__(self, proxy: str, most_idle: int, keep_seconds: float) -> None:
        context = make_context()
        super().__init__(verify=context)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=None,
            max_keepalive_connections=most_idle,
            keepalive_expiry=keep_seconds,
            network_backend=SocksNetwork(proxy),
        )


class SocksNetwork(httpcore.AsyncNetworkBackend):
    def __init__(self, proxy: str) -> None:
        """`proxy` is an address that `proxy.check_proxy` has passed."""
        url = httpx.URL(proxy)
        self._host, self._port = url.raw_host.decode("ascii"), url.port or PORT
        self._scheme = url.scheme
        user, _, password = url.userinfo.decode("ascii").partition(":")
        self._user, self._password = unquote(user).encode()[:255], unquote(password).encode()[:255]
        self._network = httpcore.AnyIOBackend()
        self._resolver = ThreadResolver()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Raises httpcore's errors; what goes wrong with the proxy itself as a FetchError of its host."""
        try:
            async with asyncio.timeout(timeout):
                if self._scheme in ("socks4", "socks5"):
                    host = await self._look_up(host)
                stream = await self._reach_proxy(socket_options)
                try:
                    await (self._ask_4 if "4" in self._scheme else self._ask_5)(stream, host, port)
                except BaseException:
                    await stream.aclose()
                    raise
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(str(error)) from error
        return stream

    async def _look_up(self, host: str) -> str:
        if _read_number(host) is not None:
            return host
        family = socket.AF_INET if self._scheme == "socks4" else socket.AF_UNSPEC
        try:
            found = await self._resolver.resolve(host, family=family)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        if not found:
            raise httpcore.ConnectError(host)
        # What connects to names tries one address after the other; here the proxy connects, once.
        return min(found, key=lambda place: place["family"] != socket.AF_INET)["host"]

    async def _reach_proxy(self, options: Iterable[Any] | None) -> httpcore.AsyncNetworkStream:
        fault: Exception | None = None
        try:
            places = [place["host"] for place in await self._resolver.resolve(self._host, self._port)]
        except OSError as error:
            raise blame_proxy(error, self._host) from error
        for place in places:
            try:
                return await self._network.connect_tcp(place, self._port, socket_options=options)
            except httpcore.ConnectError as error:
                fault = error
        raise blame_proxy(fault or OSError(self._host), self._host) from fault

    async def _ask_4(self, stream: httpcore.AsyncNetworkStream, host: str, port: int) -> None:
        number = _read_number(host)
        if number is None and self._scheme == "socks4a":
            place, name = b"\0\0\0\x01", host.encode("idna") + b"\0"
        elif number is not None and number.version == 4:
            place, name = number.packed, b""
        else:
            raise httpcore.ProxyError("version 4 knows no IPv6")
        await stream.write(struct.pack(">BBH", 4, 1, port) + place + self._user + b"\0" + name)
        answer = await _read(stream, 8)
        if answer[1] != GRANTED_4:
            raise httpcore.ProxyError(f"refused: {answer[1]}")

    async def _ask_5(self, stream: httpcore.AsyncNetworkStream, host: str, port: int) -> None:
        ways = bytes([NO_LOG_IN, WITH_PASSWORD] if self._user or self._password else [NO_LOG_IN])
        await stream.write(bytes([5, len(ways)]) + ways)
        version, way = await _read(stream, 2)
        if version != 5 or way not in ways:
            raise httpcore.ProxyError("no way to log in")
        if way == WITH_PASSWORD:
            await stream.write(b"\x01" + _with_length(self._user) + _with_length(self._password))
            if (await _read(stream, 2))[1] != 0:
                raise httpcore.ProxyError("user or password refused")
        number = _read_number(host)
        if number is None:
            place = b"\x03" + _with_length(host.encode("idna"))
        else:
            place = (b"\x01" if number.version == 4 else b"\x04") + number.packed
        await stream.write(b"\x05\x01\x00" + place + struct.pack(">H", port))
        _, granted, _, kind = await _read(stream, 4)
        if granted != GRANTED_5:
            raise httpcore.ProxyError(f"refused: {granted}")
        length = {1: 4, 4: 16}.get(kind) or (await _read(stream, 1))[0]
        await _read(stream, length + 2)


def _with_length(data: bytes) -> bytes:
    return bytes([len(data)]) + data


def _read_number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return None


async def _read(stream: httpcore.AsyncNetworkStream, count: int) -> bytes:
    data = b""
    while len(data) < count:
        part = await stream.read(count - len(data))
        if not part:
            raise httpcore.ProxyError("the proxy hung up")
        data += part
    return data
