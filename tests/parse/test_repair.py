"""Small damage in XML is mended, whatever it looks like, in one pass."""

from __future__ import annotations

import pytest

from reader.parse.repair import mend


@pytest.mark.parametrize(
    ("damaged", "mended"),
    [
        (b"<a><!--></a>", b"<a>&lt;!--></a>"),
        (b"<a><!---></a>", b"<a>&lt;!---></a>"),
        (b"<a><!-- x --><!--></a>", b"<a><!-- x -->&lt;!--></a>"),
        (b"<a><!-- & --></a>", b"<a><!-- & --></a>"),
        (b"<a><![CDATA[]]></a>", b"<a><![CDATA[]]></a>"),
        (b"<a><![CDATA[</a>", b"<a>&lt;![CDATA[</a>"),
    ],
)
def test_what_an_opening_without_an_end_opens_is_nothing(damaged, mended):
    assert mend(damaged, {}) == mended


def test_references_nobody_declared_are_written_out():
    assert mend(b"<a>a&nbsp;b &amp; c & d &x;</a>", {"x": "y"}) == "<a>a\xa0b &amp; c &amp; d y</a>".encode()
