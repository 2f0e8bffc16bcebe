"""What a person typed or a document named -> an address that may be opened.

Only http and https; no network, no look-up. Everything that is refused is an AddressRefused.
"""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import httpx

from reader.errors import AddressRefused

LONGEST = 8192  # characters
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
    if host == "localhost" or host.endswith((".localhost", ".local")):
        return True
    try:
        number = ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return number.is_private or number.is_loopback or number.is_link_local


def is_loopback(host: str) -> bool:
    """Whether a host is this very machine: nobody else's server, so nobody's to be spared."""
    return host.startswith("127.") or host in ("localhost", "::1", "[::1]")


def host_of(address: str) -> str:
    """The host of an address, lower case; "" where there is none. Cheaper than checking it."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
