"""What we know of the last answer: rules 8 to 15, from the bytes received to the bytes sent."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from reader.engine import decide, record
from reader.fetch import client as client_module
from reader.store import fetching
from tests.engine.press import make_feed
from tests.manners.desk import NEWS, Desk
from tests.wire import HANG, HANG_UP, Answering, Asked, Reply, conditional, cut, redirect, reply, stall

ONE, TWO = make_feed("one"), make_feed("two")
ETAGS = [
    b'"x"',
    b'W/"x"',
    b'w/"x"',
    b"unquoted",
    b'"with space"',
    b"'single'",
    b'"a", "b"',
    b'""',
    b"*",
    b'"%22\\"',
    b'"5f3-gzip"',
    b'W/"' + b"x" * 1000 + b'"',
    '"é"'.encode(),
    b"-1",
    b"0",
]
MODIFIED = [
    b"Mon, 05 Jan 2026 09:00:00 GMT",
    b"Mon, 5 Jan 2026 9:00:00 GMT",
    b"Mon, 05 Jan 2026 09:00:00 +0000",
    b"Mon, 05 Jan 2026 10:00:00 +0100",
    b"Mon, 05 Jan 2026 04:00:00 EST",
    b"Monday, 05-Jan-26 09:00:00 GMT",
    b"Mon Jan  5 09:00:00 2026",
    b"2026-01-05T09:00:00Z",
    b"1767603600",
    b"Thu, 01 Jan 1970 00:00:00 GMT",
    b"Lun, 05 Jan 2026 09:00:00 GMT",
    b"never",
    b"0",
]


@pytest.mark.parametrize("etag", ETAGS, ids=lambda etag: etag[:12].decode())
def test_an_etag_goes_back_byte_for_byte_after_a_restart(desk: Desk, etag: bytes):
    desk.subscribe(NEWS, reply(ONE, 200, ("ETag", etag)))
    desk.refresh()
    desk.restart()
    assert desk.ask_later(hours=2).condition == (etag, None)


@pytest.mark.parametrize("modified", MODIFIED, ids=bytes.decode)
def test_a_date_goes_back_as_it_was_written_after_a_restart(desk: Desk, modified: bytes):
    desk.subscribe(NEWS, reply(ONE, 200, ("Last-Modified", modified)))
    desk.refresh()
    desk.restart()
    assert desk.ask_later(hours=2).condition == (None, modified)


def test_no_date_is_made_up(desk: Desk):
    desk.subscribe(NEWS, reply(ONE, Date="Mon, 05 Jan 2026 09:00:00 GMT", Expires="0"))
    desk.refresh()
    assert desk.ask_later(days=2).condition == (None, None)


PAIRS = list(itertools.permutations([('"1"', "noon"), ('"2"', ""), ("", "dusk"), ("", "")], 2))


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_the_pair_is_replaced_as_one(desk: Desk, first: tuple[str, str], second: tuple[str, str]):
    """An answer that lacks one of the two clears the one that was kept."""

    def answer(body: bytes, pair: tuple[str, str]) -> Answering:
        return reply(body, 200, *[x for x in zip(("ETag", "Last-Modified"), pair, strict=True) if x[1]])

    feed = desk.subscribe(NEWS, answer(ONE, first), answer(TWO, second))
    desk.refresh()
    assert (desk.plan(feed).etag, desk.plan(feed).last_modified) == first
    desk.wait(days=2)
    desk.refresh()
    assert (desk.plan(feed).etag, desk.plan(feed).last_modified) == second
    expected = tuple(x.encode() or None for x in second)
    assert desk.ask_later(days=2).condition == expected


BETWEEN: dict[str, list[Answering]] = {
    "429": [reply(status=429)],
    "503": [reply(status=503, Retry_After="60")],
    "500": [reply(b"<rss/>", 500, ETag='"oops"')],
    "404": [reply(status=404, ETag='"oops"')],
    "403": [reply(status=403)],
    "hang-up": [HANG_UP, HANG_UP],  # an old connection that is closed under a request is no answer
    "hang": [HANG],
    "stall": [stall(TWO, 0, ETag='"oops"')],
    "cut": [cut(TWO, len(TWO) // 2, ETag='"oops"')],
    "html": [reply(b"<!doctype html><p>Log in", ETag='"oops"', Last_Modified="now")],
    "empty": [reply(b"", ETag='"oops"')],
    "loop": [redirect(302, "/feed")],
    "elsewhere": [redirect(302, "ftp://news.example/")],
}


@pytest.mark.parametrize("between", BETWEEN)
def test_validators_outlive_whatever_goes_wrong_between(
    desk: Desk, between: str, monkeypatch: pytest.MonkeyPatch
):
    pair = reply(ONE, ETag='W/"1"', Last_Modified="noon")
    feed = desk.subscribe(NEWS, pair, *BETWEEN[between], conditional(TWO, 'W/"1"'))
    desk.subscribe("other.example/feed", reply(ONE))  # somebody is there: the network is
    desk.refresh()
    desk.wait(days=2)
    with monkeypatch.context() as patch:
        patch.setattr(client_module, "TOTAL_SECONDS", 0.1)
        assert desk.refresh(feed).failed == 1
    assert desk.plan(feed).failures == 1
    desk.restart()
    assert desk.ask_later(feed, days=2).condition == (b'W/"1"', b"noon")
    assert desk.plan(feed).last_status == 304


def test_of_a_body_that_breaks_off_news_are_kept_and_the_whole_is_asked_for_again(desk: Desk):
    long = make_feed(*(f"t{number}" for number in range(20)))
    feed = desk.subscribe(NEWS, cut(long, len(long) * 2 // 3, ETag='"half"'), reply(long, ETag='"whole"'))
    desk.subscribe("other.example/feed", conditional(ONE))
    desk.refresh()
    assert 1 < len(desk.titles(feed)) < 20
    assert (desk.plan(feed).etag, desk.plan(feed).body_hash) == ("", b"")
    assert desk.ask_later(feed, days=2).condition == (None, None)
    assert len(desk.titles(feed)) == 20
    assert desk.plan(feed).etag == '"whole"'


def test_a_part_that_nobody_asked_for_is_no_whole_document(desk: Desk):
    part = reply(make_feed("two"), 206, ETag='"2"')
    feed = desk.subscribe(NEWS, conditional(ONE), part, conditional(make_feed("two", "three"), '"3"'))
    desk.refresh()
    assert desk.ask_later(feed, hours=3).condition == (b'"1"', None)
    assert "two" in desk.titles(feed)
    assert (desk.plan(feed).etag, desk.plan(feed).body_hash) == ('"1"', b"")
    assert desk.ask_later(feed, hours=3).condition == (b'"1"', None)
    assert desk.plan(feed).etag == '"3"'


def test_a_crash_between_articles_and_validators_asks_for_the_whole_document_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
):
    """The writer dies after the articles were put and before their validators were: neither stays."""
    desk.subscribe(NEWS, conditional(ONE))
    real, put = fetching.note_answer, []

    def die(db, *arguments, **named):
        put.append([row[0] for row in db.execute("SELECT title FROM article")])
        raise RuntimeError("killed")

    monkeypatch.setattr(record.fetching, "note_answer", die)
    with pytest.raises(RuntimeError):
        desk.refresh()
    assert put == [["one"]]
    monkeypatch.setattr(record.fetching, "note_answer", real)
    desk.restart()
    assert desk.titles() == []
    assert desk.ask_later(minutes=10).condition == (None, None)
    assert desk.titles() == ["one"]
    assert desk.ask_later(hours=2).condition == (b'"1"', None)


def test_not_modified_may_name_new_validators_and_only_those_it_names(desk: Desk):
    feed = desk.subscribe(
        NEWS,
        reply(ONE, ETag='"1"', Last_Modified="noon"),
        reply(b"", 304, ETag='"2"'),
        reply(b"", 304, Last_Modified="dusk"),
        reply(b"", 304),
    )
    desk.refresh()
    assert desk.ask_later(hours=3).condition == (b'"1"', b"noon")
    assert desk.ask_later(hours=3).condition == (b'"2"', b"noon")
    assert desk.ask_later(hours=3).condition == (b'"2"', b"dusk")
    assert desk.ask_later(hours=3).condition == (b'"2"', b"dusk")
    assert desk.worker.log == ["digest_feed"]
    assert desk.plan(feed).last_checked_at == desk.plan(feed).last_success_at == desk.now


def test_not_modified_moves_the_next_visit(desk: Desk):
    feed = desk.subscribe(NEWS, reply(ONE, ETag='"1"'), reply(b"", 304, Cache_Control="max-age=36000"))
    desk.refresh()
    desk.ask_later(hours=3)
    assert desk.plan(feed).rule == "max-age"
    assert desk.plan(feed).not_before >= desk.now + timedelta(hours=10)


def test_the_same_bytes_are_not_parsed_although_they_came_whole(desk: Desk):
    feed = desk.subscribe(NEWS, reply(ONE, ETag='"1"'), reply(ONE, ETag='"2"'), reply(TWO, ETag='"3"'))
    desk.refresh()
    desk.wait(hours=3)
    assert desk.refresh().unchanged == 1
    assert desk.worker.log == ["digest_feed"]
    assert desk.plan(feed).etag == '"2"'  # a whole document came: its validators count
    desk.wait(hours=3)
    desk.refresh()
    assert desk.worker.log == ["digest_feed"] * 2
    assert desk.titles() == ["one", "two"]


def test_a_date_of_2038_is_a_broken_clock_and_not_sent(desk: Desk):
    desk.subscribe(
        NEWS, reply(ONE, ETag='"1"', Last_Modified="Tue, 19 Jan 2038 03:14:07 GMT"), reply(b"", 304)
    )
    desk.refresh()
    assert desk.ask_later(hours=2).condition == (b'"1"', None)


def list_days(days: range) -> str:
    return "".join(
        f"<item><title>t{day}</title><guid>{day}</guid>"
        f"<pubDate>{day:02} Jan 2026 00:00:00 GMT</pubDate></item>"
        for day in days
    )


def test_a_server_that_says_not_modified_for_ever_is_asked_for_the_whole_every_eight_days(desk: Desk):
    """A daily paper of which nothing was heard: one request in eight days goes without validators."""
    stuck = make_feed(head=list_days(range(1, 6)))

    def answer(asked: Asked) -> Reply:
        return reply(b"", 304) if asked.get("If-None-Match") else reply(stuck, ETag='"1"')

    desk.subscribe(NEWS, answer)
    desk.refresh()
    conditions = [desk.ask_later(days=1).condition[0] for _ in range(30)]
    assert [day for day, etag in enumerate(conditions, start=1) if etag is None] == [8, 16, 24]


def test_a_server_that_knows_nothing_but_not_modified_is_doubted_no_more_often(desk: Desk):
    """It says so even where nothing was named that could be unmodified."""
    desk.subscribe(NEWS, reply(make_feed(head=list_days(range(1, 6))), ETag='"1"'), reply(b"", 304))
    desk.refresh()
    conditions = [desk.ask_later(days=1).condition[0] for _ in range(30)]
    whole = [day for day, etag in enumerate(conditions, start=1) if etag is None]
    assert 1 <= len(whole) <= 3
    assert all(b - a >= 8 for a, b in itertools.pairwise([0, *whole]))


def test_a_feed_that_is_slow_by_nature_is_believed(desk: Desk):
    items = "".join(
        f"<item><title>t{y}</title><guid>{y}</guid><pubDate>01 Jan {y} 00:00:00 GMT</pubDate></item>"
        for y in range(2019, 2026)
    )
    desk.subscribe(NEWS, conditional(make_feed(head=items)))
    desk.refresh()
    assert all(desk.ask_later(days=1).condition[0] for _ in range(20))
    assert timedelta(days=8) == decide.DOUBTED_AFTER
