"""Pictures and favicons by the rules for feeds: limits, validators, an account, hosts that rest."""

from __future__ import annotations

from datetime import timedelta

from reader.fetch import client as client_module
from tests.manners.desk import NEWS, Desk
from tests.manners.test_pictures import ICON, A, illustrate, make_picture
from tests.wire import conditional, cut, reply


def test_a_picture_over_the_limit_is_left_where_it_is(desk: Desk):
    assert client_module.PICTURE_LIMIT <= 8 << 20
    desk.wire.serve(A, cut(bytes(client_module.PICTURE_LIMIT + 1), 100))
    desk.settings.set("picture_days", 365)
    desk.subscribe(NEWS, conditional(illustrate(desk, A)))
    desk.refresh()
    for _ in range(6):
        desk.fetch_pictures()
        desk.wait(days=1)
    assert len(desk.wire.asked_for(A)) == 1


def test_a_favicon_is_looked_at_again_after_weeks_with_its_validators(desk: Desk):
    desk.wire.serve(ICON, conditional(make_picture("ICO", (16, 16)), 'W/"icon"'))
    desk.subscribe(NEWS, conditional(illustrate(desk)))
    desk.refresh()
    began = desk.now
    while desk.now < began + timedelta(days=70):
        desk.fetch_pictures()
        desk.restart()
        desk.wait(days=1)
    asked = desk.wire.asked_for(ICON)
    assert 2 <= len(asked) <= 70 // 7 + 1
    assert [x.condition[0] for x in asked] == [None] + [b'W/"icon"'] * (len(asked) - 1)


def test_requests_for_pictures_and_favicons_are_counted(desk: Desk):
    picture, icon = make_picture(), make_picture("ICO", (16, 16))
    desk.wire.serve(A, reply(picture))
    desk.wire.serve(ICON, reply(icon))
    desk.subscribe(NEWS, conditional(illustrate(desk, A)))
    desk.refresh()
    desk.fetch_pictures()
    desk.fetch_pictures()
    pictures, icons, feeds = (desk.count_traffic(kind) for kind in ("picture", "icon", "feed"))
    assert (pictures.requests, pictures.received) == (1, len(picture))
    assert (icons.requests, icons.received) == (1, len(icon))
    assert (feeds.requests, feeds.unchanged) == (1, 0)
    desk.ask_later(days=1)
    feeds = desk.count_traffic("feed")
    assert (feeds.requests, feeds.unchanged) == (2, 1)
    assert feeds.saved == feeds.received == len(illustrate(desk, A))


def test_a_host_of_pictures_that_asks_to_be_left_alone_is(desk: Desk):
    places = [f"img.example/{number}.png" for number in range(12)]
    desk.wire.serve("img.example", reply(status=429, Retry_After="7200"))
    desk.subscribe(NEWS, conditional(illustrate(desk, *places)))
    desk.refresh()
    desk.fetch_pictures()
    assert len(desk.wire.asked_for("img.example")) == 1
    desk.restart()
    desk.wait(hours=1)
    desk.fetch_pictures()
    assert len(desk.wire.asked_for("img.example")) == 1
    desk.wire.serve("img.example", reply(make_picture()))
    desk.wait(hours=1.1)
    desk.fetch_pictures()
    assert len({asked.place for asked in desk.wire.asked_for("img.example")}) == 12


def test_a_host_that_rests_is_not_asked_for_pictures_or_its_favicon(desk: Desk):
    desk.wire.serve("news.example", reply(make_picture()))
    desk.subscribe(NEWS, conditional(illustrate(desk, "news.example/a.png")))
    desk.refresh()
    desk.wire.serve(NEWS, reply(status=429, Retry_After="7200"))
    desk.wait(hours=3)
    desk.refresh()
    assert desk.fetch_pictures() == []
    desk.restart()
    desk.wait(hours=1)
    assert desk.fetch_pictures() == []
