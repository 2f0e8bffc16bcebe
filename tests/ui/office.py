"""A library that answers slow questions when the test says so, and what its outlines hold."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from fake_library import FakeLibrary

from reader.engine.events import Ticket


class Office(FakeLibrary):
    """A library that keeps the replies of slow questions for the test to give."""

    def __init__(self, post: Callable[[Any], None]) -> None:
        super().__init__(post)
        self.tickets: list[Ticket] = []

    def find_feeds(self, address: str, reply: Callable[[Any], None], **more: Any) -> Ticket:
        self.tickets.append(super().find_feeds(address, reply, **more))
        return self.tickets[-1]

    def read_opml(self, path: Any, reply: Callable[[Any], None]) -> Ticket:
        self.tickets.append(super().read_opml(path, reply))
        return self.tickets[-1]


def place(*path: str, title: str) -> SimpleNamespace:
    return SimpleNamespace(path=path, title=title, address=f"https://{title.lower()}.example/feed", site="")
