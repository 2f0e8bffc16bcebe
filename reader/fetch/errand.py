"""What one GET says to whom, hop by hop. Pure.

Enters: the address asked for and what may be shown on the way: validators, credentials, the name
the user gave us. Leaves: the header fields for a hop, in the order they are sent. Knows no
connections and decides no redirections.

Validators belong to the resource that sent them (RFC 9110, 13.1), and behind a redirection that
is not the address asked. Where it is known who sent them (`final_address`), only a hop with the
same scheme, host and path gets them: another one's entity tag or date could match by accident,
and a 304 would hide news for days. Its query may differ, because places for files are often
signed anew at every visit. Where it is not known, every hop gets them.

Credentials go to the origin asked for, on whatever way a hop comes back to it, and on from http to
https of the same host at the usual ports, which shows them to nobody new. To no other.
"""

from __future__ import annotations

from base64 import b64encode

import httpx

from reader.frozen import frozen
from reader.model import Credentials

ENCODINGS = "gzip, br, zstd"
FEED_TYPES = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.3, */*;q=0.2"
)
PICTURE_TYPES = "image/webp, image/png, image/jpeg, image/gif, image/*;q=0.8, */*;q=0.1"
LONGEST_AGENT = 300  # characters; a browser's has about a hundred and twenty
LONGEST_SECRET = 8192  # characters; servers refuse heads much longer than that


@frozen
class Errand:
    url: httpx.URL  # the address asked for, without user and password
    agent: str
    accept: str
    limit: int  # bytes of the body, as sent
    seconds: float  # for the servers, all hops together
    etag: str = ""
    last_modified: str = ""
    final_address: str = ""  # who gave the validators; "" if that is not known
    credentials: Credentials | None = None
    is_feed: bool = True  # a feed waits for its host's gap, takes a delta, and is news though cut off

    def write_fields(self, url: httpx.URL) -> list[tuple[bytes, bytes]]:
        """The header fields for a hop, but for Host."""
        fields = [("User-Agent", self.agent), ("Accept", self.accept), ("Accept-Encoding", ENCODINGS)]
        if self.is_feed:
            fields.append(("A-IM", "feed"))
        if self.credentials and may_follow(self.url, url):
            written = write_authorization(self.credentials)
            if written:
                fields.append(("Authorization", written))
        if self._may_validate(url):
            if self.etag:
                fields.append(("If-None-Match", self.etag))
            if self.last_modified:
                fields.append(("If-Modified-Since", self.last_modified))
        return [(name.encode("ascii"), value.encode("utf-8")) for name, value in fields]

    def _may_validate(self, url: httpx.URL) -> bool:
        return not self.final_address or _find_place(str(url)) == _find_place(self.final_address)


def choose_agent(own: str, given: str) -> str:
    """The name the user gave for a feed, if it may stand in a header; else our own."""
    given = given.strip()
    fits = given and len(given) <= LONGEST_AGENT and all(c.isprintable() and c < "\u0100" for c in given)
    return given if fits else own


def write_authorization(credentials: Credentials) -> str:
    """Basic as in RFC 7617, in UTF-8; Bearer as in RFC 6750. "" for what these do not allow: such
    a request goes without, and the server says again that it wants them."""
    user, secret = credentials.user, credentials.secret
    if len(user) + len(secret) > LONGEST_SECRET or _has_controls(user) or _has_controls(secret):
        return ""
    if credentials.scheme == "basic" and ":" not in user:
        return "Basic " + b64encode(f"{user}:{secret}".encode("utf-8", "replace")).decode("ascii")
    if credentials.scheme == "bearer" and secret and secret.isascii() and " " not in secret:
        return "Bearer " + secret
    return ""


def may_follow(asked: httpx.URL, hop: httpx.URL) -> bool:
    """Whether what is shown at the address asked may be shown at this one."""
    one, other = _find_origin(asked), _find_origin(hop)
    if one[1] != other[1]:
        return False
    return one == other or (one[0], one[2], other[0], other[2]) == ("http", 80, "https", 443)


def _has_controls(text: str) -> bool:
    return any(c < " " or "\x7f" <= c < "\xa0" for c in text)


def _find_origin(url: httpx.URL) -> tuple[str, bytes, int]:
    return url.scheme, url.raw_host, url.port or (443 if url.scheme == "https" else 80)


def _find_place(address: str) -> str:
    return address.partition("#")[0].partition("?")[0]
