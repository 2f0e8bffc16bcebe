"""Text without any markup, as HTML with paragraphs and links.

What a feed sends in place of HTML enters: plain text with line breaks, or HTML escaped once too
often. HTML leaves; it is not yet sanitised.
"""

from __future__ import annotations

import html
import re

_ESCAPED_MARKUP = re.compile(
    r"&lt;(?:p|a|div|br|img|ul|h[1-6]|strong|em|table|blockquote)\b.*?&gt;", re.I | re.S
)
_ESCAPED_END = re.compile(r"&lt;/\w+&gt;|/\s*&gt;|&lt;(?:br|img)\b", re.IGNORECASE)
_PARAGRAPH_BREAK = re.compile(r"\n[ \t]*\n\s*")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`]{3,2000}", re.IGNORECASE)
_TRAILING = ".,;:!?)]}»”’…"


def write_html(text: str) -> str:
    """HTML for a text in which no tag occurs."""
    if _ESCAPED_MARKUP.search(text) and _ESCAPED_END.search(text):
        return html.unescape(text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    paragraphs = [_write_paragraph(part) for part in _PARAGRAPH_BREAK.split(text) if part.strip()]
    return "\n".join(paragraphs)


def _write_paragraph(text: str) -> str:
    lines = [line.strip() for line in text.split("\n")]
    # Lines filled to one width are wrapped by a machine; short ones were broken on purpose.
    is_wrapped = len(lines) > 2 and all(55 <= len(line) <= 90 for line in lines[:-1])
    linked = _ADDRESS.sub(_link, (" " if is_wrapped else "<br>\n").join(lines))
    return f"<p>{linked}</p>"


def _link(match: re.Match[str]) -> str:
    address = match[0].rstrip(_TRAILING)
    rest = match[0][len(address) :]
    if rest.startswith(")") and "(" in address:
        address, rest = address + ")", rest[1:]
    return f'<a href="{address}">{address}</a>{rest}'
