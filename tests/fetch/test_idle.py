"""Connections that nobody uses: kept for the host's next request, but not hundreds of them."""

from __future__ import annotations

import asyncio

import pytest
from servers import OK, everybody_is_here, listen, make_client, reply

from reader.fetch import transport


def test_no_more_idle_connections_are_kept_than_the_cap_and_the_latest_ones(monkeypatch: pytest.MonkeyPatch):
    everybody_is_here(monkeypatch)
    monkeypatch.setattr(transport, "MOST_IDLE", 5)

    async def run() -> None:
        async with listen(reply(OK)) as server, make_client() as client:

            async def ask(host: int) -> None:
                answer = await client.get_feed(server.address("/", host=f"host{host}.example"))
                assert answer.data == b"<rss/>"

            for host in range(20):
                await ask(host)
            for _ in range(20):
                await asyncio.sleep(0)
            assert server.open == 5
            connections = server.met
            for host in range(15, 20):
                await ask(host)
            assert server.met == connections  # used again
            await ask(14)
            assert server.met == connections + 1

    asyncio.run(run())


def test_many_at_once_are_not_held_up_by_the_cap(monkeypatch: pytest.MonkeyPatch):
    everybody_is_here(monkeypatch)
    monkeypatch.setattr(transport, "MOST_IDLE", 5)

    async def run() -> None:
        everybody = asyncio.Event()

        async def serve(head: bytes, reader, writer) -> None:
            if server.met == 30:
                everybody.set()
            await everybody.wait()
            writer.write(OK)

        async with listen(serve) as server, make_client() as client:
            addresses = [server.address("/", host=f"host{i}.example") for i in range(30)]
            answers = await asyncio.gather(*(client.get_feed(address) for address in addresses))
            assert [answer.data for answer in answers] == [b"<rss/>"] * 30
            for _ in range(20):
                await asyncio.sleep(0)
            assert server.open == 5

    asyncio.run(run())
