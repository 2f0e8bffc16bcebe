"""Who begins, and what is left alone: rules 20 to 22."""

from __future__ import annotations

from datetime import timedelta

import pytest

from reader.engine.events import ConnectionChanged
from reader.errors import AlreadySubscribed
from reader.model import FeedId
from reader.store import feeds
from tests.engine.press import make_feed
from tests.manners.desk import NEWS, Desk
from tests.wire import conditional, reply

DAYS = 30


def test_a_refresh_by_hand_is_conditional_and_not_sooner_than_five_minutes_even_after_a_restart(desk: Desk):
    feed = desk.subscribe(NEWS, conditional(make_feed("one")))
    desk.refresh()
    for _ in range(4):
        desk.wait(minutes=1)
        desk.restart()
        outcome = desk.refresh()
        assert (outcome.done, outcome.spared) == (0, 1)
        assert desk.refresh(feed).spared == 1  # nor when it is named
    assert len(desk.wire.log) == 1
    assert desk.progress[-1].spared == 1
    assert desk.ask_later(minutes=2).condition == (b'"1"', None)


def test_an_impatient_hand_costs_one_request_in_five_minutes(desk: Desk):
    desk.subscribe(NEWS, conditional(make_feed("one")))
    for _ in range(60):
        desk.refresh()
        desk.wait(minutes=1)
    assert len(desk.wire.log) == 12


def test_an_unconditional_reload_is_a_deed_of_its_own(desk: Desk):
    feed = desk.subscribe(NEWS, conditional(make_feed("one")))
    desk.refresh()
    desk.wait(minutes=10)
    desk.refresh(feed, whole=True)
    assert desk.wire.log[-1].condition == (None, None)
    assert desk.wire.log[-1].get("Cache-Control") is None
    assert desk.ask_later(minutes=10).condition == (b'"1"', None)


@pytest.mark.parametrize("again", [NEWS, "NEWS.example/feed", "news.example/feed#top"])
def test_an_address_however_it_is_written_can_be_subscribed_to_once(desk: Desk, again: str):
    desk.subscribe(NEWS, conditional(make_feed("one")))
    (candidate,) = desk.find(desk.wire.address(again)).candidates
    with pytest.raises(AlreadySubscribed):
        desk.do(lambda db: feeds.add_feed(db, candidate.address, feeds.ensure_path(db, ("Elsewhere",))))


def test_a_feed_named_several_times_at_once_is_asked_once(desk: Desk):
    feed = desk.subscribe(NEWS, conditional(make_feed("one")))

    async def hurry() -> None:
        import asyncio

        await asyncio.gather(
            desk.refresher.refresh([feed, feed]), desk.refresher.refresh(), desk.refresher.refresh([feed])
        )

    desk.run(hurry())
    assert len(desk.wire.log) == 1


def read_marks(desk: Desk, ids: list[FeedId]) -> list[object]:
    plans = [desk.plan(feed) for feed in ids]
    return [
        (x.failures, x.failure_kind, x.last_checked_at, x.last_success_at, x.not_before, x.etag)
        for x in plans
    ]


def test_without_a_network_nothing_is_marked_and_its_return_goes_on_with_what_is_due(
    desk: Desk, lose_network
):
    ids = [desk.subscribe(f"h{n}.example/feed", conditional(make_feed(f"t{n}"))) for n in range(8)]
    desk.refresh()
    before = read_marks(desk, ids)
    sent = len(desk.wire.log)

    desk.restart()  # no connection is left open
    lose_network(True)
    assert desk.live(days=2) == []
    assert ConnectionChanged(False) in desk.events
    assert desk.refresh().offline
    assert read_marks(desk, ids) == before

    lose_network(False)
    desk.events.clear()
    desk.live(minutes=30)
    assert ConnectionChanged(True) in desk.events
    asked = desk.wire.log[sent:]
    assert sorted(x.host for x in asked) == sorted(f"h{n}.example" for n in range(8))
    assert all(x.condition == (b'"1"', None) for x in asked)
    assert all(desk.plan(feed).failures == 0 for feed in ids)


def test_one_host_that_is_gone_is_no_lost_network(desk: Desk):
    feed = desk.subscribe("nowhere.example/feed")
    desk.subscribe(NEWS, conditional(make_feed("one")))
    assert not desk.refresh().offline
    assert desk.plan(feed).failure_kind == "HostNotFound"
    assert desk.plan(feed).last_checked_at == desk.now


def test_a_start_asks_for_nothing_that_is_not_due(desk: Desk):
    """Fifty feeds, started ten times within an hour: nothing but the first time's requests."""
    for number in range(50):
        place = f"h{number}.example"
        image = desk.wire.serve(f"{place}/a.png", reply(b"no picture"))
        item = f"<item><title>t</title><description>&lt;img src='{image}'&gt;</description></item>"
        desk.subscribe(f"{place}/feed", conditional(make_feed(head=item)))
    desk.run(desk.schedule.look())
    desk.fetch_pictures()
    first = len(desk.wire.log)
    assert first <= 200  # feed, picture, favicon of the site and of the host
    for _ in range(10):
        desk.restart()
        desk.wait(minutes=5)
        desk.run(desk.schedule.look())
        desk.fetch_pictures()
    assert len(desk.wire.log) == first


def test_a_month_of_ordinary_feeds_is_mostly_not_modified(desk: Desk):
    """Three feeds that say nothing of their own but know validators, for a simulated month."""
    desk.settings.set("refresh_minutes", 180)
    for number in range(3):
        desk.subscribe(f"h{number}.example/feed", conditional(make_feed("one")))
    asked = desk.live(days=DAYS)
    unchanged = sum(x.condition[0] is not None for x in asked)
    assert len(asked) <= 3 * DAYS * 8 * 1.12
    assert len(asked) - unchanged <= 3 * (1 + DAYS // 8)
    per_host: dict[str, int] = {}
    for one in asked:
        per_host[one.host] = per_host.get(one.host, 0) + 1
    assert timedelta(days=DAYS) / max(per_host.values()) >= timedelta(hours=2.6)
