"""What becomes of a feed's drafts: identity, dates, edits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.model import Enclosure, Listing
from reader.store import articles, feeds, search

Desk = Any


def test_drafts_become_rows_newest_first(desk: Desk) -> None:
    result = desk.put(
        desk.gazette,
        desk.make("old", published_at=desk.now - timedelta(hours=5)),
        desk.make("new", published_at=desk.now - timedelta(hours=1), pictures=("https://x.example/a.png",)),
    )
    assert [row.id for row in desk.rows()] == list(result.added)
    assert desk.titles() == ["Title new", "Title old"]
    assert result.pictures == ("https://x.example/a.png",)
    row = desk.rows()[0]
    assert (row.feed_id, row.section_id, row.at) == (desk.gazette, desk.news, desk.now - timedelta(hours=1))
    assert (row.is_read, row.is_saved, row.minutes, row.author) == (False, False, 2, "A. Author")


def test_the_same_document_again_changes_nothing(desk: Desk) -> None:
    drafts = [desk.make(str(x)) for x in range(40)]
    desk.put(desk.gazette, *drafts)
    before = desk.rows()
    assert desk.put(desk.gazette, *drafts, now=desk.now + timedelta(hours=1)) == articles.PutResult()
    assert desk.rows() == before


def test_an_id_repeated_within_one_document_is_one_article(desk: Desk) -> None:
    desk.put(desk.gazette, desk.make("1", title="First"), desk.make("1", title="Second"))
    assert desk.titles() == ["First"]


def test_the_same_id_in_two_feeds_is_two_articles(desk: Desk) -> None:
    desk.put(desk.gazette, desk.make("1"))
    desk.put(desk.courier, desk.make("1"))
    assert len(desk.rows()) == 2


def test_undated_items_get_their_arrival_time_in_feed_order_and_keep_it(desk: Desk) -> None:
    drafts = [desk.make(x, published_at=None) for x in "abc"]
    desk.put(desk.gazette, *drafts)
    first = desk.rows()
    assert [row.title for row in first] == ["Title a", "Title b", "Title c"]
    assert len({row.at for row in first}) == 3
    assert first[0].at == desk.now
    later = desk.now + timedelta(hours=1)
    desk.put(desk.gazette, desk.make("z", published_at=None), *drafts, now=later)
    assert desk.rows()[1:] == first
    assert desk.rows()[0].at == later


def test_a_date_in_the_future_becomes_the_time_of_arrival(desk: Desk) -> None:
    desk.put(desk.gazette, desk.make("1", published_at=desk.now + timedelta(days=400)))
    assert desk.rows()[0].at == desk.now


def test_dates_at_the_ends_of_the_calendar_are_kept_or_clamped(desk: Desk) -> None:
    first, last = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    desk.put(desk.gazette, desk.make("1", published_at=first), desk.make("2", published_at=last))
    assert [row.at for row in desk.rows()] == [desk.now - timedelta(microseconds=1), first]


def test_an_edited_item_is_updated_in_place_and_keeps_its_states_and_its_headlines(desk: Desk) -> None:
    (id,) = desk.put(desk.gazette, desk.make("1", title="Early")).added
    articles.mark_read(desk.db, [id], True)
    articles.save(desk.db, [id], True)
    at = desk.rows()[0].at
    edited = desk.make("1", title="Later", published_at=desk.now)
    result = desk.put(desk.gazette, edited, now=desk.now + timedelta(hours=1))
    assert (result.added, result.updated) == ((), (id,))
    (row,) = desk.rows()
    assert (row.title, row.is_read, row.is_saved, row.at) == ("Later", True, True, at)
    desk.put(desk.gazette, desk.make("1", title="Latest"), now=desk.now + timedelta(hours=2))
    article = articles.read_article(desk.db, id)
    assert article is not None
    assert article.former_titles == ("Early", "Later")
    assert article.updated_at == desk.now + timedelta(hours=2)
    assert feeds.read_counts(desk.db, desk.now).unread == 0


def test_a_headline_that_goes_back_and_forth_is_not_collected_for_ever(desk: Desk) -> None:
    for hour in range(60):
        title = f"Headline {hour % 2}" if hour < 10 else f"Headline {hour}"
        result = desk.put(desk.gazette, desk.make("1", title=title), now=desk.now + timedelta(hours=hour))
    article = articles.read_article(desk.db, result.updated[0])
    assert article is not None
    assert article.former_titles[:2] == ("Headline 0", "Headline 1")
    assert len(article.former_titles) == 20


def test_items_that_leave_the_feed_stay(desk: Desk) -> None:
    desk.put(desk.gazette, desk.make("1"), desk.make("2"))
    desk.put(desk.gazette, desk.make("3"))
    assert len(desk.rows()) == 3


def test_a_feed_that_gives_its_items_new_ids_brings_no_article_twice(desk: Desk) -> None:
    old = desk.put(desk.gazette, desk.make("a"), desk.make("b")).added
    articles.mark_read(desk.db, old, True)
    renamed = [
        desk.make(f"https://gazette.example/?p={x}", title=f"Title {x}", link=f"http://example.com/{x}/")
        for x in "ab"
    ]
    result = desk.put(desk.gazette, *renamed, desk.make("c"))
    assert len(result.added) == 1
    assert set(result.updated) == set(old)
    assert {row.id for row in desk.rows()} == {*old, *result.added}
    assert feeds.read_counts(desk.db, desk.now).unread == 1
    assert desk.put(desk.gazette, *renamed) == articles.PutResult()


def test_two_items_of_one_document_with_the_same_link_and_title_are_two(desk: Desk) -> None:
    same = {"link": "https://example.com/", "title": "Daily", "published_at": None}
    desk.put(desk.gazette, desk.make("a", **same))
    assert len(desk.put(desk.gazette, desk.make("b", **same), desk.make("a", **same)).added) == 1


def test_tomorrows_column_under_todays_link_and_title_is_another_article(desk: Desk) -> None:
    same = {"link": "https://example.com/", "title": "Daily"}
    desk.put(desk.gazette, desk.make("a", published_at=desk.now - timedelta(days=2), **same))
    assert len(desk.put(desk.gazette, desk.make("b", published_at=desk.now, **same)).added) == 1


def test_a_status_may_come_before_its_article(desk: Desk) -> None:
    id = articles.put_status(desk.db, desk.gazette, "1", True, True, desk.now)
    assert desk.rows() == ()
    assert articles.read_article(desk.db, id) is None
    result = desk.put(desk.gazette, desk.make("1"), desk.make("2"))
    assert id in result.added
    row = next(row for row in desk.rows() if row.id == id)
    assert (row.is_read, row.is_saved, row.at) == (True, True, desk.now - timedelta(hours=1))


def test_a_dropped_article_does_not_come_back_with_the_next_fetch(desk: Desk) -> None:
    kept, dropped = desk.put(desk.gazette, desk.make("1"), desk.make("2")).added
    articles.save(desk.db, [kept], True)
    assert articles.drop_articles(desk.db, [kept, dropped]) == (dropped,)
    assert desk.put(desk.gazette, desk.make("1"), desk.make("2", title="New")) == articles.PutResult()
    assert [row.id for row in desk.rows()] == [kept]
    removed = feeds.remove_feed(desk.db, desk.gazette, desk.now)
    feeds.restore_feed(desk.db, removed)
    assert [row.id for row in desk.rows()] == [kept]


def test_half_a_surrogate_pair_is_stored_as_a_question_mark(desk: Desk) -> None:
    desk.put(desk.gazette, desk.make("\ud800", title="A \ud83d joke", text="\udc00 funny", comments="\ud801"))
    assert desk.titles() == ["A ? joke"]
    assert len(search.find(desk.db, "funny", None, 10).rows) == 1


def test_everything_a_draft_carries_is_there_when_the_article_is_read(desk: Desk) -> None:
    draft = desk.make(
        "1",
        text="Grüße",
        updated_at=desk.now - timedelta(minutes=5),
        categories=("a", "b"),
        enclosures=(Enclosure("https://x.example/a.mp3", "audio/mpeg", 5, 60, "Episode"),),
        pictures=("https://x.example/a.jpg", "https://x.example/b.jpg"),
        picture="https://x.example/a.jpg",
        language="de",
        comments="https://x.example/comments",
    )
    (id,) = desk.put(desk.gazette, draft).added
    article = articles.read_article(desk.db, id)
    assert article is not None
    assert article.row == desk.rows()[0]
    assert article.body_html == "<p>Grüße</p>"
    assert article.row.picture == draft.picture
    for name in ("updated_at", "categories", "enclosures", "pictures", "language", "comments"):
        assert getattr(article, name) == getattr(draft, name)


def test_drafts_for_a_feed_that_is_gone_are_taken_by_nobody(desk: Desk) -> None:
    assert articles.put_drafts(desk.db, 99, [desk.make("1")], desk.now) == articles.PutResult()


def test_several_documents_are_stored_as_if_one_by_one(desk: Desk) -> None:
    results = articles.put_documents(
        desk.db,
        [(desk.gazette, [desk.make("1")]), (desk.ball, [desk.make("1"), desk.make("2")]), (desk.courier, [])],
        desk.now,
    )
    assert [len(result.added) for result in results] == [1, 2, 0]
    assert len(search.find(desk.db, "title", None, 10).rows) == 3


DOCUMENTS = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from("abcdef"), st.sampled_from(["X", "Y", "Z"]), st.integers(-50, 50) | st.none()
        ),
        max_size=6,
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(documents=DOCUMENTS)
def test_putting_twice_changes_nothing_and_every_id_is_one_article_at_its_first_time(
    new_desk: Any, documents: list[list[tuple[str, str, int | None]]]
) -> None:
    desk = new_desk()
    places: dict[int, datetime] = {}
    for number, document in enumerate(documents):
        now = desk.now + timedelta(hours=number)
        drafts = [
            desk.make(uid, title=title, published_at=None if at is None else desk.now + timedelta(hours=at))
            for uid, title, at in document
        ]
        desk.put(desk.gazette, *drafts, now=now)
        before = desk.rows()
        assert desk.put(desk.gazette, *drafts, now=now + timedelta(minutes=1)) == articles.PutResult()
        assert desk.rows() == before
        for row in before:
            assert places.setdefault(row.id, row.at) == row.at
            assert row.at <= now
    uids = {uid for document in documents for uid, _, _ in document}
    assert len(desk.rows(Listing.FEED, desk.gazette)) == len(uids)
