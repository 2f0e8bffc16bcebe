"""Reading single tags out of unclean HTML with regular expressions.

Raw HTML enters, (name, attributes) leave. Only for rewriting before the sanitiser runs: what
is misread here is at worst rewritten badly, never let through, because nh3 parses it again.
"""

from __future__ import annotations

import html
import re

# Possessive throughout, so that no input backtracks. The value follows the HTML tokeniser: an
# apostrophe inside an unquoted value does not open a string.
TAG = re.compile(
    r"""<(/?)([a-zA-Z][^\s/>]*+)"""
    r"""((?:[\s/]++|[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+|=)*+)>"""
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
