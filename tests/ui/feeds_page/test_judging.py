"""What is the matter with a feed, and which lists it belongs to."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from reader.ui.feeds_page.judging import Group, State, find_next, judge


@pytest.mark.parametrize(
    ("days", "usual_gap", "is_silent"),
    [
        (59, 0.0, False),
        (61, 0.0, True),
        (61, 5.0, True),
        (61, 7.0, False),
        (71, 7.0, True),
        (300, 365.0, False),
    ],
)
def test_silence_is_longer_than_sixty_days_and_ten_usual_gaps(
    days: int, usual_gap: float, is_silent: bool, making: SimpleNamespace
) -> None:
    feed = making.feed(newest_at=making.now - timedelta(days=days), usual_gap=usual_gap)
    assert (judge(feed, making.now).state is State.SILENT) == is_silent


def test_a_feed_without_articles_is_not_called_silent(making: SimpleNamespace) -> None:
    assert judge(making.feed(newest_at=None), making.now).state is State.FINE


def test_a_failing_feed_is_not_called_silent(making: SimpleNamespace) -> None:
    old = making.now - timedelta(days=400)
    verdict = judge(
        making.feed(newest_at=old, failure=making.failure("TimedOut", "x", 9, days=9)), making.now
    )
    assert verdict.state is State.FAILING
    assert Group.SILENT not in verdict.groups


@pytest.mark.parametrize(
    ("count", "hours", "needs_attention"), [(1, 1, False), (2, 20, False), (3, 1, True), (1, 25, True)]
)
def test_a_failure_needs_attention_after_a_day_or_three_times_in_a_row(
    count: int, hours: int, needs_attention: bool, making: SimpleNamespace
) -> None:
    feed = making.feed(failure=making.failure("TimedOut", "x", count, hours=hours))
    assert judge(feed, making.now).needs_attention == needs_attention


def test_what_only_a_person_can_settle_needs_attention_at_once(making: SimpleNamespace) -> None:
    for more in (
        {"is_gone": True},
        {"failure": making.failure("HttpFailed", "401")},
        {"failure": making.failure("BrowserCheck", "x")},
        {"moved_to": "https://new.example/"},
    ):
        assert judge(making.feed(**more), making.now).needs_attention


def test_silence_and_pauses_need_no_attention(making: SimpleNamespace) -> None:
    silent = making.feed(newest_at=making.now - timedelta(days=99))
    paused = making.feed(paused_until=making.now + timedelta(hours=1))
    assert judge(silent, making.now).groups == {Group.ALL, Group.SILENT}
    assert judge(paused, making.now).groups == {Group.ALL, Group.WAITING}


def test_a_pause_that_is_over_is_no_pause(making: SimpleNamespace) -> None:
    feed = making.feed(paused_until=making.now - timedelta(seconds=1))
    assert judge(feed, making.now).state is State.FINE


def test_a_feed_may_be_in_several_lists(making: SimpleNamespace) -> None:
    feed = making.feed(moved_to="https://new.example/", failure=making.failure("TimedOut", "x", 5, days=2))
    assert judge(feed, making.now).groups == {Group.ALL, Group.ATTENTION, Group.MOVED, Group.WAITING}


def test_what_stopped_for_good_is_not_waiting(making: SimpleNamespace) -> None:
    assert Group.WAITING not in judge(making.feed(is_gone=True), making.now).groups


def test_next_is_the_later_of_its_own_time_and_its_hosts(making: SimpleNamespace) -> None:
    soon, late = making.now + timedelta(minutes=5), making.now + timedelta(hours=5)
    assert find_next(making.feed(next_at=soon, paused_until=late)) == late
    assert find_next(making.feed(next_at=late, paused_until=soon)) == late
    assert find_next(making.feed(next_at=None, paused_until=soon)) == soon
    assert find_next(making.feed(next_at=None)) is None
