"""A selection in, its articles out, a page at a time.

Each list is one or a few ranges of one index, read from where the last page ended, and the
index is named in the query: no page costs more because more articles are stored, and the
planner cannot think otherwise. A section that holds others is a merge of their ranges.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from datetime import datetime
from sqlite3 import Connection

from reader.frozen import frozen
from reader.model import ArticleId, Cursor, FeedId, Listing, Row, RowPage, SectionId, Selection
from reader.store import search
from reader.store.moments import start_of_day, to_micros
from reader.store.rows import Key, make_page, read_rows_of
from reader.store.sections import list_inside

_NO_LIMIT = -1
_EXPORT_PAGE = 500


@frozen
class _Range:
    """A stretch of an index of `status`: what the condition leaves is in the order of sort_at."""

    index: str
    condition: str
    values: tuple[int, ...] = ()


def read_rows(
    db: Connection, selection: Selection, after: Cursor | None, limit: int, now: datetime
) -> RowPage:
    """One page. `now`: aware, in the reader's own time zone; its midnight begins today. What a
    search found is always newest first."""
    if selection.listing is Listing.SEARCH:
        return search.find(db, selection.query, after, limit, selection.unread_only)
    return make_page(db, _iterate(db, selection, after, limit + 1, now), limit)


def read_rows_named(
    db: Connection, ids: Sequence[ArticleId], selection: Selection | None, now: datetime
) -> tuple[Row, ...]:
    """The rows of those `ids` that belong to the selection as it is now (None: whatever list they
    are in), in the selection's order."""
    rows = read_rows_of(db, list(dict.fromkeys(ids)))
    if selection is None:
        return tuple(rows)
    newest_first = not selection.oldest_first or selection.listing is Listing.SEARCH
    if selection.listing is Listing.SEARCH:
        matching = search.which_match(db, [(to_micros(x.at), x.id) for x in rows], selection.query)
        rows = [x for x in rows if x.id in matching]
    else:
        rows = [x for x in rows if _is_in_listing(db, x, selection, now)]
    if selection.unread_only:
        rows = [x for x in rows if not x.is_read]
    rows.sort(key=lambda x: (x.at, x.id), reverse=newest_first)
    return tuple(rows)


def read_latest(
    db: Connection, section_id: SectionId, exclude: Sequence[ArticleId], limit: int
) -> tuple[Row, ...]:
    """The newest of a section and of those inside it, without `exclude`."""
    keys = _merge(db, _ranges_of_section(db, section_id, unread=False), None, limit + len(exclude), False)
    unwanted = set(exclude)
    ids = [id for _, id in keys if id not in unwanted]
    return tuple(read_rows_of(db, ids[:limit]))


def export_rows(db: Connection, selection: Selection, now: datetime) -> Iterator[Row]:
    """Every row of the selection, read in pages so that nothing is locked for long."""
    after: Cursor | None = None
    while True:
        page = read_rows(db, selection, after, _EXPORT_PAGE, now)
        yield from page.rows
        after = page.next
        if after is None:
            return


def iterate_unread(db: Connection, selection: Selection, now: datetime) -> Iterator[Key]:
    """The places of every unread article of the selection."""
    if selection.listing is Listing.SEARCH:
        yield from search.iterate_all(db, selection.query, unread_only=True)
        return
    unread = Selection(selection.listing, selection.id, unread_only=True)
    yield from _iterate(db, unread, None, _NO_LIMIT, now)


def first_unread_of_section(
    db: Connection, section_id: SectionId, exclude: set[int], deep: bool
) -> int | None:
    """The newest unread article of a section, `deep` with those inside it, that is not excluded."""
    ranges = (
        _ranges_of_section(db, section_id, unread=True)
        if deep
        else [_Range("unread_section", "section_id = ? AND is_read = 0", (section_id,))]
    )
    return _first_not(db, ranges, exclude)


def first_unread_of_feed(db: Connection, feed_id: FeedId, exclude: set[int]) -> int | None:
    return _first_not(db, [_range_of_feed(feed_id, unread=True)], exclude)


def _first_not(db: Connection, ranges: list[_Range], exclude: set[int]) -> int | None:
    keys = _merge(db, ranges, None, len(exclude) + 1, False)
    return next((id for _, id in keys if id not in exclude), None)


def _iterate(
    db: Connection, selection: Selection, after: Cursor | None, most: int, now: datetime
) -> Iterator[Key]:
    return _merge(db, _list_ranges(db, selection, now), after, most, selection.oldest_first)


def _list_ranges(db: Connection, selection: Selection, now: datetime) -> list[_Range]:
    unread = selection.unread_only or selection.listing is Listing.UNREAD
    if selection.listing is Listing.SECTION:
        return _ranges_of_section(db, SectionId(selection.id), unread)
    if selection.listing is Listing.FEED:
        return [_range_of_feed(FeedId(selection.id), unread)]
    shown = "section_id IS NOT NULL" + (" AND is_read = 0" if unread else "")
    if selection.listing is Listing.SAVED:
        return [_Range("saved_unread" if unread else "saved_all", f"{shown} AND is_saved = 1")]
    index = "unread_all" if unread else "status_all"
    if selection.listing is Listing.TODAY:
        return [_Range(index, f"{shown} AND sort_at >= ?", (start_of_day(now),))]
    return [_Range(index, shown)]


def _range_of_feed(feed_id: FeedId, unread: bool) -> _Range:
    condition = "feed_id = ? AND section_id IS NOT NULL"
    if unread:
        return _Range("unread_feed", f"{condition} AND is_read = 0", (feed_id,))
    return _Range("status_feed", condition, (feed_id,))


def _ranges_of_section(db: Connection, section_id: SectionId, unread: bool) -> list[_Range]:
    index = "unread_section" if unread else "status_section"
    condition = "section_id = ?" + (" AND is_read = 0" if unread else "")
    return [_Range(index, condition, (section,)) for section in list_inside(db, section_id)]


def _merge(
    db: Connection, ranges: list[_Range], after: Cursor | None, most: int, oldest_first: bool
) -> Iterator[Key]:
    """The ranges' keys in one order. Each is stepped only as far as the reader asks."""
    scans = [_scan(db, x, after, most, oldest_first) for x in ranges]
    return scans[0] if len(scans) == 1 else heapq.merge(*scans, reverse=not oldest_first)


def _scan(
    db: Connection, range: _Range, after: Cursor | None, most: int, oldest_first: bool
) -> Iterator[Key]:
    compare, order = (">", "ASC") if oldest_first else ("<", "DESC")
    place = f" AND (sort_at, id) {compare} (?, ?)" if after else ""
    return db.execute(
        f"SELECT sort_at, id FROM status INDEXED BY {range.index} WHERE {range.condition}{place} "
        f"ORDER BY sort_at {order}, id {order} LIMIT ?",
        (*range.values, *((after.at, after.id) if after else ()), most),
    )


def _is_in_listing(db: Connection, row: Row, selection: Selection, now: datetime) -> bool:
    match selection.listing:
        case Listing.TODAY:
            return to_micros(row.at) >= start_of_day(now)
        case Listing.UNREAD:
            return not row.is_read
        case Listing.SAVED:
            return row.is_saved
        case Listing.SECTION:
            return row.section_id in list_inside(db, SectionId(selection.id))
        case Listing.FEED:
            return row.feed_id == selection.id
        case _:
            return True
