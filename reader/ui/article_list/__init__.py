"""The middle pane: the articles of one list."""

from reader.ui.article_list.article_list import ArticleList

__all__ = ["ArticleList"]
