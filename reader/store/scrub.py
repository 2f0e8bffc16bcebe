"""Drafts that SQLite cannot take made into ones it can. Pure.

JSON can carry half of a surrogate pair; Python keeps it in a string, and no UTF-8 has it.
"""

from __future__ import annotations

from dataclasses import replace

from reader.model import Draft


def scrub(draft: Draft) -> Draft:
    """The draft itself, nearly always."""
    try:
        for text in (draft.title, draft.standfirst, draft.link, draft.author, draft.picture, draft.text):
            # An ASCII string answers from a flag; only the others are encoded to find out.
            if not text.isascii():
                text.encode()
        draft.language.encode()
    except UnicodeEncodeError:
        return replace(
            draft,
            title=_clean(draft.title),
            standfirst=_clean(draft.standfirst),
            link=_clean(draft.link),
            author=_clean(draft.author),
            picture=_clean(draft.picture),
            text=_clean(draft.text),
            language=_clean(draft.language),
        )
    return draft


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode()
