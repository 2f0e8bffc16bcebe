"""What the headers of an answer say about when to come back. Pure.

Enters: headers (names in lower case) and the moment of the answer. Leaves: `Freshness`, in
seconds. Decides nothing: weighing these against a feed's own wishes is `engine.decide`'s.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from reader.frozen import frozen

LONGEST_HINT = 7 * 24 * 3600  # a longer Retry-After is cut to a week
FOREVER = 10**10  # seconds; whatever is longer counts as this
_DIRECTIVE = re.compile(r'([a-z-]+)\s*(?:=\s*"?([^",]*)"?)?', re.IGNORECASE)


@frozen
class Freshness:
    max_age: int | None = None  # seconds left of Cache-Control max-age, its Age taken off; never < 0
    expires: int | None = None  # seconds from the answer's Date to its Expires; 0 if past or invalid
    retry_after: int | None = None  # seconds; None if there is none, or none that makes sense


def read_freshness(headers: Mapping[str, str], now: datetime) -> Freshness:
    """`now` stands in for a missing Date. Never raises."""
    retry_after = read_retry_after(headers.get("retry-after", ""), now)
    directives = {
        name.lower(): value.strip() for name, value in _DIRECTIVE.findall(headers.get("cache-control", ""))
    }
    if "no-cache" in directives or "no-store" in directives:
        return Freshness(retry_after=retry_after)
    max_age = _read_seconds(directives.get("max-age", ""))
    if max_age is not None:
        age = _read_seconds(headers.get("age", "").strip()) or 0
        return Freshness(max_age=max(0, max_age - age), retry_after=retry_after)
    if "expires" not in headers:
        return Freshness(retry_after=retry_after)
    expires_at = read_http_date(headers["expires"])
    answered_at = read_http_date(headers.get("date", "")) or now
    expires = max(0, int((expires_at - answered_at).total_seconds())) if expires_at else 0
    return Freshness(expires=expires, retry_after=retry_after)


def read_retry_after(value: str, now: datetime) -> int | None:
    """Seconds from now, of a number of seconds or of a date; None for 0, the past and nonsense."""
    value = value.strip()
    seconds = _read_seconds(value)
    if seconds is None:
        at = read_http_date(value)
        if at is None:
            return None
        # A second more rather than one too early: dates have no fractions.
        seconds = -int(-(at - now) // timedelta(seconds=1)) if at > now else 0
    return min(seconds, LONGEST_HINT) if seconds > 0 else None


def read_http_date(value: str) -> datetime | None:
    """An HTTP date in any of its three forms, aware, UTC; None for anything else."""
    if not value or len(value) > 100:
        return None
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    try:
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _read_seconds(value: str) -> int | None:
    if not (value.isascii() and value.isdigit()):
        return None
    # int() of a megabyte of digits takes nearly as long as they stand for.
    value = value.lstrip("0")
    return min(int(value or "0"), FOREVER) if len(value) <= 16 else FOREVER
