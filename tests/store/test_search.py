"""Search: what is found, in which order, across eras and scripts; nothing typed is an error."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reader.model import Listing, Selection
from reader.store import articles, eras, search

Desk = Any


@pytest.fixture
def many_eras(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A store whose eras are over after five articles."""
    monkeypatch.setattr(eras, "ARTICLES_PER_ERA", 5)
    return desk


def find(desk: Desk, query: str, **more: Any) -> str:
    page = search.find(desk.db, query, None, 100, **more)
    return " ".join(row.title.removeprefix("Title ") for row in page.rows)


def put_texts(desk: Desk, **texts: str) -> None:
    for hours, (name, text) in enumerate(texts.items()):
        desk.put_at(desk.gazette, name, hours, title=name, text=text)


def test_every_word_must_occur_and_the_last_may_be_begun(desk: Desk) -> None:
    put_texts(desk, a="The quick brown fox", b="A quick browser", c="Brown bread")
    assert find(desk, "quick") == "a b"
    assert find(desk, "quick brow") == "a b"
    assert find(desk, "quick brow ") == ""
    assert find(desk, "quick brown ") == "a"
    assert find(desk, "brow") == "a b c"
    assert find(desk, "quic brown") == ""
    assert find(desk, "QUICK -fox") == "b"
    assert find(desk, "brown -quick -bread") == ""


def test_headlines_are_found_too(desk: Desk) -> None:
    desk.put_at(desk.gazette, "1", 1, title="Comet sighted", text="Last night.")
    assert find(desk, "comet") == "Comet sighted"


def test_diacritics_and_case_are_folded_on_both_sides(desk: Desk) -> None:
    put_texts(desk, a="Crème brûlée in Malmö", b="CREME", c="ÅNGSTRÖM", d="cre\u0300me")
    assert find(desk, "creme ") == "a b d"
    assert find(desk, "CRÈME ") == "a b d"
    assert find(desk, "malmo creme ") == "a"
    assert find(desk, "ångstr") == "c"


def test_scripts_without_spaces_are_found_by_any_neighbouring_letters(desk: Desk) -> None:
    put_texts(desk, ja="東京都の天気は晴れ。", zh="北京天气晴朗", th="ข่าววันนี้", ko="한국어로 뉴스를 읽다")
    assert find(desk, "天気") == "ja"
    assert find(desk, "京都") == "ja"
    assert find(desk, "都") == "ja"
    assert find(desk, "れ") == "ja"
    assert find(desk, "天") == "ja zh"
    assert find(desk, "天气晴") == "zh"
    assert find(desk, "北京 晴朗") == "zh"
    assert find(desk, "วันนี้") == "th"
    assert find(desk, "뉴스 읽") == "ko"


def test_a_word_of_a_marked_script_is_one_word(desk: Desk) -> None:
    put_texts(desk, a="हिन्दी समाचार")
    assert find(desk, "हिन्दी ") == "a"
    assert find(desk, "हिन् ") == ""


def test_quotes_find_all_their_words(desk: Desk) -> None:
    put_texts(desk, a="New York Times", b="York is not new", c="new")
    assert find(desk, '"new york"') == "a b"
    assert find(desk, 'times "new york"') == "a"
    assert find(desk, '-"new york" new ') == "c"
    assert find(desk, '"new yor') == "a b"


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "-",
        "-only",
        '"',
        '""',
        "*",
        "^",
        "a AND",
        "NEAR(",
        "words_0000:x",
        "(",
        "a OR b",
        "-a -b",
        "é*",
    ],
)
def test_operators_and_fragments_are_not_errors(desk: Desk, query: str) -> None:
    put_texts(desk, a="something else")
    assert find(desk, query) == ""


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=30))
@example("\U0001e900\U0001e901 \u0378 \U0001fa70")
@example("\ud800")
@example("a\x00b")
def test_no_query_is_an_error(desk: Desk, query: str) -> None:
    search.find(desk.db, query, None, 10, True)
    articles.read_rows_named(desk.db, [1], Selection(Listing.SEARCH, query=query), desk.now)


def test_an_edited_article_is_found_by_its_new_words(desk: Desk) -> None:
    desk.put(desk.gazette, desk.make("1", title="Early edition", text="alpha"))
    desk.put(desk.gazette, desk.make("1", title="Later edition", text="beta"))
    assert find(desk, "beta") == "Later edition"
    assert find(desk, "later beta") == "Later edition"


def test_hits_come_newest_first_across_eras_and_pages(many_eras: Desk) -> None:
    desk = many_eras
    for number in range(40):
        desk.put_at(desk.gazette, f"n{number}", 100 - number, text="zebra" if number % 3 else "lion")
        if number % 8 == 0:
            desk.put_at(desk.ball, f"o{number}", 500 - number, text="zebra")
    assert len(eras.read_eras(desk.db)) > 5
    whole = desk.rows(Listing.SEARCH, query="zebra")
    assert len(whole) == 31
    assert [x.at for x in whole] == sorted((x.at for x in whole), reverse=True)
    paged, after = [], None
    while True:
        page = search.find(desk.db, "zebra", after, 4)
        paged += page.rows
        after = page.next
        if after is None:
            break
    assert tuple(paged) == whole


def test_unread_only_leaves_out_what_was_read(many_eras: Desk) -> None:
    desk = many_eras
    ids = [desk.put_at(desk.gazette, str(number), 30 - number, text="zebra") for number in range(20)]
    articles.mark_read(desk.db, [x for x in ids if x != ids[12]], True)
    assert find(desk, "zebra", unread_only=True) == "12"
    articles.mark_read(desk.db, ids, True)
    assert find(desk, "zebra", unread_only=True) == ""


def test_a_rare_word_and_a_beginning_find_the_same_whether_read_or_looked_up(
    many_eras: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_texts(
        many_eras, **{f"a{x}": f"Zebra {'Écoles' if x % 2 else 'under_scored'} &amp; more" for x in range(9)}
    )
    for query in ("zebra éco", "zebra under", "zebra sco", "zebra mor", "zebra p", "zebra -more eco"):
        found = find(many_eras, query)
        with monkeypatch.context() as patch:
            patch.setattr(search, "FEW", -1)
            assert find(many_eras, query) == found


def test_a_word_in_too_many_articles_lists_the_newest_arrivals(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST_OF_AN_ERA", 3)
    for number in range(6):
        desk.put_at(desk.gazette, str(number), 10 - number)
    assert find(desk, "body") == "5 4 3"


def test_tidying_comes_to_an_end_and_changes_no_result(many_eras: Desk) -> None:
    desk = many_eras
    for number in range(30):
        desk.put_at(desk.gazette, str(number), 100 - number, text=f"zebra {number}")
    before = find(desk, "zebra")
    steps = 0
    while eras.tidy(desk.db):
        steps += 1
        assert steps < 200
    assert find(desk, "zebra") == before
    assert not eras.tidy(desk.db)
    desk.put(desk.gazette, desk.make("late", published_at=desk.now - timedelta(hours=99), text="zebra"))
    assert "late" in find(desk, "zebra")


def test_every_era_is_newer_than_the_one_before(many_eras: Desk) -> None:
    desk = many_eras
    for number in range(30):
        desk.put_at(desk.gazette, str(number), 50 if number % 2 else 0)
    since = [x.since for x in eras.read_eras(desk.db)]
    assert since == sorted(since, reverse=True)
    assert len(set(since)) == len(since)
    assert len(desk.rows(Listing.SEARCH, query="body")) == 30
