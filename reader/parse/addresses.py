"""Addresses in documents -> absolute http(s) addresses, or nothing.

In: what an attribute or element holds, and the address it is relative to. Out: an address
the program may open, or "". Anything that runs or embeds (`javascript:`, `data:`, `file:`)
becomes "". Nothing is looked up.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from reader.parse import limits

_PLAIN = re.compile(r"https?://[!-;=?-_a-~]+\Z")  # nothing to mend: printable ASCII without <, > and `
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_BLANKS = re.compile(r"[\x00-\x20\x7f]+")


def make_absolute(raw: str, base: str = "") -> str:
    """`raw` as an http(s) address; "" where that cannot be."""
    if "&amp;" in raw:
        raw = raw.replace("&amp;", "&")  # escaped twice; no address means these letters
    if _PLAIN.match(raw) and len(raw) <= limits.ADDRESS_CHARS and raw[7:8] != "/":
        return raw
    raw = raw.strip()
    if not raw or len(raw) > limits.ADDRESS_CHARS:
        return ""
    inner = re.sub(r"[\t\r\n]", "", raw)
    if _SCHEME.match(inner):
        return _check(inner)
    if inner.startswith("//"):
        scheme = "http" if base.startswith("http:") else "https"
        return _check(f"{scheme}:{inner}")
    if not base:
        return ""
    try:
        return _check(urljoin(base, inner))
    except ValueError:
        return ""


def _check(address: str) -> str:
    try:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return ""
    except ValueError:
        return ""
    return _BLANKS.sub("%20", address).replace("<", "%3C").replace(">", "%3E").replace('"', "%22")


def find_host(address: str) -> str:
    """The host of an address in lower case, without `www.`; "" where it has none."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
