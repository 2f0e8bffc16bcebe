"""Places of articles in, the rows a list shows out. Never reads a body."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from sqlite3 import Connection

from reader.model import ArticleId, Cursor, FeedId, Row, RowPage, SectionId
from reader.store.moments import from_micros

_CHUNK = 400

_COLUMNS = (
    "s.id, s.feed_id, s.section_id, a.title, a.standfirst, a.link, a.author, s.sort_at, "
    "a.minutes, a.picture, s.is_read, s.is_saved"
)

Key = tuple[int, int]  # sort_at, id


def read_rows_of(db: Connection, ids: Sequence[int]) -> list[Row]:
    """The rows of those articles that are in some list, in the order of `ids`."""
    found: dict[int, Row] = {}
    for part in split(ids, _CHUNK):
        marks = ",".join("?" * len(part))
        for row in db.execute(
            f"SELECT {_COLUMNS} FROM status s JOIN article a ON a.id = s.id "
            f"WHERE s.id IN ({marks}) AND s.section_id IS NOT NULL",
            part,
        ):
            found[row[0]] = _make_row(row)
    return [found[id] for id in ids if id in found]


def make_page(db: Connection, keys: Iterable[Key], limit: int) -> RowPage:
    """The page of the first `limit` keys; it has a next one if there is another key."""
    taken = list(islice(keys, limit + 1))
    more = len(taken) > limit
    del taken[limit:]
    rows = read_rows_of(db, [id for _, id in taken])
    return RowPage(tuple(rows), Cursor(*taken[-1]) if more and taken else None)


def split(items: Iterable[int], size: int) -> Iterator[list[int]]:
    """Lists of at most `size` items."""
    iterator = iter(items)
    while part := list(islice(iterator, size)):
        yield part


def _make_row(row: Sequence[object]) -> Row:
    id, feed, section, title, standfirst, link, author, at, minutes, picture, is_read, is_saved = row
    assert isinstance(id, int)
    assert isinstance(feed, int)
    assert isinstance(section, int)
    assert isinstance(at, int)
    assert isinstance(minutes, int)
    return Row(
        ArticleId(id),
        FeedId(feed),
        SectionId(section),
        str(title),
        str(standfirst),
        str(link),
        str(author),
        from_micros(at),
        minutes,
        str(picture),
        bool(is_read),
        bool(is_saved),
    )
