"""What is the matter with a feed. In: its health and the time. Out: a state, and which lists it is in.

Pure: no words, no widgets, no clock of its own. A feed that fails is never called silent: nobody
knows what it would have brought.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum, IntEnum

from reader.frozen import frozen
from reader.model import FeedHealth

# A feed is silent when it brought nothing for longer than both of these.
SILENT_AFTER = timedelta(days=60)
SILENT_GAPS = 10  # times its usual gap

# A failing feed needs a person when it failed for longer than the one or oftener than the other.
PATIENCE = timedelta(days=1)
PATIENCE_TIMES = 3

STOPPED = ("gone", "credentials")  # the rules after which a feed is not asked by itself any more


class State(IntEnum):
    """What is said of a feed first. Smaller is worse."""

    GONE = 0
    CREDENTIALS = 1
    BROWSER_CHECK = 2
    FAILING = 3
    MOVED = 4
    STUMBLED = 5  # failed, but not for long
    PAUSED = 6
    SILENT = 7
    UNASKED = 8
    FINE = 9


class Group(Enum):
    """The lists of the page. A feed may be in several."""

    ALL = "all"
    ATTENTION = "attention"
    SILENT = "silent"
    MOVED = "moved"
    WAITING = "waiting"


@frozen
class Verdict:
    state: State
    groups: frozenset[Group]

    @property
    def needs_attention(self) -> bool:
        return Group.ATTENTION in self.groups


def judge(health: FeedHealth, now: datetime) -> Verdict:
    state = find_state(health, now)
    groups = {Group.ALL}
    if state <= State.MOVED or health.moved_to:
        groups.add(Group.ATTENTION)
    if state is State.SILENT:
        groups.add(Group.SILENT)
    if health.moved_to or state is State.GONE:
        groups.add(Group.MOVED)
    if is_waiting(health, state, now):
        groups.add(Group.WAITING)
    return Verdict(state, frozenset(groups))


def find_state(health: FeedHealth, now: datetime) -> State:
    failure = health.failure
    if health.is_gone or health.rule == "gone":
        return State.GONE
    if asks_for_credentials(health):
        return State.CREDENTIALS
    if failure is not None and failure.kind == "BrowserCheck":
        return State.BROWSER_CHECK
    if failure is not None and has_failed_long(health, now):
        return State.FAILING
    if health.moved_to:
        return State.MOVED
    if is_paused(health, now):
        return State.PAUSED
    if failure is not None:
        return State.STUMBLED
    if health.checked_at is None:
        return State.UNASKED
    return State.SILENT if is_silent(health, now) else State.FINE


def asks_for_credentials(health: FeedHealth) -> bool:
    failure = health.failure
    is_refused = failure is not None and (failure.kind, failure.detail) == ("HttpFailed", "401")
    return is_refused or health.rule == "credentials"


def has_failed_long(health: FeedHealth, now: datetime) -> bool:
    failure = health.failure
    if failure is None:
        return False
    is_old = failure.since_at is not None and now - failure.since_at > PATIENCE
    return is_old or failure.count >= PATIENCE_TIMES


def is_paused(health: FeedHealth, now: datetime) -> bool:
    """Whether its whole host is to be left alone."""
    return health.paused_until is not None and health.paused_until > now


def is_stopped(health: FeedHealth) -> bool:
    """Whether it is not asked by itself any more."""
    return health.is_gone or health.rule in STOPPED


def is_waiting(health: FeedHealth, state: State, now: datetime) -> bool:
    """Whether it is held back for another reason than its rhythm."""
    if is_stopped(health):
        return False
    if is_paused(health, now) or state is State.UNASKED:
        return True
    return health.failure is not None and health.next_at is not None and health.next_at > now


def is_silent(health: FeedHealth, now: datetime) -> bool:
    """Whether nothing came for much longer than usual."""
    return health.newest_at is not None and now - health.newest_at > find_silence(health)


def find_silence(health: FeedHealth) -> timedelta:
    """How long nothing has to come before the feed is called silent."""
    return max(SILENT_AFTER, timedelta(days=SILENT_GAPS * max(0.0, health.usual_gap)))


def find_next(health: FeedHealth) -> datetime | None:
    """Before when it is not asked by itself: its own time or its host's, whichever is later."""
    if health.paused_until is None or health.next_at is None:
        return health.next_at or health.paused_until
    return max(health.next_at, health.paused_until)
