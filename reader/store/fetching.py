"""What the fetcher must remember between two visits to a feed, and the pauses hosts asked for.

Validators are kept byte for byte and only as the pair one answer brought. They are written by
`note_answer`, which is called after the answer's articles are stored: a crash in between asks
for the whole document again, and never hears "not modified" about articles that were lost.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from sqlite3 import Connection
from typing import Any

from reader.errors import BroadsheetError, StoreError
from reader.frozen import frozen
from reader.model import FeedHead, FeedId
from reader.store import traffic
from reader.store.moments import DAY, from_micros, from_micros_or_none, to_micros, to_micros_or_none
from reader.store.transactions import transaction

LONGEST_PAUSE = 8  # days; a host is paused for a week at most


@frozen
class FetchPlan:
    """A feed as the fetcher sees it. Moments are None where the thing never happened."""

    feed_id: FeedId
    address: str
    title: str  # the feed's own
    site: str
    icon: str
    etag: str = ""
    last_modified: str = ""
    body_hash: bytes = b""  # of the last document that was stored
    not_before: datetime | None = None
    rule: str = ""  # what decided not_before
    failures: int = 0  # in a row
    failed_since: datetime | None = None
    failure_kind: str = ""
    failure_detail: str = ""
    last_status: int = 0  # HTTP status of the last answer, 0: none came
    last_checked_at: datetime | None = None
    last_success_at: datetime | None = None
    last_200_at: datetime | None = None
    icon_checked_at: datetime | None = None
    bytes_saved: int = 0
    moved_to: str = ""  # a permanent redirect that is being watched
    moved_seen_at: datetime | None = None  # since when
    is_gone: bool = False  # 410: not asked any more by itself
    wishes: str = ""  # what the last document asked for, in the writer's own notation
    final_address: str = ""  # the one that gave the validators, after redirects; "": not known
    user_agent: str = ""  # the user's own for this feed; "": ours
    signs_in: str = ""  # "", "basic" or "bearer"
    body_size: int = 0  # bytes of the last whole document, as sent
    elapsed: float = 0.0  # seconds the last visit took


@frozen
class FetchNote:
    """What one visit to a feed came to. What is None stays as it was.

    `failure` None is a success: it ends the row of failures. `validators` (etag, last-modified)
    go in together, ("", "") forgets them.
    """

    at: datetime
    status: int = 0
    failure: BroadsheetError | None = None
    not_before: datetime | None = None  # set as given: None is "as soon as anyone likes"
    rule: str = ""
    validators: tuple[str, str] | None = None
    body_hash: bytes | None = None
    head: FeedHead | None = None  # title and site, where it names them
    icon: str | None = None  # address under which the favicon is stored
    icon_checked: bool = False  # looked for an icon, found or not
    bytes_saved: int = 0  # by this visit: not sent because of validators or compression
    wishes: str | None = None
    moved_to: str | None = None  # "": no longer moved
    is_gone: bool | None = None
    final_address: str | None = None  # which address gave the validators
    elapsed: float = 0.0  # seconds from asking to the last byte
    received: int = 0  # bytes of the body, as sent
    body_size: int | None = None  # the same, where it was a whole document


# Where a field of the plan stands, unless it is the column of `fetch_state` of the same name.
_ELSEWHERE = {
    "feed_id": "f.id",
    "address": "f.address",
    "title": "f.own_title",
    "site": "f.site",
    "icon": "f.icon",
}
_MOMENTS = (
    "not_before",
    "failed_since",
    "last_checked_at",
    "last_success_at",
    "last_200_at",
    "icon_checked_at",
    "moved_seen_at",
)
_COLUMNS = ", ".join(f"{_ELSEWHERE.get(x.name, 's.' + x.name)} AS {x.name}" for x in fields(FetchPlan))
_Shown = tuple[str, str, str, str, str]  # title, site, icon, kind and detail of the failure
_PLAN = f"SELECT {_COLUMNS} FROM feed f JOIN fetch_state s ON s.feed_id = f.id WHERE f.removed_at IS NULL"


def read_plan(db: Connection, feed_id: FeedId) -> FetchPlan | None:
    """None where it is not subscribed."""
    plans = _read(db, f"{_PLAN} AND f.id = ?", (feed_id,))
    return plans[0] if plans else None


def read_due(db: Connection, now: datetime, limit: int = -1) -> list[FetchPlan]:
    """The feeds that may be fetched by themselves now, the longest due first; -1: all of them."""
    due = " AND s.is_gone = 0 AND (s.not_before IS NULL OR s.not_before <= ?)"
    return _read(db, f"{_PLAN}{due} ORDER BY s.not_before, f.id LIMIT ?", (to_micros(now), limit))


def read_all_plans(db: Connection) -> list[FetchPlan]:
    """Every subscribed feed, gone ones too."""
    return _read(db, f"{_PLAN} ORDER BY f.id", ())


def note_answer(db: Connection, feed_id: FeedId, note: FetchNote, added: int = 0) -> bool:
    """Write down a visit that brought `added` new articles: in the feed's own account, the log of
    visits and the day's traffic (the day in the time zone of `note.at`). True where what the section
    list shows (title, site, icon, failure) changed."""
    with transaction(db):
        before = _read_shown(db, feed_id)
        if before is None:
            return False
        _set_state(db, feed_id, note)
        _log(db, feed_id, note, added)
        traffic.note_requests(
            db, note.at, "feed", 1, int(note.status == 304), note.received, note.bytes_saved
        )
        if note.moved_to is not None:
            db.execute(
                "UPDATE fetch_state SET moved_seen_at = CASE WHEN ?1 = '' THEN NULL WHEN moved_to = ?1 "
                "THEN moved_seen_at ELSE ?2 END, moved_to = ?1 WHERE feed_id = ?3",
                (note.moved_to, to_micros(note.at), feed_id),
            )
        after = _show(note, before)
        if after[:3] != before[:3]:
            db.execute(
                "UPDATE feed SET own_title = ?, site = ?, icon = ? WHERE id = ?", (*after[:3], feed_id)
            )
        return after != before


def set_user_agent(db: Connection, feed_id: FeedId, agent: str) -> str:
    """What this feed's server is told about who asks; "": ours. What was learnt of it under the other
    name is forgotten, its wait is over. Returns the old one. Raises StoreError("no such feed")."""
    with transaction(db):
        row = db.execute("SELECT user_agent FROM fetch_state WHERE feed_id = ?", (feed_id,)).fetchone()
        if row is None:
            raise StoreError("no such feed")
        db.execute("UPDATE fetch_state SET user_agent = ? WHERE feed_id = ?", (agent, feed_id))
        forget_answers(db, feed_id)
    return str(row[0])


def set_signs_in(db: Connection, feed_id: FeedId, scheme: str) -> None:
    """The feed is shown credentials of this scheme ("basic", "bearer"; "": none) from now on. What it
    answered to somebody else is forgotten, its wait is over. Credentials are never stored here."""
    with transaction(db):
        db.execute("UPDATE fetch_state SET signs_in = ? WHERE feed_id = ?", (scheme, feed_id))
        forget_answers(db, feed_id)


def forget_answers(db: Connection, feed_id: FeedId) -> None:
    """Validators, failures and the wait: learnt under other circumstances, they say nothing now."""
    with transaction(db):
        db.execute(
            "UPDATE fetch_state SET etag = '', last_modified = '', body_hash = x'', final_address = '', "
            "not_before = NULL, rule = '', failures = 0, failed_since = NULL, failure_kind = '', "
            "failure_detail = '' WHERE feed_id = ?",
            (feed_id,),
        )


def set_moments(db: Connection, moments: Iterable[tuple[FeedId, datetime, str]]) -> None:
    """Feeds are not to be asked before these moments, because of these rules."""
    with transaction(db):
        db.executemany(
            "UPDATE fetch_state SET not_before = ?, rule = ? WHERE feed_id = ?",
            [(to_micros(at), rule, feed_id) for feed_id, at, rule in moments],
        )


def forget_move(db: Connection, feed_id: FeedId) -> None:
    """Where the feed was seen to have moved to: the person wants it to stay where it is."""
    with transaction(db):
        db.execute("UPDATE fetch_state SET moved_to = '', moved_seen_at = NULL WHERE feed_id = ?", (feed_id,))


def pause_host(db: Connection, host: str, until: datetime, reason: str = "") -> None:
    """Nothing is asked of the host before `until`. A longer pause is not made shorter, unless it is
    so long that a wrong clock must have noted it."""
    with transaction(db):
        db.execute(
            "INSERT INTO host_pause VALUES (?, ?, ?) ON CONFLICT (host) DO UPDATE "
            "SET until = excluded.until, reason = excluded.reason "
            "WHERE excluded.until > until OR until > excluded.until + ?",
            (host, to_micros(until), reason, LONGEST_PAUSE * DAY),
        )


def read_pauses(db: Connection, now: datetime) -> dict[str, datetime]:
    """Hosts that are paused now, and until when."""
    at = to_micros(now)
    rows = db.execute(
        "SELECT host, until FROM host_pause WHERE until > ? AND until <= ?", (at, at + LONGEST_PAUSE * DAY)
    )
    return {host: from_micros(until) for host, until in rows}


def forget_pauses(db: Connection, now: datetime) -> None:
    """Delete pauses that are over, and those of a clock that was wrong."""
    at = to_micros(now)
    with transaction(db):
        db.execute("DELETE FROM host_pause WHERE until <= ? OR until > ?", (at, at + LONGEST_PAUSE * DAY))


def _read(db: Connection, sql: str, values: tuple[int, ...]) -> list[FetchPlan]:
    cursor = db.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [_make_plan(dict(zip(names, row, strict=True))) for row in cursor]


def _make_plan(values: dict[str, Any]) -> FetchPlan:
    for name in _MOMENTS:
        values[name] = from_micros_or_none(values[name])
    values["is_gone"] = bool(values["is_gone"])
    return FetchPlan(**values)


def _set_state(db: Connection, feed_id: FeedId, note: FetchNote) -> None:
    columns = _collect(note)
    names = ", ".join(f"{name} = ?" for name in columns)
    if note.failure is None:
        names += ", failures = 0, failed_since = NULL"
    else:
        names += f", failures = failures + 1, failed_since = coalesce(failed_since, {to_micros(note.at)})"
    db.execute(
        f"UPDATE fetch_state SET {names}, requests = requests + 1, unchanged = unchanged + ?, "
        "received = received + ?, bytes_saved = bytes_saved + ? WHERE feed_id = ?",
        (*columns.values(), note.status == 304, note.received, note.bytes_saved, feed_id),
    )


def _collect(note: FetchNote) -> dict[str, object]:
    """The columns that a note sets whatever stood there before."""
    at = to_micros(note.at)
    columns: dict[str, object] = {
        "last_checked_at": at,
        "last_status": note.status,
        "not_before": to_micros_or_none(note.not_before),
        "rule": note.rule,
        "elapsed": note.elapsed,
        "failure_kind": note.failure.kind if note.failure else "",
        "failure_detail": note.failure.detail if note.failure else "",
    }
    given: dict[str, object] = {
        "body_hash": note.body_hash,
        "wishes": note.wishes,
        "is_gone": note.is_gone,
        "final_address": note.final_address,
        "body_size": note.body_size,
    }
    columns |= {name: value for name, value in given.items() if value is not None}
    if note.validators is not None:
        columns["etag"], columns["last_modified"] = note.validators
    if note.failure is None:
        columns["last_success_at"] = at
        if note.status == 200:
            columns["last_200_at"] = at
    if note.icon_checked or note.icon is not None:
        columns["icon_checked_at"] = at
    return columns


def _log(db: Connection, feed_id: FeedId, note: FetchNote, added: int) -> None:
    kind, detail = (note.failure.kind, note.failure.detail) if note.failure else ("", "")
    db.execute(
        "INSERT INTO visit (feed_id, at, status, kind, detail, elapsed_ms, size, added) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            feed_id,
            to_micros(note.at),
            note.status,
            kind,
            detail,
            round(note.elapsed * 1000),
            note.received,
            added,
        ),
    )


def _read_shown(db: Connection, feed_id: FeedId) -> _Shown | None:
    row: _Shown | None = db.execute(
        "SELECT f.own_title, f.site, f.icon, s.failure_kind, s.failure_detail "
        "FROM feed f JOIN fetch_state s ON s.feed_id = f.id WHERE f.id = ?",
        (feed_id,),
    ).fetchone()
    return row


def _show(note: FetchNote, before: _Shown) -> _Shown:
    """What the section list shows of the feed after this visit."""
    title, site, icon, _, _ = before
    if note.head is not None:
        title, site = _clean(note.head.title) or title, _clean(note.head.site) or site
    if note.icon is not None:
        icon = note.icon
    kind, detail = (note.failure.kind, note.failure.detail) if note.failure else ("", "")
    return title, site, icon, kind, detail


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
