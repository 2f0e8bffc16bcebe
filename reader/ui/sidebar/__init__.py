"""The sidebar: small widgets about the article on view. In: an article's row. Out: a wish for another."""

from reader.ui.sidebar.sidebar import Sidebar

__all__ = ["Sidebar"]
