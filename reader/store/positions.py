"""Where a feed stands among the others of its section: taken out, put in, its articles with it."""

from __future__ import annotations

from sqlite3 import Connection

from reader.errors import StoreError
from reader.frozen import frozen
from reader.model import FeedId, SectionId
from reader.store.sections import list_inside


@frozen
class RemovedFeed:
    """Where a feed stood: all that undo needs, its articles being there still."""

    id: FeedId
    section_id: SectionId
    position: int


def feeds_of(db: Connection, section_id: SectionId) -> list[FeedId]:
    """The feeds of a section and of those inside it: section by section, in display order."""
    found: list[FeedId] = []
    for section in list_inside(db, section_id):
        rows = db.execute("SELECT id FROM feed WHERE section_id = ? ORDER BY position, id", (section,))
        found += [FeedId(row[0]) for row in rows]
    return found


def take_out(db: Connection, id: FeedId) -> RemovedFeed:
    """Close the gap it leaves; its row still says where it was."""
    row = db.execute(
        "SELECT section_id, position FROM feed WHERE id = ? AND removed_at IS NULL", (id,)
    ).fetchone()
    if row is None:
        raise StoreError("no such feed")
    db.execute("UPDATE feed SET position = -1 WHERE id = ?", (id,))
    db.execute("UPDATE feed SET position = position - 1 WHERE section_id = ? AND position > ?", row)
    return RemovedFeed(id, SectionId(row[0]), row[1])


def place_feed(db: Connection, id: FeedId, section_id: SectionId, position: int) -> None:
    """Subscribed, in that section; where the position is none of it, at its end."""
    count: int = db.execute(
        "SELECT count(*) FROM feed WHERE section_id = ? AND id <> ?", (section_id, id)
    ).fetchone()[0]
    if 0 <= position < count:
        db.execute(
            "UPDATE feed SET position = position + 1 WHERE section_id = ? AND position >= ?",
            (section_id, position),
        )
    else:
        position = count
    db.execute(
        "UPDATE feed SET section_id = ?, position = ?, removed_at = NULL WHERE id = ?",
        (section_id, position, id),
    )


def show_articles(db: Connection, id: FeedId, section_id: SectionId) -> None:
    """Put those articles of a feed into lists that are in none, or in another section's."""
    db.execute(
        "UPDATE status SET section_id = ?1 WHERE feed_id = ?2 AND is_dropped = 0 AND section_id IS NOT ?1 "
        "AND EXISTS (SELECT 1 FROM article WHERE article.id = status.id)",
        (section_id, id),
    )
