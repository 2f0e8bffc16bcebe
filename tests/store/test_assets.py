"""Pictures: kept once, wanted by date and feed, forgotten when nobody shows them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from reader.model import Picture, PictureSize
from reader.store import assets, feeds, icons
from reader.store.assets import StoredPicture

Desk = Any
A, B, C = (f"https://x.example/{name}.jpg" for name in "abc")


def count(desk: Desk, table: str) -> int:
    number: int = desk.db.execute(f"SELECT count(*) FROM pictures.{table}").fetchone()[0]
    return number


def put(desk: Desk, address: str, data: bytes, size: tuple[int, int], thumb: bytes) -> None:
    assets.put_pictures(desk.db, [StoredPicture(address, data, size, thumb)])


def test_a_picture_comes_back_with_its_size_and_its_thumbnail(desk: Desk) -> None:
    put(desk, A, b"page", (640, 480), b"thumb")
    assert assets.read_picture(desk.db, A) == Picture(A, b"page", 640, 480)
    assert assets.read_thumb(desk.db, A) == Picture(A, b"thumb", 136, 136)
    assert assets.read_sizes(desk.db, [A, B]) == {A: PictureSize(A, 640, 480)}
    assert assets.read_picture(desk.db, B) is assets.read_thumb(desk.db, B) is None


def test_the_same_bytes_at_two_addresses_are_stored_once(desk: Desk) -> None:
    put(desk, A, b"same", (10, 10), b"t")
    put(desk, B, b"same", (10, 10), b"t")
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
    put(desk, A, b"page", (1, 1), b"")
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
    put(desk, B, b"b", (1, 1), b"")
    assets.note_failed(desk.db, C, desk.now + timedelta(hours=1))
    assert wanted(7, 2) == "ad"
    feeds.remove_feed(desk.db, desk.gazette, desk.now)
    assert wanted(7, 2) == "d"


def test_articles_with_all_their_pictures_are_struck_off(desk: Desk) -> None:
    desk.put_at(desk.gazette, "1", 1, pictures=(A,))
    desk.put_at(desk.gazette, "2", 1, pictures=(A, B))
    put(desk, A, b"a", (1, 1), b"")
    assert assets.settle_pictures(desk.db, desk.now, 7, 5) == 1
    assert assets.wanted_pictures(desk.db, desk.now, 7, 5, 10) == [B]
    desk.put(desk.gazette, desk.make("1", title="Edited", pictures=(A, C)))
    assert sorted(assets.wanted_pictures(desk.db, desk.now, 7, 5, 10)) == [B, C]


def test_sweeping_deletes_what_no_article_and_no_feed_shows(desk: Desk) -> None:
    desk.put_at(desk.gazette, "1", 1, pictures=(A,))
    desk.put_at(desk.ball, "2", 1, picture=B, pictures=(B,))
    desk.db.execute("UPDATE feed SET icon = ? WHERE id = ?", (C, desk.gazette))
    for address in (A, B, C):
        put(desk, address, address.encode(), (1, 1), b"t")
    assert assets.sweep_pictures(desk.db) == 0
    feeds.remove_feed(desk.db, desk.ball, desk.now)
    assert assets.sweep_pictures(desk.db) == 0
    feeds.purge_removed(desk.db, desk.now + timedelta(days=31))
    assert assets.sweep_pictures(desk.db) == 1
    assert (assets.read_picture(desk.db, B), count(desk, "content"), count(desk, "thumb")) == (None, 2, 2)


def test_storage_is_counted_in_bytes_on_disk(desk: Desk) -> None:
    before = assets.storage_used(desk.db)
    put(desk, A, bytes(300_000), (1, 1), b"")
    assert assets.storage_used(desk.db) >= before + 300_000


def test_many_pictures_are_stored_at_once_with_what_to_ask_by(desk: Desk) -> None:
    odd = ('W/"ü"', "Mon,  10 Mar 2025")
    assets.put_pictures(
        desk.db,
        [
            StoredPicture(A, b"a", (640, 480), b"ta", (136, 100), odd),
            StoredPicture(B, b"b", (1, 2)),
        ],
    )
    assert assets.read_picture(desk.db, A) == Picture(A, b"a", 640, 480)
    assert assets.read_thumb(desk.db, A) == Picture(A, b"ta", 136, 100)
    assert assets.read_thumb(desk.db, B) == Picture(B, b"b", 1, 2)
    assets.note_failed(desk.db, C, desk.now)
    assert assets.read_validators(desk.db, [A, B, C, A]) == {A: odd, B: ("", "")}


def test_not_modified_keeps_the_picture_and_the_newer_validators(desk: Desk) -> None:
    assets.put_icon(desk.db, A, b"icon", 32, 32, ('"1"', "Mon"))
    assets.note_fresh(desk.db, A, desk.now)
    assert assets.read_validators(desk.db, [A]) == {A: ('"1"', "Mon")}
    assets.note_fresh(desk.db, A, desk.now, ('"2"', ""))
    assert assets.read_validators(desk.db, [A]) == {A: ('"2"', "")}
    assert assets.read_thumb(desk.db, A) == Picture(A, b"icon", 32, 32)
    assets.note_fresh(desk.db, B, desk.now, ('"2"', ""))
    assert assets.read_validators(desk.db, [B]) == {}


def test_a_picture_that_changed_takes_the_old_ones_place_unless_others_show_that(desk: Desk) -> None:
    assets.put_pictures(desk.db, [StoredPicture(A, b"old", (1, 1), b"t"), StoredPicture(B, b"old", (1, 1))])
    assets.put_icon(desk.db, A, b"new", 1, 1)
    assert (count(desk, "content"), count(desk, "thumb")) == (2, 1)
    assets.put_icon(desk.db, B, b"new", 1, 1)
    assert (count(desk, "content"), count(desk, "thumb")) == (1, 0)


def test_icons_in_use_are_asked_after_when_they_were_not_for_long(desk: Desk) -> None:
    long_ago, lately = desk.now - timedelta(days=60), desk.now - timedelta(days=1)
    month = desk.now - timedelta(days=30)
    for feed, icon in ((desk.gazette, A), (desk.courier, A), (desk.ball, B)):
        icons.note_icon(desk.db, [feed], icon, long_ago)
    assert icons.read_stale_icons(desk.db, month) == [A, B]  # the cache of pictures was lost
    for icon in (A, B, C):
        assets.put_icon(desk.db, icon, icon.encode(), 1, 1, now=long_ago)
    assert icons.read_stale_icons(desk.db, month) == [A, B]
    assets.note_fresh(desk.db, A, lately)
    assert icons.read_stale_icons(desk.db, month) == [B]
    assets.note_failed(desk.db, B, desk.now + timedelta(days=3), lately)
    assert icons.read_stale_icons(desk.db, month) == []
    assert assets.read_thumb(desk.db, B) is not None
    assert icons.read_stale_icons(desk.db, desk.now) == [A, B]
    feeds.remove_feed(desk.db, desk.ball, desk.now)
    assert icons.read_stale_icons(desk.db, desk.now) == [A]
