"""An entry becomes what the store keeps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reader.content.drafts import make_draft, pack, unpack
from reader.errors import StoreDamaged
from reader.model import Enclosure, Entry

BASE = "https://example.org/"
ENTRY = Entry(
    uid="1",
    title="Bridge  reopens",
    link="https://example.org/bridge?utm_source=rss",
    published_at=None,
    updated_at=None,
    author="Mara Lind",
    raw_html="<p>The bridge is open again.</p><script>x()</script><img src='/b.jpg'><p>It took a year.</p>",
    raw_summary_html="Traffic returns to the river.",
)


def test_a_draft_is_safe_and_complete() -> None:
    draft = make_draft(ENTRY, BASE)
    assert draft.title == "Bridge reopens"
    assert draft.link == "https://example.org/bridge"
    assert draft.standfirst == "Traffic returns to the river."
    assert "script" not in unpack(draft.body)
    assert draft.text.split()[:3] == ["The", "bridge", "is"]
    assert draft.picture == "https://example.org/b.jpg"
    assert draft.pictures == ("https://example.org/b.jpg",)
    assert draft.minutes == 1
    assert len(draft.fingerprint) == 16


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Bridge closes"},
        {"raw_html": "<p>No.</p>"},
        {"link": BASE},
        {"author": "A"},
        {"raw_summary_html": "S."},
    ],
)
def test_the_fingerprint_changes_with_what_is_read(change: dict[str, str]) -> None:
    assert make_draft(replace(ENTRY, **change), BASE).fingerprint != make_draft(ENTRY, BASE).fingerprint


def test_the_fingerprint_does_not_change_with_tracking_or_categories() -> None:
    other = replace(ENTRY, link="https://example.org/bridge?utm_source=atom", categories=("news",))
    assert make_draft(other, BASE).fingerprint == make_draft(ENTRY, BASE).fingerprint


def test_a_headline_repeated_in_the_body_is_taken_off() -> None:
    draft = make_draft(replace(ENTRY, raw_html="<div><h1>Bridge reopens!</h1><p>Text.</p></div>"), BASE)
    assert unpack(draft.body) == "<div><p>Text.</p></div>"
    kept = make_draft(replace(ENTRY, raw_html="<h2>Why now</h2><p>Text.</p>"), BASE)
    assert unpack(kept.body).startswith("<h2>")


def test_an_entry_without_a_title_is_called_by_its_first_words() -> None:
    assert make_draft(replace(ENTRY, title="", raw_html="<p>Short note.</p>"), BASE).title == "Short note."


def test_the_named_picture_leads_and_is_not_stored_twice() -> None:
    body = '<p><img src="https://cdn.org/2026/photo-1024x683.jpg"></p>'
    draft = make_draft(replace(ENTRY, raw_html=body, picture="https://cdn.org/2026/photo-150x150.jpg"), BASE)
    assert draft.picture == "https://cdn.org/2026/photo-1024x683.jpg"
    assert draft.pictures == (draft.picture,)
    other = make_draft(replace(ENTRY, raw_html=body, picture="https://cdn.org/2026/other.jpg"), BASE)
    assert other.pictures == ("https://cdn.org/2026/other.jpg", "https://cdn.org/2026/photo-1024x683.jpg")


def test_icons_and_avatars_do_not_lead() -> None:
    body = (
        '<img src="https://secure.gravatar.com/avatar/1"><img src="https://e.org/i.png" width="32">'
        '<img src="https://e.org/p.jpg">'
    )
    assert make_draft(replace(ENTRY, raw_html=body), BASE).picture == "https://e.org/p.jpg"


def test_a_picture_that_comes_as_a_file_leads() -> None:
    file = Enclosure("https://e.org/cover.jpg", "image/jpeg")
    assert make_draft(replace(ENTRY, raw_html="<p>x</p>", enclosures=(file,)), BASE).picture == file.address


def test_a_packed_body_is_the_same_again() -> None:
    assert unpack(pack("<p>漢字 é</p>")) == "<p>漢字 é</p>"


@pytest.mark.parametrize("body", [b"", b"nonsense", pack("x" * 9_000_000), pack("abc")[:-2]])
def test_a_damaged_body_is_refused(body: bytes) -> None:
    with pytest.raises(StoreDamaged):
        unpack(body)


def test_halves_of_surrogate_pairs_do_no_harm() -> None:
    draft = make_draft(replace(ENTRY, raw_html="<p>a\ud800b</p>", title="x\udc00"), BASE)
    assert unpack(draft.body).startswith("<p>a")
