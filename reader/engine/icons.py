"""Where a feed's favicon may lie. Pure.

The one that the feed names, else `/favicon.ico` of its site, else of its own host. Feeds of one
site share theirs, so that it is asked for once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from reader.model import FeedId


def list_places(address: str, site: str, declared: str = "") -> tuple[str, ...]:
    """Addresses to try, best first, each once."""
    places = [declared] if declared.startswith(("http://", "https://")) else []
    places += [f"{origin}/favicon.ico" for origin in (_origin(site), _origin(address)) if origin]
    return tuple(dict.fromkeys(places))


def group_feeds(
    iconless: Iterable[tuple[FeedId, str, str]], declared: Mapping[FeedId, str]
) -> list[tuple[tuple[str, ...], tuple[FeedId, ...]]]:
    """Feeds (id, address, site) by the places their icon may lie in."""
    groups: dict[tuple[str, ...], list[FeedId]] = {}
    for feed_id, address, site in iconless:
        groups.setdefault(list_places(address, site, declared.get(feed_id, "")), []).append(feed_id)
    return [(places, tuple(feeds)) for places, feeds in groups.items() if places]


def _origin(address: str) -> str:
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}"
