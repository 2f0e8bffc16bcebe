"""What came back: status, headers, and the body's bytes exactly as they were sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from reader.errors import BrowserCheck, CaptivePortal, FetchError, HttpFailed
from reader.fetch.address import host_of
from reader.frozen import frozen

PERMANENT = (301, 308)
LOG_IN_FIRST = 511  # Network Authentication Required (RFC 6585, 6)
# Words in the address of a log-in page that a public network puts in front of everything.
PORTAL_WORDS = ("login", "landingpage", "btopenzone", "captive", "portal", "hotspot")


@frozen
class Hop:
    """One redirection: its status and the address that gave it."""

    status: int
    address: str


@frozen
class Answer:
    """The answer to a GET, of any status. `data` may be compressed: `encoding` says how."""

    status: int
    address: str  # the one that answered, after redirections
    hops: tuple[Hop, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)  # names in lower case
    data: bytes = b""
    encoding: str = ""  # Content-Encoding
    content_type: str = ""
    etag: str = ""  # byte for byte as received; "" if none, or not fit to be sent back
    last_modified: str = ""
    elapsed: float = 0.0  # seconds
    is_cut: bool = False  # the connection broke within the body, or it is a part: `data` is not the whole

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    @property
    def is_unchanged(self) -> bool:
        return self.status == 304

    @property
    def moved_to(self) -> str:
        """Where the feed has gone for good: only if every hop said so and it is no log-in page."""
        if not self.hops or any(hop.status not in PERMANENT for hop in self.hops):
            return ""
        if self.hops[0].address.startswith("https:") and not self.address.startswith("https:"):
            return ""
        return "" if _names_portal(self.address) else self.address

    @property
    def portal(self) -> str:
        """The host of a log-in page that the network seems to have put before the world; "" if none.

        The signs: status 511, or a temporary redirection to another host whose address has the
        word; a site's own subdomain is no other host. Only from http: what answers over https has
        shown that it is the site itself, and its log-in page says nothing of the network. A feed
        may live behind such an address, so look at this only where no feed came. No probe address
        of anybody's is ever asked.
        """
        if self.status == LOG_IN_FIRST:
            return host_of(self.address)
        for hop, target in zip(self.hops, self._list_targets(), strict=True):
            if (
                hop.status not in PERMANENT
                and hop.address.startswith("http:")
                and not _is_one_site(host_of(hop.address), host_of(target))
                and _names_portal(target)
            ):
                return host_of(target)
        return ""

    def _list_targets(self) -> Iterator[str]:
        yield from (hop.address for hop in self.hops[1:])
        if self.hops:
            yield self.address

    def failure(self) -> FetchError | None:
        """The error this answer amounts to; None for a success and for 304.

        A browser check is told by its header alone, which Cloudflare sets on every kind of it
        whatever the status (developers.cloudflare.com, "Detect a Challenge Page response").
        """
        if self.headers.get("cf-mitigated", "").lower() == "challenge":
            return BrowserCheck(host_of(self.address))
        if self.is_success or self.is_unchanged:
            return None
        if self.status == LOG_IN_FIRST:
            return CaptivePortal(self.portal)
        return HttpFailed(str(self.status))


def _names_portal(address: str) -> bool:
    lowered = address.lower()
    return any(word in lowered for word in PORTAL_WORDS)


def _is_one_site(one: str, other: str) -> bool:
    one, other = one.removeprefix("www."), other.removeprefix("www.")
    return one == other or one.endswith("." + other) or other.endswith("." + one)
