"""Small damage in XML, mended before a parser sees it.

In: a UTF-8 document without DOCTYPE. Out: the same with control characters taken out, named
letters (`&nbsp;`, and those its DOCTYPE declared) written out, and bare ampersands escaped;
CDATA sections and comments stay as they are. One pass, linear in the document's length.
"""

from __future__ import annotations

import html
import re
from html.entities import html5

_CONTROLS = bytes(code for code in range(32) if code not in (9, 10, 13))
_MENDED = re.compile(
    rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->|&(?!(?:amp|lt|gt|quot|apos);)(?:#(\d{1,7}|[xX][0-9a-fA-F]{1,6});|([A-Za-z][\w.-]{0,60});)?",
    re.DOTALL,
)


def mend(data: bytes, entities: dict[str, str]) -> bytes:
    """`data` with its references and characters made legal. Never fails."""
    data = data.translate(None, _CONTROLS)
    if b"\xef\xbf" in data:
        data = data.replace(b"\xef\xbf\xbe", b"").replace(b"\xef\xbf\xbf", b"")

    def write_out(found: re.Match[bytes]) -> bytes:
        whole = found[0]
        if whole[:1] == b"<":
            return whole
        number, name = found.groups()
        if number:
            text = html.unescape(whole.decode())
            return html.escape(text, quote=True).encode("utf-8", "replace").translate(None, _CONTROLS)
        if name:
            word = name.decode("utf-8", "replace")
            text = entities.get(word) or html5.get(word + ";", "")
            if text:
                return html.escape(text, quote=True).encode()
        return b"&amp;" + whole[1:]

    return _MENDED.sub(write_out, data)
