"""Sections and feeds: kept in order, moved, removed, brought back; counts that are always right."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import soundness
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.errors import AlreadySubscribed, StoreError
from reader.model import Listing
from reader.store import articles, feeds, fetching, search

Desk = Any


def names(desk: Desk) -> list[str]:
    return [section.name for section in feeds.read_outline(desk.db, desk.now).sections]


def feed_order(desk: Desk) -> list[tuple[int, int]]:
    return [(feed.section_id, feed.id) for feed in feeds.read_outline(desk.db, desk.now).feeds]


def test_sections_come_in_display_order_each_before_those_inside_it(desk: Desk) -> None:
    feeds.add_section(desk.db, "Europe", desk.news)
    feeds.add_section(desk.db, "Asia", desk.news, position=0)
    feeds.add_section(desk.db, "Front", position=0)
    assert names(desk) == ["Front", "News", "Asia", "Europe", "Sport"]


def test_a_path_is_made_once(desk: Desk) -> None:
    first = feeds.ensure_path(desk.db, ("World", "Asia", "Japan"))
    assert feeds.ensure_path(desk.db, ("World", "Asia", "Japan")) == first
    assert names(desk) == ["News", "Sport", "World", "Asia", "Japan"]


def test_a_section_cannot_be_moved_into_itself(desk: Desk) -> None:
    inner = feeds.add_section(desk.db, "Europe", desk.news)
    with pytest.raises(StoreError):
        feeds.move_section(desk.db, desk.news, 0, inner)
    assert names(desk) == ["News", "Europe", "Sport"]


def test_moving_a_section_back_to_where_it_was_undoes_the_move(desk: Desk) -> None:
    for name in ("A", "B", "C"):
        feeds.add_section(desk.db, name)
    before = names(desk)
    parent, position = feeds.move_section(desk.db, desk.sport, 3)
    assert names(desk) == ["News", "A", "B", "Sport", "C"]
    feeds.move_section(desk.db, desk.sport, position, parent)
    assert names(desk) == before


def test_renaming_returns_the_old_name_and_an_empty_title_goes_back_to_the_feeds_own(desk: Desk) -> None:
    assert feeds.rename_section(desk.db, desk.news, "Papers") == "News"
    assert feeds.rename_feed(desk.db, desk.gazette, "My paper") == ""
    assert feeds.read_outline(desk.db, desk.now).feeds[0].title == "My paper"
    assert feeds.rename_feed(desk.db, desk.gazette, "") == "My paper"
    assert feeds.read_outline(desk.db, desk.now).feeds[0].title == "gazette.example"


def test_subscribing_twice_says_which_feed_it_is(desk: Desk) -> None:
    feeds.rename_feed(desk.db, desk.gazette, "The Gazette")
    with pytest.raises(AlreadySubscribed) as caught:
        feeds.add_feed(desk.db, "https://gazette.example/feed", desk.sport)
    assert caught.value.detail == "The Gazette"


def test_unknown_ids_are_an_error_of_ours(desk: Desk) -> None:
    for call in (
        lambda: feeds.rename_feed(desk.db, 99, "x"),
        lambda: feeds.move_feed(desk.db, 99, desk.news),
        lambda: feeds.remove_feed(desk.db, 99),
        lambda: feeds.remove_section(desk.db, 99),
        lambda: feeds.add_feed(desk.db, "https://x.example/", 99),
        lambda: feeds.add_section(desk.db, "x", 99),
    ):
        with pytest.raises(StoreError):
            call()


def test_moving_a_feed_takes_its_articles_into_the_other_sections_list(desk: Desk) -> None:
    desk.put_at(desk.gazette, "1", 1)
    assert feeds.move_feed(desk.db, desk.gazette, desk.sport, 0) == (desk.news, 0)
    assert desk.titles(Listing.SECTION, desk.news) == []
    assert desk.titles(Listing.SECTION, desk.sport) == ["Title 1"]
    assert feed_order(desk) == [
        (desk.news, desk.courier),
        (desk.sport, desk.gazette),
        (desk.sport, desk.ball),
    ]


def test_a_removed_feed_is_in_no_list_no_count_and_no_search(desk: Desk) -> None:
    id = desk.put_at(desk.gazette, "1", 1, text="zebra")
    articles.save(desk.db, [id], True)
    feeds.remove_feed(desk.db, desk.gazette, desk.now)
    counts = feeds.read_counts(desk.db, desk.now)
    assert (counts.today, counts.unread, counts.saved, counts.total) == (0, 0, 0, 0)
    for listing in (Listing.ALL, Listing.TODAY, Listing.UNREAD, Listing.SAVED):
        assert desk.titles(listing) == []
    assert desk.titles(Listing.SECTION, desk.news) == desk.titles(Listing.FEED, desk.gazette) == []
    assert search.find(desk.db, "zebra", None, 10).rows == ()
    assert articles.read_article(desk.db, id) is None
    assert feeds.find_feed(desk.db, "https://gazette.example/feed") is None


def test_undo_of_a_removal_brings_back_place_articles_and_states(desk: Desk) -> None:
    read, unread = desk.put_at(desk.gazette, "1", 1), desk.put_at(desk.gazette, "2", 2)
    articles.mark_read(desk.db, [read], True)
    articles.save(desk.db, [unread], True)
    before = feeds.read_outline(desk.db, desk.now), desk.rows()
    removed = feeds.remove_feed(desk.db, desk.gazette, desk.now)
    feeds.restore_feed(desk.db, removed)
    assert (feeds.read_outline(desk.db, desk.now), desk.rows()) == before
    feeds.restore_feed(desk.db, removed)
    assert (feeds.read_outline(desk.db, desk.now), desk.rows()) == before


def test_subscribing_again_brings_a_removed_feed_back_with_its_articles(desk: Desk) -> None:
    desk.put_at(desk.gazette, "1", 1)
    feeds.remove_feed(desk.db, desk.gazette, desk.now)
    assert feeds.add_feed(desk.db, "https://gazette.example/feed", desk.sport) == desk.gazette
    assert desk.titles(Listing.SECTION, desk.sport) == ["Title 1"]


def test_articles_that_arrive_for_a_feed_just_removed_come_back_with_it(desk: Desk) -> None:
    removed = feeds.remove_feed(desk.db, desk.gazette, desk.now)
    desk.put_at(desk.gazette, "1", 1)
    assert desk.titles() == []
    feeds.restore_feed(desk.db, removed)
    assert desk.titles() == ["Title 1"]
    assert feeds.read_counts(desk.db, desk.now).unread == 1


def test_removed_feeds_are_deleted_after_thirty_days_and_not_before(desk: Desk) -> None:
    desk.put_at(desk.gazette, "1", 1)
    removed = feeds.remove_feed(desk.db, desk.gazette, desk.now)
    assert feeds.purge_removed(desk.db, desk.now + timedelta(days=29)) == []
    gone = feeds.purge_removed(desk.db, desk.now + timedelta(days=30))
    assert gone == [(desk.gazette, "https://gazette.example/feed", "")]
    for table in ("status", "article", "body"):
        assert desk.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0
    feeds.restore_feed(desk.db, removed)
    assert desk.titles() == []
    assert soundness.look_through(desk.db) == ()


def test_a_purged_articles_id_is_never_given_again(desk: Desk) -> None:
    old = desk.put_at(desk.gazette, "1", 1, text="zebra")
    feeds.remove_feed(desk.db, desk.gazette, desk.now)
    feeds.purge_removed(desk.db, desk.now + timedelta(days=31))
    assert desk.put_at(desk.courier, "2", 1, text="lion") > old
    assert search.find(desk.db, "zebra", None, 10).rows == ()


def test_removing_a_section_and_undoing_it_changes_nothing(desk: Desk) -> None:
    europe = feeds.add_section(desk.db, "Europe", desk.news)
    feeds.add_section(desk.db, "Alps", europe)
    feeds.move_feed(desk.db, desk.ball, europe)
    desk.put_at(desk.ball, "1", 1)
    desk.put_at(desk.gazette, "2", 2)
    before = feeds.read_outline(desk.db, desk.now), desk.rows()
    removed = feeds.remove_section(desk.db, desk.news, desk.now)
    assert names(desk) == ["Sport"]
    assert desk.rows() == ()
    feeds.restore_section(desk.db, removed)
    assert (feeds.read_outline(desk.db, desk.now), desk.rows()) == before


def test_a_feed_whose_section_is_gone_comes_back_into_the_first(desk: Desk) -> None:
    removed = feeds.remove_feed(desk.db, desk.ball, desk.now)
    feeds.remove_section(desk.db, desk.sport, desk.now)
    feeds.restore_feed(desk.db, removed)
    assert (desk.news, desk.ball) in feed_order(desk)


def test_feeds_of_a_section_include_those_nested_in_it(desk: Desk) -> None:
    inner = feeds.add_section(desk.db, "Europe", desk.news)
    feeds.move_feed(desk.db, desk.ball, inner)
    assert feeds.feeds_of(desk.db, desk.news) == [desk.gazette, desk.courier, desk.ball]


def test_a_feed_at_a_new_address_forgets_its_validators(desk: Desk) -> None:
    desk.db.execute("UPDATE fetch_state SET etag = 'x' WHERE feed_id = ?", (desk.gazette,))
    assert (
        feeds.change_address(desk.db, desk.gazette, "https://new.example/") == "https://gazette.example/feed"
    )
    assert desk.db.execute("SELECT etag FROM fetch_state WHERE feed_id = ?", (desk.gazette,)).fetchone() == (
        "",
    )
    with pytest.raises(AlreadySubscribed):
        feeds.change_address(desk.db, desk.gazette, "https://courier.example/feed")


def address_of(desk: Desk, feed: int) -> str:
    return str(desk.db.execute("SELECT address FROM feed WHERE id = ?", (feed,)).fetchone()[0])


def test_a_removed_feed_gives_its_address_up_and_has_it_again_when_it_comes_back(desk: Desk) -> None:
    kept = desk.put_at(desk.gazette, "kept", 1)
    removed = feeds.remove_feed(desk.db, desk.gazette, desk.now)
    feeds.change_address(desk.db, desk.courier, "https://gazette.example/feed")
    assert feeds.find_feed(desk.db, "https://gazette.example/feed") == desk.courier
    feeds.change_address(desk.db, desk.courier, "https://courier.example/feed")
    feeds.restore_feed(desk.db, removed)
    assert feeds.find_feed(desk.db, "https://gazette.example/feed") == desk.gazette
    assert [row.id for row in desk.rows(Listing.FEED, desk.gazette)] == [kept]


def test_a_feed_that_comes_back_while_its_address_is_taken_can_be_fetched_all_the_same(desk: Desk) -> None:
    kept = desk.put_at(desk.gazette, "kept", 1)
    removed = feeds.remove_feed(desk.db, desk.gazette, desk.now)
    feeds.change_address(desk.db, desk.courier, "https://gazette.example/feed")
    feeds.restore_feed(desk.db, removed)
    address, mark = address_of(desk, desk.gazette).split("#")  # a fragment is never sent
    assert (address, bool(mark)) == ("https://gazette.example/feed", True)
    assert [row.id for row in desk.rows(Listing.FEED, desk.gazette)] == [kept]


def test_subscribing_again_finds_a_feed_that_gave_its_address_up(desk: Desk) -> None:
    kept = desk.put_at(desk.gazette, "kept", 1)
    feeds.remove_feed(desk.db, desk.gazette, desk.now)
    feeds.change_address(desk.db, desk.courier, "https://gazette.example/feed")
    with pytest.raises(AlreadySubscribed):
        feeds.add_feed(desk.db, "https://gazette.example/feed", desk.sport)
    feeds.change_address(desk.db, desk.courier, "https://courier.example/feed")
    assert feeds.add_feed(desk.db, "https://gazette.example/feed", desk.sport) == desk.gazette
    assert address_of(desk, desk.gazette) == "https://gazette.example/feed"
    assert [row.id for row in desk.rows(Listing.SECTION, desk.sport)] == [kept]


def test_what_goes_for_good_is_named_by_its_own_address(desk: Desk) -> None:
    feeds.remove_feed(desk.db, desk.gazette, desk.now)
    feeds.change_address(desk.db, desk.courier, "https://gazette.example/feed")
    fetching.set_signs_in(desk.db, desk.gazette, "basic")
    gone = feeds.purge_removed(desk.db, desk.now + timedelta(days=31), limit=1)
    assert gone == [(desk.gazette, "https://gazette.example/feed", "basic")]
    assert feeds.purge_removed(desk.db, desk.now + timedelta(days=31), limit=1) == []


def test_counts_of_a_section_include_those_nested_in_it(desk: Desk) -> None:
    inner = feeds.add_section(desk.db, "Europe", desk.news)
    feeds.move_feed(desk.db, desk.ball, inner)
    desk.put_at(desk.ball, "1", 1)
    desk.put_at(desk.gazette, "2", 1)
    counts = feeds.read_counts(desk.db, desk.now)
    assert counts.by_section == {desk.news: 2, inner: 1, desk.sport: 0}
    assert counts.by_feed == {desk.gazette: 1, desk.courier: 0, desk.ball: 1}


def test_today_begins_at_midnight_where_the_reader_is(desk: Desk) -> None:
    desk.put_at(desk.gazette, "this morning", 11.9)
    desk.put_at(desk.gazette, "last night", 12.1)
    read = desk.put_at(desk.gazette, "read", 1)
    articles.mark_read(desk.db, [read], True)
    assert feeds.read_counts(desk.db, desk.now).today == 1
    assert desk.titles(Listing.TODAY) == ["Title read", "Title this morning"]


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "put",
                "edit",
                "read",
                "unread",
                "save",
                "all",
                "remove",
                "restore",
                "merge",
                "unmerge",
                "address",
                "move",
                "drop",
                "status",
            ]
        ),
        st.integers(0, 2),
        st.integers(0, 5),
    ),
    max_size=30,
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(actions=ACTIONS)
def test_counts_kept_equal_counts_counted_whatever_was_done(
    new_desk: Callable[[], Desk], actions: list[tuple[str, int, int]]
) -> None:
    desk = new_desk()
    all_feeds = [desk.gazette, desk.courier, desk.ball]
    removed: dict[int, Any] = {}
    merged: list[feeds.MergedFeed] = []
    for action, which, number in actions:
        feed = all_feeds[which]
        ids = [row[0] for row in desk.db.execute("SELECT id FROM status WHERE id % 6 = ?", (number,))]
        match action:
            case "put":
                desk.put(feed, desk.make(str(number)), desk.make(str(number + 1)))
            case "edit":
                desk.put(feed, desk.make(str(number), title="Changed"))
            case "read" | "unread":
                articles.mark_read(desk.db, ids, action == "read")
            case "save":
                articles.save(desk.db, ids, number % 2 == 0)
            case "all":
                articles.mark_selection_read(
                    desk.db, articles_of(Listing.SECTION, [desk.news, desk.sport][which % 2]), desk.now
                )
            case "remove" if feed not in removed:
                removed[feed] = feeds.remove_feed(desk.db, feed, desk.now)
            case "restore" if feed in removed:
                feeds.restore_feed(desk.db, removed.pop(feed))
            case "merge" if not {feed, all_feeds[number % 3]} & removed.keys() and which != number % 3:
                merged.append(feeds.merge_feeds(desk.db, feed, all_feeds[number % 3], desk.now))
                removed[feed] = merged[-1].removed
            case "unmerge" if merged:
                removed.pop(merged[-1].id, None)
                feeds.unmerge_feeds(desk.db, merged.pop())
            case "address":
                with contextlib.suppress(AlreadySubscribed):
                    feeds.change_address(desk.db, feed, f"https://{number}.example/feed")
            case "move" if feed not in removed:
                feeds.move_feed(desk.db, feed, [desk.news, desk.sport][number % 2], number)
            case "drop":
                articles.drop_articles(desk.db, ids)
            case "status":
                articles.put_status(desk.db, feed, str(number), True, number % 2 == 0, desk.now)
    assert soundness.recount(desk.db) == soundness.read_tallies(desk.db)
    assert soundness.look_through(desk.db) == ()
    outline = feeds.read_outline(desk.db, desk.now)
    assert outline.counts == feeds.read_counts(desk.db, desk.now)
    assert outline.counts.total == len(desk.rows())
    assert outline.counts.unread == len(desk.rows(Listing.UNREAD))
    assert outline.counts.saved == len(desk.rows(Listing.SAVED))
    for section in outline.sections:
        positions = [feed.position for feed in outline.feeds if feed.section_id == section.id]
        assert positions == list(range(len(positions)))


def articles_of(listing: Listing, id: int) -> Any:
    from reader.model import Selection

    return Selection(listing, id)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_moving_or_removing_a_section_and_taking_it_back_restores_the_outline(
    new_desk: Callable[[], Desk], data: st.DataObject
) -> None:
    desk = new_desk()
    for number in range(data.draw(st.integers(0, 5))):
        parent = data.draw(st.sampled_from([None, *feeds.section_ids(desk.db)]))
        section = feeds.add_section(desk.db, f"S{number}", parent, data.draw(st.integers(-1, 3)))
        feeds.add_feed(desk.db, f"https://{number}.example/", section)
    before = feeds.read_outline(desk.db, desk.now)
    section = data.draw(st.sampled_from(feeds.section_ids(desk.db)))
    if data.draw(st.booleans()):
        removed = feeds.remove_section(desk.db, section, desk.now)
        feeds.restore_section(desk.db, removed)
    else:
        target = data.draw(st.sampled_from([None, *feeds.section_ids(desk.db)]))
        try:
            parent, position = feeds.move_section(desk.db, section, data.draw(st.integers(-1, 4)), target)
        except StoreError:
            assert feeds.read_outline(desk.db, desk.now) == before
            return
        feeds.move_section(desk.db, section, position, parent)
    assert feeds.read_outline(desk.db, desk.now) == before
