"""Moments in and out of the store: aware `datetime`s outside, whole microseconds since 1970 inside.

Integers sort and compare in an index without knowing of time zones, and no float rounds them.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = 1_000_000
DAY = 86_400 * SECOND

_MICROSECOND = timedelta(microseconds=1)
_EARLIEST = datetime(1, 1, 1, tzinfo=UTC)
_LATEST = datetime(9999, 12, 31, tzinfo=UTC)


def to_micros(at: datetime) -> int:
    """Microseconds since 1970; negative before. `at` must be aware."""
    return (at - EPOCH) // _MICROSECOND


def from_micros(micros: int) -> datetime:
    """The UTC moment; what no calendar holds becomes the calendar's end."""
    try:
        return EPOCH + timedelta(microseconds=micros)
    except OverflowError:
        return _EARLIEST if micros < 0 else _LATEST


def to_micros_or_none(at: datetime | None) -> int | None:
    return None if at is None else to_micros(at)


def from_micros_or_none(micros: int | None) -> datetime | None:
    return None if micros is None else from_micros(micros)


def start_of_day(now: datetime) -> int:
    """Midnight before `now` in `now`'s own time zone, in microseconds."""
    return to_micros(now.replace(hour=0, minute=0, second=0, microsecond=0))
