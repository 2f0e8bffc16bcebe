"""What a person typed or a document named -> an address that may be opened.

Only http and https; no network, no look-up. Everything that is refused is an AddressRefused.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from contextlib import suppress
from itertools import pairwise
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx

from reader.errors import AddressRefused
from reader.model import Credentials

LONGEST = 8192  # characters
# Reserved for networks of one's own: RFC 6761, 6762 and 8375, and ICANN for .internal.
LOCAL_ENDINGS = (".localhost", ".local", ".home.arpa", ".internal")
PORTS = {"http": 80, "https": 443}


def check_address(raw_address: str) -> httpx.URL:
    """The address without its fragment. Query and path are kept as they are, escapes included."""
    address = raw_address.strip()
    if not address or len(address) > LONGEST or " " in address or not address.isprintable():
        raise AddressRefused(raw_address[:200])
    try:
        url = httpx.URL(address.partition("#")[0])
        host = url.host
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise AddressRefused(address[:200]) from error
    if (
        url.scheme not in PORTS
        or not host
        or host.startswith(".")
        or ".." in host
        or not 0 < (url.port or 80) < 65536
    ):
        raise AddressRefused(address[:200])
    return url


def read_typed(typed: str) -> tuple[str, ...]:
    """The addresses a person may have meant, best first: a bare host is tried over https, then http."""
    address = typed.strip().strip("<>\"'")
    for prefix in ("feed://", "rss://", "feed:", "rss:"):
        if address.lower().startswith(prefix):
            address = address[len(prefix) :]
            break
    if "://" in address:
        return (str(check_address(address)),)
    address = address.lstrip("/")
    host = address.partition("/")[0]
    # A word is not a host: refuse before a search engine of a resolver makes something of it.
    name, _, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    if "@" in host or (name and port and not port.isdigit()):
        raise AddressRefused(typed[:200])
    if "." not in host and not host.startswith("[") and host.partition(":")[0] != "localhost":
        raise AddressRefused(typed[:200])
    return (str(check_address("https://" + address)), str(check_address("http://" + address)))


def is_local(host: str) -> bool:
    """Whether a host, by its name alone, is this machine or lies in a private network."""
    host = host.rstrip(".").strip("[]")
    number = _read_number(host)
    if number is None:
        return (bool(host) and "." not in host) or host.endswith(LOCAL_ENDINGS)
    if isinstance(number, ipaddress.IPv6Address) and number.ipv4_mapped is not None:
        number = number.ipv4_mapped
    return not number.is_global


def is_loopback(host: str) -> bool:
    """Whether a host is this very machine: nobody else's server, so nobody's to be spared."""
    if host.startswith("127."):
        return host.replace(".", "").isdigit()  # 127.0.0.1.example is anybody's name
    return host in ("localhost", "::1", "[::1]")


def _read_number(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The number a host is written as, also in the old notations that resolvers read: 127.1, 0x7f.1."""
    with suppress(ValueError):
        return ipaddress.ip_address(host)
    if host[-1:].isalnum() and host[:1].isdigit():
        with suppress(OSError, UnicodeEncodeError):
            return ipaddress.IPv4Address(socket.inet_aton(host))
    return None


def host_of(address: str) -> str:
    """The host of an address, lower case; "" where there is none. Cheaper than checking it."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def split_userinfo(address: str) -> tuple[str, Credentials | None]:
    """The address without `user:password@`, everything else byte for byte, and what stood there.

    Raises nothing: what is no address comes back as it is. Credentials never travel in an address
    (RFC 9110, 4.2.4); they are sent as Basic to the host they stood before.
    """
    scheme, mark, rest = address.partition("://")
    end = min((place for place in map(rest.find, "/?#") if place >= 0), default=len(rest))
    userinfo, at, host = rest[:end].rpartition("@")
    if not mark or not at:
        return address, None
    user, _, secret = userinfo.partition(":")
    clean = scheme + mark + host + rest[end:]
    if not user and not secret:
        return clean, None
    return clean, Credentials("basic", unquote(user), unquote(secret))


def is_private(address: str) -> bool:
    """Whether an address by itself opens what is one person's own: it holds a password, or looks it.

    A guess, for a warning before the address is given away; wrong now and then, rather on the
    side of the warning. Identifiers (`channel_id=...`, a UUID in a path) are public everywhere.
    """
    try:
        parts = urlsplit(address)
        path = unquote(parts.path)
        pairs = parse_qsl(parts.query)
    except ValueError:
        return False
    if "@" in parts.netloc:
        return True
    says_so = _PRIVATE.search(address) is not None
    if any(_is_secret_name(name) or (not _ID.search(name) and _looks_random(value)) for name, value in pairs):
        return True
    if says_so and (_UUID.search(address) or any(_looks_random(word, 16) for word in path.split("/"))):
        return True
    return any(_looks_random(word) for word in path.split("/"))


_PRIVATE = re.compile(r"(?:^|[^a-z])private(?:[^a-z]|$)", re.IGNORECASE)
_ID = re.compile(r"(?:^|[_-])id$|Id$", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_SECRET_PARTS = ("token", "secret", "passw", "apikey", "authkey", "accesskey", "userkey", "feedkey", "rsskey")
_SECRET_WORDS = {"key", "auth", "authorization", "pass", "pwd", "sig", "signature", "session", "sid", "jwt"}
_WORDS = re.compile(r"[a-z]+|[A-Z][a-z]*")


def _is_secret_name(name: str) -> bool:
    plain = re.sub(r"[^a-z]", "", name.lower())
    if any(part in plain for part in _SECRET_PARTS):
        return True
    return any(word.lower() in _SECRET_WORDS for word in [*_WORDS.findall(name), name])


def _looks_random(text: str, length: int = 20) -> bool:
    """Whether a run of at least so many characters mixes letters and digits as no word does."""
    for run in re.findall(rf"[A-Za-z0-9]{{{length},}}", _UUID.sub("", text)):
        kinds = ["0" if c.isdigit() else "a" if c.islower() else "A" for c in run]
        changes = sum(one != next_ for one, next_ in pairwise(kinds))
        if "0" in kinds and len(set(kinds)) > 1 and changes * 5 >= len(run):
            return True
    return False
