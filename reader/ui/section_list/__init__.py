"""The left pane: the fixed lists, sections and their feeds."""

from reader.ui.section_list.section_list import SectionList

__all__ = ["SectionList"]
