"""Small damage in XML, mended before a parser sees it.

In: a UTF-8 document without DOCTYPE. Out: the same with control characters taken out, named
letters (`&nbsp;`, and those its DOCTYPE declared) written out, bare ampersands escaped, and
the openings of CDATA sections and comments that nothing closes made harmless: parsers
look for their ends again and again. What is inside closed ones stays as it is. One pass,
linear in the document's length.
"""

from __future__ import annotations

import html
import re
from html.entities import html5

_CONTROLS = bytes(code for code in range(32) if code not in (9, 10, 13))
_TOKEN = re.compile(
    rb"<!\[CDATA\[|<!--|<(?![A-Za-z_/!?])"
    rb"|&(?!(?:amp|lt|gt|quot|apos);)(?:#(\d{1,7}|[xX][0-9a-fA-F]{1,6});|([A-Za-z][\w.-]{0,60});)?"
)
_ENDS = {b"<![CDATA[": b"]]>", b"<!--": b"-->"}


def mend(data: bytes, entities: dict[str, str]) -> bytes:
    """`data` with its references and characters made legal. Never fails."""
    data = data.translate(None, _CONTROLS)
    if b"\xef\xbf" in data:
        data = data.replace(b"\xef\xbf\xbe", b"").replace(b"\xef\xbf\xbf", b"")
    last = {start: data.rfind(end) for start, end in _ENDS.items()}
    pieces: list[bytes] = []
    done = 0
    at = 0
    while found := _TOKEN.search(data, at):
        token, at = found[0], found.end()
        # The last end may be part of this very opening (`<!-->`): then nothing closes it.
        if token in _ENDS and at <= last[token]:
            at = data.find(_ENDS[token], at) + 3
            continue
        pieces += (data[done : found.start()], _write_out(found, entities))
        done = at
    pieces.append(data[done:])
    return b"".join(pieces)


def _write_out(found: re.Match[bytes], entities: dict[str, str]) -> bytes:
    """What stands in the place of a reference nobody may use, or of a bracket that opens nothing."""
    whole = found[0]
    if whole[:1] == b"<":
        return b"&lt;" + whole[1:]
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
