"""What a person can do to the news, as values. Each is carried out by one call on the store,
returns Changes, and knows its inverse (see `library`).

Names only: what a command does lives with the store calls that do it, so that a command can
be built by a key press, a menu, the command line or a test alike.
"""

from __future__ import annotations

from typing import Any

from reader.frozen import frozen
from reader.model import ArticleId, FeedId, SectionId, Selection


@frozen
class MarkRead:
    ids: tuple[ArticleId, ...]
    read: bool = True
    passing: bool = False  # read by being opened: not a deed of its own, so not in the undo history


@frozen
class MarkAllRead:
    """Every article of the selection that is in the store when the command begins."""

    selection: Selection


@frozen
class Save:
    ids: tuple[ArticleId, ...]
    saved: bool = True


@frozen
class AddFeed:
    """Subscribe. The bytes already fetched while finding the feed are used, not fetched again."""

    address: str
    section_id: SectionId | None = None  # None: the first section, made if there is none
    section_name: str = ""  # a new section of this name where section_id is None
    title: str = ""  # "": the feed's own


@frozen
class RenameFeed:
    id: FeedId
    title: str  # "" goes back to the feed's own


@frozen
class MoveFeed:
    id: FeedId
    section_id: SectionId
    position: int = -1  # -1: at the end


@frozen
class RemoveFeed:
    id: FeedId


@frozen
class ChangeAddress:
    """The feed is at another address: its articles and their states stay, what was known of the old
    address (validators, failures, when next) is forgotten. AlreadySubscribed where another feed has it."""

    id: FeedId
    address: str
    signs_in: str = ""  # set by undo: what was kept for that address in the keyring holds again


@frozen
class MergeFeeds:
    """The feed has become one that is subscribed already: its articles go to `into` with their
    states, and it is removed."""

    id: FeedId
    into: FeedId


@frozen
class SetUserAgent:
    """What this feed's server is told about who asks. Its validators are forgotten."""

    id: FeedId
    user_agent: str  # "": ours


@frozen
class AddSection:
    name: str
    parent_id: SectionId | None = None


@frozen
class RenameSection:
    id: SectionId
    name: str


@frozen
class MoveSection:
    id: SectionId
    position: int
    parent_id: SectionId | None = None


@frozen
class RemoveSection:
    """With every feed in it; undo brings all of them back with their articles."""

    id: SectionId


@frozen
class Subscribe:
    """Many feeds at once: an imported outline or picks from the catalogue.

    `places` are (section path, title, address, site); feeds already subscribed stay as they are.
    """

    places: tuple[tuple[tuple[str, ...], str, str, str], ...]


@frozen
class Unsubscribe:
    """Take back a Subscribe: the feeds and sections it made."""

    feeds: tuple[FeedId, ...]
    sections: tuple[SectionId, ...]


@frozen
class Restore:
    """Take back a removal: what the store handed out when it removed."""

    removed: Any  # store.feeds.RemovedFeed | RemovedSection | a tuple of them; opaque here


Command = (
    MarkRead
    | MarkAllRead
    | Save
    | AddFeed
    | RenameFeed
    | MoveFeed
    | RemoveFeed
    | ChangeAddress
    | MergeFeeds
    | SetUserAgent
    | AddSection
    | RenameSection
    | MoveSection
    | RemoveSection
    | Subscribe
    | Unsubscribe
    | Restore
)
