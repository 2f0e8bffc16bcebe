"""JSON Feed 1.0 and 1.1."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from reader.errors import BrokenFeed, NotAFeed
from reader.parse.feed import parse


def make(items: list[object], **head: object) -> bytes:
    document = {"version": "https://jsonfeed.org/version/1.1", "title": "Harbour", "items": items, **head}
    return json.dumps(document).encode()


def test_a_json_feed_is_read():
    item = {
        "id": "1", "url": "/1", "title": "Ferry <late>", "content_html": "<p>Text</p>", "summary": "Short",
        "date_published": "2026-03-02T09:00:00Z", "authors": [{"name": "Ada"}, {"name": "Bo"}], "tags": ["Port"],
        "image": "https://h.example/1.jpg",
        "attachments": [{"url": "1.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 9, "duration_in_seconds": 60}],
    }  # fmt: skip
    parsed = parse(
        make([item], home_page_url="https://h.example/", favicon="/i.png"), "https://h.example/feed.json"
    )
    (entry,) = parsed.entries
    assert (parsed.parser, parsed.head.site, parsed.head.icon) == (
        "json",
        "https://h.example/",
        "https://h.example/i.png",
    )
    assert (entry.uid, entry.link, entry.title) == ("1", "https://h.example/1", "Ferry <late>")
    assert (entry.raw_html, entry.raw_summary_html, entry.author) == (
        "<p>Text</p>",
        "<p>Short</p>",
        "Ada, Bo",
    )
    assert entry.published_at == datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert (entry.enclosures[0].address, entry.enclosures[0].duration) == ("https://h.example/1.mp3", 60)
    assert (entry.picture, entry.categories) == ("https://h.example/1.jpg", ("Port",))


def test_a_feed_of_version_1_0_names_one_author():
    assert parse(make([{"id": 7, "title": "T", "author": {"name": "Ada"}}])).entries[0].author == "Ada"
    assert parse(make([{"id": 7, "title": "T"}])).entries[0].uid == "7"


def test_plain_text_becomes_paragraphs():
    assert (
        parse(make([{"id": "1", "content_text": "a < b\n\nc"}])).entries[0].raw_html
        == "<p>a &lt; b</p><p>c</p>"
    )


@pytest.mark.parametrize("value", [None, 3, [], {}, [None], "x", {"name": 3}, True])
def test_wrong_types_are_passed_over(value):
    item = dict.fromkeys(
        ("id", "title", "url", "content_html", "authors", "tags", "attachments", "image"), value
    )
    parse(make([item, value, {"id": "1", "title": "T"}], authors=value, hubs=value))


def test_other_json_is_no_feed():
    with pytest.raises(NotAFeed):
        parse(b'{"items": [1, 2], "total": 2}')


def test_cut_off_json_is_broken():
    with pytest.raises(BrokenFeed):
        parse(make([{"id": "1"}])[:-5])


def test_very_deep_json_is_broken():
    with pytest.raises(BrokenFeed):
        parse(b'{"a":' * 100_000)
