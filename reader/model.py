"""The nouns of the newsroom, as plain values.

Nothing here does anything: every class is frozen and slotted, may cross threads and
processes, and knows no other module of the program. Times are aware UTC `datetime`s and
end in `_at`; HTML ends in `_html`; what a stranger sent and nobody has checked starts
with `raw_`.
"""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from enum import Enum
from typing import NewType

from reader.frozen import frozen

FeedId = NewType("FeedId", int)
SectionId = NewType("SectionId", int)
ArticleId = NewType("ArticleId", int)


# ---- what a document says -----------------------------------------------------------------


@frozen
class Enclosure:
    """A file that comes with an entry: a podcast episode, a video, a picture."""

    address: str
    media_type: str = ""
    length: int = 0  # bytes, 0 where unknown
    duration: int = 0  # seconds, 0 where unknown
    title: str = ""


@frozen
class Entry:
    """One item of a feed as its publisher sent it: unsanitised, not yet an article."""

    uid: str  # the feed's own id, else link, else a hash of title and date; never empty
    title: str  # plain text, entities decoded once
    link: str  # absolute address or ""
    published_at: datetime | None
    updated_at: datetime | None
    author: str
    raw_html: str  # the longest text the entry carries, HTML
    raw_summary_html: str  # the entry's own summary where it has one beside the text
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    picture: str = ""  # media:thumbnail, itunes:image, JSON Feed image ... absolute
    language: str = ""
    comments: str = ""


@frozen
class FeedHead:
    """What a feed document says of itself."""

    title: str = ""
    site: str = ""  # absolute address of the page the feed belongs to
    description: str = ""
    language: str = ""
    icon: str = ""  # address of a small picture, if it names one
    address: str = ""  # the feed's own address as it states it (rel=self)
    ttl: int = 0  # minutes; RSS ttl
    update_period: int = 0  # seconds; sy:updatePeriod / sy:updateFrequency
    skip_hours: tuple[int, ...] = ()  # 0..23, GMT
    skip_days: tuple[str, ...] = ()  # "Monday" ...
    hub: str = ""


@frozen
class ParsedFeed:
    """A feed document, read."""

    head: FeedHead
    entries: tuple[Entry, ...]
    parser: str  # "fast", "feedparser" or "json": which reader produced it
    flaw: str = ""  # what was wrong with the document although entries were found


@frozen
class Draft:
    """An entry made safe and ready to store: the output of the worker process."""

    uid: str
    title: str
    link: str
    author: str
    published_at: datetime | None
    updated_at: datetime | None
    standfirst: str  # plain text, at most 300 characters
    body: bytes  # sanitised HTML, UTF-8, zstd frame
    text: str  # title-less plain text for the index
    minutes: int  # reading time, at least 1
    picture: str  # address of the lead picture or ""
    pictures: tuple[str, ...]  # every picture of the body and the lead, in order, absolute
    categories: tuple[str, ...]
    enclosures: tuple[Enclosure, ...]
    language: str
    comments: str
    fingerprint: bytes  # 16 bytes; changes when title, standfirst, body, link or author do


@frozen
class Digest:
    """A whole feed document made safe: head and drafts, in feed order."""

    head: FeedHead
    drafts: tuple[Draft, ...]
    parser: str
    flaw: str = ""


# ---- what the reader keeps ----------------------------------------------------------------


@frozen
class Section:
    id: SectionId
    name: str
    parent_id: SectionId | None
    position: int
    unread: int = 0  # of its own feeds and of the sections inside it


@frozen
class Feed:
    id: FeedId
    section_id: SectionId
    title: str  # the user's name for it, else its own, else its host
    address: str
    site: str
    position: int
    icon: str = ""  # address under which its favicon is stored, "" where none
    unread: int = 0
    total: int = 0
    failure: Failure | None = None
    checked_at: datetime | None = None  # the last answer, good or bad
    succeeded_at: datetime | None = None
    next_at: datetime | None = None  # not fetched by itself before


@frozen
class Failure:
    """Why a feed was not read. `kind` is the name of a class in `errors`; words come later."""

    kind: str
    detail: str = ""  # a number or name the sentence needs: "404", "example.com"
    count: int = 1  # failures in a row
    since_at: datetime | None = None


@frozen
class Row:
    """An article as the list shows it: no body."""

    id: ArticleId
    feed_id: FeedId
    section_id: SectionId
    title: str
    standfirst: str
    link: str
    author: str
    at: datetime  # when published; arrival time where the feed gives none
    minutes: int
    picture: str
    is_read: bool
    is_saved: bool


@frozen
class Cursor:
    """The place after the last row of a page of rows."""

    at: int  # the row's sort value, microseconds since 1970
    id: int


@frozen
class RowPage:
    rows: tuple[Row, ...]
    next: Cursor | None  # None: no more rows


@frozen
class Article:
    """An article as the page shows it."""

    row: Row
    body_html: str  # sanitised
    categories: tuple[str, ...]
    enclosures: tuple[Enclosure, ...]
    pictures: tuple[str, ...]
    language: str
    comments: str
    updated_at: datetime | None  # the publisher's, or when we saw the text change
    former_titles: tuple[str, ...] = ()  # headlines it carried before, oldest first


# ---- how a feed is doing -------------------------------------------------------------------


@frozen
class Credentials:
    """What a feed that asks for them is shown. Never written anywhere but to the system's keyring."""

    scheme: str  # "basic" or "bearer"
    user: str  # "" for bearer
    secret: str  # password or token

    def __repr__(self) -> str:
        return f"Credentials({self.scheme!r}, {self.user!r}, ...)"


@frozen
class FeedHealth:
    """One feed as the table of feeds shows it: what it answered, when it is asked again, and why then."""

    id: FeedId
    section_id: SectionId
    section: str
    title: str
    address: str
    site: str
    icon: str
    total: int  # articles kept
    status: int = 0  # HTTP status of the last answer; 0: none came, or it was never asked
    failure: Failure | None = None
    checked_at: datetime | None = None  # the last visit, good or bad
    succeeded_at: datetime | None = None  # "not modified" counts
    changed_at: datetime | None = None  # the last whole document
    next_at: datetime | None = None  # not fetched by itself before; None: at once
    rule: str = ""  # what decided `next_at`: a name of `engine.decide`
    paused_until: datetime | None = None  # the whole host asked to be left alone
    requests: int = 0  # since it was subscribed to
    unchanged: int = 0  # ... of which were answered "not modified"
    received: int = 0  # bytes of bodies, as sent
    saved: int = 0  # bytes that "not modified" spared
    elapsed: float = 0.0  # seconds the last answer took
    per_week: float = 0.0  # articles, over the last eight weeks
    newest_at: datetime | None = None  # its newest article
    usual_gap: float = 0.0  # days between its articles as a rule: the median of the newest; 0: unknown
    moved_to: str = ""  # a permanent redirection that is not followed for good yet
    is_gone: bool = False  # 410
    user_agent: str = ""  # the user's own for this feed; "": ours
    signs_in: str = ""  # "", "basic" or "bearer"


@frozen
class VisitRecord:
    """One request for a feed, as the table of feeds lists them."""

    at: datetime
    feed_id: FeedId
    status: int  # 0: no answer
    failure: Failure | None
    elapsed: float  # seconds
    size: int  # bytes of the body as sent
    added: int  # new articles


@frozen
class Traffic:
    """What was asked of the network on one day (of the reader's time zone)."""

    day: str  # "2026-03-09"
    kind: str  # "feed", "picture", "icon" or "page"
    requests: int
    unchanged: int  # answered "not modified"
    received: int  # bytes
    saved: int  # bytes that "not modified" spared


class Listing(Enum):
    """The kinds of list the window can show."""

    ALL = "all"
    TODAY = "today"
    UNREAD = "unread"
    SAVED = "saved"
    SECTION = "section"
    FEED = "feed"
    SEARCH = "search"


@frozen
class Selection:
    """Which articles, in which order."""

    listing: Listing = Listing.TODAY
    id: int = 0  # section or feed id for those listings
    query: str = ""  # for SEARCH
    unread_only: bool = False
    oldest_first: bool = False


@frozen
class Counts:
    """Unread numbers as the section list shows them, and how much there is in all."""

    today: int = 0
    unread: int = 0
    saved: int = 0
    total: int = 0
    by_feed: dict[FeedId, int] = field(default_factory=dict)
    by_section: dict[SectionId, int] = field(default_factory=dict)


@frozen
class Outline:
    """The whole section list at one moment. Sections and feeds in display order."""

    sections: tuple[Section, ...]
    feeds: tuple[Feed, ...]
    counts: Counts


@frozen
class Picture:
    """A stored picture: re-encoded by us, safe to decode."""

    address: str
    data: bytes  # JPEG, PNG or WebP
    width: int
    height: int


@frozen
class PictureSize:
    address: str
    width: int
    height: int


# ---- what changed -------------------------------------------------------------------------


class Origin(Enum):
    """Who began a change."""

    USER = "user"
    REFRESH = "refresh"
    UNDO = "undo"
    IMPORT = "import"
    START = "start"


@frozen
class Changes:
    """What a command or a refresh did. Empty when nothing did change."""

    origin: Origin
    added: tuple[ArticleId, ...] = ()
    updated: tuple[ArticleId, ...] = ()  # text, title or status
    removed: tuple[ArticleId, ...] = ()
    feeds: tuple[FeedId, ...] = ()  # feeds whose row (name, counts, failure, icon) changed
    outline_changed: bool = False  # sections or feeds came, went, moved or were renamed
    pictures: tuple[str, ...] = ()  # addresses of pictures that are now stored
    counts: Counts | None = None  # the new counts where they moved

    def __bool__(self) -> bool:
        return bool(
            self.added or self.updated or self.removed or self.feeds or self.outline_changed or self.pictures
        )
