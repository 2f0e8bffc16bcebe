"""When a feed is asked again: rules 16 to 19, as a table from an answer to `not_before`."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from reader.engine.decide import BURST
from tests.engine.press import make_feed
from tests.manners.desk import NEWS, Desk
from tests.wire import conditional, reply

DATE = "Mon, 05 Jan 2026 10:00:00 GMT"  # the moment at which the tests begin
NOON = "Mon, 05 Jan 2026 12:00:00 GMT"
SY = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'

# Fields of the answer, what the document says of itself, hours until the next visit, why.
CASES: list[tuple[dict[str, str], str, float, str]] = [
    ({}, "", 1, "usual"),
    ({"Cache-Control": "max-age=10800"}, "", 3, "max-age"),
    ({"Cache-Control": "public, Max-Age=10800, must-revalidate"}, "", 3, "max-age"),
    ({"Cache-Control": 'max-age="10800"'}, "", 3, "max-age"),
    ({"Cache-Control": "max-age=10800", "Age": "3600"}, "", 2, "max-age"),
    ({"Cache-Control": "max-age=10800", "Age": "99999"}, "", 1, "usual"),
    ({"Cache-Control": "max-age=10800", "Age": "old"}, "", 3, "max-age"),
    ({"Cache-Control": "max-age=0"}, "", 1, "usual"),
    ({"Cache-Control": "max-age=-5"}, "", 1, "usual"),
    ({"Cache-Control": "max-age=soon"}, "", 1, "usual"),
    ({"Cache-Control": "max-age=504576000"}, "", 24, "max-age"),
    ({"Cache-Control": "s-maxage=10800"}, "", 1, "usual"),
    ({"Cache-Control": "max-age=10800, no-cache"}, "", 1, "usual"),
    ({"Cache-Control": "no-store, max-age=10800"}, "", 1, "usual"),
    ({"Cache-Control": "max-age=10800", "Expires": DATE, "Date": DATE}, "", 3, "max-age"),
    ({"Cache-Control": "max-age=60", "Expires": NOON, "Date": DATE}, "", 1, "usual"),
    ({"Expires": NOON, "Date": DATE}, "", 2, "expires"),
    ({"Expires": NOON}, "", 2, "expires"),
    ({"Expires": NOON, "Date": "Mon, 05 Jan 2026 07:00:00 GMT"}, "", 5, "expires"),
    ({"Expires": "Mon, 05 Jan 2026 14:00:00 +0200", "Date": DATE}, "", 2, "expires"),
    ({"Expires": "Sun, 01 Jan 2040 00:00:00 GMT", "Date": DATE}, "", 24, "expires"),
    ({"Expires": "0"}, "", 1, "usual"),
    ({"Expires": "-1"}, "", 1, "usual"),
    ({"Expires": DATE, "Date": NOON}, "", 1, "usual"),
    ({"Retry-After": "7200"}, "", 2, "retry-after"),
    ({"Retry-After": NOON}, "", 2, "retry-after"),
    ({}, "<ttl>180</ttl>", 3, "ttl"),
    ({}, "<ttl>99999999</ttl>", 24, "ttl"),
    ({}, "<ttl>0</ttl>", 1, "usual"),
    ({}, "<ttl>-60</ttl>", 1, "usual"),
    ({}, "<ttl>often</ttl>", 1, "usual"),
    (
        {},
        f"<sy:updatePeriod {SY}>daily</sy:updatePeriod><sy:updateFrequency {SY}>4</sy:updateFrequency>",
        6,
        "update-period",
    ),
    ({}, f"<sy:updatePeriod {SY}>daily</sy:updatePeriod>", 24, "update-period"),
    ({}, f"<sy:updatePeriod {SY}>yearly</sy:updatePeriod>", 24, "update-period"),
    (
        {},
        f"<sy:updatePeriod {SY}>hourly</sy:updatePeriod><sy:updateFrequency {SY}>0</sy:updateFrequency>",
        1,
        "usual",
    ),
    ({"Cache-Control": "max-age=7200"}, "<ttl>180</ttl>", 3, "ttl"),
    ({"Cache-Control": "max-age=14400"}, "<ttl>180</ttl>", 4, "max-age"),
    ({"Cache-Control": "max-age=14400", "Retry-After": "18000"}, "<ttl>180</ttl>", 5, "retry-after"),
]


@pytest.mark.parametrize(("fields", "head", "hours", "rule"), CASES, ids=lambda x: str(x)[:60])
def test_the_longest_wish_decides_within_its_bounds(
    desk: Desk, fields: dict[str, str], head: str, hours: float, rule: str
):
    feed = desk.subscribe(NEWS, reply(make_feed("one", head=head), 200, ("ETag", '"1"'), *fields.items()))
    desk.refresh()
    plan = desk.plan(feed)
    wait = (plan.not_before - desk.now).total_seconds() / 3600
    assert hours <= wait <= hours * 1.1
    assert plan.rule in (rule, "floor" if rule == "usual" else rule)
    assert desk.ask(by_hand=False) == []
    desk.wait(hours=wait - 0.01)
    assert desk.ask(by_hand=False) == []
    desk.wait(minutes=1)
    assert len(desk.ask(by_hand=False)) == 1


@pytest.mark.parametrize(
    ("fields", "hours"),
    [({}, 24), ({"Cache-Control": "max-age=60"}, 24), ({"ETag": '"1"'}, 1), ({"Last-Modified": "noon"}, 1)],
)
def test_a_feed_with_neither_validator_is_asked_once_a_day(desk: Desk, fields: dict[str, str], hours: int):
    feed = desk.subscribe(NEWS, reply(make_feed("one"), 200, *fields.items()))
    desk.refresh()
    assert hours <= (desk.plan(feed).not_before - desk.now).total_seconds() / 3600 <= hours * 1.1


def test_a_feed_without_validators_is_asked_less_than_once_in_24_hours_all_month(desk: Desk):
    desk.subscribe(NEWS, reply(make_feed("one"), Date=DATE))
    assert 26 <= len(desk.live(days=30)) <= 31


@pytest.mark.parametrize(
    ("head", "first", "last"),
    [
        ("<skipHours><hour>11</hour><hour>12</hour></skipHours>", (5, 13), (5, 14)),
        ("<skipHours><hour>11</hour><hour>24</hour></skipHours>", (5, 12), (5, 13)),
        ("<skipDays><day>Monday</day><day>Tuesday</day></skipDays>", (7, 0), (7, 1)),
        (
            "<skipDays><day>Monday</day></skipDays><skipHours><hour>0</hour><hour>1</hour></skipHours>",
            (6, 2),
            (6, 3),
        ),
        ("<skipHours><hour>3</hour></skipHours><skipDays><day>Sunday</day></skipDays>", (5, 11), (5, 12)),
        ("<skipDays>" + "<day>Monday</day>" * 3 + "<day>Someday</day></skipDays>", (6, 0), (6, 1)),
    ],
)
def test_hours_and_days_that_a_feed_forbids_are_left_out(
    desk: Desk, head: str, first: tuple[int, int], last: tuple[int, int]
):
    """Of Greenwich; the tests begin on a Monday at ten."""
    feed = desk.subscribe(NEWS, conditional(make_feed("one", head=head)))
    desk.refresh()
    at = desk.plan(feed).not_before
    begin, end = (datetime(2026, 1, *x, tzinfo=at.tzinfo) for x in (first, last))
    assert begin <= at < end


def test_forbidden_hours_hold_for_not_modified_too_and_for_weeks(desk: Desk):
    night = "".join(f"<hour>{hour}</hour>" for hour in range(8))
    head = f"<skipHours>{night}</skipHours><skipDays><day>Sunday</day></skipDays>"
    desk.subscribe(NEWS, conditional(make_feed("one", head=head)))
    visits: list[datetime] = []
    end = desk.now + timedelta(days=14)
    while desk.now < end:
        wait = desk.run(desk.schedule.look())
        if len(desk.wire.log) > len(visits):
            visits.append(desk.now)
        desk.wait(seconds=wait)
    assert len(visits) > 100
    assert all(at.hour >= 8 and at.weekday() != 6 for at in visits)


def test_a_feed_has_its_own_rhythm_between_an_hour_and_a_day(desk: Desk):
    """A paper with an item every four hours is asked every two, one with an item a week once a day."""

    def paper(hours: int) -> bytes:
        dates = [(desk.now - timedelta(hours=hours * n)).strftime("%d %b %Y %H:%M:%S GMT") for n in range(9)]
        items = (f"<item><title>{d}</title><guid>{d}</guid><pubDate>{d}</pubDate></item>" for d in dates)
        return make_feed(head="".join(items))

    for hours, expected in ((4, 2), (1, 1), (168, 24)):
        feed = desk.subscribe(f"h{hours}.example/feed", conditional(paper(hours)))
        desk.refresh(feed)
        wait = (desk.plan(feed).not_before - desk.now).total_seconds() / 3600
        assert 0.9 * expected <= wait <= 1.1 * expected
        assert wait >= 1


def test_the_jitter_is_a_feeds_own_and_survives_a_restart(desk: Desk):
    feeds = [desk.subscribe(f"h{n}.example/feed", conditional(make_feed("one"))) for n in range(12)]

    def measure() -> list[timedelta]:
        desk.refresh()
        return [desk.plan(feed).not_before - desk.now for feed in feeds]

    first = measure()
    desk.wait(hours=3)
    desk.restart()
    assert measure() == first
    assert len(set(first)) == 12
    assert all(timedelta(hours=0.9) <= wait <= timedelta(hours=1.1) for wait in first)


def test_after_a_week_away_feeds_are_asked_in_portions_the_longest_overdue_first(desk: Desk):
    number = BURST * 2 + 10
    feeds = [desk.subscribe(f"h{n % 40}.example/{n}", conditional(make_feed(str(n)))) for n in range(number)]
    desk.settings.set("refresh_by_itself", True)
    for _ in range(3):
        desk.wait(seconds=desk.run(desk.schedule.look()))
    assert len(desk.wire.log) == number
    due = {feed: desk.plan(feed).not_before for feed in feeds}
    desk.restart()
    desk.wait(days=7)
    portions, taken = [], []
    for _ in range(3):
        before = len(desk.wire.log)
        wait = desk.run(desk.schedule.look())
        asked = desk.wire.log[before:]
        portions.append(len(asked))
        taken.append([due[feeds[int(x.target[1:])]] for x in asked])
        desk.wait(seconds=wait)
    assert portions == [BURST, BURST, 10]
    assert max(taken[0]) <= min(taken[1])
    assert max(taken[1]) <= min(taken[2])


def test_a_clock_that_was_wrong_for_once_silences_no_feed(desk: Desk):
    feed = desk.subscribe(NEWS, conditional(make_feed("one")))
    gone = desk.subscribe("gone.example/feed", reply(status=410))
    desk.wait(days=3650)
    desk.refresh()
    desk.wait(days=-3650)
    assert {asked.host for asked in desk.live(minutes=5)} == {"news.example"}
    assert timedelta(hours=0.9) <= desk.plan(feed).not_before - desk.now <= timedelta(hours=1.1)
    assert desk.plan(gone).is_gone
