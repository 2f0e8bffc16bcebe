"""The door to articles: stored by `arrivals`, listed by `lists`, marked by `marks`, and read here."""

from __future__ import annotations

from sqlite3 import Connection

from reader.model import Article, ArticleId
from reader.store.arrivals import PutResult, put_documents, put_drafts
from reader.store.bodies import unpack
from reader.store.extras import unpack_extras
from reader.store.lists import export_rows, read_latest, read_rows, read_rows_named
from reader.store.marks import (
    drop_articles,
    find_next_unread,
    mark_read,
    mark_selection_read,
    put_status,
    save,
)
from reader.store.moments import from_micros_or_none
from reader.store.rows import read_rows_of

__all__ = [
    "PutResult",
    "drop_articles",
    "export_rows",
    "find_next_unread",
    "mark_read",
    "mark_selection_read",
    "put_documents",
    "put_drafts",
    "put_status",
    "read_article",
    "read_latest",
    "read_rows",
    "read_rows_named",
    "save",
]


def read_article(db: Connection, id: ArticleId) -> Article | None:
    """The whole article; None where there is none, or its feed was removed.

    Raises StoreDamaged where its body cannot be unpacked.
    """
    rows = read_rows_of(db, [id])
    body = db.execute("SELECT html, updated_at, language, extras FROM body WHERE id = ?", (id,)).fetchone()
    if not rows or body is None:
        return None
    extras = unpack_extras(body[3])
    former = db.execute("SELECT title FROM former_title WHERE article_id = ? ORDER BY changed_at", (id,))
    return Article(
        rows[0],
        unpack(body[0]),
        extras.categories,
        extras.enclosures,
        extras.pictures,
        body[2],
        extras.comments,
        from_micros_or_none(body[1]),
        tuple(x[0] for x in former),
    )
