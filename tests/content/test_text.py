"""Plain text, standfirsts and reading times."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.content.boilerplate import strip_tail
from reader.content.read_time import count_minutes
from reader.content.text import STANDFIRST, make_standfirst, to_line, to_text


def test_blocks_are_separated_and_inline_tags_are_not() -> None:
    words = to_text("<p>un<em>believ</em>able</p><ul><li>a</li><li>b &amp; c</li></ul>").split()
    assert words == ["unbelievable", "a", "b", "&", "c"]


def test_scripts_in_a_summary_are_not_words() -> None:
    assert to_line("<style>p{}</style>Rain <b>tomorrow</b><script>x()</script>") == "Rain tomorrow"


def test_a_summary_of_its_own_is_the_standfirst() -> None:
    assert (
        make_standfirst("What it means for you.", "<p>The council met on Monday.</p>")
        == "What it means for you."
    )


@pytest.mark.parametrize(
    "summary",
    ["The council met on […]", "The council met on Monday. It...", "<p>The council met on Monday.</p>"],
)
def test_a_summary_that_is_the_beginning_of_the_body_gives_way_to_whole_sentences(summary: str) -> None:
    body = "<p>The council met on Monday. It decided nothing.</p>"
    assert make_standfirst(summary, body) == "The council met on Monday. It decided nothing."


def test_a_long_standfirst_ends_with_a_sentence_else_with_a_word() -> None:
    sentences = "<p>" + "This is a sentence of some length. " * 20 + "</p>"
    assert make_standfirst("", sentences).endswith("length.")
    words = make_standfirst("", "<p>" + "word " * 200 + "</p>")
    assert words.endswith("word…")
    assert len(words) <= STANDFIRST


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Rain. The post Weather appeared first on The Paper.", "Rain."),
        ("Regen. Der Beitrag Wetter erschien zuerst auf Die Zeitung.", "Regen."),
        ("Rain all week. Continue reading →", "Rain all week."),
        ("Rain all week and then some […]", "Rain all week and then some…"),
        ("Comments", ""),
        ("12 comments", ""),
        ("submitted by /u/someone [link] [comments]", ""),
        ("Article URL: https://e.org Comments URL: https://f.org Points: 3", ""),
        ("The post office closed on Monday.", "The post office closed on Monday."),
    ],
)
def test_boilerplate_at_the_end_is_not_news(text: str, left: str) -> None:
    assert strip_tail(text) == left


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=600), st.text(max_size=600))
def test_a_standfirst_is_never_too_long(summary: str, body: str) -> None:
    assert len(make_standfirst(summary, body)) <= STANDFIRST


def test_reading_takes_at_least_a_minute() -> None:
    assert count_minutes("") == 1
    assert count_minutes("word " * 1150) == 5
    assert count_minutes("漢" * 2000) == 4
    assert count_minutes("été " * 460) == 2
