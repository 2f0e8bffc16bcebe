"""The article pane: a page set in type. In: a row. Out: the article on view, and what its reader wishes."""

from reader.ui.article_pane.faces import Face
from reader.ui.article_pane.pane import ArticlePane

__all__ = ["ArticlePane", "Face"]
