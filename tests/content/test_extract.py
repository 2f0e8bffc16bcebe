"""A page of the web in, its article out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reader.content import page
from reader.content.blocks import AlsoRead, Embed, Figure, Heading, ListBlock, Quote, Table
from reader.content.extract import Extracted, extract
from reader.content.sanitize import sanitize
from reader.errors import EmptyDocument, ParseError

ADDRESS = "https://gazette.example/harbour/ferry"
PROSE = [
    "The ferry to the outer islands sailed again on Monday, after eleven days in which the harbour was closed by ice.",
    "Some two hundred people waited on the quay, many of them with shopping for neighbours who had run short of milk.",
    "The harbour master said that the channel would be kept open by a tug until the weather turned, whatever it cost.",
    "Nobody on the quay could remember a winter like it, though the oldest of them spoke of ice in their childhood.",
    "The next boat leaves on Tuesday morning, and the company asks its passengers to come half an hour early.",
]
HEAD = """<title>Ferry sails again after eleven days | Harbour Gazette</title>
<meta property="og:title" content="Ferry sails again after eleven days"><meta property="og:site_name" content="Harbour Gazette">
<meta name="author" content="By Anna Quay"><meta property="article:published_time" content="2026-03-09T09:30:00+01:00">
<meta property="og:image" content="/pictures/ferry.jpg"><meta name="description" content="Ice kept the islands apart.">"""


def write_page(body: str, head: str = HEAD, language: str = "en-GB") -> bytes:
    menu = "".join(f'<li><a href="/s{n}">Section {n}</a></li>' for n in range(9))
    return f"""<!doctype html><html lang="{language}"><head><meta charset="utf-8">{head}</head><body>
    <nav><ul>{menu}</ul></nav><main><article><h1>Ferry sails again after eleven days</h1>{body}</article></main>
    <footer><p>Copyright 2026 Harbour Gazette. All rights reserved.</p></footer></body></html>""".encode()


def write_prose(*between: str) -> str:
    """The paragraphs, with the given HTML after the second."""
    parts = [f"<p>{words}</p>" for words in PROSE]
    return "".join([*parts[:2], *between, *parts[2:]])


def read(body: str, **more: str) -> Extracted:
    return extract(write_page(body, **more), ADDRESS)


def build(found: Extracted) -> page.Page:
    return page.build(sanitize(found.raw_html, found.address))


def test_the_paragraphs_are_kept_and_the_site_around_them_is_not() -> None:
    assert read(write_prose()).text.split("\n") == PROSE


def test_what_the_page_says_of_itself_is_read() -> None:
    found = read(write_prose())
    assert found.title == "Ferry sails again after eleven days"
    assert found.author == "Anna Quay"
    assert found.published == datetime(2026, 3, 9, 8, 30, tzinfo=UTC)
    assert found.language == "en-GB"
    assert found.picture == "https://gazette.example/pictures/ferry.jpg"


def test_json_ld_is_believed_before_the_rest() -> None:
    said = """<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Ferry sails",
    "author": [{"name": "Anna Quay"}, {"name": "Ben Pier"}], "datePublished": "2026-03-09T10:00:00Z"}]}</script>"""
    found = read(write_prose(), head=said)
    assert found.author == "Anna Quay, Ben Pier"
    assert found.published == datetime(2026, 3, 9, 10, tzinfo=UTC)


def test_the_sites_name_is_cut_off_a_title() -> None:
    found = extract(
        b"<title>Ice on the outer harbour - Harbour Gazette</title><p>" + PROSE[0].encode(), ADDRESS
    )
    assert found.title == "Ice on the outer harbour"


def test_a_logo_is_no_lead_picture() -> None:
    assert read(write_prose(), head='<meta property="og:image" content="/img/site-logo.png">').picture == ""


def test_headings_lists_tables_and_quotes_keep_their_form() -> None:
    inner = """<h2>What is still closed</h2><ul><li>The fish market, until further notice</li><li>The north mole</li></ul>
    <blockquote><p>We have never seen ice as thick as this in the inner basin, said the pilot.</p></blockquote>
    <table><tr><th>Boat</th><th>Leaves</th></tr><tr><td>Star of the sea</td><td>8.15</td></tr></table>"""
    blocks = build(read(write_prose(inner))).blocks
    for kind in (Heading, ListBlock, Quote, Table):
        assert any(isinstance(block, kind) for block in blocks), kind


def test_a_figure_keeps_its_caption_and_gets_an_absolute_address() -> None:
    inner = '<figure><img src="/ice.jpg" alt="Ice"><figcaption>Ice in the harbour basin</figcaption></figure>'
    found = read(write_prose(inner))
    figures = [block for block in build(found).blocks if isinstance(block, Figure)]
    assert len(figures) == 1
    assert "https://gazette.example/ice.jpg" in found.raw_html
    assert "Ice in the harbour basin" in found.raw_html


def test_the_player_of_a_known_site_is_kept_as_an_embed() -> None:
    found = read(write_prose('<iframe src="https://www.youtube.com/embed/abc123"></iframe>'))
    assert any(isinstance(block, Embed) for block in build(found).blocks)


def test_links_within_the_text_stay() -> None:
    found = read(
        write_prose(
            '<p>More is known to <a href="/master">the harbour master</a>, who has kept a log of the ice for years.</p>'
        )
    )
    assert 'href="https://gazette.example/master"' in found.raw_html


def test_a_post_from_another_site_is_part_of_the_article() -> None:
    post = '<blockquote class="twitter-tweet"><p>We sail at eight.</p>&mdash; Ferry (@ferry) <a href="https://x.com/f/1">9 March</a></blockquote>'
    assert "We sail at eight." in read(write_prose(post)).text


@pytest.mark.parametrize(
    "line",
    [
        "<p>Sign up for our newsletter</p>",
        "<p><a href='/app'>CLICK HERE TO GET THE GAZETTE APP</a></p>",
        "<p>Share this</p>",
        "<p>Previous story: Ice on the river</p>",
        "<p>Latest from Harbour Gazette</p>",
        "<p><strong>Don't miss</strong></p>",
        "<p>This site uses cookies to give you the best experience.</p>",
        "<p>Abonnez-vous pour lire la suite</p>",
        "<p>Folgen Sie uns auf allen Kanälen</p>",
        "<p>Advertisement</p>",
        "<p>Comments</p>",
        "<p>Email Anna Quay at anna@gazette.example</p>",
    ],
)
def test_a_line_of_the_sites_own_does_not_remain(line: str) -> None:
    assert read(write_prose(line)).text.split("\n") == PROSE


@pytest.mark.parametrize(
    "line", ["Previous story: Ice on the river", "Don't miss", "Sign up for our newsletter"]
)
def test_nor_does_it_remain_on_the_page(line: str) -> None:
    assert line not in read(write_prose(f"<p>{line}</p>")).raw_html


def test_a_paragraph_that_repeats_the_one_before_stays() -> None:
    refrain = f"<p>{PROSE[0]}</p>"
    assert read(refrain + write_prose() + refrain).text.count(PROSE[0]) == 3


def test_a_card_that_opens_over_a_link_is_no_text() -> None:
    card = (
        '<p>So said <span><a href="/people/pier">Ben Pier</a><span><a href="/people/pier">Ben Pier</a>'
        '<a href="/o1">An old story of the harbour</a></span></span>, who has been the harbour master for thirty years.</p>'
    )
    text = read(write_prose(card)).text
    assert "So said Ben Pier, who has been" in text
    assert "old story" not in text


@pytest.mark.parametrize(
    "words",
    [
        "Comments from the harbour board were not to be had on Monday, a spokesman for the town said in the evening.",
        "Share this winter with your children while it lasts, she said.",
        "He had written as much in his newsletter a week before.",
        "The board declined to comment until the ministry approves the report.",
        "Follow-up studies of the ice are planned for the spring.",
        "Sign up sheets had hung in the ferry office since the first frost.",
    ],
)
def test_a_sentence_that_begins_like_furniture_stays(words: str) -> None:
    assert words in read(write_prose(f"<p>{words}</p>")).text
    assert words in read(write_prose() + f"<p>{words}</p>").text


def test_an_also_read_line_is_no_text_but_stays_an_also_read_link() -> None:
    found = read(
        write_prose('<p><strong>ALSO READ: <a href="/ice">The winter of the long ice</a></strong></p>')
    )
    assert "long ice" not in found.text
    assert any(isinstance(block, AlsoRead) for block in build(found).blocks)


def test_links_to_other_stories_at_the_end_do_not_remain() -> None:
    rest = "".join(f'<p><a href="/o{n}">Another story of the harbour, number {n}</a></p>' for n in range(5))
    assert read(write_prose() + rest).text.split("\n") == PROSE


def test_headline_and_byline_at_the_top_are_not_repeated() -> None:
    found = read("<p>By Anna Quay</p><p>9 March 2026</p>" + write_prose())
    assert found.text.split("\n") == PROSE


def test_a_first_heading_is_no_byline() -> None:
    assert "Von der Fähre bis zum Markt" in read("<h2>Von der Fähre bis zum Markt</h2>" + write_prose()).text


def test_the_text_for_machines_serves_where_the_page_shows_none() -> None:
    body = r"\n\n".join(PROSE)
    said = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{body}"}}</script>'
    found = extract(f"<title>Ferry</title>{said}<p>Loading</p>".encode(), ADDRESS)
    assert all(words in found.text for words in PROSE)
    assert found.raw_html.count("<p>") == len(PROSE)


def test_a_page_without_an_article_gives_an_empty_text() -> None:
    found = extract(b"<title>Nothing</title><ul><li><a href=/a>a</a></li></ul>", ADDRESS)
    assert (found.title, found.text) == ("Nothing", "")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251", "shift_jis"])
def test_the_encoding_is_found(encoding: str) -> None:
    words = "Паром снова отправился на острова в понедельник, после одиннадцати дней, когда гавань была закрыта льдом."
    said = f'<meta charset="{encoding}">' if encoding != "utf-16" else ""
    found = extract(
        f"<html><head>{said}</head><body><article><p>{words}</p></article>".encode(encoding), ADDRESS
    )
    assert found.text == words


def test_nothing_is_an_empty_document() -> None:
    with pytest.raises(EmptyDocument):
        extract(b"  \n ")


def test_what_is_no_text_is_a_parse_error() -> None:
    with pytest.raises(ParseError):
        extract(b"%PDF-1.7 ...")


@pytest.mark.parametrize(
    "raw",
    [
        "<div>" * 10_000 + f"<p>{PROSE[0]}</p>" + "</div>" * 10_000,
        f"<article><p>{PROSE[0]}</p>" + "<ul><li>x" * 500,
        "<script>" * 10_000,
        "<!--" * 50_000,
        "<" * 100_000,
        f"<p>&#1;&#xFFFE;&#xD800;\x00\x08 {PROSE[0]}</p>",
        '<script type="application/ld+json">' + "[" * 50_000 + "</script>",
        '<script type="application/ld+json">{"@type": "Article", "headline": 5, "author": [[]], "image": [{}], "datePublished": {}}</script>',
        '<base href="http://[">' + f'<a href="//[">{PROSE[0]}</a>',
        f'<html lang="{"x" * 5000}"><p>{PROSE[0]}',
    ],
)
def test_a_hostile_page_is_read_or_refused(raw: str) -> None:
    try:
        found = extract(raw.encode(), ADDRESS)
    except ParseError:
        return
    assert "<script" not in sanitize(found.raw_html, ADDRESS)


def test_nothing_executable_survives_the_sanitiser_after_it() -> None:
    inner = '<p onclick="x()">The pilot <a href="javascript:x()">spoke</a> of ice as thick as a door, and of a cold to match it.</p><script>x()</script>'
    safe = sanitize(read(write_prose(inner)).raw_html, ADDRESS)
    assert "as thick as a door" in safe
    assert not any(word in safe for word in ("onclick", "javascript", "<script"))


def test_a_page_too_large_for_the_witness_is_read_all_the_same() -> None:
    body = "".join(f"<p>{n}: {PROSE[n % 5]}</p>" for n in range(16_000))
    text = read(body).text
    assert text.startswith("0: ")
    assert "15999: " in text
