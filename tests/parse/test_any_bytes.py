"""Whatever is sent: entries or a ParseError, in bounded time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import ParseError
from reader.model import ParsedFeed
from reader.parse.describe import describe
from reader.parse.feed import parse

PIECES = st.sampled_from(
    [
        b"<rss version='2.0'>", b"<channel>", b"<item>", b"</item>", b"<title>", b"</title>", b"<link>", b"</link>",
        b"https://x.example/1", b"<guid>", b"</guid>", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"&amp;", b"&nbsp;", b"&",
        b"<", b">", b'"', b"<feed xmlns='http://www.w3.org/2005/Atom'>", b"<entry>", b"</entry>", b"<id>1</id>",
        b"<content type='xhtml'>", b"<content>", b"</content>", b"<?xml version='1.0' encoding='utf-16'?>", b"\xff\xfe",
        b"<!DOCTYPE rss [", b"]>", b"<!ENTITY a 'b'>", b"\0", b"\x08", b"\xe2\x82", b"<pubDate>", b"2026-01-01",
        b"xml:base='/x'", b"<media:content url='x'/>", b"</channel>", b"</rss>", b"{", b'"items": [', b"<description>",
    ]
)  # fmt: skip


def check(data: bytes) -> None:
    try:
        parsed = parse(data, "https://x.example/feed", "text/xml")
    except ParseError:
        return
    assert isinstance(parsed, ParsedFeed)
    describe(parsed)
    for entry in parsed.entries:
        assert entry.uid
        assert not entry.link or entry.link.startswith(("http://", "https://"))
        assert "\n" not in entry.title
        entry.title.encode()
        entry.raw_html.encode()


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_feed_or_an_error(data):
    check(data)


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES, max_size=25))
def test_any_mixture_of_feed_pieces_gives_a_feed_or_an_error(pieces):
    check(b"".join(pieces))


@settings(deadline=None, max_examples=150)
@given(st.lists(PIECES, max_size=12))
def test_any_damage_inside_a_feed_gives_a_feed_or_an_error(pieces):
    check(
        b"<rss version='2.0'><channel><item><title>x" + b"".join(pieces) + b"</title></item></channel></rss>"
    )


@pytest.mark.parametrize(
    "piece",
    [b"<", b"<a ", b'<a b="', b"<!--", b"<![CDATA[", b"<item>", b"<title>", b"&a;", b"<?", b"<!", b"]]>"],
)
def test_a_hundred_kilobytes_of_the_same_take_seconds_at_most(piece):
    begun = time.process_time()
    check(b"<rss version='2.0'><channel>" + piece * (100_000 // len(piece)))
    assert time.process_time() - begun < 5
