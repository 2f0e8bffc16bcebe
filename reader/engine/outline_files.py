"""The subscriptions, written to a file as OPML: all of it or nothing."""

from __future__ import annotations

import os
from pathlib import Path

from reader.model import Outline, SectionId
from reader.parse import opml


def describe_outline(outline: Outline) -> opml.OpmlOutline:
    """The section list as places in nested folders, empty sections included."""
    sections = {section.id: section for section in outline.sections}

    def path_to(section_id: SectionId | None) -> tuple[str, ...]:
        names: list[str] = []
        while section_id is not None and section_id in sections:
            names.append(sections[section_id].name)
            section_id = sections[section_id].parent_id
        return tuple(reversed(names))

    places = tuple(
        opml.Place(path_to(feed.section_id), feed.title, feed.address, feed.site) for feed in outline.feeds
    )
    folders = tuple(path_to(section.id) for section in outline.sections)
    return opml.OpmlOutline("Broadsheet", places, folders)


def write_outline(outline: Outline, path: Path) -> None:
    """Raises OSError; an older file at `path` then stands as it was."""
    draft = path.with_name(path.name + ".new")
    try:
        with open(draft, "wb") as file:
            file.write(opml.write(describe_outline(outline)))
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
