"""Somebody who listens to a library: its events come one after the other."""

from __future__ import annotations

import queue

from reader.engine import events as e
from reader.engine.library import Library

PATIENCE = 20  # seconds; a test that waits so long has failed


class Listener:
    library: Library

    def __init__(self) -> None:
        self.events: queue.Queue[e.Event] = queue.Queue()
        self.seen: list[e.Event] = []

    def wait_for(self, kind, enough=lambda event: True):
        while True:
            event = self.events.get(timeout=PATIENCE)
            self.seen.append(event)
            if isinstance(event, kind) and enough(event):
                return event

    def answer(self, ticket):
        return self.wait_for(e.Answered, lambda event: event.ticket is ticket).value

    def ask(self, question):
        return self.answer(self.library.ask(question, lambda _: None))

    def do(self, command):
        return self.answer(self.library.do(command, reply=lambda _: None))
