from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader import errors
from reader.engine import decide
from reader.engine.decide import DAY, HOUR, NEVER, Pace, Wishes
from reader.fetch.freshness import Freshness

NOW = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)  # a Monday
SILENT, NO_WISHES = Freshness(), Wishes()


def next_after(
    feed_id: int = 1,
    *,
    freshness: Freshness = SILENT,
    wishes: Wishes = NO_WISHES,
    has_validators: bool = True,
    rhythm: int | None = None,
    usual: int = HOUR,
) -> tuple[float, str]:
    pace = decide.decide_next(
        feed_id, NOW, freshness, wishes, has_validators=has_validators, rhythm=rhythm, usual=usual
    )
    return (pace.at - NOW).total_seconds(), pace.rule


def is_about(seconds: float, expected: float) -> bool:
    return expected * 0.9 <= seconds <= expected * 1.1


def test_a_feed_that_says_nothing_is_due_after_the_usual_time_and_never_under_an_hour():
    seconds, rule = next_after(usual=4 * HOUR)
    assert rule == "usual"
    assert is_about(seconds, 4 * HOUR)
    seconds, rule = next_after(usual=900)
    assert rule == "floor"
    assert HOUR <= seconds <= 1.1 * HOUR


def test_a_feed_without_validators_is_asked_once_a_day():
    seconds, rule = next_after(has_validators=False)
    assert rule == "no-validators"
    assert DAY <= seconds <= 1.1 * DAY


@pytest.mark.parametrize(
    ("freshness", "wishes", "rule", "hours"),
    [
        (Freshness(max_age=3 * HOUR), Wishes(), "max-age", 3),
        (Freshness(expires=5 * HOUR), Wishes(), "expires", 5),
        (Freshness(), Wishes(ttl=180), "ttl", 3),
        (Freshness(), Wishes(update_period=6 * HOUR), "update-period", 6),
        (Freshness(retry_after=2 * HOUR), Wishes(), "retry-after", 2),
        (Freshness(max_age=2 * HOUR), Wishes(ttl=240), "ttl", 4),
        (Freshness(max_age=16 * 365 * DAY), Wishes(), "max-age", 24),
        (Freshness(), Wishes(update_period=30 * DAY), "update-period", 24),
        (Freshness(retry_after=3 * DAY), Wishes(), "retry-after", 72),
    ],
)
def test_the_longest_of_the_wishes_decides(freshness: Freshness, wishes: Wishes, rule: str, hours: int):
    seconds, decided = next_after(freshness=freshness, wishes=wishes)
    assert decided == rule
    assert hours * HOUR <= seconds <= 1.1 * hours * HOUR  # never before the moment that was asked for


def test_the_rhythm_of_a_feed_lies_between_an_hour_and_a_day():
    assert is_about(next_after(rhythm=5 * HOUR)[0], 5 * HOUR)
    assert is_about(next_after(rhythm=60)[0], HOUR)
    assert is_about(next_after(rhythm=30 * DAY)[0], DAY)
    assert next_after(rhythm=5 * HOUR)[1] == "rhythm"


def test_the_rhythm_is_half_the_median_gap_of_the_newest_twenty():
    times = [NOW - timedelta(hours=4 * i) for i in range(20)] + [
        NOW - timedelta(days=900 + i) for i in range(50)
    ]
    assert decide.measure_rhythm(times) == 2 * HOUR
    assert decide.measure_rhythm(times[:3]) is None
    assert decide.measure_rhythm([None, NOW, NOW, NOW, NOW, NOW]) is None


def test_the_jitter_of_a_feed_is_its_own_and_stays():
    at = {next_after(feed_id, usual=10 * HOUR)[0] for feed_id in range(200)}
    assert len(at) == 200
    assert min(at) >= 9 * HOUR
    assert max(at) <= 11 * HOUR
    assert next_after(7) == next_after(7)


def test_hours_and_days_a_feed_forbids_are_left_out():
    at = decide.skip_hours(NOW, [10, 11, 12], [])
    assert at.replace(minute=0, second=0, microsecond=0) == NOW.replace(hour=13)
    at = decide.skip_hours(NOW, [], ["Monday", " tuesday"])
    assert (at.day, at.hour) == (7, 0)
    at = decide.skip_hours(NOW, [0, 1], ["Monday"])
    assert (at.day, at.hour) == (6, 2)
    assert decide.skip_hours(NOW, [9], ["Sunday"]) == NOW


def test_a_feed_that_forbids_everything_forbids_nothing():
    assert decide.skip_hours(NOW, range(24), []) == NOW
    assert decide.skip_hours(NOW, [], [day.title() for day in decide.DAYS]) == NOW


def test_skipped_hours_are_gmt_whatever_the_readers_zone():
    zone = NOW.astimezone(__import__("datetime").timezone(timedelta(hours=5)))
    assert decide.skip_hours(zone, [10], []) == decide.skip_hours(NOW, [10], [])


def failure(
    error: errors.BroadsheetError, failures: int = 1, since: datetime | None = None, retry: int | None = None
) -> Pace:
    return decide.decide_failure(3, NOW, error, failures, since, retry)


def hours_of(pace: Pace) -> float:
    return (pace.at - NOW).total_seconds() / HOUR


@pytest.mark.parametrize(
    "error",
    [
        errors.HttpFailed("403"),
        errors.HttpFailed("404"),
        errors.HttpFailed("451"),
        errors.HttpFailed("500"),
        errors.HostNotFound("x"),
        errors.ConnectionFailed("x"),
        errors.TlsFailed("x"),
        errors.TimedOut("x"),
        errors.NotAFeed("HTML"),
        errors.WorkerFailed("deadline"),
    ],
)
def test_failures_back_off_from_an_hour_to_a_day_and_then_to_a_week(error: errors.BroadsheetError):
    expected = [1, 2, 4, 8, 16, 24, 24, 24]
    for failures, hours in enumerate(expected, start=1):
        pace = failure(error, failures, NOW - timedelta(days=1))
        assert pace.rule == "back-off"
        assert hours <= hours_of(pace) <= 1.1 * hours
    pace = failure(error, 100, NOW - timedelta(days=14))
    assert pace.rule == "weekly"
    assert 168 <= hours_of(pace) <= 185


@pytest.mark.parametrize("status", ["429", "503"])
def test_an_overloaded_server_decides_itself_or_rests_a_quarter_of_an_hour(status: str):
    error = errors.HttpFailed(status)
    assert 0.5 <= hours_of(failure(error, retry=1800)) <= 0.55
    assert 0.5 <= hours_of(failure(error, 9, retry=1800)) <= 0.55
    assert 0.25 <= hours_of(failure(error)) <= 0.275
    assert 1 <= hours_of(failure(error, 3)) <= 1.1
    assert 24 <= hours_of(failure(error, 30)) <= 26.5


def test_what_is_gone_and_what_wants_a_password_is_not_polled():
    assert failure(errors.HttpFailed("410")) == Pace(NEVER, "gone")
    assert failure(errors.HttpFailed("401")) == Pace(NEVER, "credentials")


def test_a_browser_check_is_left_alone_for_a_day():
    pace = failure(errors.BrowserCheck("x"))
    assert pace.rule == "browser-check"
    assert 24 <= hours_of(pace) <= 26.5


@given(st.integers(1, 10**9), st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_failed_feed_is_never_asked_again_at_once_nor_forgotten(failures: int, feed_id: int, retry: int):
    for error in (errors.HttpFailed("503"), errors.TimedOut(), errors.BrokenFeed()):
        pace = decide.decide_failure(
            feed_id, NOW, error, failures, NOW - timedelta(days=1), min(retry, 7 * DAY)
        )
        assert NOW < pace.at <= NOW + timedelta(days=8)


def test_not_modified_is_doubted_after_eight_days_against_the_rhythm():
    week, long_ago = NOW - timedelta(days=7), NOW - timedelta(days=9)
    assert not decide.should_doubt(NOW, None, None, None)
    assert not decide.should_doubt(NOW, week, long_ago, HOUR)
    assert decide.should_doubt(NOW, long_ago, long_ago, DAY)
    assert not decide.should_doubt(NOW, long_ago, long_ago, 10 * DAY)  # so slow a feed may be silent


def test_a_doubt_lasts_eight_days_whatever_it_came_to():
    long_ago = NOW - timedelta(days=30)
    assert decide.should_doubt(NOW, long_ago, long_ago, DAY, NOW - timedelta(days=8))
    assert not decide.should_doubt(NOW, long_ago, long_ago, DAY, NOW - timedelta(days=7))
    assert decide.should_doubt(NOW, long_ago, long_ago, DAY, NOW + timedelta(days=7))  # a clock set back


def test_a_keyring_that_says_no_is_asked_again_ever_more_seldom():
    pace = failure(errors.KeyringRefused("locked"), 2)
    assert pace.rule == "back-off"
    assert 2 <= hours_of(pace) <= 2.2


def test_a_move_is_believed_when_seen_on_two_days():
    first = decide.decide_move("", None, "https://new.example/f", NOW)
    assert (first.to, first.seen_at, first.adopt) == ("https://new.example/f", NOW, False)
    assert not decide.decide_move(first.to, first.seen_at, first.to, NOW + timedelta(hours=3)).adopt
    assert decide.decide_move(first.to, first.seen_at, first.to, NOW + timedelta(days=1)).adopt
    assert not decide.decide_move(
        first.to, first.seen_at, "https://other.example/", NOW + timedelta(days=1)
    ).adopt
    assert decide.decide_move(first.to, first.seen_at, "", NOW).to == ""


def test_a_refresh_by_hand_leaves_out_what_was_asked_five_minutes_ago():
    assert not decide.is_asked_too_soon(None, NOW)
    assert decide.is_asked_too_soon(NOW - timedelta(minutes=4), NOW)
    assert not decide.is_asked_too_soon(NOW - timedelta(minutes=5), NOW)
    assert not decide.is_asked_too_soon(NOW + timedelta(days=1), NOW)
