"""What we send: rules 1 to 7, read off the wire."""

from __future__ import annotations

import asyncio
import gzip
import itertools
import re
import zlib

import brotli
import httpx
import pytest
import zstandard

from reader import __version__
from reader.engine.slots import AT_ONCE
from reader.engine.staffing import USER_AGENT
from reader.errors import AddressRefused
from reader.fetch import client as client_module
from tests.engine.press import AGENT, Press, make_feed
from tests.manners.desk import NEWS, Desk
from tests.wire import HANG, Wire, conditional, redirect, reply

PAGE = b'<!doctype html><title>News</title><link rel="alternate" type="application/rss+xml" href="/feed">'
COOKIES = ("Set-Cookie", "id=42; Path=/; Max-Age=99999999")


def test_a_first_request_is_these_bytes(desk: Desk, wire: Wire):
    desk.subscribe("news.example/a/feed?b=%2Fx&a=1+2", reply(make_feed("one")))
    (asked,) = desk.ask()
    assert (
        asked.head
        == (
            f"GET /a/feed?b=%2Fx&a=1+2 HTTP/1.1\r\nHost: news.example:{wire.port}\r\nUser-Agent: {AGENT}\r\n"
            "Accept: application/atom+xml, application/rss+xml, application/feed+json, "
            "application/rdf+xml;q=0.9, application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, "
            "text/html;q=0.3, */*;q=0.2\r\nAccept-Encoding: gzip, br, zstd\r\nA-IM: feed\r\n\r\n"
        ).encode()
    )


def test_a_conditional_request_has_two_lines_more(desk: Desk):
    desk.subscribe(NEWS, reply(make_feed("one"), ETag='"1"', Last_Modified="noon"))
    first, second = desk.ask()[0], desk.ask_later(hours=2)
    assert second.head == first.head[:-2] + b'If-None-Match: "1"\r\nIf-Modified-Since: noon\r\n\r\n'


def test_looking_for_a_feed_and_adding_it_is_one_request(desk: Desk, wire: Wire):
    address = wire.serve(NEWS, conditional(make_feed("one")))
    found = desk.find(address)
    feed = desk.add(found.candidates[0].address)
    kept = desk.finder.take(address)
    assert kept is not None
    desk.run(desk.refresher.deliver(feed, kept.answer, kept.digest))
    assert [asked.line for asked in wire.log] == ["GET /feed HTTP/1.1"]
    assert desk.titles() == ["one"]
    assert desk.ask_later(hours=2).condition == (b'"1"', None)


def test_feeds_pages_icons_and_pictures_are_asked_for_by_get_and_under_one_name(desk: Desk, wire: Wire):
    desk.find(wire.serve("site.example/", reply(PAGE, Content_Type="text/html")))
    image = wire.address("img.example/a.png")
    body = make_feed(
        head=f"<item><title>t</title><description>&lt;img src='{image}'&gt;</description></item>"
    )
    desk.subscribe(NEWS, reply(body))
    desk.refresh()
    desk.fetch_pictures()
    desk.restart()
    desk.ask_later(days=2)
    assert {"site.example/", NEWS, "img.example/a.png"} <= {asked.place for asked in wire.log}
    assert {asked.method for asked in wire.log} == {"GET"}
    assert {asked.get("User-Agent") for asked in wire.log} == {AGENT.encode()}


def test_our_name_says_who_asks_which_version_and_where_to_complain():
    assert re.fullmatch(r"Broadsheet/[0-9][0-9a-z.]* \(\+https://[^ ]+\)", USER_AGENT)
    assert f"/{__version__} " in USER_AGENT
    foreign = ("mozilla", "chrome", "safari", "python", "httpx", "aiohttp", "bot")
    assert not any(word in USER_AGENT.lower() for word in foreign)


@pytest.mark.parametrize("status", [200, 304, 404, 429, 500])
def test_cookies_are_not_sent_back_nor_anything_that_was_not_asked_for(desk: Desk, wire: Wire, status: int):
    desk.subscribe(
        NEWS, redirect(302, "/a", Set_Cookie="hop=1"), reply(make_feed("one"), 200, COOKIES, ETag='"1"')
    )
    wire.serve(
        "news.example/a", reply(make_feed("one"), 200, COOKIES, ETag='"1"'), reply(b"", status, COOKIES)
    )
    for _ in range(4):
        desk.refresh()
        desk.wait(days=8)
    allowed = {"host", "user-agent", "accept", "accept-encoding", "a-im", "if-none-match"}
    assert len(wire.log) >= 5
    for asked in wire.log:
        assert {name.lower() for name in asked.names} <= allowed, asked.head


def test_icons_and_pictures_carry_no_referer_and_no_cookies(desk: Desk, wire: Wire):
    image = wire.serve("news.example/a.png", reply(b"no picture", 200, COOKIES))
    body = make_feed(
        head=f"<item><title>t</title><description>&lt;img src='{image}'&gt;</description></item>"
    )
    desk.subscribe(NEWS, reply(body, 200, COOKIES))
    desk.refresh()
    asked = desk.fetch_pictures()
    assert [x.place for x in asked].count("news.example/a.png") == 1
    for one in asked:
        assert [name.lower() for name in one.names] == ["host", "user-agent", "accept", "accept-encoding"]


@pytest.mark.parametrize(
    "target",
    [
        "/feed?b=2&a=1&b=1",
        "/feed?q=%2F%2f%41&x=a+b%20c",
        "/feed?a&b=&=c",
        "/a//b/feed;p=1?u=http://x/y?z",
        "/feed?list='x'&k[]=1|2",
        "/%7Euser/%E9/feed",
        "/feed?utm_source=rss&fbclid=1",
    ],
)
def test_path_and_query_are_sent_byte_for_byte(desk: Desk, target: str):
    desk.subscribe(f"news.example{target}", reply(make_feed("one")))
    assert [asked.target for asked in desk.ask()] == [target]


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("br", brotli.compress),
        ("zstd", zstandard.ZstdCompressor().compress),
        ("identity", bytes),
    ],
)
def test_what_was_packed_on_our_invitation_is_unpacked(desk: Desk, encoding: str, pack):
    desk.subscribe(NEWS, reply(pack(make_feed("one")), Content_Encoding=encoding))
    desk.refresh()
    assert desk.titles() == ["one"]


@pytest.mark.parametrize("layers", [1, 2])
def test_a_bomb_is_refused_and_costs_nothing_that_was_known(desk: Desk, layers: int):
    squeeze = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b" " * (1 << 20)
    bomb = b"".join(
        [squeeze.compress(b"<rss>"), *(squeeze.compress(block) for _ in range(32)), squeeze.flush()]
    )
    body = gzip.compress(bomb) if layers == 2 else bomb
    feed = desk.subscribe(
        NEWS,
        reply(make_feed("one"), ETag='"1"'),
        reply(body, ETag='"2"', Content_Encoding=", ".join(["gzip"] * layers)),
    )
    desk.refresh()
    desk.wait(hours=2)
    assert desk.refresh().failed == 1
    plan = desk.plan(feed)
    assert (plan.failure_kind, plan.etag) == ("BodyTooLarge", '"1"')
    assert desk.titles() == ["one"]


def test_an_answer_that_holds_only_what_is_new_takes_nothing_away(desk: Desk):
    desk.subscribe(
        NEWS,
        reply(make_feed("one", "two"), ETag='"1"'),
        reply(make_feed("three"), 226, IM="feed", ETag='"2"'),
    )
    desk.refresh()
    assert desk.ask_later(hours=2).get("A-IM") == b"feed"
    assert desk.titles() == ["one", "three", "two"]
    assert desk.ask_later(hours=2).condition == (b'"2"', None)


def test_one_host_is_asked_one_thing_at_a_time(desk: Desk, wire: Wire):
    for number in range(6):
        desk.subscribe(f"news.example/{number}", reply(make_feed(str(number))))
        desk.subscribe(f"other.example/{number}", redirect(302, f"/there/{number}"))
    wire.serve("other.example", reply(make_feed("other")))
    began = desk.seconds
    assert desk.refresh().done == 12
    for host, number in (("news.example", 6), ("other.example", 12)):
        log = wire.asked_for(host)
        assert len(log) == number
        assert all(before.ended < after.began for before, after in itertools.pairwise(log))
    assert desk.seconds - began >= 5  # a second between two feeds of one host


def test_a_host_that_hangs_is_given_up(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(client_module, "TOTAL_SECONDS", 0.05)
    feed = desk.subscribe(NEWS, HANG)
    assert desk.refresh().failed == 1
    assert desk.plan(feed).failure_kind == "TimedOut"


def test_connecting_may_take_fifteen_seconds_and_a_whole_feed_a_minute():
    assert client_module._TIMEOUTS["connect"] == 15
    assert client_module.TOTAL_SECONDS == 60


def test_so_many_hosts_are_asked_at_once_and_no_more(press: Press):
    under_way, most = 0, 0

    async def respond(request: httpx.Request) -> httpx.Response:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        for _ in range(20):
            await asyncio.sleep(0)
        under_way -= 1
        return httpx.Response(200, content=make_feed("one"))

    for number in range(60):
        press.servers[f"h{number}.example"] = respond
        press.add(f"https://h{number}.example/feed")
    assert press.refresh().done == 60
    assert 8 <= most <= AT_ONCE <= 16


@pytest.mark.parametrize(
    "typed", ["file:///etc/passwd", "ftp://news.example/feed", "javascript:alert(1)", "news"]
)
def test_what_is_no_web_address_is_refused_before_anybody_is_asked(desk: Desk, wire: Wire, typed: str):
    found = desk.find(typed)
    assert isinstance(found.error, AddressRefused)
    assert wire.log == []
