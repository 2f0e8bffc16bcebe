"""What the fetcher remembers of a feed from one visit to the next."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from reader.errors import HttpFailed, StoreError, TimedOut
from reader.model import FeedHead
from reader.store import feeds, fetching
from reader.store.fetching import FetchNote

Desk = Any


def plan(desk: Desk) -> fetching.FetchPlan:
    found = fetching.read_plan(desk.db, desk.gazette)
    assert found is not None
    return found


def test_a_new_feed_is_due_at_once_and_knows_nothing(desk: Desk) -> None:
    new = plan(desk)
    assert (new.address, new.etag, new.last_modified, new.body_hash) == (
        "https://gazette.example/feed",
        "",
        "",
        b"",
    )
    assert new.not_before is new.last_success_at is new.failed_since is None
    assert len(fetching.read_due(desk.db, desk.now)) == 3


def test_validators_come_back_byte_for_byte_and_only_as_a_pair(desk: Desk) -> None:
    odd = ('W/"a\\"b ü"', "Mon,  10 Mar 2025 09:00:00 gmt")
    fetching.note_answer(desk.db, desk.gazette, FetchNote(desk.now, 200, validators=odd, body_hash=b"\0\1"))
    assert (plan(desk).etag, plan(desk).last_modified, plan(desk).body_hash) == (*odd, b"\0\1")
    fetching.note_answer(desk.db, desk.gazette, FetchNote(desk.now, 304))
    assert (plan(desk).etag, plan(desk).last_modified) == odd
    fetching.note_answer(desk.db, desk.gazette, FetchNote(desk.now, 200, validators=('"2"', "")))
    assert (plan(desk).etag, plan(desk).last_modified) == ('"2"', "")


def test_a_success_and_a_failure_leave_their_marks(desk: Desk) -> None:
    first, second, third = (desk.now + timedelta(hours=x) for x in range(3))
    fetching.note_answer(desk.db, desk.gazette, FetchNote(first, 304, bytes_saved=100))
    assert (plan(desk).last_success_at, plan(desk).last_200_at) == (first, None)
    fetching.note_answer(desk.db, desk.gazette, FetchNote(second, failure=TimedOut("gazette.example")))
    fetching.note_answer(
        desk.db, desk.gazette, FetchNote(third, 503, failure=HttpFailed("503"), rule="failed")
    )
    failed = plan(desk)
    assert (failed.failures, failed.failed_since, failed.last_checked_at) == (2, second, third)
    assert (failed.failure_kind, failed.failure_detail, failed.rule) == ("HttpFailed", "503", "failed")
    assert failed.last_success_at == first
    shown = feeds.read_outline(desk.db, desk.now).feeds[0]
    assert shown.failure is not None
    assert (shown.failure.kind, shown.failure.count, shown.failure.since_at) == ("HttpFailed", 2, second)
    fetching.note_answer(desk.db, desk.gazette, FetchNote(third, 200, bytes_saved=11))
    well = plan(desk)
    assert (well.failures, well.failed_since, well.failure_kind, well.bytes_saved) == (0, None, "", 111)
    assert well.last_200_at == third
    assert feeds.read_outline(desk.db, desk.now).feeds[0].failure is None


def test_a_note_says_whether_the_section_list_shows_it(desk: Desk) -> None:
    head = FeedHead(title="The Gazette", site="https://gazette.example/")

    def note(**more: Any) -> bool:
        return fetching.note_answer(desk.db, desk.gazette, FetchNote(desk.now, 200, **more))

    assert note(head=head)
    assert not note(head=head)
    assert not note(head=FeedHead())
    assert note(icon="https://gazette.example/favicon.ico")
    assert note(failure=TimedOut("x"))
    assert not note(failure=TimedOut("x"))
    shown = feeds.read_outline(desk.db, desk.now).feeds[0]
    assert (shown.title, shown.site, shown.icon) == (
        "The Gazette",
        "https://gazette.example/",
        "https://gazette.example/favicon.ico",
    )
    assert plan(desk).icon_checked_at == desk.now


def test_due_feeds_are_those_whose_time_has_come_and_that_are_neither_gone_nor_removed(desk: Desk) -> None:
    def note(feed: int, hours: int, **more: Any) -> None:
        later = desk.now + timedelta(hours=hours)
        fetching.note_answer(desk.db, feed, FetchNote(desk.now, 200, not_before=later, **more))

    note(desk.gazette, 2)
    note(desk.courier, 1)
    note(desk.ball, 0, is_gone=True)
    late = desk.now + timedelta(hours=3)
    assert fetching.read_due(desk.db, desk.now, 10) == []
    assert [x.feed_id for x in fetching.read_due(desk.db, late)] == [desk.courier, desk.gazette]
    assert [x.feed_id for x in fetching.read_due(desk.db, late, 1)] == [desk.courier]
    feeds.remove_feed(desk.db, desk.courier, desk.now)
    assert [x.feed_id for x in fetching.read_due(desk.db, late)] == [desk.gazette]
    assert {x.feed_id for x in fetching.read_all_plans(desk.db)} == {desk.gazette, desk.ball}
    assert fetching.read_plan(desk.db, desk.courier) is None


def test_a_permanent_move_remembers_when_it_was_first_seen(desk: Desk) -> None:
    for day in range(3):
        at = desk.now + timedelta(days=day)
        fetching.note_answer(desk.db, desk.gazette, FetchNote(at, 200, moved_to="https://new.example/"))
    assert (plan(desk).moved_to, plan(desk).moved_seen_at) == ("https://new.example/", desk.now)
    fetching.note_answer(desk.db, desk.gazette, FetchNote(desk.now, 200))
    assert plan(desk).moved_to == "https://new.example/"
    fetching.note_answer(desk.db, desk.gazette, FetchNote(desk.now, 200, moved_to=""))
    assert (plan(desk).moved_to, plan(desk).moved_seen_at) == ("", None)


def test_a_pause_that_was_noted_by_a_clock_years_ahead_holds_nobody_back(desk: Desk) -> None:
    wrong = desk.now + timedelta(days=4000)
    fetching.pause_host(desk.db, "a.example", wrong, "503")
    assert fetching.read_pauses(desk.db, desk.now) == {}
    right = desk.now + timedelta(days=7)
    fetching.pause_host(desk.db, "a.example", right, "503")
    assert fetching.read_pauses(desk.db, desk.now) == {"a.example": right}
    fetching.pause_host(desk.db, "b.example", wrong, "503")
    fetching.forget_pauses(desk.db, desk.now)
    assert fetching.read_pauses(desk.db, wrong - timedelta(hours=1)) == {}


def test_a_host_stays_paused_for_the_longest_pause_it_asked_for(desk: Desk) -> None:
    long, short = desk.now + timedelta(hours=5), desk.now + timedelta(hours=1)
    fetching.pause_host(desk.db, "a.example", long, "429")
    fetching.pause_host(desk.db, "a.example", short, "429")
    fetching.pause_host(desk.db, "b.example", short)
    assert fetching.read_pauses(desk.db, desk.now) == {"a.example": long, "b.example": short}
    later = desk.now + timedelta(hours=2)
    assert fetching.read_pauses(desk.db, later) == {"a.example": long}
    fetching.forget_pauses(desk.db, later)
    assert fetching.read_pauses(desk.db, desk.now) == {"a.example": long}


def test_a_note_about_a_feed_that_is_gone_is_dropped(desk: Desk) -> None:
    assert not fetching.note_answer(desk.db, 99, FetchNote(desk.now, 200))


def test_which_address_gave_the_validators_and_what_the_document_weighed_come_back(desk: Desk) -> None:
    final = "https://cdn.gazette.example/feed.xml"
    fetching.note_answer(
        desk.db,
        desk.gazette,
        FetchNote(desk.now, 200, validators=("1", ""), final_address=final, body_size=4321, elapsed=0.75),
    )
    assert (plan(desk).final_address, plan(desk).body_size, plan(desk).elapsed) == (final, 4321, 0.75)
    fetching.note_answer(desk.db, desk.gazette, FetchNote(desk.now, 304, elapsed=0.1))
    assert (plan(desk).final_address, plan(desk).body_size, plan(desk).elapsed) == (final, 4321, 0.1)


def fail(desk: Desk) -> None:
    later = desk.now + timedelta(days=1)
    fetching.note_answer(
        desk.db,
        desk.gazette,
        FetchNote(
            desk.now,
            403,
            failure=HttpFailed("403"),
            validators=('"1"', "Mon"),
            body_hash=b"1",
            final_address="https://a.example/",
            not_before=later,
            rule="failed",
            moved_to="https://new.example/",
            is_gone=True,
        ),
    )


def knows_nothing(known: fetching.FetchPlan) -> bool:
    validators = (known.etag, known.last_modified, known.body_hash, known.final_address)
    wait = (known.not_before, known.rule, known.failures, known.failed_since, known.failure_kind)
    return validators == ("", "", b"", "") and wait == (None, "", 0, None, "")


def test_another_name_or_other_credentials_forget_what_was_learnt_and_end_the_wait(desk: Desk) -> None:
    fail(desk)
    assert fetching.set_user_agent(desk.db, desk.gazette, "Mozilla/5.0") == ""
    assert knows_nothing(plan(desk))
    assert plan(desk).user_agent == "Mozilla/5.0"
    fail(desk)
    fetching.set_signs_in(desk.db, desk.gazette, "basic")
    assert knows_nothing(plan(desk))
    assert plan(desk).signs_in == "basic"
    assert fetching.set_user_agent(desk.db, desk.gazette, "") == "Mozilla/5.0"
    assert (plan(desk).user_agent, plan(desk).signs_in) == ("", "basic")
    with pytest.raises(StoreError):
        fetching.set_user_agent(desk.db, 99, "x")


def test_another_address_forgets_that_the_old_one_had_moved_or_was_gone(desk: Desk) -> None:
    fail(desk)
    feeds.change_address(desk.db, desk.gazette, "https://elsewhere.example/")
    assert knows_nothing(plan(desk))
    assert (plan(desk).moved_to, plan(desk).moved_seen_at, plan(desk).is_gone) == ("", None, False)
    assert [x.feed_id for x in fetching.read_due(desk.db, desk.now, 1)] == [desk.gazette]
