"""Servers on 127.0.0.1 for the tests of `fetch`: what they answer is a function, what they were
sent is a list of heads, byte for byte. And one way to ask them.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from reader.errors import FetchError
from reader.fetch.client import Client
from reader.fetch.politeness import HostGate
from reader.fetch.resolver import ThreadResolver

AGENT = "Broadsheet/1.2 (+https://example.org/broadsheet)"
CERTIFICATES = Path(__file__).parent / "certificates"
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>"
UNCHANGED = b"HTTP/1.1 304 Not Modified\r\n\r\n"

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Serve = Callable[[bytes, asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def redirect(status: int, target: str) -> bytes:
    return f"HTTP/1.1 {status} Elsewhere\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode()


def reply(data: bytes) -> Serve:
    async def serve(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()

    return serve


def reply_by_path(table: dict[str, bytes]) -> Serve:
    async def serve(head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(table.get(head.split(b" ")[1].decode(), OK))
        await writer.drain()

    return serve


class Server:
    """One that listens. `heads`: each request's head; `names`: the host names of TLS (SNI)."""

    def __init__(self) -> None:
        self.heads: list[bytes] = []
        self.names: list[str] = []
        self.open = 0
        self.met = 0  # connections, closed ones too
        self.port = 0

    def address(self, path: str = "/", scheme: str = "http", host: str = "127.0.0.1") -> str:
        return f"{scheme}://{host}:{self.port}{path}"

    def lines(self, index: int = -1) -> list[str]:
        return self.heads[index].decode().rstrip("\r\n").split("\r\n")


@asynccontextmanager
async def listen(serve: Serve, certificate: str = "", host: str = "127.0.0.1") -> AsyncIterator[Server]:
    server = Server()
    tasks: set[Any] = set()

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server.open += 1
        server.met += 1
        tasks.add(asyncio.current_task())
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                server.heads.append(head)
                await serve(head, reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError, asyncio.CancelledError):
            pass
        finally:
            server.open -= 1
            tasks.discard(asyncio.current_task())
            writer.close()

    context = make_server_context(certificate, server.names) if certificate else None
    listener = await asyncio.start_server(accept, host, 0, ssl=context)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server
    finally:
        listener.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def make_server_context(certificate: str, names: list[str]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / f"{certificate}.pem")
    context.sni_callback = lambda _socket, name, _context: names.append(name or "")
    return context


def trust(*certificates: str) -> ssl.SSLContext:
    """A context that trusts these certificates of the tests and no others."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    for certificate in certificates:
        context.load_verify_locations(CERTIFICATES / f"{certificate}.pem")
    return context


@asynccontextmanager
async def make_client(proxy: str = "direct") -> AsyncIterator[Client]:
    client = Client(AGENT, proxy, gate=HostGate(gap=0))
    try:
        yield client
    finally:
        await client.aclose()


async def ask(client: Client, address: str, etag: str = "", modified: str = "", **options: Any) -> Any:
    """The answer, or the error."""
    try:
        return await client.get_feed(address, etag, modified, **options)
    except FetchError as error:
        return error


def everybody_is_here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A resolver to which every host is this machine. Returns the names it is asked for."""
    asked: list[str] = []
    real = ThreadResolver.resolve

    async def resolve(self: ThreadResolver, host: str, port: int = 0, family=socket.AF_UNSPEC):
        asked.append(host)
        return await real(self, "127.0.0.1", port, family)

    monkeypatch.setattr(ThreadResolver, "resolve", resolve)
    return asked
