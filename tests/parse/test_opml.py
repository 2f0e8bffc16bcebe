"""Subscription lists, well-formed and not."""

from __future__ import annotations

from contextlib import suppress
from xml.dom import minidom

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import ForbiddenXml, OutlineError, ParseError
from reader.parse.opml import OpmlOutline, Place, read, write


def opml(body: str) -> bytes:
    return (
        f'<opml version="2.0"><head><title>Mine &amp; yours</title></head><body>{body}</body></opml>'.encode()
    )


def feed(name: str) -> str:
    return f'<outline type="rss" text="{name}" xmlUrl="https://{name}.example/feed" htmlUrl="https://{name}.example/"/>'


def test_nested_folders_are_paths():
    outline = read(
        opml(
            f'<outline text="News"><outline text="World">{feed("a")}</outline>{feed("b")}</outline>{feed("c")}'
        )
    )
    assert outline.title == "Mine & yours"
    assert [(place.path, place.title) for place in outline.places] == [
        (("News", "World"), "a"),
        (("News",), "b"),
        ((), "c"),
    ]
    assert outline.places[0].address == "https://a.example/feed"
    assert outline.places[0].site == "https://a.example/"


def test_empty_folders_are_kept():
    outline = read(opml(feed("a") + '<outline text="Later"></outline><outline text="Never"/>'))
    assert outline.folders == (("Later",), ("Never",))


@pytest.mark.parametrize(
    "tag",
    [
        '<outline text="Fish & chips" xmlUrl="https://a.example/feed"/>',
        '<outline text="Say "hello" now" xmlUrl="https://a.example/feed" />',
        '<outline text="x <em class="b">y</em> z" xmlUrl="https://a.example/feed" type="rss"/>',
        "<outline text='Ada's log' xmlUrl='https://a.example/feed'/>",
        '<OUTLINE TEXT="x" XMLURL="https://a.example/feed">',
        "<outline text=x xmlUrl=https://a.example/feed>",
        '<outline text="a > b" xmlUrl="https://a.example/feed"/>',
        '<outline text="x" type="rss" url="https://a.example/feed"/>',
        '<outline text="x" xmlUrl="feed://a.example/feed"/>'.replace("feed://", "feed:https://"),
        '<outline text="\x0b" xmlUrl="https://a.example/feed"/>',
    ],
)
def test_broken_tags_still_give_their_feed(tag):
    outline = read(opml(tag + feed("b")))
    assert [place.address for place in outline.places] == ["https://a.example/feed", "https://b.example/feed"]


def test_feeds_that_are_never_closed_do_not_shift_folders():
    open_feed = '<outline text="x" xmlUrl="https://{}.example/feed">'
    body = f'<outline text="A">{open_feed.format("a")}</outline><outline text="B">{open_feed.format("b")}</outline>'
    assert [place.path for place in read(opml(body)).places] == [("A",), ("B",)]


def test_feeds_with_an_end_tag_do_not_shift_folders():
    body = f'<outline text="A">{feed("a").replace("/>", "></outline>")}</outline>{feed("b")}'
    assert [place.path for place in read(opml(body)).places] == [("A",), ()]


@pytest.mark.parametrize(
    ("sent", "address"),
    [
        ("feed://a.example/x", "http://a.example/x"),
        ("feed:https://a.example/x", "https://a.example/x"),
        ("www.a.example/x", "http://www.a.example/x"),
        ("https://me:secret@a.example/x", "https://me:secret@a.example/x"),
        ("https://a.example/?a=1&amp;b=2", "https://a.example/?a=1&b=2"),
        ("https://a.example/?a=1&copy=2", "https://a.example/?a=1&copy=2"),
        ("HTTPS://A.Example/Feed#top", "https://a.example/Feed"),
        ("https://Me:Secret@A.example:443?Q=1", "https://Me:Secret@a.example?Q=1"),
        ("http://a.example:80/x@Y", "http://a.example/x@Y"),
        ("http://[::1]:8080/X", "http://[::1]:8080/X"),
    ],
)
def test_addresses_are_mended(sent, address):
    assert read(opml(f'<outline text="x" xmlUrl="{sent}"/>')).places[0].address == address


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "exec:rm -rf", "vfolder", ""]
)
def test_addresses_that_are_none_are_passed_over(address):
    with pytest.raises(OutlineError):
        read(opml(f'<outline text="x" xmlUrl="{address}"/>'))


def test_commented_feeds_are_not_imported():
    assert len(read(opml(feed("a") + f"<!-- {feed('b')} -->")).places) == 1


def test_entity_bombs_are_refused():
    with pytest.raises(ForbiddenXml):
        read(b'<!DOCTYPE opml [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>' + opml(feed("a")))


def test_other_encodings_are_read():
    data = (
        '<?xml version="1.0" encoding="windows-1251"?>'
        + opml(feed("a").replace('text="a"', 'text="Новости"')).decode()
    )
    assert read(data.encode("cp1251")).places[0].title == "Новости"


NAMES = st.text(alphabet="aZß中'\"<>/=.-", min_size=1, max_size=12)
PLACES = st.builds(
    Place,
    path=st.lists(NAMES, max_size=3).map(tuple),
    title=NAMES,
    address=st.integers(0, 99).map(lambda n: f'https://{n}.example/?a=1&b="x"'.replace('"', "%22")),
    site=st.sampled_from(["", "https://site.example/"]),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(PLACES, min_size=1, max_size=12, unique_by=lambda place: place.address))
def test_what_is_written_is_read_back(places):
    data = write(OpmlOutline("Mine", tuple(places)))
    minidom.parseString(data)
    assert set(read(data).places) == set(places)


def test_what_is_written_is_well_formed_whatever_the_names():
    outline = OpmlOutline(
        '<"&\x00', (Place(('a"b<c', "\x07"), "x & y\n", "https://a.example/?a&b"),), (("Empty",),)
    )
    data = write(outline)
    minidom.parseString(data)
    again = read(data)
    assert again.places[0].title == "x & y"
    assert ("Empty",) in again.folders


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_places_or_an_error(data):
    with suppress(OutlineError, ParseError):
        assert read(b"<outline " + data).places
