"""What came back: status, headers, and the body's bytes exactly as they were sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from reader.errors import BrowserCheck, FetchError, HttpFailed
from reader.fetch.address import host_of
from reader.frozen import frozen

PERMANENT = (301, 308)
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
    is_cut: bool = False  # the connection broke within the body: `data` is its beginning

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
        lowered = self.address.lower()
        return "" if any(word in lowered for word in PORTAL_WORDS) else self.address

    def failure(self) -> FetchError | None:
        """The error this answer amounts to; None for a success and for 304."""
        if self.is_success or self.is_unchanged:
            return None
        if self.headers.get("cf-mitigated", "").lower() == "challenge":
            return BrowserCheck(host_of(self.address))
        return HttpFailed(str(self.status))
