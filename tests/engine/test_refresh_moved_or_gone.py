"""Feeds that have moved, are gone or want a password: what becomes of them, and what is told, once."""

from __future__ import annotations

from press import Press, answer, conditional, make_feed

from reader.model import Credentials
from reader.store import feeds

COURIER = "https://courier.example/feed"
NEW = "https://new.example/feed"


def move(press: Press, to: str = NEW, status: int = 301) -> None:
    press.servers[COURIER] = answer(status=status, location=to)


def test_a_move_is_told_when_it_is_believed(press: Press):
    feed = press.add(COURIER, conditional(make_feed("one")))
    press.refresh()
    move(press)
    press.servers[NEW] = conditional(make_feed("two"), '"n"')
    told = []
    for _ in range(4):
        press.wait(days=1)
        press.refresh()
        told.append(press.notices)
    assert told == [[], [("moved", "Courier", NEW)], [], []]
    assert press.log[0].headers["if-none-match"] == '"n"'
    assert press.plan(feed).final_address == NEW


def test_a_feed_that_moved_to_one_that_is_subscribed_becomes_one_with_it(press: Press):
    feed = press.add(COURIER, answer(make_feed("old", "both", title="Courier")))
    other = press.add(NEW, conditional(make_feed("both", "new", title="New Courier")))
    press.refresh()
    move(press)
    for _ in range(2):
        press.wait(days=1)
        press.refresh()
    assert press.notices == [("merged", "New Courier", "New Courier")]  # its title came with the move
    assert press.do(lambda db: __import__("reader.store.fetching").store.fetching.read_plan(db, feed)) is None
    assert {"old", "both", "new"} == set(press.titles(other))
    changes = [event.changes for event in press.changes if event.changes.outline_changed]
    assert {feed, other} <= set(changes[-1].feeds)
    press.wait(days=1)
    press.refresh()
    assert not press.notices
    assert [str(request.url) for request in press.log] == [NEW]


def test_a_merger_that_is_taken_back_is_not_done_again_at_once(press: Press):
    feed = press.add(COURIER, answer(make_feed("old", title="Courier")))
    press.refresh()
    move(press)
    press.servers[NEW] = conditional(make_feed("new"), '"n"')
    press.refresh(feed, whole=True)
    press.wait(days=1)
    other = press.add(NEW)
    merged = press.do(lambda db: feeds.merge_feeds(db, feed, other))
    press.do(lambda db: feeds.unmerge_feeds(db, merged))
    press.refresh(feed)
    assert press.plan(feed).moved_to == NEW  # seen for the first time since
    assert not press.notices
    press.wait(days=1)
    press.refresh(feed)
    assert [what for what, _, _ in press.notices] == ["merged"]
    again = press.do(lambda db: feeds.add_feed(db, COURIER, feeds.ensure_path(db, ("News",))))
    press.refresh(again)
    assert not press.notices


def test_articles_that_a_move_brings_to_another_feed_are_told(press: Press):
    feed = press.add(COURIER, answer(make_feed("old", title="Courier")))
    press.add(NEW, conditional(make_feed("new")))
    press.refresh()
    (old,) = press.do(lambda db: db.execute("SELECT id FROM status WHERE feed_id = ?", (feed,)).fetchone())
    move(press)
    for _ in range(2):
        press.wait(days=1)
        press.refresh()
    assert [what for what, _, _ in press.notices] == ["merged"]
    assert old in {id for event in press.changes for id in event.changes.updated}


def test_a_move_to_another_origin_leaves_the_password_behind(press: Press):
    feed = press.add(COURIER, conditional(make_feed("one")))
    sign_in(press, feed)
    move(press)
    press.servers[NEW] = conditional(make_feed("two"), '"n"')
    for _ in range(3):
        press.wait(days=1)
        press.refresh()
    assert (press.plan(feed).address, press.plan(feed).signs_in) == (NEW, "")
    assert all("authorization" not in request.headers for request in press.log)


def test_a_move_within_its_origin_keeps_the_password(press: Press):
    feed = press.add(COURIER, conditional(make_feed("one")))
    sign_in(press, feed)
    move(press, "https://courier.example/rss")
    press.servers["https://courier.example/rss"] = conditional(make_feed("two"), '"n"')
    for _ in range(3):
        press.wait(days=1)
        press.refresh()
    assert press.plan(feed).signs_in == "basic"
    assert "authorization" in press.log[0].headers


def test_a_move_to_https_on_the_same_host_takes_the_password_along(press: Press):
    plain = COURIER.replace("https", "http")
    feed = press.add(plain, answer(status=301, location=COURIER))
    sign_in(press, feed, "http://courier.example")
    press.servers[COURIER] = conditional(make_feed("two"), '"n"')
    for _ in range(3):
        press.wait(days=1)
        press.refresh()
        assert all("authorization" in request.headers for request in press.log)
    assert (press.plan(feed).address, press.plan(feed).signs_in) == (COURIER, "basic")
    assert [str(request.url) for request in press.log] == [COURIER]


def test_what_is_gone_is_told_once(press: Press):
    feed = press.add(COURIER, answer(make_feed("one")))
    press.refresh()
    press.servers[COURIER] = answer(status=410)
    told = []
    for _ in range(3):
        press.wait(days=2)
        press.refresh(feed)
        told.append(press.notices)
    assert told == [[("gone", "Courier", "")], [], []]


def test_a_feed_that_asks_for_a_password_is_told_once_and_again_after_a_wrong_one(press: Press):
    feed = press.add(COURIER, answer(status=401))
    told = []
    for _ in range(2):
        press.refresh(feed)
        told.append([what for what, _, _ in press.notices])
        press.wait(hours=1)
    sign_in(press, feed)
    press.refresh(feed)
    assert told == [["credentials"], []]
    assert [what for what, _, _ in press.notices] == ["credentials"]


def sign_in(press: Press, feed: int, origin: str = "https://courier.example") -> None:
    from reader.store import fetching

    press.keyring.kept[feed, origin] = Credentials("basic", "ann", "s3cret")  # type: ignore[index]
    press.do(lambda db: fetching.set_signs_in(db, feed, "basic"))
