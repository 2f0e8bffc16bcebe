"""What a document may do to the reader: rules 32 to 35, from the wire to the stored article."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from reader.engine.outline_files import list_private, write_outline
from reader.errors import NoFeedFound
from reader.model import FeedId, Listing, Row, Selection
from reader.parse import opml
from reader.store import articles, feeds
from tests.engine.press import make_feed
from tests.manners.desk import NEWS, Desk
from tests.wire import Wire, reply


def make(*items: str) -> bytes:
    return make_feed(head="".join(f"<item>{item}</item>" for item in items))


def list_rows(desk: Desk, feed: FeedId) -> list[Row]:
    of_feed = Selection(Listing.FEED, feed)
    return list(desk.do(lambda db: articles.read_rows(db, of_feed, None, 100, desk.now)).rows)


def publish(desk: Desk, *documents: bytes) -> FeedId:
    """Every document fetched once, four hours after the one before."""
    feed = desk.subscribe(NEWS, *(reply(body, ETag=f'"{n}"') for n, body in enumerate(documents)))
    for _ in documents:
        desk.refresh(feed)
        desk.wait(hours=4)
    return feed


# ---- identity (32) --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            "<title>a</title><link>http://x.example/1</link>",
            "<title>b</title><link>http://x.example/1</link>",
        ),
        (
            "<title>a</title><pubDate>01 Jan 2026 00:00:00 GMT</pubDate>",
            "<title>a</title><pubDate>01 Jan 2026 00:00:00 GMT</pubDate><description>more</description>",
        ),
        ("<title>a</title>", "<title>a</title><description>more</description>"),
    ],
)
def test_an_item_without_an_id_is_the_same_the_next_time(desk: Desk, first: str, second: str):
    new = "<title>new</title><link>http://x.example/new</link>"
    feed = publish(desk, make(first), make(new, second))
    assert len(list_rows(desk, feed)) == 2


def test_items_without_an_id_are_told_from_each_other(desk: Desk):
    titles = [f"<title>t{n}</title>" for n in range(4)]
    dates = [f"<title>same</title><pubDate>0{n} Jan 2026 00:00:00 GMT</pubDate>" for n in range(1, 5)]
    assert len(list_rows(desk, publish(desk, make(*titles, *dates)))) == 8


def test_undated_items_stand_in_the_order_of_the_feed_and_never_move(desk: Desk):
    items = [f"<guid>{n}</guid><title>t{n}</title>" for n in range(6)]
    feed = publish(desk, make(*items[2:]))
    before = list_rows(desk, feed)
    assert [row.title for row in before] == ["t2", "t3", "t4", "t5"]
    assert len({row.at for row in before}) == 4
    desk.wire.serve(NEWS, reply(make(*items), ETag='"new"'))
    desk.refresh(feed)
    after = list_rows(desk, feed)
    assert [row.title for row in after] == ["t0", "t1", "t2", "t3", "t4", "t5"]
    assert after[2:] == before


@pytest.mark.parametrize("date", ["01 Jan 2036 00:00:00 GMT", "01 Jan 1971 00:00:00 GMT", "soon"])
def test_dates_in_a_document_decide_nothing_about_the_fetching(desk: Desk, date: str):
    """Neither an item of next decade nor one of last century moves the next visit or goes lost."""
    items = [f"<guid>{n}</guid><title>t{n}</title><pubDate>{date}</pubDate>" for n in range(3)]
    feed = publish(desk, make(*items))
    rows = list_rows(desk, feed)
    assert len(rows) == 3
    assert all(row.at <= desk.now for row in rows)
    desk.ask(feed)
    wait = desk.plan(feed).not_before - desk.now
    assert timedelta(hours=1) <= wait <= timedelta(hours=26.5)


# ---- tombstones (33) ------------------------------------------------------------------------


def test_what_was_deleted_does_not_come_back_however_long_the_feed_holds_it(desk: Desk):
    items = [f"<guid>{n}</guid><title>t{n}</title>" for n in range(3)]
    feed = publish(desk, make(*items))
    dropped = list_rows(desk, feed)[1]
    desk.do(lambda db: articles.drop_articles(db, [dropped.id]))
    for visit in range(10):
        edited = make(items[0], items[1] + f"<description>edited {visit}</description>", items[2])
        desk.wire.serve(NEWS, reply(edited, ETag=f'"v{visit}"'))
        desk.wait(days=40)
        desk.refresh(feed)
        desk.restart()
    assert [row.title for row in list_rows(desk, feed)] == ["t0", "t2"]


def test_what_left_the_feed_and_returns_after_half_a_year_is_no_news(desk: Desk):
    items = [f"<guid>{n}</guid><title>t{n}</title>" for n in range(3)]
    feed = publish(desk, make(*items), make(items[0]))
    dropped = list_rows(desk, feed)[2]
    desk.do(lambda db: articles.drop_articles(db, [dropped.id]))
    desk.wait(days=181)
    desk.wire.serve(NEWS, reply(make(*items), ETag='"again"'))
    outcome = desk.refresh(feed)
    assert outcome.added == 0
    assert [row.title for row in list_rows(desk, feed)] == ["t0", "t1"]


# ---- links and markup (34) ------------------------------------------------------------------


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " java&#10;script:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
    ],
)
def test_a_link_that_runs_reaches_no_article(desk: Desk, link: str):
    body = f'&lt;a href="{link}"&gt;press&lt;/a&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;p onclick="x()"&gt;Text'
    feed = publish(desk, make(f"<guid>1</guid><link>{link}</link><description>{body}</description>"))
    (row,) = list_rows(desk, feed)
    assert row.link == ""
    article = desk.do(lambda db: articles.read_article(db, row.id))
    assert article is not None
    lowered = article.body_html.lower()
    assert "press" in lowered
    assert not any(word in lowered for word in ("script", "data:", "file:", "onclick", "alert"))


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Tom &amp;amp; Jerry", "Tom & Jerry"),
        ("AT&amp;T", "AT&T"),
        ("a &amp;lt; b", "a < b"),
        ("&amp;lt;b&amp;gt;", "<b>"),
        ("The &lt;b&gt;high&lt;/b&gt; tide", "The high tide"),
    ],
)
def test_a_title_is_text_decoded_once(desk: Desk, sent: str, shown: str):
    feed = publish(desk, make(f"<guid>1</guid><title>{sent}</title>"))
    assert [row.title for row in list_rows(desk, feed)] == [shown]


# ---- discovery and secrets (35) -------------------------------------------------------------


def test_the_feeds_a_page_names_are_offered_and_nothing_is_guessed(desk: Desk, wire: Wire):
    link = '<link rel="alternate" type="application/rss+xml" href="/named">'
    named = wire.serve("named.example/", reply(f"<!doctype html>{link}<a href='/rss'>RSS</a>".encode()))
    found = desk.find(named)
    assert [x.address for x in found.candidates] == [wire.address("named.example/named")]
    silent = wire.serve("silent.example/", reply(b"<!doctype html><title>No feed</title>"))
    assert isinstance(desk.find(silent).error, NoFeedFound)
    assert [asked.place for asked in wire.log] == ["named.example/", "silent.example/"]


def test_usual_places_are_tried_only_when_the_person_asks_for_it_and_one_at_a_time(desk: Desk, wire: Wire):
    silent = wire.serve("silent.example/", reply(b"<!doctype html><title>No feed</title>"))
    wire.serve("silent.example/feed", reply(make_feed("one")))
    found = desk.run(desk.finder.find(silent, guess=True))
    assert [x.address for x in found.candidates] == [wire.address("silent.example/feed")]
    assert {asked.host for asked in wire.log} == {"silent.example"}
    assert all(a.ended < b.began for a, b in zip(wire.log, wire.log[1:], strict=False))


def test_a_private_address_is_told_to_its_own_host_and_to_nobody_else(desk: Desk, wire: Wire):
    """Neither the host of its pictures nor that of its site learns the token."""
    image = wire.serve("img.example/a.png", reply(b"no picture"))
    site = wire.address("site.example/")
    item = f"<item><title>t</title><link>{site}1</link><description>&lt;img src='{image}'&gt;</description></item>"
    body = make_feed(head=item).replace(b"https://courier.example/", site.encode())
    desk.subscribe("news.example/feed?token=s3cr3t", reply(body))
    desk.add(f"http://ann:s3cr3t@other.example:{wire.port}/feed")
    wire.serve("other.example/feed", reply(body, ETag='"1"'))
    for _ in range(3):
        desk.refresh()
        desk.fetch_pictures()
        desk.wait(days=2)
    strangers = [asked for asked in wire.log if asked.host not in ("news.example", "other.example")]
    assert {asked.host for asked in strangers} == {"img.example", "site.example"}
    assert all(b"s3cr3t" not in asked.head and b"Referer" not in asked.head for asked in strangers)
    icons = [asked for asked in wire.log if asked.target == "/favicon.ico"]
    assert all(b"s3cr3t" not in asked.head and asked.get("Authorization") is None for asked in icons)


def test_an_outline_for_others_can_leave_secrets_out_and_names_what_they_are(desk: Desk, tmp_path: Path):
    for place in (NEWS, "news.example/feed?token=s3cr3t"):
        desk.subscribe(place)
    desk.add(f"http://ann:s3cr3t@other.example:{desk.wire.port}/feed")
    outline = desk.do(lambda db: feeds.read_outline(db, desk.now))
    assert len(list_private(outline)) == 2
    write_outline(outline, tmp_path / "shared.opml", with_private=False)
    text = (tmp_path / "shared.opml").read_text("utf-8")
    assert desk.wire.address(NEWS) in text
    assert "s3cr3t" not in text
    assert "ann" not in text


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "ftp://news.example/feed"])
def test_an_outline_brings_no_address_that_is_not_of_the_web(address: str):
    kept = '<outline text="kept" xmlUrl="https://news.example/feed"/>'
    body = f'<opml version="2.0"><body><outline text="x" xmlUrl="{address}"/>{kept}</body></opml>'
    assert [place.address for place in opml.read(body.encode()).places] == ["https://news.example/feed"]


def test_one_address_in_several_spellings_is_one_subscription():
    spellings = (
        "https://news.example/feed",
        "HTTPS://News.example/feed",
        "https://news.example:443/feed#top",
    )
    lines = "".join(f'<outline text="x" xmlUrl="{x}"/>' for x in spellings)
    outline = opml.read(f'<opml version="2.0"><body>{lines}</body></opml>'.encode())
    assert {place.address for place in outline.places} == {"https://news.example/feed"}
