"""Two subscriptions made one, and two again as if nothing had been."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import soundness
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.errors import StoreError
from reader.model import Listing, Selection
from reader.store import articles, feeds

Desk = Any


def look(desk: Desk) -> tuple[Any, ...]:
    """Everything a merger may touch."""
    return (
        desk.db.execute("SELECT * FROM status ORDER BY id").fetchall(),
        desk.db.execute("SELECT * FROM tally ORDER BY feed_id").fetchall(),
        desk.db.execute("SELECT * FROM feed ORDER BY id").fetchall(),
        desk.db.execute("SELECT id, title FROM article ORDER BY id").fetchall(),
        feeds.read_outline(desk.db, desk.now),
    )


def merge(desk: Desk) -> feeds.MergedFeed:
    return feeds.merge_feeds(desk.db, desk.gazette, desk.ball, desk.now)


def states(desk: Desk, feed: int) -> dict[str, tuple[bool, bool]]:
    return {row.title: (row.is_read, row.is_saved) for row in desk.rows(Listing.FEED, feed)}


def test_articles_only_one_of_the_two_has_move_with_their_states(desk: Desk) -> None:
    read = desk.put_at(desk.gazette, "read", 3)
    saved = desk.put_at(desk.gazette, "saved", 2)
    desk.put_at(desk.ball, "own", 1)
    articles.mark_read(desk.db, [read], True)
    articles.save(desk.db, [saved], True)
    merged = merge(desk)
    assert set(merged.moved) == {read, saved}
    assert states(desk, desk.ball) == {
        "Title own": (False, False),
        "Title saved": (False, True),
        "Title read": (True, False),
    }
    assert desk.titles(Listing.SECTION, desk.sport) == ["Title own", "Title saved", "Title read"]
    assert feeds.find_feed(desk.db, "https://gazette.example/feed") is None
    assert soundness.look_through(desk.db) == ()


def test_an_article_both_have_stays_once_and_has_both_states(desk: Desk) -> None:
    theirs, ours = desk.put_at(desk.gazette, "1", 1), desk.put_at(desk.ball, "1", 1)
    articles.mark_read(desk.db, [theirs], True)
    articles.save(desk.db, [ours], True)
    merged = merge(desk)
    assert (merged.moved, merged.read, merged.saved) == ((), (ours,), ())
    assert [(row.id, row.is_read, row.is_saved) for row in desk.rows()] == [(ours, True, True)]


def test_one_article_under_two_ids_is_one(desk: Desk) -> None:
    desk.put_at(desk.gazette, "http://x.example/1", 1, title="Same", link="http://x.example/1/")
    ours = desk.put_at(desk.ball, "https://x.example/1", 1, title="Same", link="https://x.example/1")
    merge(desk)
    assert [row.id for row in desk.rows()] == [ours]


def test_a_column_of_one_title_and_link_stays_as_many_articles_as_it_has_days(desk: Desk) -> None:
    for day in range(3):
        desk.put_at(desk.gazette, f"old {day}", 48 * day, title="Today's number", link="https://x.example/")
    desk.put_at(desk.ball, "new", 0.5, title="Today's number", link="https://x.example/")
    merge(desk)
    assert len(desk.rows(Listing.FEED, desk.ball)) == 3


def test_moved_articles_are_found_by_their_words_and_known_when_the_feed_brings_them_again(
    desk: Desk,
) -> None:
    moved = desk.put_at(desk.gazette, "1", 1, text="A rare zucchini")
    merge(desk)
    found = desk.rows(Listing.SEARCH, query="zucchini")
    assert [(row.id, row.feed_id) for row in found] == [(moved, desk.ball)]
    again = desk.make("1", published_at=desk.now - timedelta(hours=1), text="A rare zucchini")
    assert desk.put(desk.ball, again).added == ()


def test_a_state_that_waits_for_its_article_gets_it(desk: Desk) -> None:
    articles.put_status(desk.db, desk.ball, "1", True, True, desk.now)
    id = desk.put_at(desk.gazette, "1", 1)
    before = look(desk)
    merged = merge(desk)
    assert [(row.id, row.is_read, row.is_saved) for row in desk.rows()] == [(id, True, True)]
    feeds.unmerge_feeds(desk.db, merged)
    assert look(desk) == before


def test_a_saved_article_does_not_go_because_the_other_feed_had_let_it_go(desk: Desk) -> None:
    for uid in ("kept", "let go"):
        articles.drop_articles(desk.db, [desk.put_at(desk.ball, uid, 1)])
    kept, _ = desk.put_at(desk.gazette, "kept", 1), desk.put_at(desk.gazette, "let go", 1)
    articles.save(desk.db, [kept], True)
    before = look(desk)
    merged = merge(desk)
    assert [row.id for row in desk.rows()] == [kept]
    feeds.unmerge_feeds(desk.db, merged)
    assert look(desk) == before


def test_what_a_person_did_in_between_outlasts_the_undoing(desk: Desk) -> None:
    moved = desk.put_at(desk.gazette, "moved", 3)
    theirs, ours = desk.put_at(desk.gazette, "both", 2), desk.put_at(desk.ball, "both", 2)
    articles.mark_read(desk.db, [theirs], True)
    merged = merge(desk)
    articles.save(desk.db, [moved, ours], True)
    new = desk.put_at(desk.ball, "new", 1)
    feeds.move_feed(desk.db, desk.ball, desk.news, 0)
    feeds.change_address(desk.db, desk.ball, "https://elsewhere.example/")
    feeds.unmerge_feeds(desk.db, merged)
    assert states(desk, desk.gazette) == {"Title both": (True, False), "Title moved": (False, True)}
    assert states(desk, desk.ball) == {"Title new": (False, False), "Title both": (False, True)}
    assert {row.section_id for row in desk.rows()} == {desk.news}
    assert [row.id for row in desk.rows(Listing.SAVED)] == [ours, moved]
    assert new in {row.id for row in desk.rows()}
    assert soundness.look_through(desk.db) == ()


def test_undoing_after_the_feed_was_subscribed_to_again_loses_no_state(desk: Desk) -> None:
    first, second = desk.put_at(desk.gazette, "1", 2), desk.put_at(desk.gazette, "2", 1)
    merged = merge(desk)
    feeds.add_feed(desk.db, "https://gazette.example/feed", desk.news)
    again = desk.put_at(desk.gazette, "1", 2)
    articles.mark_read(desk.db, [first, second], True)
    feeds.unmerge_feeds(desk.db, merged)
    assert {row.id: row.is_read for row in desk.rows(Listing.FEED, desk.gazette)} == {
        again: True,
        second: True,
    }
    assert soundness.look_through(desk.db) == ()


def test_undoing_after_either_feed_is_gone_for_good_breaks_nothing(desk: Desk) -> None:
    moved, _ = (
        desk.put_at(desk.gazette, "1", 2),
        articles.put_status(desk.db, desk.ball, "1", True, True, desk.now),
    )
    merged = merge(desk)
    feeds.purge_removed(desk.db, desk.now + timedelta(days=31))
    feeds.unmerge_feeds(desk.db, merged)
    assert [(row.id, row.feed_id) for row in desk.rows()] == [(moved, desk.ball)]
    merged = feeds.merge_feeds(desk.db, desk.ball, desk.courier, desk.now)
    feeds.remove_feed(desk.db, desk.courier, desk.now - timedelta(days=40))
    feeds.purge_removed(desk.db, desk.now)
    feeds.unmerge_feeds(desk.db, merged)
    assert feeds.find_feed(desk.db, "https://ball.example/feed") == desk.ball
    assert soundness.look_through(desk.db) == ()


def test_merging_with_what_is_not_subscribed_or_with_itself_is_refused(desk: Desk) -> None:
    feeds.remove_feed(desk.db, desk.courier, desk.now)
    before = look(desk)
    for one, other in [(1, 99), (99, 1), (desk.gazette, desk.courier), (desk.courier, desk.gazette), (1, 1)]:
        with pytest.raises(StoreError):
            feeds.merge_feeds(desk.db, one, other, desk.now)
    assert look(desk) == before


def name_all(desk: Desk, listing: Listing) -> list[set[object]]:
    """Of each article in the list what tells it from others: the feed's id for it, link with title."""
    uids = dict(desk.db.execute("SELECT id, uid FROM status").fetchall())
    return [{uids[row.id], (row.link, row.title)} for row in desk.rows(listing)]


ARTICLES = st.lists(
    st.tuples(
        st.sampled_from(["gazette", "ball"]),
        st.integers(0, 4),  # uid
        st.integers(0, 2),  # link and title
        st.sampled_from(["plain", "read", "saved", "dropped", "awaited"]),
        st.integers(0, 40),  # hours ago
    ),
    max_size=14,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=ARTICLES)
def test_merging_loses_nothing_and_undoing_it_leaves_no_trace(
    new_desk: Callable[[], Desk], drawn: list[tuple[str, int, int, str, int]]
) -> None:
    desk = new_desk()
    for name, uid, link, state, hours in drawn:
        feed = getattr(desk, name)
        if state == "awaited":
            articles.put_status(desk.db, feed, str(uid), hours % 2 == 0, hours % 3 == 0, desk.now)
            continue
        at = desk.now - timedelta(hours=hours)
        made = desk.make(str(uid), link=f"https://x.example/{link}", title=f"T{link}", published_at=at)
        added = desk.put(feed, made).added
        articles.mark_read(desk.db, added if state == "read" else (), True)
        articles.save(desk.db, added if state == "saved" else (), True)
        articles.drop_articles(desk.db, added if state == "dropped" else ())
    before = look(desk)
    shown, saved = name_all(desk, Listing.ALL), name_all(desk, Listing.SAVED)
    let_go = desk.db.execute("SELECT count(*) FROM status WHERE is_dropped = 1").fetchone()[0]
    merged = merge(desk)
    assert soundness.look_through(desk.db) == ()
    after, saved_after = name_all(desk, Listing.ALL), name_all(desk, Listing.SAVED)
    assert all(any(name & there for there in saved_after) for name in saved)
    assert let_go or all(any(name & there for there in after) for name in shown)
    assert {row.feed_id for row in desk.rows()} <= {desk.ball}
    feeds.unmerge_feeds(desk.db, merged)
    assert look(desk) == before
    page = articles.read_rows(desk.db, Selection(Listing.ALL), None, 100, desk.now)
    assert len(page.rows) == before[4].counts.total
