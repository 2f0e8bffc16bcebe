"""What is known of a feed belongs to its address, the name we gave and the password: rules 2, 10 and 27."""

from __future__ import annotations

from reader.model import Credentials
from reader.store import feeds, fetching
from tests.engine.press import AGENT, make_feed
from tests.manners.desk import NEWS, Desk, list_notices
from tests.wire import Asked, Reply, conditional, redirect, reply

NEW = "new.example/feed"
ANN = Credentials("basic", "ann", "open sesame")
ANNS = b"Basic YW5uOm9wZW4gc2VzYW1l"


def pair(number: int = 1) -> Reply:
    return reply(make_feed("one"), ETag=f'"{number}"', Last_Modified=f"noon {number}")


def test_a_feed_at_a_new_address_is_asked_for_whole(desk: Desk):
    feed = desk.subscribe(NEWS, pair())
    desk.refresh()
    address = desk.wire.serve(NEW, pair())
    desk.do(lambda db: feeds.change_address(db, feed, address))
    assert [(x.place, x.condition) for x in desk.live(hours=0.9)] == [(NEW, (None, None))]


def test_a_feed_under_another_name_is_asked_for_whole_and_the_name_is_the_users_own(desk: Desk):
    feed = desk.subscribe(NEWS, pair())
    desk.subscribe("other.example/feed", pair())
    desk.refresh()
    assert desk.plan(feed).user_agent == ""
    desk.do(lambda db: fetching.set_user_agent(db, feed, "Mozilla/5.0 (my own wish)"))
    (asked,) = desk.live(hours=0.8)
    assert (asked.get("User-Agent"), asked.condition) == (b"Mozilla/5.0 (my own wish)", (None, None))
    assert desk.ask_later(feed, hours=3).condition == (b'"1"', b"noon 1")
    desk.do(lambda db: fetching.set_user_agent(db, feed, ""))
    agents = {x.get("User-Agent") for x in desk.live(days=1)}
    assert agents == {AGENT.encode()}


def test_refusals_never_change_the_name_we_give(desk: Desk):
    feed = desk.subscribe(NEWS, reply(status=403))
    desk.live(days=20)
    assert {x.get("User-Agent") for x in desk.wire.log} == {AGENT.encode()}
    assert desk.plan(feed).user_agent == ""


def protected(asked: Asked) -> Reply:
    if asked.get("Authorization") != ANNS:
        return reply(b"", 401, ("WWW-Authenticate", 'Basic realm="News"'))
    return conditional(make_feed("one"))(asked)


def test_a_feed_that_wants_a_password_is_asked_again_with_it_and_for_the_whole(desk: Desk):
    feed = desk.subscribe(NEWS, pair(), protected)
    desk.refresh()
    desk.wait(hours=2)
    desk.refresh()
    assert list_notices(desk) == [(feed, "credentials", "")]
    assert desk.live(days=3) == []
    desk.run(desk.wallet.put(feed, desk.wire.address(NEWS), ANN))
    desk.do(lambda db: fetching.set_signs_in(db, feed, "basic"))
    asked = desk.live(hours=0.8)
    assert [(x.get("Authorization"), x.condition) for x in asked] == [(ANNS, (None, None))]
    assert desk.plan(feed).failure_kind == ""
    again = desk.ask_later(feed, hours=3)
    assert (again.get("Authorization"), again.condition) == (ANNS, (b'"1"', None))


def test_a_password_that_holds_no_more_is_told_once_and_waited_for(desk: Desk):
    feed = desk.subscribe(NEWS, conditional(make_feed("one")))
    desk.run(desk.wallet.put(feed, desk.wire.address(NEWS), ANN))
    desk.do(lambda db: fetching.set_signs_in(db, feed, "basic"))
    desk.refresh()
    desk.wire.serve(NEWS, reply(b"", 401, ("WWW-Authenticate", "Basic")))
    told = []
    for _ in range(3):
        desk.wait(days=1)
        desk.refresh(feed)
        told += list_notices(desk)
    assert told == [(feed, "credentials", "")]
    desk.restart()
    assert desk.live(days=5) == []


def test_validators_go_to_the_address_that_gave_them_and_to_no_other_hop(desk: Desk):
    a, b = desk.wire.serve("a.example/f", pair(number=1)), desk.wire.serve("b.example/f", pair(number=2))
    desk.subscribe(NEWS, redirect(302, a), redirect(302, a), redirect(302, b), redirect(302, b))
    sent = []
    for _ in range(4):
        sent.append([(asked.host, asked.condition[0]) for asked in desk.ask()])
        desk.wait(hours=30)
    assert sent == [
        [("news.example", None), ("a.example", None)],
        [("news.example", None), ("a.example", b'"1"')],
        [("news.example", None), ("b.example", None)],
        [("news.example", None), ("b.example", b'"2"')],
    ]
