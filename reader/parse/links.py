"""Which of an entry's links is the article's. Shared by the readers of Atom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

_ELSEWHERE = ("related", "via")


def choose_link(links: Iterable[Mapping[str, Any]]) -> str:
    """The page of an entry: rel=alternate or no rel, HTML before other types; else related, via."""
    best, rank = "", 9
    for link in links:
        href = link.get("href")
        if not href:
            continue
        rel = (link.get("rel") or "alternate").rpartition("/")[2].lower()
        kind = link.get("type") or ""
        if rel == "alternate":
            mine = 0 if not kind or "html" in kind else 1
        elif rel in _ELSEWHERE:
            mine = 2 + _ELSEWHERE.index(rel)
        else:
            continue
        if mine < rank:
            best, rank = str(href), mine
    return best
