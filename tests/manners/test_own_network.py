"""What strangers write does not make us ask the reader's own network."""

from __future__ import annotations

import pytest

from tests.engine.press import make_feed
from tests.manners.desk import NEWS, Desk
from tests.manners.test_pictures import A, illustrate, make_picture
from tests.wire import conditional, redirect, reply

WITHIN = ("127.0.0.1/reboot.png", "localhost/x.png", "router/x.png", "127.1/x.png", "0x7f000001/x.png")


@pytest.fixture
def away(desk: Desk) -> Desk:
    """Its icon is there, so that no other way of looking for one is taken."""
    desk.wire.serve("news.example/favicon.ico", reply(make_picture("ICO", (16, 16))))
    return desk


def test_a_strangers_pictures_are_not_fetched_from_the_readers_own_network(away: Desk):
    away.subscribe(NEWS, conditional(illustrate(away, *WITHIN)))
    away.refresh()
    away.fetch_pictures()
    assert {asked.host for asked in away.wire.log} == {"news.example"}
    before = len(away.wire.log)
    away.fetch_pictures()
    assert len(away.wire.log) == before


def test_a_strangers_picture_leads_nobody_into_the_readers_own_network(away: Desk):
    away.wire.serve(A, redirect(302, away.wire.address("127.0.0.1/reboot.png")))
    away.subscribe(NEWS, conditional(illustrate(away, A)))
    away.refresh()
    away.fetch_pictures()
    assert {asked.host for asked in away.wire.log} == {"news.example", "img.example"}


def test_a_strangers_icon_is_not_fetched_from_the_readers_own_network(away: Desk):
    named = away.wire.address("127.0.0.1/icon.png")
    head = f"<image><url>{named}</url><title>x</title><link>{away.wire.address('127.0.0.1/')}</link></image>"
    away.subscribe(NEWS, conditional(make_feed("one", head=head)))
    away.refresh()
    away.fetch_pictures()
    assert "127.0.0.1" not in {asked.host for asked in away.wire.log}


def test_pictures_of_a_feed_in_the_readers_own_network_are_fetched(away: Desk):
    away.wire.serve("127.0.0.1/a.png", reply(make_picture(), Content_Type="image/png"))
    away.subscribe("127.0.0.1/feed", conditional(illustrate(away, "127.0.0.1/a.png")))
    away.refresh()
    away.fetch_pictures()
    assert len(away.wire.asked_for("127.0.0.1/a.png")) == 1
