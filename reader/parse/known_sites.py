"""Feeds that well-known sites have at addresses one can write down from the page's address.

In: the address of a page. Out: candidates, without looking at anything. Rules of addresses
only: a site is here because it documents the rule, not because a path often works.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, parse_qs, urlsplit

from reader.parse.candidate import ATOM, RSS, Candidate

_YOUTUBE = "https://www.youtube.com/feeds/videos.xml"
_NO_USER = {
    "about", "apps", "collections", "customer-stories", "enterprise", "explore", "features", "issues", "login",
    "marketplace", "new", "notifications", "orgs", "pricing", "pulls", "search", "security", "settings", "signup",
    "sponsors", "topics", "trending", "join", "contact", "site", "readme", "team",
}  # fmt: skip


def find_known(address: str) -> tuple[Candidate, ...]:
    """The feeds of a page on a known site; () for any other address."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return ()
    if parts.scheme not in ("http", "https"):
        return ()
    steps = [step for step in parts.path.split("/") if step]
    rule = _RULES.get(host)
    if rule is not None:
        return tuple(rule(parts, steps))
    return tuple(_find_fediverse(parts, steps))


def _find_youtube(parts: SplitResult, steps: list[str]) -> Iterator[Candidate]:
    if len(steps) >= 2 and steps[0] == "channel" and re.fullmatch(r"UC[\w-]{22}", steps[1]):
        yield Candidate(f"{_YOUTUBE}?channel_id={steps[1]}", "YouTube", ATOM)
    elif len(steps) >= 2 and steps[0] == "user":
        yield Candidate(f"{_YOUTUBE}?user={steps[1]}", steps[1], ATOM)
    for playlist in parse_qs(parts.query).get("list", [])[:1]:
        if re.fullmatch(r"[\w-]{10,60}", playlist):
            yield Candidate(f"{_YOUTUBE}?playlist_id={playlist}", "Playlist", ATOM)


def _find_github(parts: SplitResult, steps: list[str]) -> Iterator[Candidate]:
    root = "https://github.com/"
    if not steps or steps[0] in _NO_USER:
        return
    if len(steps) == 1:
        yield Candidate(f"{root}{steps[0]}.atom", f"{steps[0]} · activity", ATOM)
        return
    name = f"{steps[0]}/{steps[1].removesuffix('.git')}"
    for kind in ("releases", "commits", "tags"):
        yield Candidate(f"{root}{name}/{kind}.atom", f"{name} · {kind}", ATOM)


def _find_reddit(parts: SplitResult, steps: list[str]) -> Iterator[Candidate]:
    if len(steps) >= 2 and steps[0] in ("r", "user", "u"):
        kind = "user" if steps[0] == "u" else steps[0]
        yield Candidate(f"https://www.reddit.com/{kind}/{steps[1]}/.rss", f"{kind}/{steps[1]}", ATOM)
    elif not steps:
        yield Candidate("https://www.reddit.com/.rss", "reddit", ATOM)


def _find_medium(parts: SplitResult, steps: list[str]) -> Iterator[Candidate]:
    if steps and steps[0] not in ("m", "tag", "search", "about"):
        yield Candidate(f"https://medium.com/feed/{steps[0]}", steps[0], RSS)
    elif len(steps) >= 2 and steps[0] == "tag":
        yield Candidate(f"https://medium.com/feed/tag/{steps[1]}", steps[1], RSS)


def _find_bluesky(parts: SplitResult, steps: list[str]) -> Iterator[Candidate]:
    if len(steps) >= 2 and steps[0] == "profile":
        yield Candidate(f"https://bsky.app/profile/{steps[1]}/rss", steps[1], RSS)


def _find_pypi(parts: SplitResult, steps: list[str]) -> Iterator[Candidate]:
    if len(steps) >= 2 and steps[0] == "project":
        yield Candidate(
            f"https://pypi.org/rss/project/{steps[1]}/releases.xml", f"{steps[1]} · releases", RSS
        )


def _find_stack_overflow(parts: SplitResult, steps: list[str]) -> Iterator[Candidate]:
    if len(steps) >= 3 and steps[:2] == ["questions", "tagged"]:
        yield Candidate(f"https://stackoverflow.com/feeds/tag/{steps[2]}", steps[2], ATOM)


def _find_dev_to(parts: SplitResult, steps: list[str]) -> Iterator[Candidate]:
    if len(steps) == 1:
        yield Candidate(f"https://dev.to/feed/{steps[0]}", steps[0], RSS)


def _find_letterboxd(parts: SplitResult, steps: list[str]) -> Iterator[Candidate]:
    if len(steps) == 1:
        yield Candidate(f"https://letterboxd.com/{steps[0]}/rss/", steps[0], RSS)


def _find_hacker_news(parts: SplitResult, steps: list[str]) -> Iterator[Candidate]:
    yield Candidate("https://news.ycombinator.com/rss", "Hacker News", RSS)


def _find_fediverse(parts: SplitResult, steps: list[str]) -> Iterator[Candidate]:
    """A profile on a Mastodon server, whatever its host: /@name."""
    if len(steps) == 1 and re.fullmatch(r"@\w{1,60}", steps[0]):
        yield Candidate(f"{parts.scheme}://{parts.netloc}/{steps[0]}.rss", steps[0], RSS)


_RULES = {
    "youtube.com": _find_youtube,
    "github.com": _find_github,
    "reddit.com": _find_reddit,
    "old.reddit.com": _find_reddit,
    "medium.com": _find_medium,
    "bsky.app": _find_bluesky,
    "pypi.org": _find_pypi,
    "stackoverflow.com": _find_stack_overflow,
    "dev.to": _find_dev_to,
    "letterboxd.com": _find_letterboxd,
    "news.ycombinator.com": _find_hacker_news,
}
