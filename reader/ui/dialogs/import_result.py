"""What an import did, in one sentence. In: what the file held and what was there before. Out: words."""

from __future__ import annotations

from typing import Any

from reader.errors import BroadsheetError
from reader.model import Outline
from reader.ui import words
from reader.ui.words import tr


def list_places(outline_read: Any) -> tuple[tuple[tuple[str, ...], str, str, str], ...]:
    """The places of an OPML outline as `Subscribe` takes them."""
    return tuple((tuple(place.path), place.title, place.address, place.site) for place in outline_read.places)


def say_import(outline_read: Any, before: Outline) -> str:
    """For the status line; `outline_read` is what `library.read_opml` answered, or an error."""
    if isinstance(outline_read, BroadsheetError):
        return words.say_error(outline_read)
    if isinstance(outline_read, OSError):
        return tr("The file could not be read: {}.", outline_read.strerror or tr("no reason given"))
    known = {feed.address for feed in before.feeds}
    addresses = {place.address for place in outline_read.places}
    new, old = len(addresses - known), len(addresses & known)
    if not new:
        return (
            tr("You already read all {} of this file.", words.count_feeds(old))
            if old
            else tr("There is no feed in this file.")
        )
    sections = len({tuple(place.path) for place in outline_read.places if place.address not in known})
    told = tr("Imported {} in {}.", words.count_feeds(new), count_sections(sections))
    return f"{told} {tr('{} you read already.', words.count_feeds(old))}" if old else told


def count_sections(number: int) -> str:
    return tr("1 section") if number == 1 else tr("{} sections", number)
