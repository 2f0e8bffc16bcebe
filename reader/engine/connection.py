"""Is this machine on the network? Told from what visits come to; nothing is asked of anybody.

A host that cannot be reached may be that host's fault or ours. Such failures are held back until
somebody answers (then they are the hosts') or until everybody was asked and nobody answered: then,
if there were a few, it is ours, and nothing is marked as failed. Nobody needs to be waited for
where the system itself says of three hosts that there is no network.

So is what a network does that wants its user to log in first: it leads every address to a page of
its own, or answers for everybody with a certificate that is not theirs. A page in place of one
feed is that feed's failure, as long as it is one.
"""

from __future__ import annotations

import socket
import sys
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

from reader.errors import (
    BroadsheetError,
    CaptivePortal,
    CertificateForOther,
    CertificateUntrusted,
    ConnectionFailed,
    HostNotFound,
    Offline,
    ProxyFailed,
    TimedOut,
)
from reader.fetch.address import host_of, is_local, is_loopback
from reader.frozen import frozen

T = TypeVar("T")
FEW = 3  # hosts (of this very machine: feeds) that fail to be reached, and none that answers
UNREACHED = (Offline, HostNotFound, TimedOut, ConnectionFailed)
NOT_THEIRS = (CertificateUntrusted, CertificateForOther)


@frozen
class Sign:
    """What a failed visit says of the network. `led_to`: the page on another host that came in
    place of a feed; `is_log_in`: by its address that page is for logging in."""

    host: str
    error: BroadsheetError
    led_to: str = ""
    is_log_in: bool = False


class Reach(Generic[T]):
    """One refresh's view of the network. `T` is whatever is held back."""

    def __init__(
        self, has_route: Callable[[], bool], *, was_online: bool = True, known_portal: str = ""
    ) -> None:
        """`was_online`, `known_portal`: what was found before this refresh."""
        self._has_route = has_route
        self._was_online = was_online
        self._known_portal = known_portal
        self._held: list[T] = []
        self._signs: list[Sign] = []
        self.was_heard = False

    @property
    def held_count(self) -> int:
        """How many visits are held back."""
        return len(self._held)

    def hear(self) -> list[T]:
        """Somebody answered. Returns what was held back: those were failures of their own."""
        self.was_heard = True
        held, self._held = self._held, []
        return held

    def hold(self, item: T, sign: Sign) -> bool:
        """Whether this failure is doubtful and was kept back."""
        is_doubtful = isinstance(sign.error, (*UNREACHED, *NOT_THEIRS, CaptivePortal)) or sign.led_to
        if self.was_heard or not is_doubtful:
            return False
        self._held.append(item)
        self._signs.append(sign)
        return True

    # ---- the network is gone ------------------------------------------------------------

    def is_lost(self, *, at_end: bool) -> bool:
        """Whether the network is gone. `at_end`: nothing more will be heard."""
        by_host = {sign.host: type(sign.error) for sign in self._signs if isinstance(sign.error, UNREACHED)}
        kinds = list(by_host.values())
        if self.was_heard or not kinds:
            return False
        if not at_end:  # a name that does not exist is told by a name server: somebody is there
            return kinds.count(Offline) >= FEW or (kinds.count(HostNotFound) >= FEW and not self._has_route())
        if not self._was_online and HostNotFound not in kinds:
            return True  # one that is tried to see whether it is back proves nothing by its silence
        if all(kind is TimedOut for kind in kinds):
            return False
        if len(kinds) >= FEW or Offline in kinds:
            return True
        if all(is_loopback(host) for host in by_host):
            return len(self._held) >= FEW
        return HostNotFound in kinds and not self._has_route()

    def find_proxy(self) -> str:
        """The host of the proxy that failed everybody; "" where that is not why nobody was reached."""
        hosts = {sign.error.detail if isinstance(sign.error, ProxyFailed) else "" for sign in self._signs}
        return hosts.pop() if len(hosts) == 1 else ""

    # ---- or wants its user to log in ----------------------------------------------------

    def find_portal(self, asked: int, *, at_end: bool) -> str:
        """The address of the log-in page that the network puts before everything; "" if it does not.
        `asked`: hosts so far."""
        if self.was_heard or not self._signs:
            return ""
        return (
            self._find_told(asked, at_end)
            or self._find_door(asked, at_end)
            or self._find_false_name(asked, at_end)
        )

    def _find_told(self, asked: int, at_end: bool) -> str:
        """Status 511, or a way into the local network. One odd feed can say that too."""
        told = {sign.host: sign.error.detail for sign in self._signs if isinstance(sign.error, CaptivePortal)}
        if not told or not (at_end or (len(told) >= FEW and 2 * len(told) >= asked)):
            return ""
        host, door = next(iter(told.items()))
        return f"http://{door or host}/"

    def _find_door(self, asked: int, at_end: bool) -> str:
        """Different hosts, and all lead to one. A few of many that lead to one are only feeds that
        one service had, which has ended."""
        led: dict[str, dict[str, Sign]] = defaultdict(dict)
        for sign in self._signs:
            if sign.led_to:
                led[host_of(sign.led_to)][sign.host] = sign
        for host, signs in led.items():
            first = next(iter(signs.values()))
            is_log_in = any(sign.is_log_in for sign in signs.values())
            are_most = len(signs) >= FEW and (at_end or 2 * len(signs) >= asked)
            if are_most or host == host_of(self._known_portal):
                return first.led_to
            if at_end and is_log_in and (len(self._signs) > 1 or not self._was_online):
                return first.led_to
        return ""

    def _find_false_name(self, asked: int, at_end: bool) -> str:
        """Different hosts, and none has its own certificate. Opened without TLS, any of them leads
        to the log-in page."""
        hosts = {sign.host for sign in self._signs if isinstance(sign.error, NOT_THEIRS)}
        hosts = {host for host in hosts if not is_local(host)}
        if len(hosts) < FEW or not (at_end or 2 * len(hosts) >= asked):
            return ""
        return f"http://{min(hosts)}/"


def has_route() -> bool:
    """Whether the network may be there, when a name was not found.

    On Linux a name server that is out of reach is told from a name that does not exist by the
    resolver's answer, so there is no need to ask.
    """
    return sys.platform == "linux" or can_send()


def can_send() -> bool:
    """Whether the system would know where to send a packet for the world. None is sent."""
    for family, address in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((address, 9))
            return True
    return False
