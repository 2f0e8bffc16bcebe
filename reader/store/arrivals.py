"""A feed's drafts in; new, edited and unchanged told apart; the store brought up to date.

This is the busiest path of the program (a first refresh is 15,000 drafts), so each step is
one prepared statement over all drafts, and a feed without news costs one query.

A draft is the same article as one already here when the feed gives it the same id; or when
its id is new, but link and title are those of an article that the document no longer lists
under its old id. An edited article stays where it is in every list, keeps its states and
its former headlines, and is never new a second time. Articles that leave the feed stay.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from sqlite3 import Connection

from reader.frozen import frozen
from reader.model import ArticleId, Draft, FeedId
from reader.store import eras, words
from reader.store.extras import pack_extras
from reader.store.identity import decide_sort_at, hash_uids, make_twin_key, may_be_twins
from reader.store.moments import to_micros, to_micros_or_none
from reader.store.scrub import scrub
from reader.store.transactions import transaction

_CHUNK = 200
_TWINS_AMONG = 100  # newest articles of the feed, or twice the document's length where that is more
_MOST_FORMER_TITLES = 20


@frozen
class PutResult:
    """What became of the drafts. `pictures`: addresses in articles added or edited."""

    added: tuple[ArticleId, ...] = ()
    updated: tuple[ArticleId, ...] = ()
    pictures: tuple[str, ...] = ()


@frozen
class _Known:
    id: int
    sort_at: int
    is_dropped: bool
    fingerprint: bytes | None  # None: only the status is here
    title: str


@dataclass(slots=True)
class _Plan:
    new: list[tuple[bytes, int, Draft]] = field(default_factory=list)
    awaited: list[tuple[_Known, int, Draft]] = field(default_factory=list)
    edited: list[tuple[_Known, Draft]] = field(default_factory=list)
    renamed: list[tuple[bytes, int]] = field(default_factory=list)  # new uid, id


def put_drafts(db: Connection, feed_id: FeedId, drafts: Sequence[Draft], now: datetime) -> PutResult:
    """Store one document's drafts, in feed order. `now`: when it arrived. See `put_documents`."""
    return put_documents(db, [(feed_id, drafts)], now)[0]


def put_documents(
    db: Connection, documents: Sequence[tuple[FeedId, Sequence[Draft]]], now: datetime
) -> list[PutResult]:
    """Several documents in one transaction, which costs a third less than one each: the index is
    written once. A feed that is gone takes nothing; one that was removed, but may come back,
    stores them hidden. Raises StoreFull, StoreError."""
    arrival = to_micros(now)
    entries: list[tuple[int, int, str]] = []
    edits: list[tuple[int, int, str]] = []
    with transaction(db):
        results = [_put(db, feed_id, drafts, arrival, entries, edits) for feed_id, drafts in documents]
        if entries:
            eras.index(db, entries)
        if edits:
            eras.index(db, sorted(edits), again=True)
    return results


def _put(
    db: Connection,
    feed_id: FeedId,
    drafts: Sequence[Draft],
    arrival: int,
    entries: list[tuple[int, int, str]],
    edits: list[tuple[int, int, str]],
) -> PutResult:
    feed = db.execute("SELECT section_id FROM feed WHERE id = ?", (feed_id,)).fetchone()
    if feed is None or not drafts:
        return PutResult()
    plan = _compare(db, feed_id, drafts)
    if not (plan.new or plan.awaited or plan.edited or plan.renamed):
        return PutResult()
    db.executemany("UPDATE status SET uid = ? WHERE id = ?", plan.renamed)
    added = _add(db, feed_id, feed[0], plan, arrival)
    _edit(db, plan.edited, arrival)
    entries += [(id, at, words.prepare(draft.title, draft.text)) for id, at, draft in added]
    edits += [(known.id, known.sort_at, words.prepare(x.title, x.text)) for known, x in plan.edited]
    stored = [draft for _, _, draft in reversed(added)] + [draft for _, draft in plan.edited]
    return PutResult(
        tuple(ArticleId(id) for id, _, _ in reversed(added)),
        tuple(ArticleId(known.id) for known, _ in plan.edited),
        tuple(dict.fromkeys(picture for draft in stored for picture in draft.pictures)),
    )


# ---- what is new --------------------------------------------------------------------------


def _compare(db: Connection, feed_id: FeedId, drafts: Sequence[Draft]) -> _Plan:
    wanted = hash_uids(drafts)
    known = _read_known(db, feed_id, list(wanted))
    plan = _Plan()
    for uid, (place, draft) in wanted.items():
        there = known.get(uid)
        if there is None:
            plan.new.append((uid, place, scrub(draft)))
        elif there.is_dropped:
            continue
        elif there.fingerprint is None:
            plan.awaited.append((there, place, scrub(draft)))
        elif there.fingerprint != draft.fingerprint:
            plan.edited.append((there, scrub(draft)))
    if plan.new:
        _find_twins(db, feed_id, plan, wanted.keys(), max(_TWINS_AMONG, 2 * len(drafts)))
    return plan


def _read_known(db: Connection, feed_id: FeedId, uids: list[bytes]) -> dict[bytes, _Known]:
    known: dict[bytes, _Known] = {}
    for start in range(0, len(uids), _CHUNK):
        part = uids[start : start + _CHUNK]
        marks = ",".join("?" * len(part))
        for row in db.execute(
            "SELECT s.uid, s.id, s.sort_at, s.is_dropped, a.fingerprint, a.title FROM status s "
            f"LEFT JOIN article a ON a.id = s.id WHERE s.feed_id = ? AND s.uid IN ({marks})",
            (feed_id, *part),
        ):
            known[row[0]] = _Known(row[1], row[2], bool(row[3]), row[4], row[5] or "")
    return known


def _find_twins(db: Connection, feed_id: FeedId, plan: _Plan, listed: Collection[bytes], among: int) -> None:
    """Move from `plan.new` what the feed has only given another id."""
    candidates: dict[tuple[str, str], tuple[_Known, int | None]] = {}
    for row in db.execute(
        "SELECT s.uid, s.id, s.sort_at, a.fingerprint, a.title, a.link, a.published_at "
        "FROM status s INDEXED BY status_feed JOIN article a ON a.id = s.id "
        "WHERE s.feed_id = ? AND s.section_id IS NOT NULL ORDER BY s.sort_at DESC LIMIT ?",
        (feed_id, among),
    ):
        key = make_twin_key(row[5], row[4])
        if key and row[0] not in listed:
            candidates.setdefault(key, (_Known(row[1], row[2], False, row[3], row[4]), row[6]))
    if not candidates:
        return
    new, plan.new = plan.new, []
    for uid, place, draft in new:
        key = make_twin_key(draft.link, draft.title)
        there = candidates.get(key) if key else None
        if key and there and may_be_twins(there[1], to_micros_or_none(draft.published_at)):
            del candidates[key]
            plan.renamed.append((uid, there[0].id))
            if there[0].fingerprint != draft.fingerprint:
                plan.edited.append((there[0], draft))
        else:
            plan.new.append((uid, place, draft))


# ---- writing ------------------------------------------------------------------------------


def _add(
    db: Connection, feed_id: FeedId, section_id: int | None, plan: _Plan, arrival: int
) -> list[tuple[int, int, Draft]]:
    """Insert statuses, articles and bodies. Returns (id, sort_at, draft), oldest first: ids ascend
    with time."""
    new = [(decide_sort_at(x, place, arrival), -place, uid, x) for uid, place, x in plan.new]
    new.sort(key=lambda one: one[:2])
    row = db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'status'").fetchone()
    first = (row[0] if row else 0) + 1
    db.executemany(
        "INSERT INTO status (id, feed_id, section_id, sort_at, uid) VALUES (?, ?, ?, ?, ?)",
        [(first + i, feed_id, section_id, at, uid) for i, (at, _, uid, _) in enumerate(new)],
    )
    added = [(known.id, decide_sort_at(draft, place, arrival), draft) for known, place, draft in plan.awaited]
    db.executemany(
        "UPDATE status SET section_id = ?, sort_at = ? WHERE id = ?",
        [(section_id, at, id) for id, at, _ in added],
    )
    added.sort()
    added += [(first + i, at, draft) for i, (at, _, _, draft) in enumerate(new)]
    db.executemany(
        "INSERT INTO article (id, title, standfirst, link, author, minutes, picture, published_at, fingerprint) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                id,
                x.title,
                x.standfirst,
                x.link,
                x.author,
                x.minutes,
                x.picture,
                to_micros_or_none(x.published_at),
                x.fingerprint,
            )
            for id, _, x in added
        ],
    )
    db.executemany(
        "INSERT INTO body (id, html, updated_at, language, extras) VALUES (?, ?, ?, ?, ?)",
        [(id, x.body, to_micros_or_none(x.updated_at), x.language, pack_extras(x)) for id, _, x in added],
    )
    db.executemany("INSERT INTO pictures_due VALUES (?)", [(id,) for id, _, x in added if x.pictures])
    return added


def _edit(db: Connection, edited: list[tuple[_Known, Draft]], arrival: int) -> None:
    if not edited:
        return
    db.executemany(
        "INSERT OR REPLACE INTO former_title (article_id, changed_at, title) SELECT ?1, ?2, ?3 "
        "WHERE NOT EXISTS (SELECT 1 FROM former_title WHERE article_id = ?1 AND title = ?3) "
        f"AND (SELECT count(*) FROM former_title WHERE article_id = ?1) < {_MOST_FORMER_TITLES}",
        [(known.id, arrival, known.title) for known, x in edited if known.title and known.title != x.title],
    )
    db.executemany(
        "UPDATE article SET title = ?, standfirst = ?, link = ?, author = ?, minutes = ?, picture = ?, "
        "fingerprint = ? WHERE id = ?",
        [
            (x.title, x.standfirst, x.link, x.author, x.minutes, x.picture, x.fingerprint, known.id)
            for known, x in edited
        ],
    )
    db.executemany(
        "UPDATE body SET html = ?, updated_at = ?, language = ?, extras = ? WHERE id = ?",
        [
            (
                x.body,
                arrival if x.updated_at is None else to_micros(x.updated_at),
                x.language,
                pack_extras(x),
                known.id,
            )
            for known, x in edited
        ],
    )
    db.executemany(
        "INSERT OR IGNORE INTO pictures_due VALUES (?)", [(known.id,) for known, x in edited if x.pictures]
    )
