"""Titles, names and labels: what a document sent -> one line of plain text.

In: text after the XML parser had it, and whether it is markup. Out: text in which entities
are decoded once and only once, without tags, on one line, cut at a limit.
"""

from __future__ import annotations

import html
import re
from enum import Enum

from reader.parse import limits


class Markup(Enum):
    """What the text of an element is, as far as its format says."""

    TEXT = "text"  # Atom type="text": what looks like a tag is meant as letters
    HTML = "html"  # Atom type="html" and "xhtml"
    GUESS = "guess"  # RSS says nothing: HTML where it looks like it


_ANY_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
_KNOWN_TAG = re.compile(
    r"<!--.*?-->|</?(?:a|abbr|acronym|b|bdi|bdo|big|blockquote|br|cite|code|del|div|em|font|h[1-6]|i|img|ins|kbd|"
    r"mark|nobr|p|q|s|samp|small|span|strike|strong|sub|sup|tt|u|var|wbr)(?:\s[^<>]*)?/?>"
    r"|<[a-z]+\s[^<>=]*=[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_SCRIPT = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|$)", re.DOTALL | re.IGNORECASE)
_BREAK_TAG = re.compile(r"</?(?:br|p|div|h[1-6]|blockquote|li|td)\b", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_NUMBER = re.compile(r"&#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6});")
_UNPRINTABLE = {
    code: None for code in (*range(0x20), 0x7F, 0xFEFF, 0xFFFE, 0xFFFF) if code not in (9, 10, 13)
}
# Windows letters that slipped through as control codes.
_C1 = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
WINDOWS_LETTERS = str.maketrans({code: letter for code, letter in _C1.items() if letter})
_CLEANING = {**_UNPRINTABLE, **_C1}


def make_line(raw: str, markup: Markup = Markup.GUESS, limit: int = limits.TITLE_CHARS) -> str:
    """One line of plain text, at most `limit` characters."""
    raw = raw[: limit * 20]
    if "<" in raw and markup is not Markup.TEXT:
        tag = _ANY_TAG if markup is Markup.HTML else _KNOWN_TAG
        raw = tag.sub(_replace_tag, _SCRIPT.sub("", raw))
    if "&" in raw:
        pattern = _NUMBER if markup is Markup.TEXT else _REFERENCE
        raw = pattern.sub(_decode, raw)
    if not raw.isprintable():
        raw = raw.translate(_CLEANING)
    return " ".join(raw.split())[:limit]


def _replace_tag(found: re.Match[str]) -> str:
    return " " if _BREAK_TAG.match(found[0]) else ""


def _decode(found: re.Match[str]) -> str:
    return html.unescape(found[0])


_MAIL_AND_NAME = re.compile(r"\s*[^\s@()<>]+@[^\s@()<>]+\s*\((.+)\)\s*$")
_NAME_AND_MAIL = re.compile(r"\s*(.+?)\s*[<(]\s*(?:mailto:)?[^\s@()<>]+@[^\s@()<>]+\s*[>)]\s*$")


def make_name(raw: str) -> str:
    """A person's name out of `mail@host (Name)`, `Name <mail@host>` or a name."""
    if "@" in raw and len(raw) < 1000:
        found = _MAIL_AND_NAME.match(raw) or _NAME_AND_MAIL.match(raw)
        if found and found[1].strip():
            raw = found[1]
    return make_line(raw, Markup.GUESS, limits.AUTHOR_CHARS)


def make_html(text: str) -> str:
    """Plain text as HTML: paragraphs where a blank line is, breaks where lines end."""
    text = text.strip()
    if not text:
        return ""
    escaped = html.escape(text, quote=False).replace("\r\n", "\n")
    blocks = [block.strip() for block in re.split(r"\n[ \t]*\n", escaped)]
    return "".join(f"<p>{'<br>'.join(block.splitlines())}</p>" for block in blocks if block)
