"""Which runs of text are the article: the witness's word, corrected by rules of our own.

Enters: the runs of a page, what the witness kept, the page's headline and summary. Leaves: the
numbers of the runs to keep. Knows nothing of any one site.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Set
from typing import Any

from reader.content.extract import wording
from reader.content.extract.tree import Run
from reader.content.furniture import find_also_read

_WORD = re.compile(r"\w+")
_EMBEDDED = re.compile(
    r"\b(?:twitter-tweet|twitter-video|instagram-media|tiktok-embed|bluesky-embed|mastodon-embed|reddit-embed"
    r"|reddit-card|fb-post|threads-embed)\b"
)
_HEADINGS = ("h2", "h3", "h4")
_ASIDE = ("nav", "aside", "footer", "figure", "form", "figcaption")
_CAPTION = re.compile(
    r"caption|credit|photo|gallery|slide|related|share|newsletter|cookie|comment", re.IGNORECASE
)
_HEAD = 8  # kept runs at the start among which headline and byline are looked for
_TAIL = 6  # kept runs at the end among which notes on the writer are looked for
_NOTES = 2  # lines that may follow a list of other stories
_LONG = 80  # characters that make a run of prose


def bare(text: str) -> str:
    """Only the words, in lower case: for comparing."""
    return " ".join(_WORD.findall(text.lower()))


def choose_runs(
    runs: list[Run],
    usual: set[int],
    strict: set[int],
    generous: set[int],
    headlines: Set[str],
    summaries: Set[str],
) -> tuple[set[int], set[int]]:
    """The numbers of the runs that are the article, and of those in it that only lead to others.

    `usual`, `strict` and `generous` are what the witness kept; where it kept nothing, the text around
    which there is most prose is taken.
    """
    vouched = usual & (strict | generous) or usual or generous or strict or _find_prose(runs)
    kept = {number for number in vouched if number < len(runs)}
    if not kept:
        return set(), set()
    kept |= _find_islands(runs, kept, generous)
    kept -= _cut_at_repeat(runs, kept, headlines)
    kept -= _find_head(runs, kept, headlines)
    if kept:
        kept |= _find_lead(runs, kept, headlines, summaries)
    kept -= _find_furniture(runs, kept)
    pointers = _find_pointers(runs, kept)
    kept -= pointers
    kept -= _find_link_tail(runs, kept)
    return kept - _find_repeats(runs, kept), {
        number for number in pointers if runs[number].linked or _leads_on(runs, pointers, number)
    }


def _leads_on(runs: list[Run], pointers: set[int], number: int) -> bool:
    """Whether the links that a line such as "Read more:" announces come after it."""
    return number + 1 in pointers and runs[number + 1].linked > 0


def _find_prose(runs: list[Run]) -> set[int]:
    """The runs below the element that holds most of the prose, lists of links left out."""
    weights: Counter[Any] = Counter()
    for run in runs:
        if len(run.text) >= _LONG and run.linked < 0.3 * len(run.text) and not _is_beside(run.block):
            share = len(run.text)
            for element in itertools.islice(itertools.chain([run.block], run.block.iterancestors()), 4):
                weights[element] += share
                share //= 2
    if not weights:
        return set()
    home = weights.most_common(1)[0][0]
    inside = set(home.iter())
    return {
        number
        for number, run in enumerate(runs)
        if run.block in inside and run.linked < 0.5 * len(run.text) and not _is_beside(run.block)
    }


def _find_islands(runs: list[Run], kept: set[int], generous: set[int]) -> set[int]:
    """What was left out between what was kept, and belongs to it."""
    first, last = min(kept), max(kept)
    prose = {_describe(runs[number].block) for number in kept if len(runs[number].text) >= _LONG}
    found: set[int] = set()
    for number in range(first, len(runs)):
        if number in kept:
            continue
        run = runs[number]
        if is_embedded(run.block):
            if number < last or number - 1 in kept or number - 1 in found:
                found.add(number)
        elif number < last and (
            (_describe(run.block) in prose and _is_prose(run, number in generous))
            or (run.block.tag in _HEADINGS and _has_neighbour(runs, kept, number))
        ):
            found.add(number)
    return found


def _is_prose(run: Run, is_vouched: bool) -> bool:
    return run.linked < 0.4 * len(run.text) and (is_vouched or len(run.text) >= _LONG)


def _has_neighbour(runs: list[Run], kept: set[int], number: int) -> bool:
    """Whether a kept run beside this one stands in the same element."""
    around = runs[number].block.getparent()
    return around is not None and any(
        near in kept and runs[near].block.getparent() is around for near in (number - 1, number + 1)
    )


def is_embedded(block: Any) -> bool:
    """Whether a block stands in another site's post."""
    while block is not None:
        if _EMBEDDED.search(block.get("class") or ""):
            return True
        block = block.getparent()
    return False


def _describe(block: Any) -> tuple[str, str, Any]:
    return block.tag, block.get("class") or "", block.getparent()


def _find_lead(runs: list[Run], kept: set[int], headlines: Set[str], summaries: Set[str]) -> set[int]:
    """Paragraphs of prose just before the first one kept, in a box of their own.

    Not the page's own summary: the reader shows that as the standfirst.
    """
    first = min(kept)
    found: set[int] = set()
    known = headlines | summaries
    for number in range(first - 1, max(-1, first - _HEAD), -1):
        run = runs[number]
        if run.block.tag in ("h1", "figcaption", "li") or _is_beside(run.block):
            if run.block.tag == "h1":
                break
            continue
        if any(is_alike(bare(run.text), other) for other in known):
            continue
        if (
            len(run.text) >= _LONG
            and run.linked < 0.3 * len(run.text)
            and run.text.rstrip("\"'”’»“").endswith((".", "!", "?", "…", ":"))
        ):
            found.add(number)
    return found


def is_alike(words: str, other: str) -> bool:
    """Whether two texts, made bare, say the same: one may be cut off, or differ in a word or two."""
    if (
        len(words) > 40
        and len(other) > 40
        and (words.startswith(other[:100]) or other.startswith(words[:100]))
    ):
        return True
    these, those = set(words.split()), set(other.split())
    return len(these & those) >= 0.8 * max(len(these), len(those), 1)


def _is_beside(block: Any) -> bool:
    """Whether a block stands where a page has its furniture."""
    while block is not None:
        if block.tag in _ASIDE or _CAPTION.search(block.get("class") or ""):
            return True
        block = block.getparent()
    return False


def _find_head(runs: list[Run], kept: set[int], headlines: Set[str]) -> set[int]:
    """Headline and byline, which the reader shows by itself."""
    order = sorted(kept)
    found: set[int] = set()
    prose = 0
    for at, number in enumerate(order[:_HEAD]):
        run = runs[number]
        words = bare(run.text)
        if words in headlines or (run.block.tag == "h1" and not prose):
            found |= set(order[: at + 1]) if not prose else {number}
        elif run.block.tag not in _HEADINGS and (wording.is_byline(run.text) or wording.is_address(run.text)):
            found.add(number)
        elif len(run.text) >= _LONG:
            prose += 1
    return found


def _cut_at_repeat(runs: list[Run], kept: set[int], headlines: Set[str]) -> set[int]:
    """Where the headline comes again after the text, the site has begun again: what follows goes."""
    order = sorted(kept)
    before = 0
    total = sum(len(runs[number].text) for number in order)
    for at, number in enumerate(order):
        words = bare(runs[number].text)
        if len(words) > 20 and words in headlines and at >= 3:
            return set(order[at:]) if before >= 0.25 * total else set()
        before += len(runs[number].text)
    return set()


def _find_pointers(runs: list[Run], kept: set[int]) -> set[int]:
    """Lines that only lead to other articles: "Read more: ...", and lists of links after such words."""
    order = sorted(kept)
    found: set[int] = set()
    follows = False
    for number in order:
        run = runs[number]
        density = run.linked / len(run.text)
        end = find_also_read(run.text)
        if end >= 0 and (density > 0.4 or len(run.text) - end < 4):
            found.add(number)
            follows = len(run.text) - end < 4
        elif follows and density > 0.7:
            found.add(number)
        else:
            follows = False
    return found


def _find_link_tail(runs: list[Run], kept: set[int]) -> set[int]:
    """The links at the end that are nothing else: tags, other stories. A note or two may come after them."""
    found: set[int] = set()
    notes = 0
    for number in sorted(kept, reverse=True):
        run = runs[number]
        if is_embedded(run.block) or run.block.tag in ("td", "th", "figcaption"):
            break
        if run.linked >= 0.9 * len(run.text):
            if notes and run.block.tag != "li":
                break
            found.add(number)
        elif found or notes == _NOTES:
            break
        else:
            notes += 1
    return found if len(found) > 1 or not notes else set()


def _find_furniture(runs: list[Run], kept: set[int]) -> set[int]:
    order = sorted(kept)
    found: set[int] = set()
    for at, number in enumerate(order):
        run = runs[number]
        if is_embedded(run.block):
            continue
        density = run.linked / len(run.text)
        if (
            wording.is_furniture(run.text)
            or (density > 0.9 and len(run.text) > 12 and _is_shouted(run.text))
            or (len(order) - at <= _TAIL and wording.is_tail_note(run.text))
        ):
            found.add(number)
    return found


def _find_repeats(runs: list[Run], kept: set[int]) -> set[int]:
    """Lines that stood there just before, word for word: a caption in two sizes, a pulled quote.

    Not among their like: a paragraph that repeats the one before means to.
    """
    recent: list[tuple[str, Run]] = []
    found: set[int] = set()
    for number in sorted(kept):
        run = runs[number]
        words = bare(run.text)
        if len(words) > 40 and run.block.tag not in ("td", "th", "pre", "li"):
            for other, earlier in recent[-_HEAD:]:
                if other == words and _describe(earlier.block)[:2] != _describe(run.block)[:2]:
                    found.add(number)
        recent.append((words, run))
    return found


def _is_shouted(text: str) -> bool:
    return text.upper() == text and text.lower() != text
