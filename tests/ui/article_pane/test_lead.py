"""The picture a feed names beside its text."""

from __future__ import annotations

from reader.content.blocks import Figure, Page, Paragraph, Span
from reader.ui.article_pane.pages import put_lead_first

TEXT = Paragraph((Span("The council wants to meet."),))
LEAD = "https://harbour.example/lead.jpg"


def test_a_text_without_a_picture_begins_with_its_lead_picture():
    page = put_lead_first(Page((TEXT, TEXT)), LEAD)
    assert page.blocks == (Figure(LEAD), TEXT, TEXT)


def test_a_picture_the_text_shows_itself_is_not_shown_twice():
    page = Page((TEXT,) * 6 + (Figure(LEAD),))
    assert put_lead_first(page, LEAD) is page


def test_a_text_that_begins_with_another_picture_keeps_it():
    page = Page((TEXT, Figure("https://harbour.example/lead-large.jpg"), TEXT))
    assert put_lead_first(page, LEAD) is page


def test_an_article_without_a_lead_picture_stays_as_it_is():
    page = Page((TEXT,))
    assert put_lead_first(page, "") is page
