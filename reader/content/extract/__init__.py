"""A news page -> its article.

Enters: a page's bytes (unpacked), the address they came from, the type they were sent as. Leaves:
`Extracted`; its HTML is not safe yet: `content.sanitize` is to read it. Pure, and for the worker
process alone: it imports lxml and trafilatura when it is first called.
"""

from __future__ import annotations

from datetime import datetime

from reader.errors import ParseError
from reader.frozen import frozen


@frozen
class Extracted:
    """What a page holds. `published` is in UTC; `picture` and links are absolute addresses."""

    title: str = ""
    author: str = ""
    published: datetime | None = None
    language: str = ""
    picture: str = ""
    text: str = ""  # a line for each paragraph, heading, item or cell; "" where there is no article
    raw_html: str = ""
    address: str = ""  # what relative links in it are meant against


def extract(data: bytes, address: str = "", content_type: str = "") -> Extracted:
    """The article of a page; at most 10 MB are looked at. Raises ParseError (EmptyDocument for nothing)."""
    from reader.content.extract.article import read_article

    try:
        return read_article(data, address, content_type)
    except ParseError:
        raise
    except Exception as error:  # whatever a hostile page brings the libraries to raise
        raise ParseError(type(error).__name__) from error
