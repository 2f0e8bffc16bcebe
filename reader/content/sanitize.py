"""Article HTML from strangers -> HTML that is safe to keep and to draw.

Enters: whatever a feed carries, and the address its relative links are meant against. Leaves:
well-formed HTML of the tags below, with absolute http(s) and mailto links, without scripts,
styles, handlers, trackers or identifiers (but for footnotes). Idempotent. No I/O.

nh3 decides what is safe and always runs last on any text that was rewritten; what it cannot do
(choosing pictures, naming players, footnotes) is done before it, and only for documents whose
tags ask for it, because the scan costs a tenth of what nh3 costs and the rewriting as much again.
"""

from __future__ import annotations

import html
import re
from contextvars import ContextVar

import nh3

from reader.content import media, notes, plain, tags
from reader.content.links import clean_address, resolve

LONGEST = 4_000_000  # characters of one article; longer ones are cut
_MANY_TAGS = 1_000  # fewer cannot nest deep enough to hurt, nor can what is shorter than
_MOST_ROUNDS = 8
_SHORT = 12_000  # characters

_TAGS_KEPT = """
    p br hr h1 h2 h3 h4 h5 h6 a img figure figcaption blockquote q pre code kbd samp var tt
    ul ol li dl dt dd table caption thead tbody tfoot tr th td
    em strong b i u s strike del ins mark small sub sup abbr cite dfn bdi bdo ruby rt rp
    div section article aside header footer main details summary center address
"""
_TAGS_DROPPED_WHOLE = (
    "script style svg math textarea title template select button noframes noembed xmp plaintext"
)
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"lang", "dir"},
    "a": {"href"},
    "img": {"src", "alt", "title", "width", "height"},
    "abbr": {"title"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "p": {"data-embed"},
    "pre": {"data-language"},
    "code": {"data-language"},
}
_NOTE_PLACES = ("a", "p", "li", "sup", "div", "section", "aside", "td", "dt", "dd", "h2", "h3", "h4", "ol")

_base: ContextVar[str] = ContextVar("base", default="")


def _resolve_relative(address: str) -> str | None:
    return resolve(address, _base.get()) or None


def _resolve_beside_notes(address: str) -> str | None:
    if address.startswith("#") and notes.is_note_id(address[1:]):
        return address
    return _resolve_relative(address)


def _keep_note_ids(tag: str, name: str, value: str) -> str | None:
    return value if name != "id" or notes.is_note_id(value) else None


_cleaner = nh3.Cleaner(
    tags=set(_TAGS_KEPT.split()),
    clean_content_tags=set(_TAGS_DROPPED_WHOLE.split()),
    attributes=_ATTRIBUTES,
    url_schemes={"http", "https", "mailto"},
    url_relative=_resolve_relative,
    link_rel=None,
)
# The filter is called for every attribute, which is why only articles with footnotes pay for it.
_cleaner_with_notes = nh3.Cleaner(
    tags=set(_TAGS_KEPT.split()),
    clean_content_tags=set(_TAGS_DROPPED_WHOLE.split()),
    attributes=_ATTRIBUTES | {name: _ATTRIBUTES.get(name, set()) | {"id"} for name in _NOTE_PLACES},
    attribute_filter=_keep_note_ids,
    url_schemes={"http", "https", "mailto"},
    url_relative=_resolve_beside_notes,
    link_rel=None,
)

_HOLLOW = re.compile(
    r"<(?!t|li|d[dt]|pre|br|hr|img)([a-z]++[1-6]?+)(?: (?!id=)[a-z-]++=\"[^\"]*+\")*+>(?:\s++|&nbsp;|<br>)*+</\1>"
)
_BREAKS = re.compile(r"<br>(?:\s|&nbsp;)*+(?:<br>(?:\s|&nbsp;)*+){2,}")
_PRE_START = re.compile(r"(<pre(?: [^>]*)?>)\n+")
_BLIND_PICTURE = re.compile(r"<img(?! src=)(?: [a-z]+=\"[^\"]*\")*>")
_QUERIED_ADDRESS = re.compile(r'(="https?:)([^"?#]*+[?#][^"]*+)"')


def sanitize(raw_html: str, base: str = "") -> str:
    """Safe HTML for `raw_html`, which stood on the page `base` (absolute address, or "")."""
    raw = media.rewrite(_prepare(raw_html[:LONGEST]), base)
    cleaner = _cleaner
    if notes.has_inner_links(raw):
        linked = notes.link_notes(raw, base)
        if linked is not raw:
            raw, cleaner = linked, _cleaner_with_notes
    token = _base.set(base)
    try:
        safe = _clean(cleaner, raw)
        if "</table>" in safe:
            safe = _clean_until_stable(cleaner, safe)
    finally:
        _base.reset(token)
    return safe


def _clean(cleaner: nh3.Cleaner, raw: str) -> str:
    try:
        safe = _tidy(cleaner.clean(raw))
    except UnicodeEncodeError:  # halves of surrogate pairs
        safe = _tidy(cleaner.clean(raw.encode("utf-8", "replace").decode()))
    if cleaner is _cleaner_with_notes and (settled := notes.settle(safe)) != safe:
        safe = _tidy(settled)
    return safe


def _clean_until_stable(cleaner: nh3.Cleaner, safe: str) -> str:
    """Parsers move what may not stand in a table out of it, and reading the result moves it again."""
    for _ in range(_MOST_ROUNDS):
        again = _clean(cleaner, safe)
        if again == safe:
            break
        safe = again
    return safe


def _prepare(raw: str) -> str:
    if "<" not in raw:
        raw = plain.write_html(raw)
    if "<![CDATA[" in raw:
        raw = raw.replace("<![CDATA[", "").replace("]]>", "")
    if "hidden" in raw or "display:" in raw:
        raw = tags.drop_hidden(raw)
    return tags.flatten(raw) if len(raw) > _SHORT and raw.count("<") > _MANY_TAGS else raw


def _tidy(safe: str) -> str:
    """Drop what is empty, and tracking from links. Works on nh3's regular output only."""
    if "</pre>" in safe:
        safe = _PRE_START.sub(r"\1", safe)  # a parser drops the first line break: drop them all
    if "<img" in safe:
        safe = _BLIND_PICTURE.sub("", safe)
    emptied = 1
    while emptied:
        safe, emptied = _HOLLOW.subn("", safe)
    if "<br>" in safe:
        safe = _BREAKS.sub("<br><br>", safe)
    safe = _QUERIED_ADDRESS.sub(_clean_address, safe).strip()
    if "<" in safe:
        return safe
    return f"<p>{safe}</p>" if safe.replace("&nbsp;", " ").strip() else ""


def _clean_address(match: re.Match[str]) -> str:
    address = html.unescape(match[2])
    cleaned = clean_address(address)
    return match[0] if cleaned == address else f'{match[1]}{html.escape(cleaned)}"'
