"""Is this machine on the network? Told from what visits come to; nothing is asked of anybody.

A host that is not found may be that host's fault or ours. Such failures are held back until
somebody answers (then they are the hosts') or until three hosts and nobody else were heard
from (then it is ours: nothing is marked as failed).
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from typing import Generic, TypeVar

from reader.errors import BroadsheetError, HostNotFound, Offline, TimedOut

T = TypeVar("T")
HOSTS = 3  # that fail to be reached, and none that answers


class Reach(Generic[T]):
    """One refresh's view of the network. `T` is whatever is held back."""

    def __init__(self, has_route: Callable[[], bool]) -> None:
        self._has_route = has_route
        self._held: list[tuple[T, BroadsheetError]] = []
        self._hosts: set[str] = set()
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

    def hold(self, item: T, error: BroadsheetError) -> bool:
        """Whether this failure is doubtful and was kept back."""
        if self.was_heard or not isinstance(error, Offline | HostNotFound | TimedOut):
            return False
        self._held.append((item, error))
        self._hosts.add(error.detail)
        return True

    def is_lost(self, *, at_end: bool) -> bool:
        """Whether the network is gone. `at_end`: nothing more will be heard."""
        kinds = {type(error) for _, error in self._held}
        if self.was_heard or not kinds - {TimedOut}:
            return False
        if len(self._hosts) >= HOSTS:
            return True
        return at_end and (Offline in kinds or not self._has_route())


def has_route() -> bool:
    """Whether the system would know where to send a packet for the world. None is sent.

    On Linux a name server that is out of reach is told from a name that does not exist by the
    resolver's answer, so there is no need to ask.
    """
    if sys.platform == "linux":
        return True
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return False
    return True
