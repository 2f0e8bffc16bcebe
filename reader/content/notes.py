"""Footnotes: links within the article, kept working without letting identifiers loose.

Raw HTML enters; HTML leaves in which links to places of the same document read `#note-...`, and
only the places so linked carry an `id` of that form. Every other identifier is the sanitiser's to
drop.
"""

from __future__ import annotations

import re

from reader.content.tags import TAG, read_attributes, write_tag

PREFIX = "note-"
_LINK = re.compile(r"""href\s*=\s*["']?[^"'>\s]*#""", re.IGNORECASE)
_NOTE_NAME = re.compile(r"_?(?:[a-z-]{0,20})?(?:fn|foot|note|ref|cite|ftn)", re.IGNORECASE)
_INNER_LINK = re.compile(r' href="#(note-[^"]*)"')
_PLACE = re.compile(r' id="(note-[^"]*)"')
_UNSAFE = re.compile(r"[^\w.:-]", re.ASCII)


def has_inner_links(raw_html: str) -> bool:
    """Whether any link has a fragment: cheap, and true more often than there are footnotes."""
    return "#" in raw_html and _LINK.search(raw_html) is not None


def link_notes(raw_html: str, base: str) -> str:
    """Rewrite links to places in this document, and mark those places."""
    page = base.partition("#")[0]
    wanted: set[str] = set()
    places: set[str] = set()
    for tag in TAG.finditer(raw_html):
        if tag[1] or not tag[3]:
            continue
        attributes = read_attributes(tag[3])
        wanted.add(_fragment_of(attributes.get("href", ""), page))
        places.add(attributes.get("id") or (attributes.get("name", "") if tag[2] in "aA" else ""))
    linked = (wanted & places) - {""}
    if not linked:
        return raw_html
    return TAG.sub(lambda tag: _rewrite(tag, linked, page), raw_html)


def settle(safe_html: str) -> str:
    """Sanitised HTML without places nobody links to and links to places that are gone."""
    linked, places = set(_INNER_LINK.findall(safe_html)), set(_PLACE.findall(safe_html))
    if linked != places:
        safe_html = _PLACE.sub(lambda match: match[0] if match[1] in linked else "", safe_html)
        safe_html = _INNER_LINK.sub(lambda match: match[0] if match[1] in places else "", safe_html)
    return safe_html


def is_note_id(value: str) -> bool:
    return value.startswith(PREFIX) and not _UNSAFE.search(value) and len(value) < 100


def _rewrite(tag: re.Match[str], linked: set[str], page: str) -> str:
    if tag[1] or not tag[3]:
        return tag[0]
    attributes = read_attributes(tag[3])
    target = _fragment_of(attributes.get("href", ""), page)
    place = attributes.get("id") or (attributes.get("name", "") if tag[2] in "aA" else "")
    if target not in linked and place not in linked:
        return tag[0]
    attributes.pop("id", None)
    if target in linked:
        attributes["href"] = "#" + _prefix(target)
    if place in linked:
        attributes["id"] = _prefix(place)
    return write_tag(tag[2], attributes)


def _fragment_of(address: str, page: str) -> str:
    """The place in this document a link leads to, or ""."""
    before, _, fragment = address.strip().partition("#")
    if (
        not before
        or before == page
        or (fragment and _NOTE_NAME.match(fragment) and before.startswith("http"))
    ):
        return fragment
    return ""


def _prefix(name: str) -> str:
    safe = _UNSAFE.sub("_", name)[:80]
    return safe if safe.startswith(PREFIX) else PREFIX + safe
