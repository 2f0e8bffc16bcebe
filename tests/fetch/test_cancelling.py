"""Whoever cancels waits for nobody: 48 requests that hang in each stage of a request end within a
few turns of the loop. Counted in turns, because a clock would measure the machine.
"""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from servers import Server, everybody_is_here, listen, make_client

from reader.fetch import resolver

REQUESTS = 48
TURNS = 12


async def cancel_all(addresses: list[str], proxy: str, hang: Callable[[], Awaitable[object]]) -> None:
    """Start a request for each address, wait until they hang, cancel them, count the turns."""
    async with make_client(proxy) as client:
        tasks = [asyncio.create_task(client.get_feed(address)) for address in addresses]
        await hang()
        assert not any(task.done() for task in tasks), [task for task in tasks if task.done()][:1]
        for task in tasks:
            task.cancel()
        for _ in range(TURNS):
            await asyncio.sleep(0)
        assert [task for task in tasks if not task.done()] == []
        assert all(task.cancelled() for task in tasks)


def list_hosts(server: Server, scheme: str = "http") -> list[str]:
    """A host each, for there is one request at a time for a host; `everybody_is_here` is needed."""
    return [server.address("/", scheme, f"host{i}.example") for i in range(REQUESTS)]


@asynccontextmanager
async def listen_silently(first: bytes = b"") -> AsyncIterator[tuple[Server, asyncio.Event]]:
    """A server that takes what comes, says `first` and no more. The event: everybody has come."""
    server, everybody = Server(), asyncio.Event()
    writers = []

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        await reader.read(1)
        writer.write(first)
        server.open += 1
        if server.open == REQUESTS:
            everybody.set()

    listener = await asyncio.start_server(accept, "127.0.0.1", 0, backlog=REQUESTS)
    server.port = listener.sockets[0].getsockname()[1]
    try:
        yield server, everybody
    finally:
        listener.close()
        for writer in writers:
            writer.close()


def test_requests_that_hang_in_the_look_up_end_at_once(monkeypatch: pytest.MonkeyPatch):
    release, looking = threading.Event(), threading.Semaphore(0)

    def hang(*_: object, **__: object) -> list[object]:
        looking.release()
        release.wait(30)
        return []

    async def run() -> None:
        async def wait() -> None:
            for _ in range(resolver.AT_ONCE):
                await asyncio.to_thread(looking.acquire)

        async def count() -> None:
            addresses = [f"http://host{i}.example/" for i in range(REQUESTS)]
            await cancel_all(addresses, "direct", wait)

        try:
            await count()
        finally:
            release.set()

    before = set(threading.enumerate())
    monkeypatch.setattr(resolver.socket, "getaddrinfo", hang)
    asyncio.run(run())
    for thread in set(threading.enumerate()) - before:
        thread.join(10)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a full queue refuses")
def test_requests_that_hang_in_connecting_end_at_once(monkeypatch: pytest.MonkeyPatch):
    """A listener whose queue is full leaves whoever knocks without an answer."""
    everybody_is_here(monkeypatch)
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(0)
    port = listener.getsockname()[1]
    guests = [socket.socket() for _ in range(8)]
    for guest in guests:
        guest.setblocking(False)
        guest.connect_ex(("127.0.0.1", port))

    async def run() -> None:
        async def wait() -> None:
            for _ in range(50):
                await asyncio.sleep(0)

        addresses = [f"http://host{i}.example:{port}/" for i in range(REQUESTS)]
        await cancel_all(addresses, "direct", wait)

    try:
        asyncio.run(run())
    finally:
        for each in (*guests, listener):
            each.close()


@pytest.mark.parametrize(
    ("scheme", "first"),
    [
        ("https", b""),
        ("http", b""),
        ("http", b"HTTP/1.1 200 OK\r\nContent-Le"),
        ("http", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"),
    ],
    ids=["handshake", "answer", "head", "body"],
)
def test_requests_that_hang_behind_the_connection_end_at_once(
    scheme: str, first: bytes, monkeypatch: pytest.MonkeyPatch
):
    everybody_is_here(monkeypatch)

    async def run() -> None:
        async with listen_silently(first) as (server, everybody):
            await cancel_all(list_hosts(server, scheme), "direct", everybody.wait)

    asyncio.run(run())


@pytest.mark.parametrize("proxy_scheme", ["http", "socks4a", "socks5h"])
def test_requests_that_hang_in_a_proxy_end_at_once(proxy_scheme: str):
    async def run() -> None:
        async with listen_silently() as (server, everybody):
            addresses = [f"https://host{i}.example/" for i in range(REQUESTS)]
            proxy = f"{proxy_scheme}://127.0.0.1:{server.port}"
            await cancel_all(addresses, proxy, everybody.wait)

    asyncio.run(run())


def test_a_cancelled_request_lets_the_next_one_of_its_host_go():
    async def run() -> None:
        stuck, answered = asyncio.Event(), []

        async def serve(head: bytes, reader, writer) -> None:
            if b"/1 " in head:
                stuck.set()
                await reader.read()
            writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

        async with listen(serve) as server, make_client() as client:
            first = asyncio.create_task(client.get_feed(server.address("/1")))
            second = asyncio.create_task(client.get_feed(server.address("/2")))
            await stuck.wait()
            first.cancel()
            answered.append(await second)
            assert answered[0].is_success
            assert first.cancelled()

    asyncio.run(run())
