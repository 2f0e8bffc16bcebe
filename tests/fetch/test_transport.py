"""The client over real sockets on 127.0.0.1: hanging, cut off, too large, hostile."""

from __future__ import annotations

import asyncio
import gzip
import socket
from collections.abc import Awaitable, Callable

import pytest

from reader import errors
from reader.fetch import client as client_module
from reader.fetch import transport
from reader.fetch.client import Client

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


def talk(serve: Serve, *paths: str, warnings: list[str] | None = None, **options: int):
    """Ask a server that answers with `serve` for each path. Answers and errors, and what it was sent."""
    heads: list[bytes] = []

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                heads.append(head)
                await serve(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def run() -> list[object]:
        loop = asyncio.get_running_loop()
        if warnings is not None:
            loop.set_exception_handler(lambda _, context: warnings.append(str(context)))
        server = await asyncio.start_server(accept, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        client = Client("Broadsheet/1 (+https://example.org)")
        outcomes: list[object] = []
        for path in paths:
            try:
                outcomes.append(
                    await client.get_feed(f"http://127.0.0.1:{port}{path}", '"a"', "noon", **options)
                )
            except errors.FetchError as error:
                outcomes.append(error)
        await client.aclose()
        server.close()
        return outcomes

    return asyncio.run(run()), heads


def reply(data: bytes) -> Serve:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()

    return serve


def test_the_request_on_the_wire_is_the_request_we_mean():
    _, heads = talk(reply(b"HTTP/1.1 304 Not Modified\r\n\r\n"), "/f?b=%2Fx%3F&a=1+2&c")
    lines = heads[0].decode().split("\r\n")
    assert lines[0] == "GET /f?b=%2Fx%3F&a=1+2&c HTTP/1.1"
    names = sorted(line.partition(":")[0].lower() for line in lines[1:] if line)
    assert names == [
        "a-im",
        "accept",
        "accept-encoding",
        "host",
        "if-modified-since",
        "if-none-match",
        "user-agent",
    ]
    assert 'If-None-Match: "a"' in lines
    assert "If-Modified-Since: noon" in lines


def test_a_connection_is_used_again_and_closed_without_a_complaint():
    warnings: list[str] = []
    answers, _ = talk(
        reply(b'HTTP/1.1 200 OK\r\nContent-Length: 3\r\nETag: W/"x"\r\n\r\nabc'),
        "/1",
        "/2",
        warnings=warnings,
    )
    assert [answer.data for answer in answers] == [b"abc", b"abc"]
    assert answers[0].etag == 'W/"x"'
    assert not warnings


def test_a_compressed_body_arrives_as_it_was_sent():
    packed = gzip.compress(b"<rss/>" * 50)
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n".encode()
    (answer,), _ = talk(reply(head + packed), "/")
    assert (answer.data, answer.encoding) == (packed, "gzip")


def test_cookies_are_not_sent_back():
    _, heads = talk(reply(b"HTTP/1.1 200 OK\r\nSet-Cookie: id=1\r\nContent-Length: 0\r\n\r\n"), "/1", "/2")
    assert b"cookie" not in heads[1].lower()


def test_the_beginning_of_a_body_that_breaks_off_is_kept_without_its_validators():
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b'HTTP/1.1 200 OK\r\nETag: "a"\r\nContent-Length: 1000\r\n\r\n<rss>')
        await writer.drain()
        writer.close()

    (answer,), _ = talk(serve, "/")
    assert (answer.data, answer.is_cut, answer.etag) == (b"<rss>", True, "")


def test_a_body_that_breaks_off_before_its_first_byte_is_a_failed_connection():
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        await writer.drain()
        writer.close()

    (error,), _ = talk(serve, "/")
    assert isinstance(error, errors.ConnectionFailed)


def test_a_host_that_falls_silent_is_given_up_before_the_time_for_large_feeds_is_over(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(transport, "SILENT_SECONDS", 0.05)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()

    (error,), _ = talk(serve, "/")
    assert isinstance(error, errors.TimedOut)


def test_a_body_without_end_is_cut_at_the_limit():
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while True:
            writer.write(b"10000\r\n" + b"x" * 0x10000 + b"\r\n")
            await writer.drain()

    (error,), _ = talk(serve, "/", limit=1 << 20)
    assert isinstance(error, errors.BodyTooLarge)


@pytest.mark.parametrize("first", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"])
def test_a_host_that_hangs_is_given_up(first: bytes, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(client_module, "TOTAL_SECONDS", 0.05)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(first)
        await writer.drain()
        await reader.read()

    (error,), _ = talk(serve, "/")
    assert isinstance(error, errors.TimedOut)


@pytest.mark.parametrize(
    "nonsense",
    [
        b"SSH-2.0-OpenSSH_9\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
    ],
)
def test_what_is_no_http_is_an_error_of_the_connection(nonsense: bytes):
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(nonsense)
        await writer.drain()
        writer.close()

    (error,), _ = talk(serve, "/")
    assert isinstance(error, errors.ConnectionFailed)


def test_a_redirection_loop_on_the_wire_ends():
    answers, heads = talk(reply(b"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n\r\n"), "/")
    assert isinstance(answers[0], errors.TooManyRedirects)
    assert len(heads) == 2


def test_a_port_nobody_listens_on_is_a_failed_connection():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]

    async def run() -> None:
        client = Client("Broadsheet/1")
        try:
            await client.get_feed(f"http://127.0.0.1:{port}/")
        finally:
            await client.aclose()

    with pytest.raises(errors.ConnectionFailed):
        asyncio.run(run())


def test_a_host_that_does_not_exist_is_said_so():
    async def run() -> None:
        client = Client("Broadsheet/1")
        try:
            await client.get_feed("http://nowhere.invalid/")
        finally:
            await client.aclose()

    with pytest.raises(errors.HostNotFound) as caught:
        asyncio.run(run())
    assert caught.value.detail == "nowhere.invalid"
