"""What must not reach an XML parser is refused or taken out here.

In: a UTF-8 document. Out: the same without its DOCTYPE, and the harmless entities that one
declared (name -> text). Raises `ForbiddenXml` for entities that name other entities (bombs),
for long ones, for those that live outside the document, and for parameter entities other
than the W3C's own letter tables. A DOCTYPE's address is never opened by anyone. Since no
parser ever sees a DOCTYPE, what the parsers do with one does not matter.
"""

from __future__ import annotations

import html
import re

from reader.errors import ForbiddenXml

_SPACE_AND_COMMENTS = re.compile(rb"(?:\s+|<!--.*?-->|<\?.*?\?>)", re.DOTALL)
_ENTITY = re.compile(
    rb"""<!ENTITY\s+(%\s+)?([^\s"'<>%&]{1,200})\s+(?:(SYSTEM|PUBLIC)\s+("[^"]*"|'[^']*')[^>]*|("[^"]*"|'[^']*'))\s*>"""
)
_PARAMETER = re.compile(rb"%[^\s;%\"'<>&]+;")
_W3C_LETTERS = b"-//W3C//ENTITIES "
_MOST_ENTITIES = 300
_LONGEST_VALUE = 200
_MOST_DOCTYPE = 100_000


def strip_doctype(data: bytes) -> tuple[bytes, dict[str, str]]:
    """The document without its DOCTYPE, and the plain entities declared in it."""
    start = _find_doctype(data)
    if start < 0:
        return data, {}
    end, subset = _find_end(data, start)
    entities = _read_entities(subset)
    return data[:start] + data[end:], entities


def _find_doctype(data: bytes) -> int:
    """Where the DOCTYPE begins; -1 where the first element comes without one."""
    at = 0
    while found := _SPACE_AND_COMMENTS.match(data, at):
        at = found.end()
    if data[at : at + 9].upper() == b"<!DOCTYPE":
        return at
    if data[at : at + 8].upper() == b"<!ENTITY":
        raise ForbiddenXml("entity")
    return -1


def _find_end(data: bytes, start: int) -> tuple[int, bytes]:
    """The place after the DOCTYPE's closing bracket, and its internal subset."""
    at = start + 9
    limit = min(len(data), start + _MOST_DOCTYPE)
    opened = -1
    while at < limit:
        char = data[at : at + 1]
        if char in (b'"', b"'"):
            at = data.find(char, at + 1, limit)
            if at < 0:
                break
        elif data.startswith(b"<!--", at):
            at = data.find(b"-->", at, limit)
            if at < 0:
                break
            at += 2
        elif char == b"[" and opened < 0:
            opened = at + 1
        elif char == b"]" and opened >= 0:
            closing = data.find(b">", at, limit)
            if closing < 0:
                break
            return closing + 1, data[opened:at]
        elif char == b">" and opened < 0:
            return at + 1, b""
        at += 1
    raise ForbiddenXml("doctype")


def _read_entities(subset: bytes) -> dict[str, str]:
    if b"<!ENTITY" not in subset.upper():
        if b"%" in subset and _PARAMETER.search(subset):
            raise ForbiddenXml("entity")
        return {}
    entities: dict[str, str] = {}
    letters: set[bytes] = set()
    subset = re.sub(rb"<!--.*?-->", b"", subset, flags=re.DOTALL)
    for found in _ENTITY.finditer(subset):
        parameter, name, outside, identifier, value = found.groups()
        if outside:
            if not (parameter and outside == b"PUBLIC" and identifier[1:].startswith(_W3C_LETTERS)):
                raise ForbiddenXml("external entity")
            letters.add(b"%" + name + b";")
        elif parameter:
            raise ForbiddenXml("entity")
        else:
            entities[name.decode("utf-8", "replace")] = _check_value(value[1:-1].decode("utf-8", "replace"))
    rest = _ENTITY.sub(b"", subset)
    if b"<!ENTITY" in rest.upper() or len(entities) > _MOST_ENTITIES:
        raise ForbiddenXml("entity")
    if any(use not in letters for use in _PARAMETER.findall(rest)):
        raise ForbiddenXml("entity")
    return entities


def _check_value(value: str) -> str:
    """The text an entity stands for: plain, short, and naming no other entity."""
    if len(value) > _LONGEST_VALUE or "<" in value or "%" in value:
        raise ForbiddenXml("entity")
    text = re.sub(r"&#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6});", lambda found: html.unescape(found[0]), value)
    text = re.sub(r"&(?:amp|lt|gt|quot|apos);", lambda found: html.unescape(found[0]), text)
    if re.search(r"&[A-Za-z_][\w.-]*;", text):
        raise ForbiddenXml("entity")
    return text
