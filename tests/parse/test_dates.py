"""Dates as publishers write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.parse.dates import parse


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-02T09:00:00Z", (2026, 3, 2, 9)),
        ("2026-03-02T09:00:00.123456+01:00", (2026, 3, 2, 8)),
        ("2026-03-02 09:00:00 +0100", (2026, 3, 2, 8)),
        ("2026-03-02", (2026, 3, 2)),
        ("2026-03", (2026, 3, 1)),
        ("2026", (2026, 1, 1)),
        ("20260302T090000Z", (2026, 3, 2, 9)),
        ("20260302090000", (2026, 3, 2, 9)),
        ("Mon, 02 Mar 2026 10:00:00 +0100", (2026, 3, 2, 9)),
        ("Mon, 2 Mar 26 10:00 GMT", (2026, 3, 2, 10)),
        ("02 Mar 2026 10:00:00 EST", (2026, 3, 2, 15)),
        ("Mon, 02 Mar 2026 24:00:00 GMT", (2026, 3, 3)),
        ("Mon Mar  2 10:00:00 2026", (2026, 3, 2, 10)),
        ("March 2nd, 2026 at 10:05 pm", (2026, 3, 2, 22, 5)),
        ("Monday, March 2, 2026 - 10:05am", (2026, 3, 2, 10, 5)),
        ("Mon Mar 02 2026 10:00:00 GMT+0100 (CET)", (2026, 3, 2, 9)),
        ("lun., 02 mars 2026 10:00:00 +0100", (2026, 3, 2, 9)),
        ("mar., 03 mars 2026 10:00:00 +0100", (2026, 3, 3, 9)),
        ("Mo, 02 Mär 2026 10:00:00 +0100", (2026, 3, 2, 9)),
        ("lunes, 2 de marzo de 2026", (2026, 3, 2)),
        ("2 марта 2026 10:00", (2026, 3, 2, 10)),
        ("2026년 03월 02일 10:00:00", (2026, 3, 2, 1)),
        ("2026年3月2日 10:00", (2026, 3, 2, 10)),
        ("02.03.2026 10:00", (2026, 3, 2, 10)),
        ("2026/03/02 10:00:00", (2026, 3, 2, 10)),
        ("03/22/2026", (2026, 3, 22)),
        ("22/03/2026", (2026, 3, 22)),
        ("1772442000", (2026, 3, 2, 9)),
        ("1772442000000", (2026, 3, 2, 9)),
        ("yesterday", None),
        ("Mon, 32 Mar 2026 10:00:00 GMT", None),
        ("2026-13-40", None),
        ("", None),
    ],
)
def test_dates_are_read_whatever_their_form(text, moment):
    assert parse(text) == (datetime(*moment, tzinfo=UTC) if moment else None)


@settings(deadline=None)
@given(st.one_of(st.text(max_size=80), st.text(alphabet="0123456789 :-+/.,TZamp", max_size=40)))
def test_dates_never_raise(text):
    moment = parse(text)
    assert moment is None or moment.tzinfo is UTC


@settings(deadline=None)
@given(st.datetimes(min_value=datetime(1, 1, 2), max_value=datetime(9999, 12, 30)))
def test_what_iso_writes_is_read_back(moment):
    aware = moment.replace(tzinfo=UTC, microsecond=0)
    assert parse(aware.isoformat()) == aware
