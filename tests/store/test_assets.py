"""Pictures: kept once, wanted by date and feed, forgotten when nobody shows them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from reader.model import Picture, PictureSize
from reader.store import assets, feeds

Desk = Any
A, B, C = (f"https://x.example/{name}.jpg" for name in "abc")


def count(desk: Desk, table: str) -> int:
    number: int = desk.db.execute(f"SELECT count(*) FROM pictures.{table}").fetchone()[0]
    return number


def test_a_picture_comes_back_with_its_size_and_its_thumbnail(desk: Desk) -> None:
    assets.put_picture(desk.db, A, b"page", 640, 480, b"thumb")
    assert assets.read_picture(desk.db, A) == Picture(A, b"page", 640, 480)
    assert assets.read_thumb(desk.db, A) == Picture(A, b"thumb", 136, 136)
    assert assets.read_sizes(desk.db, [A, B]) == {A: PictureSize(A, 640, 480)}
    assert assets.read_picture(desk.db, B) is assets.read_thumb(desk.db, B) is None


def test_the_same_bytes_at_two_addresses_are_stored_once(desk: Desk) -> None:
    assets.put_picture(desk.db, A, b"same", 10, 10, b"t")
    assets.put_picture(desk.db, B, b"same", 10, 10, b"t")
    assert (count(desk, "content"), count(desk, "thumb"), count(desk, "picture")) == (1, 1, 2)
    assert assets.read_thumb(desk.db, B) == Picture(B, b"t", 136, 136)


def test_an_icon_is_its_own_thumbnail(desk: Desk) -> None:
    assets.put_icon(desk.db, A, b"icon", 32, 32)
    assert assets.read_thumb(desk.db, A) == Picture(A, b"icon", 32, 32)


def test_an_address_that_failed_is_not_missed_until_its_time(desk: Desk) -> None:
    later = desk.now + timedelta(hours=1)
    assets.note_failed(desk.db, A, later)
    assert assets.missing(desk.db, [A, B, B], desk.now) == [B]
    assert assets.missing(desk.db, [A, B], later) == [A, B]
    assert assets.read_picture(desk.db, A) is None
    assets.put_picture(desk.db, A, b"page", 1, 1, b"")
    assets.note_failed(desk.db, A, later)
    assert assets.read_picture(desk.db, A) == Picture(A, b"page", 1, 1)
    assert assets.missing(desk.db, [A], later) == []


def test_wanted_are_pictures_of_recent_articles_and_of_each_feeds_newest(desk: Desk) -> None:
    desk.put_at(desk.gazette, "old", 24 * 30, pictures=(A,))
    desk.put_at(desk.gazette, "new", 1, pictures=(B, C))
    desk.put_at(desk.ball, "older", 24 * 60, pictures=(C, "https://x.example/d.jpg"))

    def wanted(days: int, newest: int, limit: int = 10) -> str:
        found = assets.wanted_pictures(desk.db, desk.now, days, newest, limit)
        return "".join(x.removeprefix("https://x.example/")[0] for x in found)

    assert wanted(7, 0) == "bc"
    assert wanted(7, 1) == "bcd"
    assert wanted(40, 0) == "bca"
    assert wanted(7, 2) == "bcad"
    assert wanted(7, 2, limit=2) == "bc"
    assets.put_picture(desk.db, B, b"b", 1, 1, b"")
    assets.note_failed(desk.db, C, desk.now + timedelta(hours=1))
    assert wanted(7, 2) == "ad"
    feeds.remove_feed(desk.db, desk.gazette, desk.now)
    assert wanted(7, 2) == "d"


def test_articles_with_all_their_pictures_are_struck_off(desk: Desk) -> None:
    desk.put_at(desk.gazette, "1", 1, pictures=(A,))
    desk.put_at(desk.gazette, "2", 1, pictures=(A, B))
    assets.put_picture(desk.db, A, b"a", 1, 1, b"")
    assert assets.settle_pictures(desk.db, desk.now, 7, 5) == 1
    assert assets.wanted_pictures(desk.db, desk.now, 7, 5, 10) == [B]
    desk.put(desk.gazette, desk.make("1", title="Edited", pictures=(A, C)))
    assert sorted(assets.wanted_pictures(desk.db, desk.now, 7, 5, 10)) == [B, C]


def test_sweeping_deletes_what_no_article_and_no_feed_shows(desk: Desk) -> None:
    desk.put_at(desk.gazette, "1", 1, pictures=(A,))
    desk.put_at(desk.ball, "2", 1, picture=B, pictures=(B,))
    desk.db.execute("UPDATE feed SET icon = ? WHERE id = ?", (C, desk.gazette))
    for address in (A, B, C):
        assets.put_picture(desk.db, address, address.encode(), 1, 1, b"t")
    assert assets.sweep_pictures(desk.db) == 0
    feeds.remove_feed(desk.db, desk.ball, desk.now)
    assert assets.sweep_pictures(desk.db) == 0
    feeds.purge_removed(desk.db, desk.now + timedelta(days=31))
    assert assets.sweep_pictures(desk.db) == 1
    assert (assets.read_picture(desk.db, B), count(desk, "content"), count(desk, "thumb")) == (None, 2, 2)


def test_storage_is_counted_in_bytes_on_disk(desk: Desk) -> None:
    before = assets.storage_used(desk.db)
    assets.put_picture(desk.db, A, bytes(300_000), 1, 1, b"")
    assert assets.storage_used(desk.db) >= before + 300_000
