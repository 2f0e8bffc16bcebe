"""Addresses of links on a page. Some are the page's own (previous, next, load the pictures)."""

from __future__ import annotations

PREVIOUS = "story:previous"
NEXT = "story:next"
LOAD = "story:load-pictures"
_OUTSIDE = ("http://", "https://", "mailto:")


def is_internal(address: str) -> bool:
    return address.startswith(("story:", "#"))


def may_open(address: str) -> bool:
    """Whether an address may be handed to the system: the web and mail, nothing on this machine."""
    return address.lower().startswith(_OUTSIDE)
