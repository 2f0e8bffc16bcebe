"""Feeds that pages name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.parse.discover import find_feeds

PAGE = "https://harbour.example/news/today.html"


def find(html: str, address: str = PAGE) -> list[str]:
    return [candidate.address for candidate in find_feeds(html.encode(), address)]


def test_the_links_of_the_head_are_found():
    html = '<head><title>Post</title><link rel="alternate" type="application/rss+xml" href="/feed" title="Posts">'
    (candidate,) = find_feeds(html.encode(), PAGE)
    assert (candidate.address, candidate.title, candidate.media_type) == (
        "https://harbour.example/feed", "Posts", "application/rss+xml",
    )  # fmt: skip


@pytest.mark.parametrize(
    "tag",
    [
        "<LINK REL=ALTERNATE TYPE=application/atom+xml HREF=/feed>",
        "<link href='/feed' type='application/atom+xml' rel='alternate home'/>",
        '<link rel="alternate" type="application/feed+json" href="/feed">',
        '<link rel="alternate" type="application/rdf+xml" href="../feed">',
        '<link rel="alternate" type="application/xml" href="https://harbour.example/feed">',
        '<link rel="feed" href="/feed">',
        '<body><p><link rel="alternate" type="application/rss+xml; charset=utf-8" href="//harbour.example/feed">',
        '<link rel="alternate" type="application/rss+xml" href="feed://harbour.example/feed">',
    ],
)
def test_links_are_found_however_they_are_written(tag):
    assert [address.replace("http:", "https:") for address in find("<p><head" + ">" + tag)] == [
        "https://harbour.example/feed"
    ]


def test_the_base_of_the_page_counts():
    html = (
        '<base href="https://other.example/x/"><link rel="alternate" type="application/rss+xml" href="feed">'
    )
    assert find(html) == ["https://other.example/x/feed"]


@pytest.mark.parametrize(
    "tag",
    [
        '<link rel="stylesheet" type="text/css" href="/feed.css">',
        '<link rel="alternate" hreflang="de" href="/de/">',
        '<link rel="alternate" type="application/json+oembed" href="/oembed?feed">',
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/posts/1">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:feed()">',
        '<a href="/about">About our feed of animals and everything that goes with keeping them</a>',
        '<a href="https://elsewhere.example/rss">RSS</a>',
        '<a href="/feed.png">RSS</a>',
    ],
)
def test_what_is_no_feed_is_not_found(tag):
    assert find(tag) == []


def test_posts_come_before_comments():
    link = '<link rel="alternate" type="application/rss+xml" href="{0}" title="{1}">'
    html = link.format("/comments/feed", "Comments") + link.format("/feed", "Posts")
    assert find(html) == ["https://harbour.example/feed", "https://harbour.example/comments/feed"]


def test_an_address_named_twice_is_one_candidate():
    assert len(find('<link rel="alternate" type="application/rss+xml" href="/feed">' * 3)) == 1


def test_links_in_the_text_are_the_second_choice():
    anchor = '<a href="/rss.xml">Subscribe</a><a href="/abonnieren">RSS</a>'
    assert find(anchor) == ["https://harbour.example/rss.xml", "https://harbour.example/abonnieren"]
    assert find(anchor + '<link rel="alternate" type="application/rss+xml" href="/feed">') == [
        "https://harbour.example/feed"
    ]


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv", "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv"),
        ("https://www.youtube.com/playlist?list=PL0123456789", "https://www.youtube.com/feeds/videos.xml?playlist_id=PL0123456789"),
        ("https://github.com/ada/engine", "https://github.com/ada/engine/releases.atom"),
        ("https://old.reddit.com/r/harbours/", "https://www.reddit.com/r/harbours/.rss"),
        ("https://social.example/@ada", "https://social.example/@ada.rss"),
        ("https://medium.com/@ada", "https://medium.com/feed/@ada"),
        ("https://pypi.org/project/harbour/", "https://pypi.org/rss/project/harbour/releases.xml"),
    ],
)  # fmt: skip
def test_known_sites_have_feeds_by_rule(page, feed):
    assert find("", page)[0] == feed


def test_no_path_is_guessed():
    assert find("<html><body>Nothing here</body></html>", "https://harbour.example/") == []


@settings(deadline=None)
@given(st.binary(max_size=400))
def test_any_page_gives_candidates(html):
    for candidate in find_feeds(b"<link rel=alternate " + html, PAGE):
        assert candidate.address.startswith(("http://", "https://"))
