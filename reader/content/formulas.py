"""MathML as a line of text one can read.

The markup between `<math>` and `</math>` enters, escaped HTML with sub and sup leaves.
"""

from __future__ import annotations

import html
import re

from reader.content.tags import read_attributes

_PIECE = re.compile(r"<(/?)([a-zA-Z][\w:-]*+)([^>]*+)>|([^<]++)|<")
_DROPPED = re.compile(r"<(annotation(?:-xml)?)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_DEEPEST = 60
_LONGEST = 20_000

Node = tuple[str, list["Node"], str]  # element, children, text


def write_formula(attributes: str, inner: str) -> str:
    """`inner` is what stands between the math tags; falls back to the alternative text."""
    tree = _read(_DROPPED.sub("", inner[:_LONGEST]))
    line = _write(tree).strip()
    return line or html.escape(read_attributes(attributes).get("alttext", ""))


def _read(markup: str) -> Node:
    root: Node = ("mrow", [], "")
    open_nodes = [root]
    for closing, name, attributes, text in _PIECE.findall(markup):
        if text.strip():
            open_nodes[-1][1].append(("text", [], html.unescape(" ".join(text.split()))))
        elif closing and len(open_nodes) > 1:
            open_nodes.pop()
        elif name and not closing:
            node: Node = (name.lower().rpartition(":")[2], [], "")
            open_nodes[-1][1].append(node)
            if not attributes.endswith("/") and len(open_nodes) < _DEEPEST:
                open_nodes.append(node)
    return root


def _write(node: Node) -> str:
    name, children, text = node
    if name == "text":
        return html.escape(text)
    parts = [_write(child) for child in children]
    if name in ("msup", "mover") and len(parts) == 2:
        return f"{_group(children[0], parts[0])}<sup>{parts[1]}</sup>"
    if name in ("msub", "munder") and len(parts) == 2:
        return f"{_group(children[0], parts[0])}<sub>{parts[1]}</sub>"
    if name in ("msubsup", "munderover") and len(parts) == 3:
        return f"{_group(children[0], parts[0])}<sub>{parts[1]}</sub><sup>{parts[2]}</sup>"
    if name == "mfrac" and len(parts) == 2:
        return f"{_group(children[0], parts[0])}/{_group(children[1], parts[1])}"
    if name == "msqrt":
        return f"√({''.join(parts)})"
    if name == "mroot" and len(parts) == 2:
        return f"<sup>{parts[1]}</sup>√({parts[0]})"
    if name == "mtr":
        return ", ".join(parts) + "; "
    joined = "".join(parts)
    if name == "mo" and joined.strip() in ("=", "+", "−", "&lt;", "&gt;", "≤", "≥", "→", "⇒", "≈", "∈", "-"):
        return f" {joined.strip()} "
    return f"{joined} " if name == "mtext" else joined


def _group(node: Node, written: str) -> str:
    """In brackets where more than one symbol stands together."""
    name, children, _ = node
    is_simple = name in ("mi", "mn", "mo", "msup", "msub", "mtext", "msqrt") or len(children) <= 1
    return written if is_simple else f"({written})"
