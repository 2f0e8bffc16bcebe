"""The steps from a page to its article, in order: tree, facts, runs, choice, HTML."""

from __future__ import annotations

import html
from typing import Any

from reader.content import plain
from reader.content.extract import Extracted, write
from reader.content.extract.choose import choose_runs
from reader.content.extract.facts import Facts, read_facts
from reader.content.extract.tree import Run, list_runs, read_tree
from reader.content.extract.witness import ask, ask_for_facts
from reader.content.text import to_text

_MUCH_LESS = 0.4  # of the text the page gives to machines: then that is taken instead
_WORTH = 500  # characters of it at least


def read_article(data: bytes, address: str, content_type: str) -> Extracted:
    """See `extract`; may raise anything."""
    root = read_tree(data, content_type)
    facts = read_facts(root, address)
    runs = list_runs(root)
    author, published = facts.author, facts.published
    if not author or published is None:
        asked = ask_for_facts(root, runs, facts.base)
        author, published = author or asked[0], published or asked[1]
    text, raw_html = _write(root, runs, facts)
    return Extracted(
        facts.title, author, published, facts.language, facts.picture, text, raw_html, facts.base
    )


def _write(root: Any, runs: list[Run], facts: Facts) -> tuple[str, str]:
    kept, pointers = choose_runs(runs, *ask(root, runs), facts.headlines, facts.summaries)
    text = "\n".join(runs[number].text for number in sorted(kept))
    if len(facts.body) >= _WORTH and len(text) < _MUCH_LESS * len(facts.body):
        body = html.unescape(facts.body) if "&lt;" in facts.body else facts.body
        raw_html = body if "</p>" in body else plain.write_html(body)
        return to_text(raw_html), raw_html
    return text, write.write_html(root, runs, kept | pointers, facts.base)
