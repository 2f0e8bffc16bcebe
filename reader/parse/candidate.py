"""A feed that a page names: an address nobody has looked at yet."""

from __future__ import annotations

from reader.frozen import frozen

RSS = "application/rss+xml"
ATOM = "application/atom+xml"
JSON = "application/feed+json"


@frozen
class Candidate:
    address: str  # absolute, http or https
    title: str  # what the page calls it, else the page's title, else ""
    media_type: str  # as announced, "" where only a link's words say that it is a feed
