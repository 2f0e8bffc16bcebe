"""Sanitised HTML becomes blocks one can draw."""

from __future__ import annotations

import sys
from subprocess import run

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.content.lines import LONGEST_PARAGRAPH
from reader.content.page import (
    MOST_CELLS,
    AlsoRead,
    Code,
    Embed,
    Figure,
    Heading,
    ListBlock,
    Note,
    Paragraph,
    Quote,
    Rule,
    Span,
    Table,
    build,
    read_spans,
)
from reader.content.sanitize import sanitize


def texts(article_html: str) -> list[str]:
    return [
        read_spans(block.spans)
        for block in build(article_html).blocks
        if isinstance(block, Paragraph | Heading)
    ]


def test_styles_and_links_are_spans() -> None:
    (block,) = build('<p>a <strong>b <a href="https://e.org/">c</a></strong> d<sup>2</sup></p>').blocks
    assert isinstance(block, Paragraph)
    assert block.spans == (
        Span("a "),
        Span("b ", bold=True),
        Span("c", bold=True, link="https://e.org/"),
        Span(" d"),
        Span("2", sup=True),
    )


def test_white_space_is_what_a_browser_makes_of_it() -> None:
    assert texts("<p>  a \n b <em> c </em>\n</p>  text &amp; more") == ["a b c", "text & more"]


def test_one_break_stays_a_line_and_two_make_a_paragraph() -> None:
    assert texts("a<br>b<br><br>c<br>") == ["a\nb", "c"]


def test_headings_lists_quotes_rules_and_code() -> None:
    page = build(
        '<h3>H</h3><ol start="4"><li>a<ul><li>b</li></ul></li><li><p>c</p></li></ol><hr><hr><blockquote><p>q</p></blockquote>'
        '<pre data-language="Python"><code>if a &lt; b:\n    c()\n</code></pre><p>z</p>'
    )
    heading, listing, rule, quote, code, _ = page.blocks
    assert isinstance(heading, Heading)
    assert heading.level == 3
    assert isinstance(listing, ListBlock)
    assert (listing.ordered, listing.start, len(listing.items)) == (True, 4, 2)
    assert isinstance(listing.items[0][1], ListBlock)
    assert isinstance(rule, Rule)
    assert isinstance(quote, Quote)
    assert code == Code("if a < b:\n    c()", "python")


def test_a_picture_has_its_caption_and_its_link() -> None:
    (figure,) = build(
        '<figure><a href="https://e.org/big"><img src="https://e.org/a.jpg" alt="A" width="640" height="480"></a>'
        "<figcaption>By <em>M</em></figcaption></figure>"
    ).blocks
    assert figure == Figure(
        "https://e.org/a.jpg", "A", (Span("By "), Span("M", italic=True)), "https://e.org/big", 640, 480
    )


def test_a_picture_within_a_line_stands_between_two_paragraphs() -> None:
    kinds = [type(block) for block in build('<p>a<img src="https://e.org/a.jpg">b</p>').blocks]
    assert kinds == [Paragraph, Figure, Paragraph]


def test_tables_keep_their_shape_and_layout_tables_vanish() -> None:
    (table,) = build(
        '<table><caption>C</caption><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td colspan="2">c</td></tr></tbody></table>'
    ).blocks
    assert isinstance(table, Table)
    assert [[cell.is_header for cell in row] for row in table.rows] == [[True, True], [False]]
    assert table.rows[1][0].colspan == 2
    assert read_spans(table.caption) == "C"
    assert texts("<table><tbody><tr><td><p>a</p><p>b</p></td></tr></tbody></table>") == ["a", "b"]


def test_players_are_embeds() -> None:
    page = build(
        sanitize('<p>a</p><iframe src="https://www.youtube.com/embed/xyz" title="A film"></iframe><p>b</p>')
    )
    assert page.blocks[1] == Embed(
        "YouTube", "A film", "https://www.youtube.com/watch?v=xyz", "https://i.ytimg.com/vi/xyz/hqdefault.jpg"
    )
    assert page.pictures() == ("https://i.ytimg.com/vi/xyz/hqdefault.jpg",)


def test_footnotes_are_notes_with_places_to_go_to() -> None:
    page = build(
        sanitize(
            '<p>a<sup><a id="r1" href="#n1">1</a></sup></p><ol><li id="n1"><p>See. <a href="#r1">↩</a></p></li></ol>'
        )
    )
    paragraph, note = page.blocks
    assert isinstance(paragraph, Paragraph)
    assert isinstance(note, Note)
    assert (paragraph.spans[1].link, paragraph.spans[1].anchor) == ("#note-n1", "note-r1")
    assert note.label == "1"
    assert "note-n1" in [
        span.anchor for block in note.blocks if isinstance(block, Paragraph) for span in block.spans
    ]


@pytest.mark.parametrize(
    "line",
    [
        '<p>ALSO READ: <a href="https://e.org/x">Storm nears</a></p>',
        '<p><strong>Also read | </strong><a href="https://e.org/x">Storm nears</a></p>',
        '<p><a href="https://e.org/x">READ MORE: Storm nears</a></p>',
        '<p><b>Lesen Sie auch:</b> <a href="https://e.org/x">Storm nears</a>.</p>',
        '<p>Lire aussi : <a href="https://e.org/x">Storm nears</a></p>',
        '<p>यह भी पढ़ें: <a href="https://e.org/x">Storm nears</a></p>',
        '<h4>Read also</h4><p><a href="https://e.org/x">Storm nears</a></p>',
        '<p>Related:</p><ul><li><a href="https://e.org/x">Storm nears</a></li></ul>',
    ],
)
def test_lines_that_point_to_other_articles_are_recognised(line: str) -> None:
    assert build(f"<p>a</p>{line}<p>b</p>").blocks[1] == AlsoRead((("Storm nears", "https://e.org/x"),))


def test_a_sentence_that_begins_so_is_left_alone() -> None:
    line = '<p>Related: the minister, who <a href="https://e.org/x">spoke on Monday</a>, will resign in the spring.</p>'
    assert isinstance(build(line).blocks[0], Paragraph)
    assert texts('<p>Read more books, says <a href="https://e.org/">she</a></p>') == [
        "Read more books, says she"
    ]


def test_the_furniture_of_a_website_is_left_out() -> None:
    body = "<p>One.</p><p>Two.</p><p>Advertisement</p><p>Three.</p>"
    tail = (
        '<p>The post <a href="https://e.org/">T</a> appeared first on <a href="https://e.org/">S</a>.</p>'
        '<p>Previous story</p><p><a href="https://e.org/1">Old</a></p><p>Next story</p><p><a href="https://e.org/2">New</a></p>'
        "<ul><li>Facebook</li><li>Twitter</li><li>WhatsApp</li></ul><p>Share this:</p>"
    )
    assert texts(body + tail.partition("<p>Previous")[0]) == ["One.", "Two.", "Three."]
    assert texts(body + "<p>Previous" + tail.partition("<p>Previous")[2]) == ["One.", "Two.", "Three."]


def test_the_first_letter_decides_the_direction() -> None:
    blocks = build('<p>«שלום» world</p><p>Hello שלום</p><p dir="rtl">1.</p><p lang="fr">Été</p>').blocks
    assert [block.rtl for block in blocks if isinstance(block, Paragraph)] == [True, False, True, False]
    assert isinstance(blocks[3], Paragraph)
    assert blocks[3].lang == "fr"


def test_a_page_knows_whether_it_begins_with_its_standfirst() -> None:
    page = build("<p>The council met on Monday.</p><p>It decided nothing.</p>")
    assert page.begins_with("The council met on Monday. It decided…")
    assert not page.begins_with("What it means.")
    assert not page.begins_with("")


def test_deep_lists_are_flattened() -> None:
    page = build("<ul><li>x" * 500 + "</li></ul>" * 500)
    depth, blocks = 0, page.blocks
    while (inner := next((block for block in blocks if isinstance(block, ListBlock)), None)) is not None:
        depth, blocks = depth + 1, inner.items[0]
    assert depth <= 32
    assert sum(isinstance(block, Paragraph) for block in blocks) > 400


def test_pages_have_limits() -> None:
    long = build("<p>" + "word " * 200_000 + "</p>").blocks
    assert (
        max(len(read_spans(block.spans)) for block in long if isinstance(block, Paragraph))
        <= LONGEST_PARAGRAPH
    )
    (table,) = build("<table>" + "<tr><td>a</td><td>b</td></tr>" * 3000 + "</table>").blocks
    assert isinstance(table, Table)
    assert (table.is_cut, sum(map(len, table.rows))) == (True, MOST_CELLS)
    assert build("<p>x</p>" * 30_000).is_cut


_TAGS = st.sampled_from(
    [
        "p",
        "div",
        "b",
        "a",
        "li",
        "ul",
        "ol",
        "table",
        "tr",
        "td",
        "th",
        "caption",
        "figure",
        "figcaption",
        "blockquote",
        "pre",
        "code",
        "h2",
        "br",
        "img",
        "hr",
        "q",
        "rt",
        "sup",
        "dl",
        "dt",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.booleans(), _TAGS) | st.text(max_size=5), max_size=40))
def test_nothing_makes_building_fail(pieces: list[tuple[bool, str] | str]) -> None:
    build(
        "".join(
            piece if isinstance(piece, str) else f"<{'/' if piece[0] else ''}{piece[1]}>" for piece in pieces
        )
    )


def test_the_page_needs_no_sanitiser_nor_parser() -> None:
    program = (
        "import sys, reader.content.page; "
        "sys.exit(bool({'nh3', 'lxml', 'PIL', 'zstandard', 'httpx', 'html.parser'} & set(sys.modules)))"
    )
    assert run([sys.executable, "-c", program], check=False).returncode == 0
