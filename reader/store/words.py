"""Text and queries made ready for the full-text index. Pure; knows no database.

FTS5's unicode61 finds words by their spaces and folds case and diacritics. Scripts written
without spaces are cut here, on both sides: a run becomes its overlapping pairs of letters,
so that any two neighbouring letters of a text can be found.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from reader.frozen import frozen

MOST_TEXT = 200_000  # characters of one article that are indexed
_MOST_TERMS = 16
_LONGEST_TERM = 64
_SHORTEST_PREFIX = 2  # a single letter begins every twentieth word: it stands for itself

_UNSPACED_LETTERS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"  # Han, kana
)


@cache
def _unspaced() -> re.Pattern[str]:
    """Compiled when first needed: it costs the start of the program 3 ms otherwise."""
    return re.compile(f"[{_UNSPACED_LETTERS}]+")


_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_TAG = re.compile("<[^>]*>")
_PIECE = re.compile(r'(-?)(?:"([^"]*)("?)|(\S+))')


def prepare(title: str, text: str) -> str:
    """What is put into the index for an article."""
    whole = f"{title}\n{text[:MOST_TEXT]}"
    if whole.isascii():
        return whole
    return _unspaced().sub(_spread, unicodedata.normalize("NFKC", whole))


@frozen
class Query:
    """What a person typed, as FTS5 expressions. `whole` is "" where there is nothing to look for."""

    whole: str = ""
    certain: str = ""  # without the word that is only begun; "" where nothing else is wanted
    begun: str = ""  # that word, folded


def translate(query: str) -> Query:
    """Every word must occur; one with a minus must not; the last one may be only begun. Words in
    quotes are looked for like others, though never as a beginning: the index keeps no places
    of words, so their order is not known. There are no operators and no errors.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    may_be_begun = False
    for minus, quoted, closed, plain in _PIECE.findall(unicodedata.normalize("NFKC", query[:1000])):
        terms = _make_terms(quoted or plain)
        if minus and terms:
            unwanted.append(" AND ".join(terms[:_MOST_TERMS]))
        elif not minus:
            wanted += terms
        may_be_begun = bool(terms) and not minus and not closed
    wanted = wanted[:_MOST_TERMS]
    if not wanted:
        return Query()
    last = wanted[-1]
    if not may_be_begun or query[-1:].isspace() or not _can_be_begun(last):
        return Query(_join(wanted, unwanted))
    whole = _join([*wanted[:-1], last + "*"], unwanted)
    return Query(whole, _join(wanted[:-1], unwanted), fold(last.strip('"')))


def fold(text: str) -> str:
    """Lower case without diacritics, near enough as the index folds."""
    if text.isascii():
        return text.lower()
    spread = unicodedata.normalize("NFKD", text)
    return "".join(x for x in spread if not unicodedata.combining(x)).lower()


def has_beginning(html: str, begun: str) -> bool:
    """Whether a word of the text begins so. `begun` is folded."""
    from html import unescape

    text = fold(unescape(_TAG.sub(" ", html)))
    return re.search(rf"(?<![^\W_]){re.escape(begun)}", text) is not None


def _join(wanted: list[str], unwanted: list[str]) -> str:
    expression = " AND ".join(dict.fromkeys(wanted))
    if expression:
        for terms in unwanted[:_MOST_TERMS]:
            expression = f"({expression}) NOT ({terms})"
    return expression


def _spread(run: re.Match[str]) -> str:
    letters = run[0]
    pairs = [letters[i : i + 2] for i in range(len(letters))]  # the last letter stands alone
    return f" {' '.join(pairs)} "


def _make_terms(raw: str) -> list[str]:
    """The terms of one word or quoted phrase, each quoted for FTS5, `*` where it must be a beginning."""
    terms: list[str] = []
    for word in "".join(x if _is_letter(x) else " " for x in raw).split():
        for part in re.split(f"([{_UNSPACED_LETTERS}]+)", word):
            if not part:
                continue
            if not _unspaced().match(part):
                # Korean particles are written onto the word: it always stands for its beginning.
                terms.append(f'"{part[:_LONGEST_TERM]}"' + ("*" if _HANGUL.search(part) else ""))
            elif len(part) == 1:
                terms.append(f'"{part}"*')
            else:
                terms += [f'"{part[i : i + 2]}"' for i in range(len(part) - 1)]
    return terms


def _is_letter(x: str) -> bool:
    category = unicodedata.category(x)
    return category[0] in "LN" or category in ("Mn", "Mc", "Co")


def _can_be_begun(term: str) -> bool:
    is_long_enough = len(term) >= _SHORTEST_PREFIX + 2  # with its quotes
    return is_long_enough and not term.endswith("*") and not _unspaced().search(term)
