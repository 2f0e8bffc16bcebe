from __future__ import annotations

import asyncio
import ssl

import httpx
from press import Press, answer, conditional, fail, make_feed

from reader.engine.subscribe import FeedFinder, FoundFeeds
from reader.errors import AddressRefused, HttpFailed, NoFeedFound
from reader.model import FeedId

PAGE = b"""<!doctype html><html><head><title>Courier</title>
<link rel="alternate" type="application/rss+xml" title="All news" href="/feed">
<link rel="alternate" type="application/atom+xml" title="Sport" href="/sport.atom"></head><body>News</body></html>"""


def find(press: Press, typed: str) -> tuple[FoundFeeds, FeedFinder]:
    finder = FeedFinder(client=press.client, worker=press.worker)  # type: ignore[arg-type]
    return asyncio.run(finder.find(typed)), finder


def test_the_address_of_a_feed_is_the_candidate_and_is_not_fetched_again(press: Press):
    press.servers["https://courier.example/feed"] = conditional(make_feed("one", title="The Courier"))
    found, finder = find(press, "courier.example/feed")
    assert [(x.address, x.title) for x in found.candidates] == [
        ("https://courier.example/feed", "The Courier")
    ]
    feed = press.add("https://courier.example/feed")
    kept = finder.take("https://courier.example/feed")
    assert kept is not None
    asyncio.run(press.refresher.deliver(feed, kept.answer, kept.digest))
    assert press.titles() == ["one"]
    assert len(press.log) == 1
    assert press.plan(feed).etag == '"1"'
    assert press.changes[-1].changes.feeds == (feed,)
    assert finder.take("https://courier.example/feed") is None


def test_the_feeds_that_a_page_names_are_the_candidates(press: Press):
    press.servers["courier.example"] = answer(PAGE, content_type="text/html")
    found, _ = find(press, "https://courier.example/")
    assert [(x.address, x.title) for x in found.candidates] == [
        ("https://courier.example/feed", "All news"),
        ("https://courier.example/sport.atom", "Sport"),
    ]
    assert len(press.log) == 1  # nothing is guessed


def test_a_bare_host_without_tls_is_found_over_http(press: Press):
    press.servers["https://courier.example"] = fail(ssl.SSLError("no"))
    press.servers["https://courier.example/"] = fail(ssl.SSLError("no"))
    press.servers["http://courier.example"] = press.servers["http://courier.example/"] = answer(PAGE)
    found, _ = find(press, "courier.example")
    assert found.candidates[0].address == "http://courier.example/feed"


def test_a_page_without_feeds_is_said_so(press: Press):
    press.servers["courier.example"] = answer(b"<!doctype html><p>Nothing here.")
    found, _ = find(press, "https://courier.example/about")
    assert isinstance(found.error, NoFeedFound)
    assert found.error.detail == "https://courier.example/about"


def test_what_cannot_be_fetched_says_why(press: Press):
    assert isinstance(find(press, "not an address")[0].error, AddressRefused)
    error = find(press, "https://courier.example/none")[0].error
    assert isinstance(error, HttpFailed)
    assert error.detail == "404"


def test_a_feed_found_through_a_permanent_move_is_subscribed_to_where_it_is(press: Press):
    press.servers["https://old.example/feed"] = answer(status=301, location="https://new.example/feed")
    press.servers["https://new.example/feed"] = answer(make_feed("one"))
    assert find(press, "https://old.example/feed")[0].candidates[0].address == "https://new.example/feed"
    press.servers["https://old.example/feed"] = answer(status=302, location="https://new.example/feed")
    assert find(press, "https://old.example/feed")[0].candidates[0].address == "https://old.example/feed"


def test_what_was_found_for_a_feed_that_is_gone_meanwhile_is_dropped(press: Press):
    press.servers["courier.example"] = lambda request: httpx.Response(200, content=make_feed("one"))
    _, finder = find(press, "https://courier.example/feed")
    kept = finder.take("https://courier.example/feed")
    assert kept is not None
    asyncio.run(press.refresher.deliver(FeedId(99), kept.answer, kept.digest))
    assert press.titles() == []
