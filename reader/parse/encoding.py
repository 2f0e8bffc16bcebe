"""Which letters the bytes of a document stand for -> UTF-8 without a byte order mark.

In: the body and the Content-Type it came with. Out: UTF-8 bytes whose XML declaration no
longer names an encoding, and whether letters were lost. The order of trust: a byte order
mark; zero bytes between ASCII letters (UTF-16, UTF-32); valid UTF-8 where a Western
single-byte encoding or nothing is claimed; the HTTP charset; the XML declaration;
windows-1252. Knows nothing of feeds.
"""

from __future__ import annotations

import codecs
import re

from reader.frozen import frozen

_DECLARATION = re.compile(rb"\s*<\?xml[^>]{0,200}?\?>")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([A-Za-z0-9._:-]{1,40})""")
_UTF8_DECLARED = re.compile(rb"""encoding\s*=\s*["'](?:utf-?8|us-ascii|ascii)["']""", re.IGNORECASE)
_SHIFTING = re.compile(r"iso2022|hz")  # letters in these are written with ASCII bytes
_TEXT_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}?\?>")
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# A narrow name is what people write; the wide one is what they mean.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}
_WESTERN = {"cp1252", "latin-1", "iso8859-15"}
_NEVER = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf_7", "undefined"}


@frozen
class Decoded:
    data: bytes  # UTF-8, no byte order mark
    is_damaged: bool = False  # some bytes stood for nothing


def to_utf8(data: bytes, content_type: str = "") -> Decoded:
    """`data` as UTF-8, whatever it was."""
    charset = _find_charset(content_type)
    is_plain = data[:1] == b"<" and b"\0" not in data[:8] and data.isascii()
    if is_plain and not _SHIFTING.match(charset or _find_declared(data)):
        return Decoded(_drop_declared(data))
    encoding, body = _name_by_bytes(data)
    if encoding:
        return _transcode(body, encoding)
    declared = _find_declared(body)
    claimed = charset or declared
    if claimed in ("", "utf-8") or claimed in _WESTERN:
        try:
            body.decode("utf-8")
            return Decoded(_drop_declared(body))
        except UnicodeDecodeError:
            pass
    return _try_in_turn(body, [name for name in (charset, declared) if name])


def _try_in_turn(body: bytes, names: list[str]) -> Decoded:
    for name in [*names, "utf-8"]:
        try:
            return Decoded(_encode(body.decode(name)))
        except (UnicodeError, LookupError):
            continue
    wanted = names[0] if names else "cp1252"
    if wanted == "utf-8" and not _is_mostly_utf8(body):
        return Decoded(_encode(_decode_western(body)))
    if wanted in _WESTERN or not names:
        return Decoded(_encode(_decode_western(body)))
    return _transcode(body, wanted)


def _is_mostly_utf8(body: bytes) -> bool:
    """Whether a few bytes are wrong in a UTF-8 text, rather than the whole in another encoding."""
    text = body.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    letters = sum(not char.isascii() for char in text[:200_000]) - lost
    return letters > 2 * lost


def _decode_western(body: bytes) -> str:
    """windows-1252, with the five bytes it does not name read as ISO 8859-1 does."""
    try:
        return body.decode("cp1252")
    except UnicodeDecodeError:
        return body.decode("latin-1")


def _transcode(body: bytes, encoding: str) -> Decoded:
    text = body.decode(encoding, "replace")
    return Decoded(_encode(text), "\ufffd" in text)


def _encode(text: str) -> bytes:
    return _TEXT_DECLARATION.sub("", text.lstrip("\ufeff"), count=1).encode("utf-8", "replace")


def _drop_declared(data: bytes) -> bytes:
    """Without an XML declaration that names another encoding than UTF-8."""
    found = _DECLARATION.match(data)
    if found is None or b"encoding" not in found[0] or _UTF8_DECLARED.search(found[0]):
        return data
    return data[found.end() :]


def _name_by_bytes(data: bytes) -> tuple[str, bytes]:
    """The encoding that byte order mark or zero bytes give away, and the body after the mark."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            if name == "utf-8":
                return ("", data[3:])
            return name, data[len(mark) :]
    head = data[:4]
    if head in (b"<\0\0\0", b" \0\0\0"):
        return "utf-32-le", data
    if head in (b"\0\0\0<", b"\0\0\0 "):
        return "utf-32-be", data
    if head[1:2] == b"\0" and head[3:4] == b"\0" and head[:1] != b"\0":
        return "utf-16-le", data
    if head[:1] == b"\0" and head[2:3] == b"\0" and head[1:2] != b"\0":
        return "utf-16-be", data
    if head == b"\x4c\x6f\xa7\x94":
        return "cp037", data  # EBCDIC "<?xm"
    return "", data


def _find_charset(content_type: str) -> str:
    found = _CHARSET.search(content_type)
    return _normalise(found[1]) if found else ""


def _find_declared(data: bytes) -> str:
    found = _DECLARED.search(data[:400])
    name = _normalise(found[1].decode("ascii")) if found else ""
    # A document whose declaration could be read byte by byte is in no wide encoding.
    return "" if name.startswith(("utf-16", "utf-32")) else name


def _normalise(name: str) -> str:
    """Python's name for the encoding meant; "" for one it does not know or must not use."""
    try:
        found = codecs.lookup(name.strip().lower().removeprefix("x-"))
    except (LookupError, ValueError):
        return ""
    if found.name.replace("-", "_") in _NEVER or not found._is_text_encoding:
        return ""
    return _WIDER.get(found.name, found.name)
