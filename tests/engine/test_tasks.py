from __future__ import annotations

import gzip
import io
import pickle
import zlib

import pytest
from press import make_feed

from reader.engine import tasks
from reader.errors import BodyTooLarge, EmptyDocument, ForbiddenXml, NotAFeed, PictureError

ADDRESS = "https://courier.example/feed"


@pytest.mark.parametrize(
    ("pack", "encoding"), [(bytes, ""), (gzip.compress, "gzip"), (zlib.compress, "deflate")]
)
def test_a_body_is_unpacked_as_it_was_sent(pack, encoding: str):
    digest = tasks.digest_feed(pack(make_feed("one", "two")), encoding, ADDRESS, "text/xml")
    assert [draft.title for draft in digest.drafts] == ["one", "two"]
    assert pickle.loads(pickle.dumps(digest)) == digest


def test_a_bomb_is_refused_at_the_limit():
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9) as bomb:
        for _ in range(40):
            bomb.write(b"\0" * (1 << 20))
    assert len(packed.getvalue()) < 100_000
    with pytest.raises(BodyTooLarge):
        tasks.digest_feed(packed.getvalue(), "gzip", ADDRESS, "")


def test_entities_that_grow_or_reach_outside_are_refused():
    head = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">'
    head += b'<!ENTITY c SYSTEM "file:///etc/passwd">]>'
    with pytest.raises(ForbiddenXml):
        tasks.digest_feed(head + make_feed("one")[21:], "", ADDRESS, "")


def test_one_entry_that_cannot_be_read_costs_itself_only(monkeypatch: pytest.MonkeyPatch):
    from reader.content import drafts

    make = drafts.make_draft

    def stumble(entry, base):
        if entry.title == "two":
            raise ValueError("stumbled")
        return make(entry, base)

    monkeypatch.setattr(drafts, "make_draft", stumble)
    digest = tasks.digest_feed(make_feed("one", "two", "three"), "", ADDRESS, "")
    assert [draft.title for draft in digest.drafts] == ["one", "three"]
    assert digest.flaw


def test_an_address_is_looked_at_as_a_feed_and_then_as_a_page():
    looked = tasks.look_at(make_feed("one"), "", ADDRESS, "")
    assert looked.digest is not None
    page = b'<!doctype html><link rel="alternate" type="application/rss+xml" href="/f">'
    looked = tasks.look_at(page, "", "https://courier.example/", "text/html")
    assert looked.digest is None
    assert [x.address for x in looked.candidates] == ["https://courier.example/f"]
    with pytest.raises(EmptyDocument):
        tasks.look_at(b" \n", "", ADDRESS, "")


def test_what_is_no_feed_and_no_picture_is_refused():
    with pytest.raises(NotAFeed):
        tasks.digest_feed(b"<!doctype html><p>Hello", "", ADDRESS, "text/html")
    with pytest.raises(PictureError):
        tasks.prepare_picture(b"<svg/>", "", "image/png")
    with pytest.raises(PictureError):
        tasks.prepare_icon(b"nothing", "")
