"""Which feed has an address, and what becomes of a removed one whose address another feed takes.

An address belongs to one feed, a removed one too. Where a subscribed feed moves to the address of
a removed one, that one gives way: a mark goes behind its address as a fragment, which no server is
ever sent, so that should it come back while its address is taken it can be fetched all the same.
"""

from __future__ import annotations

from sqlite3 import Connection
from urllib.parse import urlsplit

from reader.frozen import frozen
from reader.model import FeedId
from reader.store.outline import make_title


@frozen
class Holder:
    """A feed that has an address."""

    id: FeedId
    title: str
    is_removed: bool


def host_of(address: str) -> str:
    """The host of an address in lower case, as host pauses name it; "" where there is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def read_hosts(db: Connection) -> frozenset[str]:
    """Those of the subscribed feeds."""
    rows = db.execute("SELECT address FROM feed WHERE removed_at IS NULL")
    return frozenset(host_of(address) for (address,) in rows)


def find_holder(db: Connection, address: str) -> Holder | None:
    """The feed of exactly this address, subscribed or removed."""
    row = db.execute(
        "SELECT id, given_title, own_title, address, removed_at FROM feed WHERE address = ?", (address,)
    ).fetchone()
    return Holder(FeedId(row[0]), make_title(*row[1:4]), row[4] is not None) if row else None


def find_displaced(db: Connection, address: str) -> FeedId | None:
    """The feed removed last of those that gave this address up."""
    row = db.execute(
        "SELECT id FROM feed WHERE removed_at IS NOT NULL AND address = ?1 || '#former-' || id "
        "ORDER BY removed_at DESC LIMIT 1",
        (address,),
    ).fetchone()
    return FeedId(row[0]) if row else None


def give_way(db: Connection, id: FeedId) -> None:
    db.execute("UPDATE feed SET address = address || '#former-' || id WHERE id = ?", (id,))


def take_back(db: Connection, id: FeedId) -> None:
    """Its own address again, where it gave that up and nobody has it now."""
    marked: str = db.execute("SELECT address FROM feed WHERE id = ?", (id,)).fetchone()[0]
    address = strip_mark(marked, id)
    if address != marked and find_holder(db, address) is None:
        db.execute("UPDATE feed SET address = ? WHERE id = ?", (address, id))


def strip_mark(address: str, id: FeedId) -> str:
    """The address that the feed had before it gave way."""
    return address.removesuffix(f"#former-{id}")
