"""The page of all feeds: how each is doing, when it is asked next and why, and what to do about it.

In: the library's answers to Health, Visits and TrafficOf, asked only while the page is on show.
Out: wishes: to go back, to read a feed, to repair one. Changes nothing itself.
"""

from reader.ui.feeds_page.page import FeedsPage

__all__ = ["FeedsPage"]
