"""Proxies on 127.0.0.1 for the tests. To them every host is this machine; they note who is wanted."""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from servers import make_server_context


class Proxy:
    """`wanted`: each host and port as it was asked for. `heads`: what an HTTP proxy was sent."""

    def __init__(self, user: str = "", password: str = "") -> None:
        self.user, self.password = user.encode(), password.encode()
        self.wanted: list[tuple[str, int]] = []
        self.logged_in: list[tuple[bytes, bytes]] = []
        self.heads: list[bytes] = []
        self.port = 0

    def address(self, scheme: str, userinfo: str = "") -> str:
        return f"{scheme}://{userinfo}127.0.0.1:{self.port}"


@asynccontextmanager
async def socks_proxy(user: str = "", password: str = "", refusal: int = 0) -> AsyncIterator[Proxy]:
    proxy = Proxy(user, password)

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        version = (await reader.readexactly(1))[0]
        greet = _greet_5 if version == 5 else _greet_4
        if await greet(proxy, reader, writer, refusal):
            await _tunnel(proxy.wanted[-1][1], reader, writer)

    async with _listen(proxy, accept):
        yield proxy


@asynccontextmanager
async def http_proxy(password: str = "", certificate: str = "") -> AsyncIterator[Proxy]:
    """`password`: the Proxy-Authorization without which 407 is answered. With a `certificate`, it
    is itself spoken to over TLS."""
    proxy = Proxy(password=password)

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        proxy.heads.append(head)
        method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
        host, _, port = target.removeprefix("http://").partition("/")[0].rpartition(":")
        proxy.wanted.append((host, int(port)))
        if proxy.password not in head:
            writer.write(b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n")
        elif method == "CONNECT":
            writer.write(b"HTTP/1.1 200 Go\r\n\r\n")
            await _tunnel(int(port), reader, writer)
        else:
            await _tunnel(int(port), reader, writer, head)

    context = make_server_context(certificate, []) if certificate else None
    async with _listen(proxy, accept, context):
        yield proxy


@asynccontextmanager
async def _listen(proxy: Proxy, accept, context: ssl.SSLContext | None = None) -> AsyncIterator[None]:
    tasks = set()

    async def run(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.current_task())
        try:
            await accept(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    listener = await asyncio.start_server(run, "127.0.0.1", 0, ssl=context)
    proxy.port = listener.sockets[0].getsockname()[1]
    try:
        yield
    finally:
        listener.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _greet_5(proxy: Proxy, reader, writer, refusal: int) -> bool:
    ways = await reader.readexactly((await reader.readexactly(1))[0])
    way = 2 if proxy.user else 0
    if way not in ways:
        writer.write(b"\x05\xff")
        return False
    writer.write(bytes([5, way]))
    if way == 2:
        assert await reader.readexactly(1) == b"\x01"
        user = await reader.readexactly((await reader.readexactly(1))[0])
        password = await reader.readexactly((await reader.readexactly(1))[0])
        proxy.logged_in.append((user, password))
        passes = (user, password) == (proxy.user, proxy.password)
        writer.write(b"\x01\x00" if passes else b"\x01\x01")
        if not passes:
            return False
    assert (await reader.readexactly(3)) == b"\x05\x01\x00"
    kind = (await reader.readexactly(1))[0]
    if kind == 3:
        host = (await reader.readexactly((await reader.readexactly(1))[0])).decode()
    else:
        family = socket.AF_INET if kind == 1 else socket.AF_INET6
        host = socket.inet_ntop(family, await reader.readexactly(4 if kind == 1 else 16))
    (port,) = struct.unpack(">H", await reader.readexactly(2))
    proxy.wanted.append((host, port))
    # One byte at a time, and with a name for the bound address: both are allowed.
    for byte in bytes([5, refusal, 0, 3, 1]) + b"x\0\0":
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0)
    return not refusal


async def _greet_4(proxy: Proxy, reader, writer, refusal: int) -> bool:
    command, port, place = struct.unpack(">BH4s", await reader.readexactly(7))
    assert command == 1
    proxy.logged_in.append(((await reader.readuntil(b"\0"))[:-1], b""))
    host = socket.inet_ntoa(place)
    if host == "0.0.0.1":
        host = (await reader.readuntil(b"\0"))[:-1].decode()
    proxy.wanted.append((host, port))
    writer.write(bytes([0, 0x5B if refusal else 0x5A]) + b"\0" * 6)
    return not refusal


async def _tunnel(port: int, reader, writer, first: bytes = b"") -> None:
    far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
    far_writer.write(first)

    async def copy(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        while data := await source.read(1 << 16):
            target.write(data)
            await target.drain()
        target.close()

    try:
        await asyncio.gather(copy(reader, far_writer), copy(far_reader, writer))
    finally:
        far_writer.close()
