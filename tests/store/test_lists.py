"""Lists: which articles, in which order, page by page; and what is unread next."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.model import Listing, Selection
from reader.store import articles, feeds

Desk = Any


@pytest.fixture
def full(desk: Desk) -> Desk:
    """Five articles: g1 and g2 (Gazette), c3 (Courier, read), b4 (Ball, saved), b5 (Ball, in a
    section inside News)."""
    inner = feeds.add_section(desk.db, "Europe", desk.news)
    desk.alps = feeds.add_feed(desk.db, "https://alps.example/", inner)
    desk.ids = {
        name: desk.put_at(feed, name, hours)
        for feed, name, hours in (
            (desk.gazette, "g1", 1),
            (desk.gazette, "g2", 30),
            (desk.courier, "c3", 3),
            (desk.ball, "b4", 4),
            (desk.alps, "a5", 5),
        )
    }
    desk.inner = inner
    articles.mark_read(desk.db, [desk.ids["c3"]], True)
    articles.save(desk.db, [desk.ids["b4"]], True)
    return desk


def short(titles: list[str]) -> str:
    return " ".join(title.removeprefix("Title ") for title in titles)


def test_each_listing_holds_what_its_name_says(full: Desk) -> None:
    assert short(full.titles(Listing.ALL)) == "g1 c3 b4 a5 g2"
    assert short(full.titles(Listing.TODAY)) == "g1 c3 b4 a5"
    assert short(full.titles(Listing.UNREAD)) == "g1 b4 a5 g2"
    assert short(full.titles(Listing.SAVED)) == "b4"
    assert short(full.titles(Listing.SECTION, full.news)) == "g1 c3 a5 g2"
    assert short(full.titles(Listing.SECTION, full.inner)) == "a5"
    assert short(full.titles(Listing.FEED, full.gazette)) == "g1 g2"
    assert short(full.titles(Listing.SEARCH, query="body")) == "g1 c3 b4 a5 g2"


def test_unread_only_and_oldest_first_hold_for_every_listing(full: Desk) -> None:
    for listing, id in (
        (Listing.ALL, 0),
        (Listing.TODAY, 0),
        (Listing.UNREAD, 0),
        (Listing.SAVED, 0),
        (Listing.SECTION, full.news),
        (Listing.FEED, full.courier),
    ):
        rows = full.rows(listing, id)
        unread = tuple(row for row in rows if not row.is_read)
        assert full.rows(listing, id, unread_only=True) == unread
        assert full.rows(listing, id, oldest_first=True) == rows[::-1]
        assert full.rows(listing, id, oldest_first=True, unread_only=True) == unread[::-1]


def test_an_unknown_section_or_feed_is_an_empty_list(full: Desk) -> None:
    assert full.titles(Listing.SECTION, 99) == full.titles(Listing.FEED, 99) == []


def test_pages_follow_one_another_without_gap_or_repeat_while_new_articles_arrive(full: Desk) -> None:
    everything = full.rows(Listing.SECTION, full.news)
    selection, seen, after = Selection(Listing.SECTION, full.news), [], None
    for number in range(10):
        page = articles.read_rows(full.db, selection, after, 2, full.now)
        seen += page.rows
        after = page.next
        full.put_at(full.gazette, f"new {number}", 0)
        if after is None:
            break
    assert tuple(seen) == everything


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    hours=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 5)), max_size=25),
    limit=st.integers(1, 7),
    oldest_first=st.booleans(),
)
def test_pages_joined_are_the_whole_list_even_with_equal_times(
    new_desk: Any, hours: list[tuple[int, int]], limit: int, oldest_first: bool
) -> None:
    desk = new_desk()
    feeds.move_section(desk.db, desk.sport, 0, desk.news)
    for number, (which, hour) in enumerate(hours):
        desk.put_at([desk.gazette, desk.courier, desk.ball][which], str(number), hour)
    for selection in (
        Selection(Listing.ALL, oldest_first=oldest_first),
        Selection(Listing.SECTION, desk.news, oldest_first=oldest_first),
        Selection(Listing.SEARCH, query="body"),
    ):
        seen, after = [], None
        while True:
            page = articles.read_rows(desk.db, selection, after, limit, desk.now)
            seen += page.rows
            after = page.next
            if after is None:
                break
        keys = [(row.at, row.id) for row in seen]
        assert keys == sorted(keys, reverse=not selection.oldest_first)
        assert len(keys) == len(hours)
        assert len(set(keys)) == len(keys)


def test_rows_named_are_those_that_belong_to_the_selection_now(full: Desk) -> None:
    ids = list(full.ids.values())

    def name(selection: Selection | None) -> str:
        return short([x.title for x in articles.read_rows_named(full.db, ids, selection, full.now)])

    assert name(None) == "g1 g2 c3 b4 a5"
    assert name(Selection(Listing.ALL)) == "g1 c3 b4 a5 g2"
    assert name(Selection(Listing.ALL, oldest_first=True)) == "g2 a5 b4 c3 g1"
    assert name(Selection(Listing.TODAY)) == "g1 c3 b4 a5"
    assert name(Selection(Listing.UNREAD)) == "g1 b4 a5 g2"
    assert name(Selection(Listing.SAVED)) == "b4"
    assert name(Selection(Listing.SECTION, full.news)) == "g1 c3 a5 g2"
    assert name(Selection(Listing.SECTION, full.news, unread_only=True)) == "g1 a5 g2"
    assert name(Selection(Listing.FEED, full.gazette)) == "g1 g2"
    assert name(Selection(Listing.SEARCH, query="g1")) == "g1"
    assert articles.read_rows_named(full.db, [999], None, full.now) == ()


def test_the_latest_of_a_section_come_without_the_excluded(full: Desk) -> None:
    latest = articles.read_latest(full.db, full.news, [full.ids["g1"]], 2)
    assert short([row.title for row in latest]) == "c3 a5"


def test_export_goes_through_the_whole_list(full: Desk) -> None:
    rows = articles.export_rows(full.db, Selection(Listing.ALL), full.now)
    assert short([row.title for row in rows]) == "g1 c3 b4 a5 g2"


def test_marking_returns_only_what_changed_so_that_undo_restores_it(full: Desk) -> None:
    ids = [full.ids["g1"], full.ids["c3"], full.ids["g1"], 999]
    assert articles.mark_read(full.db, ids, True) == (full.ids["g1"],)
    assert articles.mark_read(full.db, ids, True) == ()
    assert articles.save(full.db, [full.ids["b4"], full.ids["g1"]], True) == (full.ids["g1"],)


@pytest.mark.parametrize("listing", list(Listing))
def test_marking_a_selection_read_leaves_it_without_unread_and_others_untouched(
    full: Desk, listing: Listing
) -> None:
    id = {Listing.SECTION: full.news, Listing.FEED: full.gazette}.get(listing, 0)
    selection = Selection(listing, id, query="body", oldest_first=True)
    before = {row.id for row in full.rows(Listing.UNREAD)}
    inside = {row.id for row in full.rows(listing, id, query="body", unread_only=True)}
    changed = articles.mark_selection_read(full.db, selection, full.now)
    assert set(changed) == inside
    assert {row.id for row in full.rows(Listing.UNREAD)} == before - inside
    articles.mark_read(full.db, changed, False)
    assert {row.id for row in full.rows(Listing.UNREAD)} == before


def test_next_unread_goes_through_sections_in_display_order_and_round_to_the_first(full: Desk) -> None:
    def find(section: int | None = None, feed: int | None = None, *exclude: str) -> str | None:
        row = articles.find_next_unread(full.db, section, feed, [full.ids[x] for x in exclude])
        return row and row.title.removeprefix("Title ")

    assert find() == "g1"
    assert find(full.news) == "g1"
    assert find(full.news, None, "g1") == "a5"
    assert find(full.news, None, "g1", "a5", "g2") == "b4"
    assert find(full.sport) == "b4"
    assert find(full.sport, None, "b4") == "g1"
    assert find(None, full.gazette, "g1") == "g2"
    assert find(None, full.gazette, "g1", "g2") == "a5"
    assert find(None, full.courier) == "g1"
    assert find(None, full.ball, "b4") == "g1"
    assert find(None, 99) == "g1"
    assert find(full.news, None, *full.ids) is None


def test_lists_stay_index_ranges_however_much_is_stored(full: Desk) -> None:
    """No plan of a list sorts or scans: that is what keeps it from growing."""
    seen: list[str] = []
    full.db.set_trace_callback(seen.append)
    for listing in (Listing.ALL, Listing.TODAY, Listing.UNREAD, Listing.SAVED, Listing.SECTION, Listing.FEED):
        for unread_only in (False, True):
            for oldest_first in (False, True):
                id = full.news if listing is Listing.SECTION else full.gazette
                selection = Selection(listing, id, unread_only=unread_only, oldest_first=oldest_first)
                page = articles.read_rows(full.db, selection, None, 1, full.now)
                articles.read_rows(full.db, selection, page.next, 1, full.now)
    full.db.set_trace_callback(None)
    listed = [sql for sql in seen if "INDEXED BY" in sql]
    assert listed
    for sql in listed:
        plan = " ".join(row[3] for row in full.db.execute(f"EXPLAIN QUERY PLAN {sql}"))
        assert "USING INDEX" in plan or "USING COVERING INDEX" in plan
        assert "TEMP B-TREE" not in plan


def test_times_are_told_in_utc(full: Desk) -> None:
    assert full.rows()[0].at.utcoffset() == timedelta(0)
