"""The one crossing from other threads to the GUI thread.

In: events of the engine, posted from any thread. Out: the same events as signals, on the GUI
thread, a few milliseconds of them per turn of the event loop so that painting and keys come
first; Changes that wait together become one. Answers go to whoever asked, unless they no
longer want them.

A socket pair wakes Qt up: it costs nothing while nothing happens, works from threads Qt has
never heard of, and no Qt object is touched outside the GUI thread.
"""

from __future__ import annotations

import contextlib
import socket
from collections import deque
from dataclasses import replace
from time import perf_counter
from typing import TypeVar

from PySide6.QtCore import QObject, QSocketNotifier, Signal

from reader.engine import events as e
from reader.model import Changes

BUDGET = 0.004  # seconds of work per turn of the event loop

T = TypeVar("T")


class Mailbox(QObject):
    """Lives on the GUI thread. `post` is for everyone."""

    changed = Signal(object)  # Changes
    refresh_progressed = Signal(object)  # RefreshProgressed
    connection_changed = Signal(bool, str)  # online, the log-in page that bars the way
    noticed = Signal(object)  # Noticed
    command_failed = Signal(object)  # CommandFailed
    undo_changed = Signal(object)  # UndoChanged
    store_failed = Signal(object)  # BroadsheetError
    handed_over = Signal(object)  # the arguments of another start, a tuple of str

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[e.Event] = deque()
        self._is_woken = False
        self._is_closed = False
        self._ear, self._bell = socket.socketpair()
        self._ear.setblocking(False)
        self._bell.setblocking(False)
        self._notifier = QSocketNotifier(self._ear.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._drain)

    def post(self, event: e.Event) -> None:
        """From any thread, at any time, even after `close`."""
        if self._is_closed:
            return
        self._waiting.append(event)
        # A race between two threads rings twice, which is harmless; it never rings too seldom,
        # because `_drain` lowers the flag before it looks into the queue for the last time.
        if not self._is_woken:
            self._ring()

    def close(self) -> None:
        """Nothing is delivered any more."""
        if self._is_closed:
            return
        self._is_closed = True
        self._waiting.clear()
        self._notifier.setEnabled(False)
        self._ear.close()
        self._bell.close()

    def _drain(self) -> None:
        until = perf_counter() + BUDGET
        while self._waiting:
            self._deliver(self._take())
            if self._is_closed:
                return
            if perf_counter() > until and self._waiting:
                return  # the bell's bytes stay unread: Qt comes back after other events
        with contextlib.suppress(OSError):
            while len(self._ear.recv(64)) == 64:
                pass
        self._is_woken = False
        if self._waiting:  # posted between the last look and the lowering of the flag
            self._ring()

    def _ring(self) -> None:
        self._is_woken = True
        with contextlib.suppress(OSError):  # closed meanwhile, or so many rings that it is full
            self._bell.send(b"!")

    def _take(self) -> e.Event:
        event = self._waiting.popleft()
        if isinstance(event, e.Changed):
            while self._waiting and _belongs_to(event, self._waiting[0]):
                later = self._waiting.popleft()
                assert isinstance(later, e.Changed)
                event = e.Changed(merge_changes(event.changes, later.changes))
        elif isinstance(event, e.RefreshProgressed):
            while self._waiting and isinstance(self._waiting[0], e.RefreshProgressed):
                event = self._waiting.popleft()
        return event

    def _deliver(self, event: e.Event) -> None:
        match event:
            case e.Answered(ticket, value):
                if not ticket.cancelled:
                    ticket.reply(value)
            case e.Changed(changes):
                self.changed.emit(changes)
            case e.RefreshProgressed():
                self.refresh_progressed.emit(event)
            case e.ConnectionChanged(online, portal):
                self.connection_changed.emit(online, portal)
            case e.Noticed():
                self.noticed.emit(event)
            case e.CommandFailed():
                self.command_failed.emit(event)
            case e.UndoChanged():
                self.undo_changed.emit(event)
            case e.StoreFailed(error):
                self.store_failed.emit(error)
            case e.HandedOver(arguments):
                self.handed_over.emit(arguments)


def _belongs_to(event: e.Changed, other: e.Event) -> bool:
    return isinstance(other, e.Changed) and other.changes.origin is event.changes.origin


def merge_changes(first: Changes, second: Changes) -> Changes:
    """Both, as one. Of the same origin; the later counts win."""
    return replace(
        first,
        added=_join(first.added, second.added),
        updated=_join(first.updated, second.updated),
        removed=_join(first.removed, second.removed),
        feeds=_join(first.feeds, second.feeds),
        outline_changed=first.outline_changed or second.outline_changed,
        pictures=_join(first.pictures, second.pictures),
        counts=second.counts or first.counts,
    )


def _join(first: tuple[T, ...], second: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(first + second)) if first and second else first or second
