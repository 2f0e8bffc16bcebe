"""What stands on the wire, byte for byte and in order; and to which host, under which name."""

from __future__ import annotations

import asyncio
import socket

import pytest
from servers import (
    AGENT,
    OK,
    UNCHANGED,
    everybody_is_here,
    listen,
    make_client,
    redirect,
    reply,
    reply_by_path,
    trust,
)

from reader.fetch import transport
from reader.fetch.client import FEED_TYPES, PICTURE_TYPES
from reader.model import Credentials


def have_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def test_a_feeds_request_is_these_bytes_in_this_order():
    async def run() -> None:
        async with listen(reply(UNCHANGED)) as server, make_client() as client:
            address = server.address("/feed.xml?x=1")
            signed = Credentials("basic", "ann", "secret")
            await client.get_feed(address, 'W/"a b"', "about noon", credentials=signed)
            assert server.heads == [
                (
                    f"GET /feed.xml?x=1 HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
                    f"User-Agent: {AGENT}\r\nAccept: {FEED_TYPES}\r\n"
                    "Accept-Encoding: gzip, br, zstd\r\nA-IM: feed\r\n"
                    "Authorization: Basic YW5uOnNlY3JldA==\r\n"
                    'If-None-Match: W/"a b"\r\nIf-Modified-Since: about noon\r\n\r\n'
                ).encode()
            ]

    asyncio.run(run())


def test_a_pictures_request_is_these_bytes_in_this_order():
    async def run() -> None:
        async with listen(reply(UNCHANGED)) as server, make_client() as client:
            answer = await client.get_picture(server.address("/i.png"), '"a"', "noon")
            assert answer.is_unchanged
            assert server.heads == [
                (
                    f"GET /i.png HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\n"
                    f"User-Agent: {AGENT}\r\nAccept: {PICTURE_TYPES}\r\n"
                    "Accept-Encoding: gzip, br, zstd\r\n"
                    'If-None-Match: "a"\r\nIf-Modified-Since: noon\r\n\r\n'
                ).encode()
            ]

    asyncio.run(run())


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("/?a=b%20c&&d=%7e&e=ü", "/?a=b%20c&&d=%7e&e=%C3%BC"),
        ("/f?a=%2Fx%3F&b=1+2&c&=&d=;", "/f?a=%2Fx%3F&b=1+2&c&=&d=;"),
        ("/f?u=http://x.example/y?z&t=a:b@c,d!$'()*", "/f?u=http://x.example/y?z&t=a:b@c,d!$'()*"),
        ("/a%2fb/%7Euser/ö;p=1/", "/a%2fb/%7Euser/%C3%B6;p=1/"),
        ("/f?q=100%&r=%zz", "/f?q=100%&r=%zz"),
        ("/f?a=x|y^z`{}\\", "/f?a=x|y^z`{}\\"),
        ("/a/../b/./c//d", "/b/c//d"),
        ("/f?a=?b/../c", "/f?a=?b/../c"),
        ("/f?q[]=a&q[]=b", "/f?q[]=a&q[]=b"),
        ("", "/"),
        ("?a", "/?a"),
        ("/f#part?x", "/f"),
    ],
)
def test_path_and_query_are_sent_as_they_were_written(written: str, sent: str):
    async def run() -> None:
        async with listen(reply(OK)) as server, make_client() as client:
            await client.get_feed(server.address(written))
            assert server.lines()[0] == f"GET {sent} HTTP/1.1"

    asyncio.run(run())


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("", AGENT),
        ("Mozilla/5.0 (my own hand)", "Mozilla/5.0 (my own hand)"),
        ("Zeitungsleser für mich", "Zeitungsleser für mich"),
        ("evil\r\nX-Injected: 1", AGENT),
        ("nul\0", AGENT),
        ("読者", AGENT),
        ("x" * 300, "x" * 300),
        ("x" * 301, AGENT),
    ],
)
def test_the_users_own_name_for_a_feed_is_sent_if_it_fits(given: str, sent: str):
    async def run() -> None:
        async with listen(reply(OK)) as server, make_client() as client:
            await client.get_feed(server.address(), user_agent=given)
            assert [line for line in server.lines() if line.startswith("User-Agent")] == [
                f"User-Agent: {sent}"
            ]
            assert not any(line.startswith("X-") for line in server.lines())

    asyncio.run(run())


@pytest.mark.parametrize(
    ("credentials", "sent"),
    [
        (Credentials("basic", "Jörg", "päss:wörd"), "Basic SsO2cmc6cMOkc3M6d8O2cmQ="),
        (Credentials("basic", "", ""), "Basic Og=="),
        (Credentials("bearer", "", "mF_9.B5f-4.1JqM"), "Bearer mF_9.B5f-4.1JqM"),
        (Credentials("bearer", "", "a\r\nX-Injected: 1"), ""),
        (Credentials("bearer", "", "a b"), ""),
        (Credentials("bearer", "", "é"), ""),
        (Credentials("bearer", "", ""), ""),
        (Credentials("basic", "a\r\n", "b"), ""),
        (Credentials("basic", "a:b", "c"), ""),
        (Credentials("digest", "a", "b"), ""),
    ],
)
def test_credentials_are_written_as_the_standards_say_or_not_at_all(credentials: Credentials, sent: str):
    async def run() -> None:
        async with listen(reply(OK)) as server, make_client() as client:
            await client.get_feed(server.address(), credentials=credentials)
            found = [line for line in server.lines() if line.lower().startswith("authorization")]
            assert found == ([f"Authorization: {sent}"] if sent else [])
            assert not any(line.startswith("X-") for line in server.lines())

    asyncio.run(run())


def test_a_password_in_an_address_is_sent_as_basic_and_told_to_nobody_else():
    async def run() -> None:
        async with listen(reply(OK)) as server, make_client() as client:
            address = server.address("/f", host="ann:s%40cret@127.0.0.1")
            answer = await client.get_feed(address)
            assert "Authorization: Basic YW5uOnNAY3JldA==" in server.lines()
            assert answer.address == server.address("/f")
            await client.get_feed(address, credentials=Credentials("bearer", "", "token"))
            assert "Authorization: Bearer token" in server.lines()
            await client.get_picture(address)
            assert not any(line.startswith("Authorization") for line in server.lines())

    asyncio.run(run())


def test_credentials_go_to_the_asked_origin_on_every_way_and_nowhere_else():
    async def run() -> None:
        async with listen(reply(b"")) as _, make_client() as client:
            table: dict[str, bytes] = {}
            async with listen(reply_by_path(table)) as home, listen(reply_by_path(table)) as abroad:
                table["/1"] = redirect(302, "/2")
                table["/2"] = redirect(302, abroad.address("/3"))
                table["/3"] = redirect(302, home.address("/4"))
                answer = await client.get_feed(home.address("/1"), credentials=Credentials("basic", "a", "b"))
                assert answer.address == home.address("/4")
                signed = [b"Authorization" in head for head in home.heads]
                assert signed == [True, True, True]
                assert [b"Authorization" in head for head in abroad.heads] == [False]

    asyncio.run(run())


def test_a_password_in_a_location_is_not_sent():
    async def run() -> None:
        async with listen(reply_by_path(table := {})) as server, make_client() as client:
            table["/1"] = redirect(302, f"http://eve:x@127.0.0.1:{server.port}/2")
            answer = await client.get_feed(server.address("/1"))
            assert not any(b"Authorization" in head for head in server.heads)
            assert answer.address == server.address("/2")

    asyncio.run(run())


@pytest.mark.skipif(not have_ipv6(), reason="this machine has no ::1")
def test_a_host_may_be_an_ipv6_number():
    async def run() -> None:
        async with listen(reply(OK), host="::1") as server, make_client() as client:
            answer = await client.get_feed(server.address("/f", host="[::1]"))
            assert answer.is_success
            assert server.lines()[1] == f"Host: [::1]:{server.port}"

    asyncio.run(run())


def test_an_international_host_is_looked_up_named_and_greeted_in_punycode(monkeypatch: pytest.MonkeyPatch):
    asked = everybody_is_here(monkeypatch)
    monkeypatch.setattr(transport, "make_context", lambda: trust("valid"))

    async def run() -> None:
        async with listen(reply(OK), "valid") as server, make_client() as client:
            answer = await client.get_feed(server.address("/f", "https", "München.example"))
            assert answer.is_success
            assert asked == ["xn--mnchen-3ya.example"]
            assert server.lines()[1] == f"Host: xn--mnchen-3ya.example:{server.port}"
            assert server.names == ["xn--mnchen-3ya.example"]

    asyncio.run(run())
