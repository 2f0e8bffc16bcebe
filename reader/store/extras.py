"""The parts of an article that only its page needs, as one short JSON text; "" where it has none."""

from __future__ import annotations

from dataclasses import astuple

from reader.frozen import frozen
from reader.model import Draft, Enclosure


@frozen
class Extras:
    pictures: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    comments: str = ""


def pack_extras(draft: Draft) -> str:
    """Only what is there. ASCII, so half surrogates pass unharmed."""
    from json import dumps

    parts: dict[str, object] = {}
    if draft.pictures:
        parts["p"] = draft.pictures
    if draft.categories:
        parts["c"] = draft.categories
    if draft.enclosures:
        parts["e"] = [astuple(x) for x in draft.enclosures]
    if draft.comments:
        parts["m"] = draft.comments
    return dumps(parts, separators=(",", ":")) if parts else ""


def unpack_extras(packed: str) -> Extras:
    if not packed:
        return Extras()
    from json import loads

    parts = loads(packed)
    return Extras(
        tuple(parts.get("p", ())),
        tuple(parts.get("c", ())),
        tuple(Enclosure(*x) for x in parts.get("e", ())),
        parts.get("m", ""),
    )
