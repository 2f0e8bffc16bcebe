"""Work of the window that would hold up the GUI thread. In: a function. Out: its value, as an answer.

For decoding pictures and reading long pages only; everything about the news itself happens in
the engine. The function runs in a pool thread and touches no widget; its value comes back
through the mailbox like every other answer. The newest work goes first: it is what is on view.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QThreadPool

from reader.engine.events import Answered, Ticket
from reader.ui.mailbox import Mailbox

T = TypeVar("T")
THREADS = 1
IDLE_MS = 2000  # after so long without work the thread ends


class Background:
    """`post` is the mailbox's; without it a mailbox of its own is made, a child of `parent`."""

    def __init__(self, post: Callable[[Answered], None] | None = None, parent: QObject | None = None) -> None:
        self._own_mailbox: Mailbox | None = None
        if post is None:
            self._own_mailbox = Mailbox(parent)
            post = self._own_mailbox.post
        self._post = post
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(THREADS)
        self._pool.setExpiryTimeout(IDLE_MS)
        self._started = 0
        self._is_closed = False

    def start(self, work: Callable[[], T], reply: Callable[[T], Any]) -> Ticket:
        """`reply(work())` on the GUI thread, unless cancelled. `work` must not raise."""
        ticket = Ticket(reply)
        if self._is_closed:
            ticket.cancel()
            return ticket

        def run() -> None:
            if not ticket.cancelled and not self._is_closed:
                self._post(Answered(ticket, work()))

        self._started += 1
        self._pool.start(run, self._started)
        return ticket

    def close(self) -> None:
        """What has not begun does not begin; returns when what runs has ended (milliseconds)."""
        self._is_closed = True
        self._pool.clear()
        self._pool.waitForDone()
        if self._own_mailbox is not None:
            self._own_mailbox.close()
