"""Sentences that publishing systems add to every article and that say nothing about it.

Plain text enters; text without them, or a verdict, leaves. Only what a system writes word for
word is listed, so that no sentence of an author is lost.
"""

from __future__ import annotations

import re
from functools import cache

# How the sentence begins, and what it must go on to say.
_APPEARED_FIRST = {
    "The post ": r"(?:appeared first|first appeared) on ",
    "Der Beitrag ": r"erschien zuerst (?:auf|bei) ",
    "L’article ": r"est apparu en premier sur ",
    "L'article ": r"est apparu en premier sur ",
    "Cet article ": r"est apparu en premier sur ",
    "La entrada ": r"(?:se publicó primero en|aparece primero en|apareció primero en) ",
    "L’articolo ": r"(?:proviene da|sembra essere il primo su) ",
    "L'articolo ": r"(?:proviene da|sembra essere il primo su) ",
    "Il post ": r"(?:proviene da|sembra essere il primo su) ",
    "O post ": r"(?:apareceu primeiro em|é original de) ",
    "Het bericht ": r"verscheen eerst op ",
    "Artykuł ": r"pochodzi z serwisu ",
    "Запись ": r"(?:впервые появилась|взята) ",
    "Сообщение ": r"(?:впервые появились|появились сначала на|взято) ",
    "Inlägget ": r"dök först upp på ",
    "Indlægget ": r"blev først udgivet på ",
}
_LONGEST = 700  # characters of such a sentence
_ENDINGS = (
    "continue reading", "read more", "read the full story", "read the full article", "read the full post",
    "keep reading", "read full article", "read full story", "weiterlesen", "mehr lesen", "lire la suite",
    "seguir leyendo", "leer más", "continua a leggere", "leggi tutto", "continue lendo", "leia mais", "lees verder",
    "lees meer", "czytaj dalej", "czytaj więcej", "читать далее", "devamını oku", "läs mer", "les mer", "læs mere",
    "続きを読む", "阅读全文", "閱讀全文",
)  # fmt: skip
_MARKS_AFTER = " \n\t\xa0→»›>.…[]()&"
_NOTHING = re.compile(
    r"(?:\d* ?comments?|article url:.*comments url:.*|submitted by\s+/?u/\S+.*\[link\]\s*\[comments\]"
    r"|\[link\]\s*\[comments\])",
    re.DOTALL | re.IGNORECASE,
)


def find_origin_note(text: str) -> int:
    """Where "The post ... appeared first on ..." begins at the end of a text, -1 where it does not."""
    for start, rest in _APPEARED_FIRST.items():
        if start not in text:
            continue
        at = text.rfind(start, max(0, len(text) - _LONGEST))
        if at >= 0 and _compile_continuation(rest).fullmatch(text, at + len(start)):
            return at
    return -1


@cache
def _compile_continuation(rest: str) -> re.Pattern[str]:
    return re.compile(rf".{{0,400}}?\b{rest}.{{1,200}}", re.DOTALL)


def strip_tail(text: str) -> str:
    """`text` without the boilerplate at its end; an ellipsis marks where text was cut off."""
    text = text.strip()
    if len(text) < 2_000 and "omment" in text and _NOTHING.fullmatch(text):
        return ""
    at = find_origin_note(text)
    if at >= 0:
        text = text[:at].rstrip()
    words = text.rstrip(_MARKS_AFTER)
    lowered = words[-40:].lower()
    for ending in _ENDINGS:
        if lowered.endswith(ending):
            return words[: len(words) - len(ending)].rstrip()
    is_cut = len(words) < len(text) and text.endswith(("[…]", "[...]", "[&hellip;]"))
    return words + "…" if is_cut else text
