"""Dates as publishers write them -> aware UTC moments.

In: any text. Out: a `datetime` in UTC, or None where no date can be read; never an error.
A date without a zone is taken as UTC, one without a time as midnight. Words come from
`date_words`; nothing here knows about feeds.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from reader.parse.date_words import HALVES, NOISE, find_month, find_zone

LONGEST = 120  # characters looked at
_COMPACT = re.compile(r"(\d{8})t(\d{6}|\d{4})z?$")
_DAY = 24 * 60  # minutes

_ISO = re.compile(
    r"(\d{4})-(\d{1,2}|0\d{2})(?:-(\d{1,2}))?"
    r"(?:(?:\s*t\s*|\s+)(\d{1,2})(?::?(\d{1,2}))?(?::?(\d{1,2})(?:[.,]\d+)?)?\s*(z|[a-z]+|[+-][\d:]{2,6})?)?$"
)
_TIME = re.compile(
    r"(?<![\d:+-])(\d{1,2})(?::|h)(\d{2})(?::(\d{1,2})(?:[.,]\d+)?)?(?![\d:])\s*(a\.?\s?m\.?|p\.?\s?m\.?)?(?![a-z])"
)
_TIME_AFTER_T = re.compile(
    r"(?<=\dt)(\d{1,2})(?::)(\d{2})(?::(\d{1,2})(?:[.,]\d+)?)?(?![\d:])(\s*a\.?m|\s*p\.?m)?"
)
_OFFSET = re.compile(r"(?:gmt|utc|ut|z)?\s*([+-])(\d{1,2}):?(\d{2})?$")
_COMMENT = re.compile(r"\([^()]*\)")
_CJK = re.compile(r"(\d{2,4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_NUMBERS = re.compile(r"(\d{1,4})([/.-])(\d{1,2})\2(\d{1,4})$")
_TRUNCATED = re.compile(r"(?:(\d{2})-(\d{2})-(\d{2})|(\d{2})(\d{2})(\d{2})|-(\d{2})-?(\d{2}))$")
_WORD = re.compile(r"[^\s,]+")
_PLAIN_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)?$", re.ASCII)


def parse(text: str) -> datetime | None:
    """The moment that `text` names, in UTC; None where it names none."""
    try:
        if _PLAIN_ISO.match(text):
            moment = datetime.fromisoformat(text).replace(microsecond=0)
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError, TypeError):
        pass
    try:
        return _parse_any(text)
    except (ValueError, OverflowError, TypeError):
        return None


def _parse_any(text: str) -> datetime | None:
    words = " ".join(text[:LONGEST].replace("\\n", " ").split()).lower()
    words = _COMMENT.sub(" ", words).strip()
    if not words:
        return None
    if compact := _COMPACT.match(words):
        words = compact[1] + compact[2]
    if words.isdecimal() and words.isascii():
        return _read_digits(words)
    if iso := _ISO.match(words):
        return _read_iso(iso)
    if short := _TRUNCATED.match(words):
        digits = [group for group in short.groups() if group]
        return _make(_full_year(digits[0]), int(digits[1]), int(digits[2]) if len(digits) > 2 else 1)
    return _read_words(words)


def _read_digits(digits: str) -> datetime | None:
    """Seconds or milliseconds since 1970, YYYYMMDD..., YYMMDD or a year."""
    if len(digits) in (9, 10):
        return datetime.fromtimestamp(int(digits), UTC)
    if len(digits) == 13:
        return datetime.fromtimestamp(int(digits) / 1000, UTC)
    if len(digits) in (8, 12, 14):
        pairs = [int(digits[at : at + 2]) for at in range(4, len(digits), 2)]
        month, day, hour, minute, second = [*pairs, 0, 0, 0][:5]
        return _make(int(digits[:4]), month, day, hour, minute, second)
    if len(digits) == 6:
        return _make(_full_year(digits[:2]), int(digits[2:4]), int(digits[4:]))
    if len(digits) == 4 and "1900" <= digits <= "2100":
        return _make(int(digits), 1, 1)
    return None


def _read_iso(found: re.Match[str]) -> datetime | None:
    year, month, day, hour, minute, second, zone = found.groups()
    offset = _read_zone(zone) if zone else 0
    if offset is None:
        return None
    return _make(
        int(year), int(month), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0), offset
    )


def _read_words(words: str) -> datetime | None:
    """Everything else: pick out the time, the zone after it, and make a date of the rest."""
    east = 0
    if cjk := _CJK.search(words):
        east = 9 * 60 if "년" in words else 0  # WORKAROUND: Korean hosts write local time without a zone
        words = f"{cjk[1]}-{cjk[2]}-{cjk[3]} {words[: cjk.start()]} {words[cjk.end() :]}"
    hour = minute = second = 0
    rest, after = words, ""
    if time := _TIME.search(words) or _TIME_AFTER_T.search(words):
        hour, minute, second = int(time[1]), int(time[2]), int(time[3] or 0)
        half = (time[4] or "")[:1]
        before, after = words[: time.start()], words[time.end() :]
        for mark in HALVES:
            if not half and mark in before.split():
                half = HALVES[mark]
        hour = _apply_half(hour, half)
        before = (
            before.rstrip("t ") if before.rstrip(" ").endswith("t") and before[-2:-1].isdigit() else before
        )
        rest = f"{before} {after}"
    tokens = [word.strip(".") if not _NUMBERS.match(word) else word for word in _WORD.findall(rest)]
    kept = [word for word in tokens if word and word not in NOISE and word not in HALVES]
    if after.split()[-1:] == ["at"]:
        kept.append("at")  # after the time it is Atlantic time
    tokens = kept
    return _read_tokens(tokens, (hour, minute, second), east)


def _apply_half(hour: int, half: str) -> int:
    if not half:
        return hour
    if not 1 <= hour <= 12:
        return hour
    return hour % 12 + (12 if half == "p" else 0)


def _read_tokens(tokens: list[str], time: tuple[int, int, int], east: int) -> datetime | None:
    numbers: list[str] = []
    month = unknown = 0
    offset: int | None = None
    for at, token in enumerate(tokens):
        if token.isdecimal():
            numbers.append(token)
        elif _NUMBERS.match(token) and not numbers:
            numbers = _order_numbers(token)
        elif (day := _strip_ordinal(token)) is not None:
            numbers.append(day)
        elif named := find_month(token):
            month = named
        elif numbers and (found := _read_zone(token)) is not None:
            offset = found
        elif mixed := _split_mixed(token):
            numbers, month = [mixed[0], mixed[2]], find_month(mixed[1])
        elif at == 0 and not token[0].isdigit():
            unknown += 1  # a weekday in whatever language
        else:
            return None
    if offset is None:
        offset = east
    found_day = _choose(numbers, month)
    return _make(*found_day, *time, offset) if found_day else None


def _strip_ordinal(token: str) -> str | None:
    if token[:-2].isdecimal() and token[-2:] in ("st", "nd", "rd", "th") and len(token) <= 4:
        return token[:-2]
    if token.endswith(("er", "º", "ª")) and token[:-2].isdecimal() and len(token) <= 4:
        return token[:-2]
    return None


def _split_mixed(token: str) -> tuple[str, str, str] | None:
    """`02-Jan-2006`, `2004-július-13`."""
    parts = re.split(r"[-/.]", token)
    if len(parts) == 3 and parts[0].isdecimal() and parts[2].isdecimal() and find_month(parts[1]):
        return parts[0], parts[1], parts[2]
    return None


def _order_numbers(token: str) -> list[str]:
    """Year, month, day of `2006/09/15`, `09/15/2014`, `15.9.2014`."""
    first, second, third = re.split(r"[/.-]", token)
    if len(first) > 2:
        return [first, second, third]
    day_first = "/" not in token or int(first) > 12
    return [third, second, first] if day_first else [third, first, second]


def _choose(numbers: list[str], month: int) -> tuple[int, int, int] | None:
    """Year, month and day out of what numbers there are."""
    if month:
        if len(numbers) == 1:
            year = numbers[0]
            return (int(year), month, 1) if len(year) == 4 else None
        if len(numbers) != 2:
            return None
        day, year = numbers
        if len(day) > 2:
            day, year = year, day
        return (_full_year(year), month, int(day))
    if len(numbers) == 3:
        if len(numbers[0]) > 2 or len(numbers[2]) <= 2:
            year, middle, day = numbers
        else:
            day, middle, year = numbers
        return (_full_year(year), int(middle), int(day))
    return None


def _full_year(year: str) -> int:
    if len(year) > 2:
        return int(year)
    return int(year) + (2000 if int(year) < 69 else 1900)


def _read_zone(token: str) -> int | None:
    """Minutes east of Greenwich."""
    if found := _OFFSET.match(token):
        hours, minutes = int(found[2]), int(found[3] or 0)
        if hours > 23 or minutes > 59:
            return None
        return (hours * 60 + minutes) * (-1 if found[1] == "-" else 1)
    return find_zone(token)


def _make(
    year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0, offset: int = 0
) -> datetime | None:
    if abs(offset) >= _DAY:
        return None
    midnight_after = hour == 24 and minute == 0 and second == 0
    if midnight_after:
        hour = 0
    moment = datetime(year, month, day, hour, minute, min(second, 59) if second == 60 else second, tzinfo=UTC)
    return moment + timedelta(days=int(midnight_after), minutes=-offset)
