"""Pictures and files that come with an entry (media:, itunes:, enclosures) -> one picture, a list of files.

In: what a reader found, as plain dictionaries. Out: an address, `Enclosure`s. Addresses are
made absolute by the caller's `base`. Knows no parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from reader.model import Enclosure
from reader.parse.addresses import make_absolute
from reader.parse.plain_text import Markup, make_html, make_line

_PICTURE_NAME = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:[?#]|$)", re.IGNORECASE)
_AVATAR = re.compile(r"gravatar\.com/avatar|/avatars?/", re.IGNORECASE)
_PLAYED = ("audio/", "video/")
_LONGEST = 100 * 3600  # seconds a file can last


def pick_picture(contents: Iterable[Mapping[str, Any]], thumbnails: Iterable[str], base: str) -> str:
    """The widest picture among media:content, else the first thumbnail."""
    best, width = "", -1
    thumbs = list(thumbnails)
    for item in contents:
        address = str(item.get("url") or "")
        if address and _is_picture(item, address) and not _AVATAR.search(address):
            size = read_number(item.get("width"))
            if size > width:
                best, width = address, size
        if thumb := item.get("thumbnail_url"):
            thumbs.append(str(thumb))
    for address in (best, *thumbs):
        if address and not _AVATAR.search(address) and (found := make_absolute(address, base)):
            return found
    return ""


def _is_picture(item: Mapping[str, Any], address: str) -> bool:
    medium, kind = str(item.get("medium") or ""), str(item.get("type") or "")
    if medium or kind:
        return medium == "image" or (not medium and kind.startswith("image"))
    return bool(_PICTURE_NAME.search(address))


def pick_files(contents: Iterable[Mapping[str, Any]], base: str) -> list[Enclosure]:
    """The sounds and films among media:content."""
    files = []
    for item in contents:
        kind = str(item.get("type") or "")
        if kind.startswith(_PLAYED) or item.get("medium") in ("audio", "video"):
            if kind == "application/x-shockwave-flash":
                continue
            if address := make_absolute(str(item.get("url") or ""), base):
                size, seconds = (
                    read_number(item.get("filesize")),
                    read_seconds(str(item.get("duration") or "")),
                )
                files.append(Enclosure(address, kind[:100], size, seconds))
    return files


def pick_picture_file(files: Iterable[Enclosure]) -> str:
    """The first enclosure that is a picture."""
    return next((file.address for file in files if file.media_type.startswith("image/")), "")


def pick_text(contents: Iterable[Mapping[str, Any]]) -> str:
    """media:description as HTML, for entries that have no other text."""
    for item in contents:
        text = str(item.get("description") or "")
        if text:
            return text if "</" in text or "<br" in text else make_html(text)
    return ""


def make_file(address: str, kind: Any, length: Any, duration: str, title: Any, base: str) -> Enclosure | None:
    """An `Enclosure` from an element's attributes; None without an address that can be opened."""
    absolute = make_absolute(address, base)
    if not absolute:
        return None
    label = make_line(str(title), Markup.TEXT, 200) if title else ""
    return Enclosure(absolute, str(kind or "")[:100], read_number(length), read_seconds(duration), label)


def read_seconds(text: str) -> int:
    """Seconds of `3723`, `62:03` or `1:02:03`; 0 where it is something else."""
    total = 0
    for part in text.strip().split(":")[:3]:
        number = part.partition(".")[0]
        if not number.isdecimal() or len(number) > 7:
            return 0
        total = total * 60 + int(number)
    return total if total <= _LONGEST else 0


def read_number(value: Any) -> int:
    """A whole number, 0 where it is none or absurd."""
    if isinstance(value, int):
        return value if 0 < value < 2**53 else 0
    text = str(value or "").strip()
    return int(text) if text.isdecimal() and len(text) < 16 else 0
