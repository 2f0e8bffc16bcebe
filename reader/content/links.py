"""Addresses: made absolute, and freed of tracking.

Text enters and leaves; nothing is looked up.
"""

from __future__ import annotations

import re
from urllib.parse import unquote_plus, urljoin

from reader.content.trackers import is_tracking_fragment, is_tracking_parameter

_WEB = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
_HOST = re.compile(r"https?://(?:[^/?#@]*@)?([^/?#:]+)", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b\u2028\u2029\ufeff]+")
_FEED_HOST = re.compile(r"^(?:feeds?|rss|feedproxy|feedpress)\.|\bfeedburner\.|\bfeedblitz\.", re.IGNORECASE)
LONGEST = 4096


def is_web(address: str) -> bool:
    """Whether this is an absolute http or https address."""
    return _WEB.match(address) is not None


def resolve(address: str, base: str = "") -> str:
    """The absolute http, https or mailto address meant by `address` on the page `base`, or "".

    Any other scheme, and a relative address without a base, gives "".
    """
    address = address.strip()
    if not _WEB.match(address):
        address = _INVISIBLE.sub("", address)  # browsers ignore tabs and line breaks in a scheme
        if address.startswith("//"):
            address = f"https:{address}"
        elif address[:7].lower() != "mailto:":
            try:
                address = urljoin(base, address) if address and is_web(base) else ""
            except ValueError:
                address = ""
    if len(address) > LONGEST:
        return ""
    return address if _WEB.match(address) or address[:7].lower() == "mailto:" else ""


def choose_base(link: str, base: str) -> str:
    """The address that relative links of an entry are meant against.

    The entry's own page, unless the entry points away from the site the feed belongs to (as link
    blogs do): then the feed's.
    """
    if not is_web(link) or link == base:
        return base
    if not is_web(base):
        return link
    host, home = _host_of(link), _host_of(base)
    is_same_site = host == home or host.rsplit(".", 2)[-2:] == home.rsplit(".", 2)[-2:]
    return link if is_same_site or _FEED_HOST.search(home) else base


def clean_address(address: str) -> str:
    """The address without tracking parameters; everything else stays letter for letter."""
    if "?" not in address and "#" not in address:
        return address
    rest, mark, fragment = address.partition("#")
    path, _, query = rest.partition("?")
    parts = query.replace("&amp;", "&").split("&") if query else []
    if any(map(_is_tracked, parts)):
        query = "&".join(part for part in parts if part and not _is_tracked(part))
    if query:
        path = f"{path}?{query}"
    return f"{path}#{fragment}" if mark and not is_tracking_fragment(fragment) else path


def _is_tracked(part: str) -> bool:
    name = part.partition("=")[0]
    return is_tracking_parameter(unquote_plus(name) if "%" in name else name)


def _host_of(address: str) -> str:
    match = _HOST.match(address)
    return match[1].lower().removeprefix("www.") if match else ""
