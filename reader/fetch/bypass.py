"""Which hosts the system wants asked without its proxy. Pure.

Enters: entries as `no_proxy`, Windows or macOS write them, a host and a port. Leaves: yes or no.
Looks nothing up: an entry that is a network holds for hosts written as numbers alone, where
urllib's own test would ask a name server, on the loop's thread, at every request.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from fnmatch import fnmatchcase

LOCAL_NAMES = "<local>"  # Windows' word for hosts without a dot


class Bypass:
    def __init__(self, entries: Iterable[str] = (), *, covers_below: bool = True) -> None:
        """`covers_below`: an entry `example.com` means `www.example.com` too, as in `no_proxy`."""
        cleaned = (entry.strip().lower().rpartition("//")[2].rstrip("/") for entry in entries)
        self._entries = [entry for entry in cleaned if entry]
        self._covers_below = covers_below

    def holds(self, host: str, port: int) -> bool:
        host = host.lower().rstrip(".")
        return any(self._matches(entry, host, port) for entry in self._entries)

    def _matches(self, entry: str, host: str, port: int) -> bool:
        if entry == LOCAL_NAMES:
            return "." not in host and ":" not in host
        if "/" in entry:
            return _is_within(host, entry)
        name, _, digits = entry.rpartition(":")
        if digits.isdigit() and name and (":" not in name or name.endswith("]")):
            if int(digits) != port:
                return False
            entry = name
        entry = entry.strip("[]")
        if "*" in entry:
            return fnmatchcase(host, entry) or (entry.startswith("*.") and host == entry[2:])
        if entry.startswith("."):
            return host == entry[1:] or host.endswith(entry)
        return host == entry or (self._covers_below and host.endswith("." + entry))


def _is_within(host: str, network: str) -> bool:
    """`169.254/16`, as macOS writes it, is `169.254.0.0/16`."""
    start, _, length = network.partition("/")
    if ":" not in start:
        start += ".0" * (3 - start.count("."))
    try:
        return ipaddress.ip_address(host) in ipaddress.ip_network(f"{start}/{length}", strict=False)
    except ValueError:
        return False
