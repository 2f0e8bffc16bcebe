"""A command carried out on the store: the writing connection in, Changes and the inverse out.

Runs on the writer thread inside one transaction, so a command happens whole or not at all.
Every function returns a `Deed`; one with nothing to do returns empty Changes and no inverse.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from reader.engine import commands as c
from reader.errors import StoreError
from reader.frozen import frozen
from reader.model import Changes, FeedId, Origin, SectionId
from reader.store import articles, feeds, fetching
from reader.store.database import Connection

FIRST_SECTION = "News"  # where a feed goes when there is no section yet


@frozen
class Deed:
    changes: Changes
    inverse: c.Command | None
    new_feeds: tuple[FeedId, ...] = ()  # subscribed just now: to be fetched
    to_fetch: tuple[FeedId, ...] = ()  # what they answer may be another thing now: to be fetched too


def carry_out(db: Connection, command: c.Command, now: datetime, origin: Origin) -> Deed:
    """Do it. Raises AlreadySubscribed and StoreError; then nothing was changed."""
    return _DEEDS[type(command)](db, command, now, origin)


def _deed(inverse: c.Command | None, origin: Origin, **changed: Any) -> Deed:
    changes = Changes(origin, **changed)
    return Deed(changes, inverse if changes else None)


# ---- articles -----------------------------------------------------------------------------


def _mark_read(db: Connection, command: c.MarkRead, _: datetime, origin: Origin) -> Deed:
    ids = articles.mark_read(db, command.ids, command.read)
    inverse = None if command.passing else c.MarkRead(ids, not command.read)
    return _deed(inverse, origin, updated=ids)


def _mark_all_read(db: Connection, command: c.MarkAllRead, now: datetime, origin: Origin) -> Deed:
    ids = articles.mark_selection_read(db, command.selection, now)
    return _deed(c.MarkRead(ids, read=False), origin, updated=ids)


def _save(db: Connection, command: c.Save, _: datetime, origin: Origin) -> Deed:
    ids = articles.save(db, command.ids, command.saved)
    return _deed(c.Save(ids, not command.saved), origin, updated=ids)


# ---- feeds --------------------------------------------------------------------------------


def _add_feed(db: Connection, command: c.AddFeed, _: datetime, origin: Origin) -> Deed:
    section = command.section_id
    made: tuple[SectionId, ...] = ()
    if section is None:
        section, made = _find_or_make(db, (command.section_name or _first_name(db),))
    feed = feeds.add_feed(db, command.address, section, command.title)
    changes = Changes(origin, feeds=(feed,), outline_changed=True)
    return Deed(changes, c.Unsubscribe((feed,), made), (feed,))


def _first_name(db: Connection) -> str:
    names = feeds.section_names(db)
    return names[0] if names else FIRST_SECTION


def _find_or_make(db: Connection, path: tuple[str, ...]) -> tuple[SectionId, tuple[SectionId, ...]]:
    before = set(feeds.section_ids(db))
    section = feeds.ensure_path(db, path)
    return section, tuple(x for x in feeds.section_ids(db) if x not in before)


def _rename_feed(db: Connection, command: c.RenameFeed, _: datetime, origin: Origin) -> Deed:
    old = feeds.rename_feed(db, command.id, command.title)
    if old == command.title:
        return _deed(None, origin)
    return _deed(c.RenameFeed(command.id, old), origin, feeds=(command.id,), outline_changed=True)


def _move_feed(db: Connection, command: c.MoveFeed, _: datetime, origin: Origin) -> Deed:
    section, position = feeds.move_feed(db, command.id, command.section_id, command.position)
    return _deed(c.MoveFeed(command.id, section, position), origin, feeds=(command.id,), outline_changed=True)


def _remove_feed(db: Connection, command: c.RemoveFeed, _: datetime, origin: Origin) -> Deed:
    removed = feeds.remove_feed(db, command.id)
    return _deed(c.Restore(removed), origin, feeds=(command.id,), outline_changed=True)


def _change_address(db: Connection, command: c.ChangeAddress, _: datetime, origin: Origin) -> Deed:
    from reader.engine.secrets import may_follow

    plan = fetching.read_plan(db, command.id)
    if plan is None:
        raise StoreError("no such feed")
    if plan.address == command.address:
        return _deed(None, origin)
    feeds.change_address(db, command.id, command.address)
    signs_in = command.signs_in
    if not signs_in and may_follow(plan.address, command.address):
        signs_in = plan.signs_in
    if signs_in != plan.signs_in:
        fetching.set_signs_in(db, command.id, signs_in)
    inverse = c.ChangeAddress(command.id, plan.address, plan.signs_in)
    return _deed_to_fetch(inverse, origin, command.id)


def _set_user_agent(db: Connection, command: c.SetUserAgent, _: datetime, origin: Origin) -> Deed:
    old = fetching.set_user_agent(db, command.id, command.user_agent)
    if old == command.user_agent:
        return _deed(None, origin)
    return _deed_to_fetch(c.SetUserAgent(command.id, old), origin, command.id)


def _deed_to_fetch(inverse: c.Command, origin: Origin, id: FeedId) -> Deed:
    return Deed(Changes(origin, feeds=(id,), outline_changed=True), inverse, to_fetch=(id,))


def _merge_feeds(db: Connection, command: c.MergeFeeds, _: datetime, origin: Origin) -> Deed:
    merged = feeds.merge_feeds(db, command.id, command.into)
    return _tell_merger(c.Restore(merged), origin, merged)


def _subscribe(db: Connection, command: c.Subscribe, _: datetime, origin: Origin) -> Deed:
    before = set(feeds.section_ids(db))
    added: list[FeedId] = []
    paths: dict[tuple[str, ...], SectionId] = {}
    for path, title, address, site in command.places:
        if feeds.find_feed(db, address) is not None:
            continue
        path = path or (_first_name(db),)
        if path not in paths:
            paths[path] = feeds.ensure_path(db, path)
        added.append(feeds.add_feed(db, address, paths[path], title, site))
    made = tuple(x for x in feeds.section_ids(db) if x not in before)
    if not added and not made:
        return _deed(None, origin)
    changes = Changes(origin, feeds=tuple(added), outline_changed=True)
    return Deed(changes, c.Unsubscribe(tuple(added), made), tuple(added))


def _unsubscribe(db: Connection, command: c.Unsubscribe, _: datetime, origin: Origin) -> Deed:
    removed: list[Any] = [feeds.remove_feed(db, feed) for feed in command.feeds]
    # Innermost first; a section that was given something else meanwhile stays.
    for section in reversed(command.sections):
        if feeds.is_empty_section(db, section):
            removed.append(feeds.remove_section(db, section))
    return _deed(c.Restore(tuple(removed)), origin, feeds=command.feeds, outline_changed=True)


# ---- sections -----------------------------------------------------------------------------


def _add_section(db: Connection, command: c.AddSection, _: datetime, origin: Origin) -> Deed:
    section = feeds.add_section(db, command.name, command.parent_id)
    return _deed(c.RemoveSection(section), origin, outline_changed=True)


def _rename_section(db: Connection, command: c.RenameSection, _: datetime, origin: Origin) -> Deed:
    old = feeds.rename_section(db, command.id, command.name)
    if old == command.name:
        return _deed(None, origin)
    return _deed(c.RenameSection(command.id, old), origin, outline_changed=True)


def _move_section(db: Connection, command: c.MoveSection, _: datetime, origin: Origin) -> Deed:
    parent, position = feeds.move_section(db, command.id, command.position, command.parent_id)
    return _deed(c.MoveSection(command.id, position, parent), origin, outline_changed=True)


def _remove_section(db: Connection, command: c.RemoveSection, _: datetime, origin: Origin) -> Deed:
    removed = feeds.remove_section(db, command.id)
    return _deed(c.Restore(removed), origin, outline_changed=True)


def _restore(db: Connection, command: c.Restore, _: datetime, origin: Origin) -> Deed:
    if isinstance(command.removed, feeds.MergedFeed):
        return _unmerge(db, command.removed, origin)
    removed = command.removed if isinstance(command.removed, tuple) else (command.removed,)
    back_feeds: list[FeedId] = []
    back_sections: list[SectionId] = []
    # Last out, first in: every position is then the one it had.
    for one in reversed(removed):
        if isinstance(one, feeds.RemovedFeed):
            feeds.restore_feed(db, one)
            back_feeds.append(one.id)
        else:
            feeds.restore_section(db, one)
            back_sections.append(one.id)
    inverse: c.Command = c.Unsubscribe(tuple(back_feeds), tuple(back_sections))
    if len(removed) == 1:
        inverse = c.RemoveFeed(back_feeds[0]) if back_feeds else c.RemoveSection(back_sections[0])
    return _deed(inverse, origin, feeds=tuple(back_feeds), outline_changed=True)


def _unmerge(db: Connection, merged: feeds.MergedFeed, origin: Origin) -> Deed:
    feeds.unmerge_feeds(db, merged)
    return _tell_merger(c.MergeFeeds(merged.id, merged.into), origin, merged)


def _tell_merger(inverse: c.Command, origin: Origin, merged: feeds.MergedFeed) -> Deed:
    both = merged.id, merged.into
    return _deed(inverse, origin, updated=merged.touched, feeds=both, outline_changed=True)


_DEEDS: dict[type, Callable[[Connection, Any, datetime, Origin], Deed]] = {
    c.MarkRead: _mark_read,
    c.MarkAllRead: _mark_all_read,
    c.Save: _save,
    c.AddFeed: _add_feed,
    c.RenameFeed: _rename_feed,
    c.MoveFeed: _move_feed,
    c.RemoveFeed: _remove_feed,
    c.ChangeAddress: _change_address,
    c.MergeFeeds: _merge_feeds,
    c.SetUserAgent: _set_user_agent,
    c.Subscribe: _subscribe,
    c.Unsubscribe: _unsubscribe,
    c.AddSection: _add_section,
    c.RenameSection: _rename_section,
    c.MoveSection: _move_section,
    c.RemoveSection: _remove_section,
    c.Restore: _restore,
}
