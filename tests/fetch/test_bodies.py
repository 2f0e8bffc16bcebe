"""Bodies on the wire: left as they were sent, under a limit, and told apart where they break off."""

from __future__ import annotations

import asyncio
import gzip
import zlib

import brotli
import pytest
import zstandard
from servers import ask, listen, make_client, reply

from reader import errors
from reader.fetch.client import PICTURE_LIMIT

FEED = b"<rss>" + b"<item/>" * 2000 + b"</rss>"
PACKERS = {
    "gzip": gzip.compress,
    "br": brotli.compress,
    "zstd": zstandard.ZstdCompressor().compress,
    "deflate": zlib.compress,
    "": bytes,
}


def fetch(data: bytes, **options):
    async def run():
        async with listen(reply(data)) as server, make_client() as client:
            return await ask(client, server.address(), **options)

    return asyncio.run(run())


def write_chunked(data: bytes, size: int) -> bytes:
    parts = [data[i : i + size] for i in range(0, len(data), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


@pytest.mark.parametrize("is_chunked", [False, True], ids=["length", "chunked"])
@pytest.mark.parametrize("encoding", PACKERS)
def test_a_body_arrives_packed_as_it_was_sent(encoding: str, is_chunked: bool):
    packed = PACKERS[encoding](FEED)
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: {encoding}\r\n" if encoding else "HTTP/1.1 200 OK\r\n"
    if is_chunked:
        wire = f"{head}Transfer-Encoding: chunked\r\n\r\n".encode() + write_chunked(packed, 100)
    else:
        wire = f"{head}Content-Length: {len(packed)}\r\n\r\n".encode() + packed
    answer = fetch(wire)
    assert (answer.data, answer.encoding, answer.is_cut) == (packed, encoding, False)


def test_a_bomb_stays_packed_and_costs_its_packed_size():
    bomb = gzip.compress(b"\0" * (64 << 20), 9)
    answer = fetch(
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb) + bomb
    )
    assert answer.data == bomb
    assert len(bomb) < 1 << 17


@pytest.mark.parametrize(
    "wire",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 5001\r\n\r\n" + b"x" * 5001,
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + write_chunked(b"x" * 5001, 1000),
        b"HTTP/1.1 200 OK\r\nContent-Length: 9999999999999999999999\r\n\r\nx",
    ],
    ids=["length", "chunked", "absurd"],
)
def test_a_body_over_the_limit_is_refused(wire: bytes):
    assert isinstance(fetch(wire, limit=5000), errors.BodyTooLarge | errors.ConnectionFailed)


def test_a_body_of_just_the_limit_is_taken():
    assert (
        len(fetch(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + b"x" * 5000, limit=5000).data) == 5000
    )


def test_a_body_that_ends_with_the_connection_is_whole():
    async def run() -> None:
        async def serve(head, reader, writer) -> None:
            writer.write(b'HTTP/1.1 200 OK\r\nETag: "a"\r\n\r\n' + FEED)
            await writer.drain()
            writer.close()

        async with listen(serve) as server, make_client() as client:
            answer = await client.get_feed(server.address())
            assert (answer.data, answer.is_cut, answer.etag) == (FEED, False, '"a"')

    asyncio.run(run())


@pytest.mark.parametrize(
    "beginning",
    [
        b'HTTP/1.1 200 OK\r\nETag: "a"\r\nContent-Length: 9999\r\n\r\n<rss>',
        b'HTTP/1.1 200 OK\r\nETag: "a"\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n',
    ],
    ids=["length", "chunked"],
)
def test_a_feed_that_breaks_off_is_a_beginning_and_a_picture_is_a_failure(beginning: bytes):
    async def run() -> None:
        async def serve(head, reader, writer) -> None:
            writer.write(beginning)
            await writer.drain()
            writer.close()

        async with listen(serve) as server, make_client() as client:
            answer = await client.get_feed(server.address())
            assert (answer.data, answer.is_cut, answer.etag) == (b"<rss>", True, "")
            with pytest.raises(errors.ConnectionFailed):
                await client.get_picture(server.address())

    asyncio.run(run())


def test_a_picture_over_its_limit_is_refused_before_it_is_read():
    async def run() -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (PICTURE_LIMIT + 1)
        async with listen(reply(head)) as server, make_client() as client:
            with pytest.raises(errors.BodyTooLarge):
                await client.get_picture(server.address())

    asyncio.run(run())
