"""Reading single tags out of unclean HTML with regular expressions.

Raw HTML enters, (name, attributes) leave. Only for rewriting before the sanitiser runs: what
is misread here is at worst rewritten badly, never let through, because nh3 parses it again.
"""

from __future__ import annotations

import html
import re

# Possessive throughout, so that no input backtracks, and with a limit on the pieces of a tag, so that
# thousands of tags that never end are not each read to the end of the document. The value follows the HTML tokeniser: an
# apostrophe inside an unquoted value does not open a string.
TAG = re.compile(
    r"""<(/?)([a-zA-Z][^\s/>]*+)"""
    r"""((?:[\s/]++|[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+|=){0,300}+)>"""
)
_ATTRIBUTE = re.compile(r"""([^\s/>=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+))?+)?+""")

# Elements that nest without being closed or cannot hold anything: they say nothing of depth.
_FLAT = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "dd",
        "dt",
        "embed",
        "hr",
        "image",
        "img",
        "input",
        "li",
        "link",
        "meta",
        "option",
        "p",
        "param",
        "rp",
        "rt",
        "source",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "track",
        "wbr",
    ]
)
DEEPEST = 200
# Not hidden here: media of all kinds, often shown by a script once loaded.
_FLAT_OR_OPEN = (_FLAT - {"p"}) | frozenset(
    ["html", "body", "iframe", "video", "audio", "picture", "noscript", "amp-img", "figure"]
)
_NOT_SHOWN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


def read_attributes(text: str) -> dict[str, str]:
    """The attributes of one tag, names in lower case, values unescaped; the first of a name counts."""
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        value = double or single or bare
        found.setdefault(name.lower(), html.unescape(value) if "&" in value else value)
    return found


def write_tag(name: str, attributes: dict[str, str]) -> str:
    """An opening tag; attributes with an empty value are left out."""
    parts = [name, *(f'{key}="{html.escape(value)}"' for key, value in attributes.items() if value)]
    return f"<{' '.join(parts)}>"


def drop_hidden(raw_html: str) -> str:
    """The same document without the elements a browser would not show (preview texts, mostly)."""
    pieces: list[str] = []
    kept_until = 0
    name, depth = "", 0  # of the hidden element we are in
    for tag in TAG.finditer(raw_html):
        this = tag[2].lower()
        if name:
            depth += 0 if this != name else -1 if tag[1] else 1
            if depth == 0:
                name, kept_until = "", tag.end()
        elif not tag[1] and this not in _FLAT_OR_OPEN and _is_hidden(tag[3]):
            pieces.append(raw_html[kept_until : tag.start()])
            name, depth, kept_until = this, 1, tag.end()
    # An element that never ends hides nothing: better to show too much than to lose an article.
    pieces.append(raw_html[kept_until:])
    return "".join(pieces)


def _is_hidden(attribute_text: str) -> bool:
    if "hidden" not in attribute_text and "display" not in attribute_text:
        return False
    attributes = read_attributes(attribute_text)
    return ("hidden" in attributes and attributes["hidden"] != "until-found") or (
        _NOT_SHOWN.search(attributes.get("style", "")) is not None
    )


def flatten(raw_html: str, deepest: int = DEEPEST) -> str:
    """The same document without the elements nested deeper than `deepest`.

    HTML parsers take quadratic time over elements left open ten thousand deep.
    """
    pieces: list[str] = []
    depth = 0
    kept_until = 0
    for tag in TAG.finditer(raw_html):
        if tag[2].lower() in _FLAT:
            continue
        if tag[1]:
            is_dropped = depth > deepest
            depth = max(0, depth - 1)
        else:
            depth += 1
            is_dropped = depth > deepest
        if is_dropped:
            pieces.append(raw_html[kept_until : tag.start()])
            kept_until = tag.end()
    pieces.append(raw_html[kept_until:])
    return " ".join(pieces) if kept_until else raw_html
