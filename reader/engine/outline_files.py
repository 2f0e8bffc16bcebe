"""The subscriptions, written to a file as OPML: all of it or nothing."""

from __future__ import annotations

import os
from pathlib import Path

from reader.model import Feed, Outline, SectionId
from reader.parse import opml


def list_private(outline: Outline) -> tuple[str, ...]:
    """The titles of the feeds whose address holds a password or a token: not for other eyes."""
    return tuple(feed.title for feed in _find_private(outline))


def describe_outline(outline: Outline, with_private: bool = True) -> opml.OpmlOutline:
    """The section list as places in nested folders, empty sections included. Without `with_private`
    those feeds are left out whose address is a secret."""
    hidden = set() if with_private else {feed.id for feed in _find_private(outline)}
    sections = {section.id: section for section in outline.sections}

    def path_to(section_id: SectionId | None) -> tuple[str, ...]:
        names: list[str] = []
        while section_id is not None and section_id in sections:
            names.append(sections[section_id].name)
            section_id = sections[section_id].parent_id
        return tuple(reversed(names))

    places = tuple(
        opml.Place(path_to(feed.section_id), feed.title, feed.address, feed.site)
        for feed in outline.feeds
        if feed.id not in hidden
    )
    folders = tuple(path_to(section.id) for section in outline.sections)
    return opml.OpmlOutline("Broadsheet", places, folders)


def _find_private(outline: Outline) -> list[Feed]:
    from reader.fetch.address import is_private  # brings httpx along, which no start waits for

    return [feed for feed in outline.feeds if is_private(feed.address)]


def write_outline(outline: Outline, path: Path, with_private: bool = True) -> None:
    """Raises OSError; an older file at `path` then stands as it was."""
    draft = path.with_name(path.name + ".new")
    try:
        with open(draft, "wb") as file:
            file.write(opml.write(describe_outline(outline, with_private)))
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
