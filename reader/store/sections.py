"""Sections: a tree of names, kept in order by positions that count from 0 without gaps."""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Connection

from reader.errors import StoreError
from reader.frozen import frozen
from reader.model import SectionId
from reader.store.transactions import transaction


@frozen
class Place:
    """A section as it stands in the tree."""

    id: SectionId
    name: str
    parent_id: SectionId | None
    position: int


def read_tree(db: Connection) -> list[Place]:
    """All sections in display order: each before those inside it."""
    inside: dict[int | None, list[Place]] = {}
    for row in db.execute("SELECT id, name, parent_id, position FROM section ORDER BY position, id"):
        inside.setdefault(row[2], []).append(Place(*row))
    tree: list[Place] = []
    waiting = inside.get(None, [])[::-1]
    while waiting:
        place = waiting.pop()
        tree.append(place)
        waiting += inside.get(place.id, [])[::-1]
    return tree


def list_inside(db: Connection, id: SectionId) -> list[SectionId]:
    """A section and all inside it; the id alone where there is no such section."""
    parents = {place.id: place.parent_id for place in read_tree(db)}
    ids = [id]
    ids += [x for x in parents if x != id and _is_under(x, id, parents)]
    return ids


def section_ids(db: Connection) -> list[SectionId]:
    """In display order."""
    return [place.id for place in read_tree(db)]


def section_names(db: Connection) -> list[str]:
    """Of the outermost sections, in display order."""
    return [place.name for place in read_tree(db) if place.parent_id is None]


def is_empty_section(db: Connection, id: SectionId) -> bool:
    """True where it exists and holds neither feed nor section."""
    return bool(
        db.execute(
            "SELECT 1 FROM section s WHERE id = ? AND NOT EXISTS (SELECT 1 FROM feed WHERE section_id = s.id) "
            "AND NOT EXISTS (SELECT 1 FROM section WHERE parent_id = s.id)",
            (id,),
        ).fetchone()
    )


def add_section(
    db: Connection, name: str, parent_id: SectionId | None = None, position: int = -1
) -> SectionId:
    """`position` among its siblings; -1, or too large a one, is the end."""
    with transaction(db):
        if parent_id is not None:
            read_place(db, parent_id)
        position = make_room(db, parent_id, position)
        row = db.execute(
            "INSERT INTO section (name, parent_id, position) VALUES (?, ?, ?)", (name, parent_id, position)
        )
        return SectionId(row.lastrowid or 0)


def ensure_path(db: Connection, names: Sequence[str]) -> SectionId:
    """The section at this path of names; what is missing of the path is made. Raises StoreError
    for an empty path."""
    parent: SectionId | None = None
    with transaction(db):
        for name in names:
            row = db.execute(
                "SELECT id FROM section WHERE name = ? AND parent_id IS ? ORDER BY position LIMIT 1",
                (name, parent),
            ).fetchone()
            parent = SectionId(row[0]) if row else add_section(db, name, parent)
    if parent is None:
        raise StoreError("empty path")
    return parent


def rename_section(db: Connection, id: SectionId, name: str) -> str:
    """Returns the old name."""
    with transaction(db):
        old = read_place(db, id).name
        db.execute("UPDATE section SET name = ? WHERE id = ?", (name, id))
    return old


def move_section(
    db: Connection, id: SectionId, position: int, parent_id: SectionId | None = None
) -> tuple[SectionId | None, int]:
    """Returns its old parent and position. Raises StoreError where it would get into itself."""
    with transaction(db):
        old = read_place(db, id)
        if parent_id is not None:
            read_place(db, parent_id)
            if parent_id in list_inside(db, id):
                raise StoreError("section inside itself")
        # Out of the way first: its own place must not count among its siblings'.
        db.execute("UPDATE section SET parent_id = id, position = -1 WHERE id = ?", (id,))
        close_gap(db, old.parent_id, old.position)
        position = make_room(db, parent_id, position)
        db.execute("UPDATE section SET parent_id = ?, position = ? WHERE id = ?", (parent_id, position, id))
    return old.parent_id, old.position


def read_place(db: Connection, id: SectionId) -> Place:
    """Raises StoreError where there is no such section."""
    row = db.execute("SELECT id, name, parent_id, position FROM section WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise StoreError("no such section")
    return Place(*row)


def make_room(db: Connection, parent_id: SectionId | None, position: int) -> int:
    """Move siblings on from `position`; returns the position that is free now."""
    count: int = db.execute("SELECT count(*) FROM section WHERE parent_id IS ?", (parent_id,)).fetchone()[0]
    if not 0 <= position < count:
        return count
    db.execute(
        "UPDATE section SET position = position + 1 WHERE parent_id IS ? AND position >= ?",
        (parent_id, position),
    )
    return position


def close_gap(db: Connection, parent_id: SectionId | None, position: int) -> None:
    db.execute(
        "UPDATE section SET position = position - 1 WHERE parent_id IS ? AND position > ?",
        (parent_id, position),
    )


def _is_under(id: SectionId, root: SectionId, parents: dict[SectionId, SectionId | None]) -> bool:
    above = parents[id]
    while above is not None and above != root:
        above = parents.get(above)
    return above == root
