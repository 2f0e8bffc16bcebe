"""Every way of writing letters as bytes."""

from __future__ import annotations

import codecs

import pytest

from reader.parse.encoding import to_utf8
from reader.parse.feed import parse

TITLES = {
    "utf-8": "Żółw £ 東京",
    "iso-8859-1": "Café crème",
    "iso-8859-2": "Żółw",
    "iso-8859-15": "Prix: 5 €",
    "windows-1250": "Příliš",
    "windows-1251": "Новости дня",
    "windows-1252": "“Quoted” – 5 €",
    "windows-1253": "Ειδήσεις",
    "windows-1255": "חדשות",
    "windows-1256": "أخبار",
    "koi8-r": "Новости",
    "gbk": "今日新闻",
    "gb2312": "今日新闻",
    "big5": "今日新聞",
    "shift_jis": "今日のニュース",
    "euc-jp": "今日のニュース",
    "iso-2022-jp": "今日のニュース",
    "euc-kr": "오늘의 뉴스",
    "utf-16": "Żółw 東京",
}


def make(title: str, encoding: str, declared: str = "") -> bytes:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    return f"{declaration}<rss version='2.0'><channel><title>{title}</title><item><guid>1</guid></item></channel></rss>".encode(
        encoding
    )


@pytest.mark.parametrize("encoding", TITLES)
def test_the_declared_encoding_is_read(encoding):
    assert parse(make(TITLES[encoding], encoding, encoding)).head.title == TITLES[encoding]


@pytest.mark.parametrize("encoding", [name for name in TITLES if name != "utf-16"])
def test_the_encoding_of_the_answer_is_read(encoding):
    data = make(TITLES[encoding], encoding)
    assert parse(data, "", f"text/xml; charset={encoding}").head.title == TITLES[encoding]


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (b"", "utf-16-le"),
        (b"", "utf-16-be"),
        (b"", "utf-32-be"),
    ],
)
def test_a_byte_order_mark_or_zero_bytes_decide(mark, encoding):
    assert parse(mark + make("Żółw", encoding, "iso-8859-1")).head.title == "Żółw"


def test_utf_8_called_latin_1_is_utf_8():
    assert parse(make("Café", "utf-8", "iso-8859-1")).head.title == "Café"


def test_latin_1_called_utf_8_is_latin_1():
    assert parse(make("Café crème", "latin-1", "utf-8")).head.title == "Café crème"


def test_utf_8_called_utf_16_is_utf_8():
    parsed = parse(make("Café", "utf-8", "utf-16"))
    assert (parsed.head.title, parsed.parser) == ("Café", "fast")


def test_an_encoding_nobody_knows_is_passed_over():
    assert parse(make("Café", "utf-8", "x-nonsense")).head.title == "Café"


@pytest.mark.parametrize("name", ["zlib", "rot13", "base64", "idna", "unicode_escape", "undefined"])
def test_codecs_that_are_no_encodings_are_never_used(name):
    assert to_utf8(b"<rss>caf\xc3\xa9</rss>", f"text/xml; charset={name}").data == "<rss>café</rss>".encode()


def test_a_few_wrong_bytes_in_utf_8_are_a_flaw():
    data = make("Żółw żółty żuk ęąść", "utf-8", "utf-8").replace(b"</title>", b"\xff</title>")
    decoded = to_utf8(data)
    assert decoded.is_damaged
    assert "Żółw żółty" in decoded.data.decode()
