"""Lines of text within a page: their ends, their length, their direction.

Spans enter and leave; nothing here knows of tags.
"""

from __future__ import annotations

import re

from reader.content.blocks import Block, Heading, Paragraph, Span

LONGEST_PARAGRAPH = 20_000  # characters; laying one out takes time that grows faster than its length

_STRONG = re.compile(r"[^\W\d_]")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


def is_rtl(text: str) -> bool:
    """Whether the first letter of a text belongs to a script written from right to left."""
    if text.isascii():
        return False
    first = _STRONG.search(text)
    return first is not None and _RTL.match(first[0]) is not None


def is_mostly_rtl(blocks: list[Block]) -> bool:
    first = next((block for block in blocks if isinstance(block, Paragraph | Heading)), None)
    return first is not None and first.rtl


def trim(spans: list[Span]) -> list[Span]:
    """Without spaces and line breaks at both ends; the first span is already free of spaces."""
    while spans:
        last = spans[-1]
        text = last.text.rstrip(" \n")
        if text or last.anchor:
            if text != last.text:
                spans[-1] = replace_text(last, text)
            break
        spans.pop()
    return spans if any(span.text.strip(" \n\xa0\u200b\ufeff") for span in spans) else []


def split_long(spans: list[Span]) -> list[tuple[Span, ...]]:
    """Pieces of at most `LONGEST_PARAGRAPH` characters, split at spaces where there are any."""
    if sum([len(span.text) for span in spans]) <= LONGEST_PARAGRAPH:
        return [tuple(spans)]
    pieces: list[tuple[Span, ...]] = []
    piece: list[Span] = []
    room = LONGEST_PARAGRAPH
    for span in spans:
        text = span.text
        while len(text) > room:
            cut = text.rfind(" ", room // 2, room) + 1 or room
            pieces.append((*piece, replace_text(span, text[:cut])))
            piece, room, text = [], LONGEST_PARAGRAPH, text[cut:]
        piece.append(replace_text(span, text) if text is not span.text else span)
        room -= len(text)
    return [*pieces, tuple(piece)]


def replace_text(span: Span, text: str) -> Span:
    return Span(
        text,
        span.bold,
        span.italic,
        span.code,
        span.sub,
        span.sup,
        span.strike,
        span.mark,
        span.link,
        span.anchor,
    )
