"""A real store in a temporary folder, and short ways to put things into it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
import zstandard

sys.path.insert(0, str(Path(__file__).parent))

from reader.model import Draft, FeedId, Listing, Row, SectionId, Selection
from reader.store import articles, database, feeds

# Noon in a zone two hours east of Greenwich: today began at 22:00 UTC the day before.
NOW = datetime(2025, 3, 10, 12, 0, tzinfo=timezone(timedelta(hours=2)))


def pack(html: str) -> bytes:
    return zstandard.ZstdCompressor().compress(html.encode("utf-8", "replace"))


def make_draft(uid: str = "1", **changed: Any) -> Draft:
    """A plausible draft; its fingerprint follows from what it says."""
    given = {
        "uid": uid,
        "title": f"Title {uid}",
        "link": f"https://example.com/{uid}",
        "author": "A. Author",
        "published_at": NOW - timedelta(hours=1),
        "updated_at": None,
        "standfirst": f"Standfirst {uid}",
        "text": f"Body of {uid}",
        "minutes": 2,
        "picture": "",
        "pictures": (),
        "categories": (),
        "enclosures": (),
        "language": "en",
        "comments": "",
    } | changed
    print_of = "|".join(str(given[x]) for x in ("title", "standfirst", "text", "link", "author"))
    given.setdefault("body", pack(f"<p>{given['text']}</p>"))
    given.setdefault("fingerprint", blake2b(print_of.encode("utf-8", "replace"), digest_size=16).digest())
    return Draft(**given)


@dataclass
class Desk:
    """A writing connection with two sections and three feeds: News (Gazette, Courier), Sport (Ball)."""

    db: database.Connection
    now: datetime = NOW
    make: Callable[..., Draft] = make_draft
    news: SectionId = field(init=False)
    sport: SectionId = field(init=False)
    gazette: FeedId = field(init=False)
    courier: FeedId = field(init=False)
    ball: FeedId = field(init=False)

    def __post_init__(self) -> None:
        self.news = feeds.add_section(self.db, "News")
        self.sport = feeds.add_section(self.db, "Sport")
        self.gazette = feeds.add_feed(self.db, "https://gazette.example/feed", self.news)
        self.courier = feeds.add_feed(self.db, "https://courier.example/feed", self.news)
        self.ball = feeds.add_feed(self.db, "https://ball.example/feed", self.sport)

    def put(self, feed: FeedId, *drafts: Draft, now: datetime | None = None) -> articles.PutResult:
        return articles.put_drafts(self.db, feed, drafts, now or self.now)

    def put_at(self, feed: FeedId, uid: str, hours: float, **changed: Any) -> int:
        """An article published so many hours before now. Returns its id."""
        draft = make_draft(uid, published_at=self.now - timedelta(hours=hours), **changed)
        return self.put(feed, draft).added[0]

    def rows(self, listing: Listing = Listing.ALL, id: int = 0, **more: Any) -> tuple[Row, ...]:
        return articles.read_rows(self.db, Selection(listing, id, **more), None, 1000, self.now).rows

    def titles(self, listing: Listing = Listing.ALL, id: int = 0, **more: Any) -> list[str]:
        return [row.title for row in self.rows(listing, id, **more)]


@pytest.fixture
def paths(tmp_path: Path) -> tuple[Path, Path]:
    return tmp_path / "news.db", tmp_path / "pictures.db"


@pytest.fixture
def desk(paths: tuple[Path, Path]) -> Iterator[Desk]:
    db = database.open_writing(*paths)
    yield Desk(db)
    db.close()


@pytest.fixture
def new_desk() -> Iterator[Callable[[], Desk]]:
    """Desks in memory, for tests that need many."""
    opened: list[database.Connection] = []

    def make() -> Desk:
        db = database.open_in_memory()
        opened.append(db)
        return Desk(db)

    yield make
    for db in opened:
        db.close()


@pytest.fixture
def utc_now() -> datetime:
    return NOW.astimezone(UTC)
