"""Feeds that have moved, for good or for now: rules 24, 25 and 31."""

from __future__ import annotations

import itertools

import pytest

from reader.errors import TooManyRedirects
from reader.model import Credentials, FeedId
from tests.engine.press import make_feed
from tests.manners.desk import NEWS, Desk
from tests.wire import Wire, conditional, redirect, reply

NEW = "new.example/feed"
PAGE = reply(b"<!doctype html><title>Welcome</title><p>Please log in", Content_Type="text/html")


def lay_chain(desk: Desk, *statuses: int) -> FeedId:
    """A feed that so many redirections lead from `NEWS` to `NEW`."""
    places = [NEWS, *(f"hop{number}.example/feed" for number in range(1, len(statuses))), NEW]
    for status, (place, target) in zip(statuses, itertools.pairwise(places), strict=True):
        desk.wire.serve(place, redirect(status, desk.wire.address(target)))
    desk.wire.serve(NEW, conditional(make_feed("one")))
    return desk.add(desk.wire.address(NEWS))


@pytest.mark.parametrize("statuses", [(301,), (308,), (301, 308, 301)])
def test_a_move_for_good_is_believed_on_the_second_day(desk: Desk, statuses: tuple[int, ...]):
    feed = lay_chain(desk, *statuses)
    old, new = desk.wire.address(NEWS), desk.wire.address(NEW)
    for _ in range(3):  # the same day, however often
        desk.refresh()
        assert (desk.plan(feed).address, desk.plan(feed).moved_to) == (old, new)
        desk.wait(hours=2)
    desk.restart()
    desk.wait(days=1)
    desk.refresh()
    assert (desk.plan(feed).address, desk.plan(feed).moved_to) == (new, "")
    desk.restart()
    assert desk.ask_later(days=1).place == NEW
    assert desk.titles() == ["one"]


MIXED = [(302,), (303,), (307,), (301, 302), (302, 301), (308, 307), (301, 303, 308)]


@pytest.mark.parametrize("statuses", MIXED)
def test_what_is_for_now_in_any_part_is_followed_and_never_believed(desk: Desk, statuses: tuple[int, ...]):
    feed = lay_chain(desk, *statuses)
    for _ in range(4):
        desk.refresh()
        desk.wait(days=1)
        assert (desk.plan(feed).address, desk.plan(feed).moved_to) == (desk.wire.address(NEWS), "")
    assert desk.titles() == ["one"]
    assert {asked.method for asked in desk.wire.log} == {"GET"}


def test_a_move_that_is_taken_back_or_changes_its_mind_begins_anew(desk: Desk):
    feed = lay_chain(desk, 301)
    desk.refresh()
    desk.wait(days=1)
    desk.wire.serve("third.example/feed", conditional(make_feed("one")))
    desk.wire.serve(NEWS, redirect(301, desk.wire.address("third.example/feed")))
    desk.refresh()
    assert desk.plan(feed).address == desk.wire.address(NEWS)
    desk.wait(days=1)
    desk.wire.serve(NEWS, conditional(make_feed("one")))
    desk.refresh()
    assert desk.plan(feed).moved_to == ""
    desk.wait(days=1)
    desk.wire.serve(NEWS, redirect(301, desk.wire.address("third.example/feed")))
    desk.refresh()
    assert desk.plan(feed).address == desk.wire.address(NEWS)


def test_a_move_to_what_is_no_feed_is_never_believed(desk: Desk):
    feed = lay_chain(desk, 301)
    desk.wire.serve(NEW, PAGE)
    for _ in range(4):
        assert desk.refresh().failed == 1
        desk.wait(days=3)
    assert (desk.plan(feed).address, desk.plan(feed).moved_to) == (desk.wire.address(NEWS), "")


@pytest.mark.parametrize(
    "target",
    ["wifi.example/login", "wifi.example/LandingPage?u=news", "btopenzone.example/", "hotspot.example/"],
)
@pytest.mark.parametrize("status", [301, 308])
def test_a_log_in_page_is_never_a_move_even_if_it_calls_itself_permanent_and_sends_a_feed(
    desk: Desk, target: str, status: int
):
    feed = desk.subscribe(NEWS, redirect(status, desk.wire.serve(target, reply(make_feed("one")))))
    for _ in range(4):
        desk.refresh()
        desk.wait(days=2)
        assert (desk.plan(feed).address, desk.plan(feed).moved_to) == (desk.wire.address(NEWS), "")


def test_the_log_in_page_of_a_network_takes_nothing_away(desk: Desk):
    feed = desk.subscribe(NEWS, reply(make_feed("one"), ETag='"1"'))
    desk.refresh()
    desk.wire.serve(NEWS, redirect(302, desk.wire.serve("wifi.example/login?to=news", PAGE)))
    for _ in range(3):
        desk.wait(days=1)
        desk.refresh()
    assert desk.titles() == ["one"]
    assert (desk.plan(feed).address, desk.plan(feed).moved_to) == (desk.wire.address(NEWS), "")
    desk.wire.serve(NEWS, conditional(make_feed("one")))
    assert desk.ask_later(days=1).condition == (b'"1"', None)


def test_ten_hops_are_followed_and_no_more_and_a_loop_ends(desk: Desk):
    for number in range(12):
        desk.wire.serve(f"hop.example/{number}", redirect(302, f"/{number + 1}"))
    desk.wire.serve("hop.example/12", reply(make_feed("one")))
    desk.add(desk.wire.address("hop.example/2"))
    desk.refresh()
    assert desk.titles() == ["one"]
    assert isinstance(desk.find(desk.wire.address("hop.example/1")).error, TooManyRedirects)
    before = len(desk.wire.log)
    loop = desk.wire.serve("a.example/", redirect(302, desk.wire.address("b.example/")))
    desk.wire.serve("b.example/", redirect(302, loop))
    assert isinstance(desk.find(loop).error, TooManyRedirects)
    assert len(desk.wire.log) == before + 2


BASIC, BEARER = Credentials("basic", "ann", "open sesame"), Credentials("bearer", "", "token")


@pytest.mark.parametrize(
    ("credentials", "field"),
    [(BASIC, b"Basic YW5uOm9wZW4gc2VzYW1l"), (BEARER, b"Bearer token")],
)
def test_credentials_stay_with_the_origin_they_are_for(
    desk: Desk, credentials: Credentials, field: bytes, wire: Wire
):
    address = wire.serve(NEWS, redirect(302, "/moved"))
    wire.serve("news.example/moved", redirect(302, wire.address("stranger.example/feed")))
    wire.serve("stranger.example/feed", redirect(302, wire.address("news.example/back")))
    wire.serve("news.example/back", reply(make_feed("one")))
    desk.run(desk.client.get_feed(address, credentials=credentials))
    sent = [(asked.host, asked.get("Authorization")) for asked in wire.log]
    assert sent[:3] == [("news.example", field), ("news.example", field), ("stranger.example", None)]
    assert sent[3][1] in (None, field)


def test_another_port_of_the_same_host_is_another_origin(desk: Desk, wire: Wire):
    with Wire() as other:
        other.serve("news.example/feed", reply(make_feed("one")))
        address = wire.serve(NEWS, redirect(301, other.address(NEWS)))
        desk.run(desk.client.get_feed(address, credentials=BASIC))
        assert wire.log[0].get("Authorization") is not None
        assert other.log[0].get("Authorization") is None


def test_a_password_in_the_address_is_shown_to_its_host_and_to_nobody_else(desk: Desk, wire: Wire):
    wire.serve(NEWS, redirect(302, wire.address("stranger.example/feed")))
    wire.serve("stranger.example/feed", reply(make_feed("one")))
    desk.add(f"http://ann:secret@news.example:{wire.port}/feed")
    desk.refresh()
    assert desk.titles() == ["one"]
    assert wire.log[0].get("Authorization") == b"Basic YW5uOnNlY3JldA=="
    assert b"secret" not in wire.log[0].head
    assert wire.log[1].get("Authorization") is None
