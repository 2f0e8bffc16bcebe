"""Where a feed's favicon may lie. Pure.

The one that the feed names, else `/favicon.ico` of its site, else of its own host. Feeds of one
site share theirs, so that it is asked for once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reader.engine.secrets import origin_of
from reader.model import FeedId


def list_places(address: str, site: str, declared: str = "") -> tuple[str, ...]:
    """Addresses to try, best first, each once."""
    places = [declared] if declared.startswith(("http://", "https://")) else []
    places += [f"{origin}/favicon.ico" for origin in (origin_of(site), origin_of(address)) if origin]
    return tuple(dict.fromkeys(places))


def group_feeds(
    iconless: Iterable[tuple[FeedId, str, str]], declared: Mapping[FeedId, str]
) -> list[tuple[tuple[str, ...], tuple[FeedId, ...]]]:
    """Feeds (id, address, site) by the places their icon may lie in."""
    groups: dict[tuple[str, ...], list[FeedId]] = {}
    for feed_id, address, site in iconless:
        groups.setdefault(list_places(address, site, declared.get(feed_id, "")), []).append(feed_id)
    return [(places, tuple(feeds)) for places, feeds in groups.items() if places]
