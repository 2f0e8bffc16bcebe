"""Pictures and favicons, under the rules that hold for feeds: once, small, counted, never per refresh."""

from __future__ import annotations

import io
import itertools

import pytest

from tests.engine.press import make_feed
from tests.manners.desk import NEWS, Desk
from tests.wire import conditional, redirect, reply

A, B = "img.example/a.png", "img.example/b.png"
ICON = "news.example/favicon.ico"


def make_picture(kind: str = "PNG", size: tuple[int, int] = (300, 200)) -> bytes:
    from PIL import Image

    data = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(data, kind)
    return data.getvalue()


def illustrate(desk: Desk, *places: str, title: str = "t") -> bytes:
    images = "".join(f"&lt;img src='{desk.wire.address(place)}'&gt;" for place in places)
    item = f"<item><title>{title}</title><guid>{title}</guid><description>Text {images}</description></item>"
    site = f"<link>{desk.wire.address('news.example/')}</link>"
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel><title>Courier</title>{site}{item}</channel></rss>'
    ).encode()


def test_a_picture_is_asked_for_once_however_often_the_feed_is_read_and_the_program_started(desk: Desk):
    desk.wire.serve(A, conditional(make_picture(), Content_Type="image/png"))
    desk.wire.serve(ICON, reply(make_picture("ICO", (16, 16))))
    desk.subscribe(NEWS, reply(illustrate(desk, A)), reply(illustrate(desk, A, title="edited")))
    for _ in range(6):
        desk.refresh()
        desk.fetch_pictures()
        desk.restart()
        desk.wait(hours=25)
    assert len(desk.wire.asked_for(A)) == 1
    assert len(desk.wire.asked_for(ICON)) == 1


@pytest.mark.parametrize("answer", [reply(status=404), reply(status=403), reply(b"<html>"), reply(b"")])
def test_a_picture_that_cannot_be_had_is_not_asked_for_again_for_a_week(desk: Desk, answer):
    desk.settings.set("picture_days", 365)
    desk.wire.serve(A, answer)
    desk.wire.serve(ICON, answer)
    desk.subscribe(NEWS, conditional(illustrate(desk, A)))
    desk.refresh()
    for _ in range(7):
        desk.fetch_pictures()
        desk.restart()
        desk.wait(hours=23)
    assert (len(desk.wire.asked_for(A)), len(desk.wire.asked_for(ICON))) == (1, 1)
    desk.wait(days=2)
    desk.fetch_pictures()
    assert (len(desk.wire.asked_for(A)), len(desk.wire.asked_for(ICON))) == (2, 2)


def test_a_picture_in_two_feeds_is_asked_for_once_and_one_host_gets_one_request_at_a_time(desk: Desk):
    for place in (A, B, "img.example/c.png"):
        desk.wire.serve(place, reply(make_picture()))
    desk.subscribe(NEWS, conditional(illustrate(desk, A, B)))
    desk.subscribe("other.example/feed", conditional(illustrate(desk, B, "img.example/c.png")))
    desk.refresh()
    desk.fetch_pictures()
    log = desk.wire.asked_for("img.example")
    assert sorted(asked.place for asked in log) == [A, B, "img.example/c.png"]
    assert all(before.ended < after.began for before, after in itertools.pairwise(log))


def test_feeds_of_one_site_share_one_favicon(desk: Desk):
    desk.wire.serve(ICON, reply(make_picture("ICO", (16, 16))))
    for number in range(8):
        desk.subscribe(f"news.example/{number}", conditional(illustrate(desk, title=str(number))))
    desk.refresh()
    desk.fetch_pictures()
    assert len(desk.wire.asked_for(ICON)) == 1


def test_a_redirected_favicon_is_asked_for_once_too(desk: Desk):
    desk.wire.serve(ICON, redirect(302, desk.wire.serve("cdn.example/i.ico", reply(b"no icon"))))
    desk.subscribe(NEWS, conditional(make_feed("one")))
    desk.refresh()
    for _ in range(5):
        desk.fetch_pictures()
        desk.restart()
        desk.wait(days=1)
    assert len(desk.wire.asked_for("cdn.example")) == 1


def test_a_picture_whose_host_is_in_trouble_is_asked_for_once_a_day(desk: Desk):
    desk.settings.set("picture_days", 365)
    desk.wire.serve(A, reply(status=500))
    desk.subscribe(NEWS, conditional(illustrate(desk, A)))
    desk.refresh()
    for _ in range(5 * 24):
        desk.fetch_pictures()
        desk.wait(hours=1)
    assert 1 <= len(desk.wire.asked_for(A)) <= 5
