"""The full-text index, cut into eras.

One FTS5 table per era, an era being a stretch of publication time begun whenever the newest
holds enough articles. That is what keeps search from growing: a frequent word or a short
beginning of one is answered from the newest eras alone, newest first and exactly in the
lists' order, because every article of an era is newer than all of the one before; a rare
word costs one look per era. Merging an index as it grows never touches more than one era.

The tables are contentless: words and rowids only, an eighth of an index with positions.
Such a table cannot delete without the words as they were, and the words are kept nowhere
else, so an edited article is entered again under the same rowid: its new words find it, and
its former words still do, as its former headlines stay with it. An article that is gone has
no status any more, which every search joins, and its rowid is never given again.
"""

from __future__ import annotations

from collections.abc import Iterable
from sqlite3 import Connection

from reader.frozen import frozen
from reader.store.transactions import transaction

ARTICLES_PER_ERA = 16_384
BEGINNING = -(2**62)  # before every date


@frozen
class Era:
    number: int
    since: int
    articles: int

    @property
    def table(self) -> str:
        return f"words_{self.number:04}"


def begin_first(db: Connection) -> None:
    """The era every store begins with: all of time."""
    _begin(db, 0, BEGINNING)


def read_eras(db: Connection) -> list[Era]:
    """All eras, newest first."""
    return [Era(*row) for row in db.execute("SELECT number, since, articles FROM era ORDER BY since DESC")]


def index(db: Connection, entries: Iterable[tuple[int, int, str]], *, again: bool = False) -> None:
    """Enter (article id, sort_at, prepared words) into the eras they belong to.

    Ids should ascend: FTS5 writes a segment of its own each time they go back.
    `again`: the articles are in the index already and have been edited.
    """
    eras = read_eras(db)
    parts: dict[Era, list[tuple[int, str]]] = {}
    newest_at = BEGINNING
    for id, at, words in entries:
        newest_at = max(newest_at, at)
        era = next(x for x in eras if at >= x.since or x.since == BEGINNING)
        parts.setdefault(era, []).append((id, words))
    for era, rows in parts.items():
        db.executemany(f"INSERT INTO {era.table} (rowid, words) VALUES (?, ?)", rows)
        if not again:
            db.execute(
                "UPDATE era SET articles = articles + ?, is_tidy = 0 WHERE number = ?",
                (len(rows), era.number),
            )
    if not again and eras[0] in parts:
        _turn(db, eras[0], len(parts[eras[0]]), newest_at)


def _turn(db: Connection, newest: Era, added: int, newest_at: int) -> None:
    """Begin the next era once the newest is full. It starts after everything stored so far."""
    if newest.articles + added < ARTICLES_PER_ERA:
        return
    row = db.execute("SELECT max(sort_at) FROM status").fetchone()
    _begin(db, newest.number + 1, max(row[0] or 0, newest_at, newest.since) + 1)


def _begin(db: Connection, number: int, since: int) -> None:
    era = Era(number, since, 0)
    db.execute(
        f"CREATE VIRTUAL TABLE {era.table} USING fts5 (words, content='', detail=none, columnsize=0, "
        "tokenize=\"unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'\")"
    )
    # Nothing is merged while articles come in: a first refresh of 15,000 takes 2.2 s of CPU
    # instead of 4.4. `tidy` makes up for it, or at the latest the 64th segment.
    for option, value in (("automerge", 0), ("crisismerge", 64), ("hashsize", 4_000_000)):
        db.execute(f"INSERT INTO {era.table} ({era.table}, rank) VALUES (?, ?)", (option, value))
    db.execute("INSERT INTO era (number, since) VALUES (?, ?)", (number, since))


def tidy(db: Connection, pages: int = 100) -> bool:
    """Merge a little of the index, about `pages` times 4 KB. True while there is more to do.

    For idle moments on the writing connection; the newest era is merged as far as it pays, an
    era that is over into one piece.
    """
    eras = read_eras(db)
    with transaction(db):
        if _merge(db, eras[0], pages):
            return True
        row = db.execute(
            "SELECT number FROM era WHERE is_tidy = 0 AND number <> ? ORDER BY number LIMIT 1",
            (eras[0].number,),
        ).fetchone()
        if row is None:
            return False
        era = next(x for x in eras if x.number == row[0])
        if not _merge(db, era, -pages):
            db.execute("UPDATE era SET is_tidy = 1 WHERE number = ?", (era.number,))
    return True


def _merge(db: Connection, era: Era, pages: int) -> bool:
    """False where there was nothing to merge: FTS5 then writes nothing but the command itself."""
    before = db.total_changes
    db.execute(f"INSERT INTO {era.table} ({era.table}, rank) VALUES ('merge', ?)", (pages,))
    return db.total_changes - before >= 2
