"""The lines of the section list, as a tree of plain objects built from an Outline."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from reader.model import Feed, Listing, Outline, Section, SectionId, Selection
from reader.ui.words import tr


class Kind(Enum):
    LISTING = "listing"  # Today, Unread, Saved, All
    HEADING = "heading"
    SECTION = "section"
    FEED = "feed"


class Place:
    """One line. `row` is its place among its siblings."""

    __slots__ = ("children", "feed", "icon", "kind", "listing", "name", "parent", "row", "section")

    def __init__(self, kind: Kind, name: str, parent: Place | None = None) -> None:
        self.kind = kind
        self.name = name
        self.parent = parent
        self.children: list[Place] = []
        self.listing: Listing | None = None
        self.section: Section | None = None
        self.feed: Feed | None = None
        self.icon = ""
        self.row = 0
        if parent is not None:
            self.row = len(parent.children)
            parent.children.append(self)

    @property
    def id(self) -> int:
        if self.section is not None:
            return self.section.id
        return self.feed.id if self.feed is not None else 0

    @property
    def depth(self) -> int:
        return 0 if self.parent is None or self.parent.parent is None else self.parent.depth + 1

    def selection(self) -> Selection | None:
        """The list this line stands for; None for a heading."""
        return Selection(self.listing, self.id) if self.listing is not None else None

    def walk(self) -> Iterator[Place]:
        for child in self.children:
            yield child
            yield from child.walk()


_FIXED = (
    (Listing.TODAY, "Today", "today"),
    (Listing.UNREAD, "Unread", "unread"),
    (Listing.SAVED, "Saved", "saved"),
    (Listing.ALL, "All stories", "all"),
)


def build_places(outline: Outline) -> Place:
    """The root. Sections inside a section come before its feeds."""
    root = Place(Kind.HEADING, "")
    for listing, name, icon in _FIXED:
        line = Place(Kind.LISTING, tr(name), root)
        line.listing, line.icon = listing, icon
    if outline.sections:
        Place(Kind.HEADING, tr("Sections"), root)
    inside: dict[SectionId | None, list[Section]] = {}
    for section in outline.sections:
        inside.setdefault(section.parent_id, []).append(section)
    feeds: dict[SectionId, list[Feed]] = {}
    for feed in outline.feeds:
        feeds.setdefault(feed.section_id, []).append(feed)
    _add_sections(root, None, inside, feeds)
    return root


def _add_sections(
    parent: Place,
    parent_id: SectionId | None,
    inside: dict[SectionId | None, list[Section]],
    feeds: dict[SectionId, list[Feed]],
) -> None:
    for section in inside.get(parent_id, ()):
        line = Place(Kind.SECTION, section.name, parent)
        line.listing, line.section = Listing.SECTION, section
        _add_sections(line, section.id, inside, feeds)
        for feed in feeds.get(section.id, ()):
            leaf = Place(Kind.FEED, feed.title, line)
            leaf.listing, leaf.feed = Listing.FEED, feed
