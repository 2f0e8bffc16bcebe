"""What a pane may ask the library. Each question names the type of its answer.

Outlined()            -> Outline
Rows(...)             -> RowPage
RowsNamed(...)        -> tuple[Row, ...]     those of `ids` that belong to the selection
ArticleNamed(id)      -> Article | None
Latest(...)           -> tuple[Row, ...]     newest of a section, without `exclude`
PictureNamed(address) -> Picture | None      as shown on the page (at most 1280 px wide)
Thumbnail(address)    -> Picture | None      square, 136 px; favicons are stored at 32 px
PictureSizes(...)     -> dict[str, PictureSize]   for laying out a page before decoding
NextUnread(...)       -> Row | None          the next unread article after a place, across
                                             sections in display order, wrapping to the start
StorageUsed()         -> int                 bytes on disk
Health(feed_id)       -> tuple[FeedHealth, ...]   of one feed, or of all in display order
Visits(feed_id)       -> tuple[VisitRecord, ...]  the last requests, newest first, of one feed or all
TrafficOf(days)       -> tuple[Traffic, ...]      newest day first
"""

from __future__ import annotations

from reader.frozen import frozen
from reader.model import ArticleId, Cursor, FeedId, SectionId, Selection


@frozen
class Outlined: ...


@frozen
class Rows:
    selection: Selection
    after: Cursor | None = None
    limit: int = 100


@frozen
class RowsNamed:
    ids: tuple[ArticleId, ...]
    selection: Selection | None = None  # None: whatever list they are in


@frozen
class ArticleNamed:
    id: ArticleId


@frozen
class Latest:
    section_id: SectionId
    exclude: tuple[ArticleId, ...] = ()
    limit: int = 6


@frozen
class PictureNamed:
    address: str


@frozen
class Thumbnail:
    address: str


@frozen
class PictureSizes:
    addresses: tuple[str, ...]


@frozen
class NextUnread:
    section_id: SectionId | None = None
    feed_id: FeedId | None = None
    exclude: tuple[ArticleId, ...] = ()  # the ones shown as read just now


@frozen
class StorageUsed: ...


@frozen
class Health:
    feed_id: FeedId | None = None


@frozen
class Visits:
    feed_id: FeedId | None = None
    limit: int = 50


@frozen
class TrafficOf:
    days: int = 30


Question = (
    Outlined
    | Rows
    | RowsNamed
    | ArticleNamed
    | Latest
    | PictureNamed
    | Thumbnail
    | PictureSizes
    | NextUnread
    | StorageUsed
    | Health
    | Visits
    | TrafficOf
)
