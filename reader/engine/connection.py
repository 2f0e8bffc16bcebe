"""Is this machine on the network? Told from what visits come to; nothing is asked of anybody.

A host that cannot be reached may be that host's fault or ours. Such failures are held back until
somebody answers (then they are the hosts') or until everybody was asked and nobody answered: then,
if there were a few, it is ours, and nothing is marked as failed. Nobody needs to be waited for
where the system itself says of three hosts that there is no network.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Generic, TypeVar

from reader.errors import BroadsheetError, ConnectionFailed, HostNotFound, Offline, TimedOut
from reader.fetch.address import is_loopback

T = TypeVar("T")
FEW = 3  # hosts (of this very machine: feeds) that fail to be reached, and none that answers


class Reach(Generic[T]):
    """One refresh's view of the network. `T` is whatever is held back."""

    def __init__(self, has_route: Callable[[], bool]) -> None:
        self._has_route = has_route
        self._held: list[tuple[T, BroadsheetError]] = []
        self._hosts: dict[str, type[BroadsheetError]] = {}
        self.was_heard = False

    @property
    def held_count(self) -> int:
        """How many visits are held back."""
        return len(self._held)

    def hear(self) -> list[T]:
        """Somebody answered. Returns what was held back: those were failures of their own."""
        self.was_heard = True
        held, self._held = [item for item, _ in self._held], []
        return held

    def hold(self, item: T, error: BroadsheetError, host: str) -> bool:
        """Whether this failure is doubtful and was kept back."""
        if self.was_heard or not isinstance(error, Offline | HostNotFound | TimedOut | ConnectionFailed):
            return False
        self._held.append((item, error))
        self._hosts[host] = type(error)
        return True

    def is_lost(self, *, at_end: bool) -> bool:
        """Whether the network is gone. `at_end`: nothing more will be heard."""
        kinds = list(self._hosts.values())
        if self.was_heard or not kinds:
            return False
        if not at_end:  # a name that does not exist is told by a name server: somebody is there
            return kinds.count(Offline) >= FEW or (kinds.count(HostNotFound) >= FEW and not self._has_route())
        if all(kind is TimedOut for kind in kinds):
            return False
        if len(kinds) >= FEW or Offline in kinds:
            return True
        if all(is_loopback(host) for host in self._hosts):
            return len(self._held) >= FEW
        return HostNotFound in kinds and not self._has_route()


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
