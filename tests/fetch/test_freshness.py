from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.fetch.freshness import Freshness, read_freshness, read_retry_after

NOW = datetime(2026, 1, 5, 10, 0, tzinfo=UTC)


def read(**headers: str) -> Freshness:
    return read_freshness({name.replace("_", "-"): value for name, value in headers.items()}, NOW)


def test_age_is_taken_off_max_age():
    assert read(cache_control="public, max-age=3600", age="600").max_age == 3000
    assert read(cache_control="max-age=60", age="600").max_age == 0
    assert read(cache_control='Max-Age="120"').max_age == 120


def test_no_cache_and_no_store_say_nothing_about_when():
    assert read(cache_control="no-cache, max-age=3600") == Freshness()
    assert read(cache_control="no-store", expires="Mon, 05 Jan 2026 12:00:00 GMT") == Freshness()


def test_expires_is_counted_from_the_answers_own_date():
    fresh = read(expires="Mon, 05 Jan 2026 12:00:00 GMT", date="Mon, 05 Jan 2026 11:00:00 GMT")
    assert fresh.expires == 3600
    assert read(expires="Mon, 05 Jan 2026 12:00:00 GMT").expires == 7200
    assert read(expires="0").expires == 0


@pytest.mark.parametrize("digits", [17, 400, 5000])
def test_more_digits_than_anybody_needs_are_very_large_and_not_absent(digits: int):
    assert read_retry_after("9" * digits, NOW) == 7 * 24 * 3600
    assert read_retry_after("0" * digits, NOW) is None
    assert (read(cache_control=f"max-age={'9' * digits}").max_age or 0) > 10**9
    assert read(cache_control="max-age=60", age="9" * digits).max_age == 0


def test_max_age_outdoes_expires():
    fresh = read(cache_control="max-age=60", expires="Mon, 05 Jan 2026 12:00:00 GMT")
    assert (fresh.max_age, fresh.expires) == (60, None)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("Mon, 05 Jan 2026 10:30:00 GMT", 1800),
        ("Monday, 05-Jan-26 10:30:00 GMT", 1800),
        ("Mon Jan  5 10:30:00 2026", 1800),
        ("0", None),
        ("-5", None),
        ("soon", None),
        ("", None),
        ("Mon, 05 Jan 2026 09:00:00 GMT", None),
        ("99999999", 7 * 24 * 3600),
        ("1" * 5000, 7 * 24 * 3600),
    ],
)
def test_retry_after_is_seconds_or_a_date(value: str, seconds: int | None):
    assert read_retry_after(value, NOW) == seconds


@given(
    st.dictionaries(
        st.sampled_from(["cache-control", "expires", "date", "age", "retry-after"]), st.text(max_size=60)
    )
)
def test_any_headers_are_read_without_raising(headers: dict[str, str]):
    fresh = read_freshness(headers, NOW)
    assert (fresh.max_age or 0) >= 0
    assert fresh.retry_after is None or fresh.retry_after > 0
