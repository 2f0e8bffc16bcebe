"""Everything the engine tells the window: a closed set.

The engine is given a plain `post(event)` that may be called from any thread; in the window
it is the mailbox's, on the command line a queue's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reader.engine.commands import Command
from reader.errors import BroadsheetError
from reader.frozen import frozen
from reader.model import Changes, FeedId


@frozen
class Changed:
    """The store holds something new. Every pane gets it through `apply(changes)`."""

    changes: Changes


@frozen
class Answered:
    """The answer to `Library.ask`. The mailbox calls `reply(value)` unless the ticket was cancelled."""

    ticket: Ticket
    value: Any


@frozen
class RefreshProgressed:
    """How far the refresh is. `active` is False in the last one."""

    done: int
    total: int
    failed: int
    added: int  # new articles so far
    active: bool
    cancelled: bool = False
    spared: int = 0  # not asked: they were a moment ago, or their host rests
    waiting: int = 0  # asked, silent still, and waited for behind the end of the refresh


@frozen
class ConnectionChanged:
    online: bool
    portal: str = ""  # the log-in page that the network puts in front of everything, if it does


@frozen
class Noticed:
    """Something a person should hear of a feed, once.

    `what`: "gone" (410), "moved" (it has a new address; `detail`), "merged" (its new address was
    subscribed already; `detail`: that feed's title), "credentials" (it asks for a password),
    "proxy" (`feed_id` 0: of no feed; the setting `detail` is no proxy, so nothing is asked at all),
    "proxy-silent" (`feed_id` 0; the proxy `detail` cannot be reached or says no to everything),
    "keyring" (its password is kept until the program ends; `detail`: KeyringMissing or KeyringRefused).
    """

    feed_id: FeedId
    title: str
    what: str
    detail: str = ""


@frozen
class CommandFailed:
    """A command changed nothing; panes that showed its effect already are put back by the
    `Changed` that comes with it."""

    command: Command
    error: BroadsheetError


@frozen
class UndoChanged:
    """What Ctrl+Z and Ctrl+Shift+Z would take back or do again; None: nothing."""

    undo: Command | None
    redo: Command | None


@frozen
class StoreFailed:
    """The store cannot be opened or written: StoreTooNew, StoreDamaged, StoreFull."""

    error: BroadsheetError


@frozen
class HandedOver:
    """Another start of the program gave us its arguments: show the window, open what they name."""

    arguments: tuple[str, ...]


class Ticket:
    """A question under way. Cancel it when its answer is no longer wanted."""

    __slots__ = ("cancelled", "on_cancel", "reply")

    def __init__(self, reply: Callable[[Any], None]) -> None:
        self.reply = reply
        self.cancelled = False
        self.on_cancel: Callable[[], None] | None = None

    def cancel(self) -> None:
        self.cancelled = True
        if self.on_cancel is not None:
            self.on_cancel()


Event = (
    Changed
    | Answered
    | RefreshProgressed
    | ConnectionChanged
    | Noticed
    | CommandFailed
    | UndoChanged
    | StoreFailed
    | HandedOver
)
