"""What trafilatura takes for the article, told about our own runs of text.

Each run is given a mark (letters of Braille, which count as no word) before trafilatura reads a copy of the page;
the marks that come out again say which runs it kept. So its judgement is used, and the page's own
structure is not lost.
"""

from __future__ import annotations

import copy
import logging
import re
from datetime import UTC, datetime
from typing import Any

from reader.content.extract.tree import Run

_FIRST = 0x2801
_COUNT = 254
_MARK = re.compile("[\u2801-\u28fe]{3}")
MOST_RUNS = 30_000
MOST_TEXT = 1_500_000  # characters; more would take trafilatura too long


def ask(root: Any, runs: list[Run]) -> tuple[set[int], set[int], set[int]]:
    """The numbers of the runs kept in its usual, its strict and its generous mode."""
    if _is_too_much(runs):
        return set(), set(), set()
    marked = _mark(root, runs)
    return _ask_once(marked), _ask_once(marked, favor_precision=True), _ask_once(marked, favor_recall=True)


def ask_for_facts(root: Any, runs: list[Run], base: str) -> tuple[str, datetime | None]:
    """Author and date of publication, for pages that do not say them to machines."""
    if _is_too_much(runs):
        return "", None
    from htmldate import find_date
    from trafilatura.metadata import extract_metadata

    _hush()
    author, written = "", None
    try:
        author = extract_metadata(copy.deepcopy(root), default_url=base or None).author or ""
        written = find_date(copy.deepcopy(root), original_date=True, extensive_search=False, url=base or None)
    except Exception:  # as below
        pass
    try:
        published = datetime.fromisoformat(written).replace(tzinfo=UTC) if written else None
    except ValueError:
        published = None
    return author.replace("; ", ", ")[:120], published


def _is_too_much(runs: list[Run]) -> bool:
    return len(runs) > MOST_RUNS or sum(len(run.text) for run in runs) > MOST_TEXT


def _hush() -> None:
    """They tell their logger of every page they find nothing in."""
    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _ask_once(marked: Any, **mode: Any) -> set[int]:
    import trafilatura

    _hush()
    try:
        found = trafilatura.bare_extraction(
            copy.deepcopy(marked), include_comments=False, with_metadata=False, **mode
        )
    except Exception:  # whatever a hostile page makes it raise: then it has no opinion
        return set()
    text = getattr(found, "text", None) or ""
    return {_read(mark) for mark in _MARK.findall(text)}


def _mark(root: Any, runs: list[Run]) -> Any:
    """A copy of the page with the mark before the first letter of each run."""
    old = []
    for number, run in enumerate(runs):
        for element, is_tail in run.nodes:
            text = element.tail if is_tail else element.text
            if text and text.strip():
                old.append((element, is_tail, text))
                bare = text.lstrip()
                marked = text[: len(text) - len(bare)] + _write(number) + bare
                if is_tail:
                    element.tail = marked
                else:
                    element.text = marked
                break
    found = copy.deepcopy(root)
    for element, is_tail, text in old:
        if is_tail:
            element.tail = text
        else:
            element.text = text
    return found


def _write(number: int) -> str:
    return "".join(chr(_FIRST + number // power % _COUNT) for power in (_COUNT * _COUNT, _COUNT, 1))


def _read(mark: str) -> int:
    number = 0
    for letter in mark:
        number = number * _COUNT + ord(letter) - _FIRST
    return number
