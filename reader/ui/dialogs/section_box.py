"""Choose a section, or name a new one. In: the outline. Out: a section's id, or a new name."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyledItemDelegate, QVBoxLayout, QWidget

from reader.model import Outline, Section, SectionId
from reader.ui import icons
from reader.ui.words import tr

INDENT = "    "


class ChoiceBox(QComboBox):
    """A combo box with an arrow of the window's own icons, which a style sheet cannot recolour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(QStyledItemDelegate(self))  # the usual one draws check marks and no padding

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        colour = self.palette().color(QPalette.ColorRole.PlaceholderText)
        side = icons.SMALL
        arrow = icons.pixmap("chevron-down", colour, side, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - side - 9, (self.height() - side) // 2, arrow)


class SectionBox(QWidget):
    """A list of the sections, nested as in the window, and "New section…" at its end."""

    changed = Signal()

    def __init__(
        self, outline: Outline, chosen: SectionId | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.box = ChoiceBox()
        self.box.setAccessibleName(tr("Section"))
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("Name of the new section"))
        self.name.setAccessibleName(tr("Name of the new section"))
        self.name.setMaxLength(100)
        for section, depth in walk_sections(outline):
            self.box.addItem(INDENT * depth + section.name, section.id)
        self.box.addItem(tr("New section…"), None)
        if chosen is not None:
            self.box.setCurrentIndex(max(0, self.box.findData(chosen)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.box)
        column.addWidget(self.name)
        self.setFocusProxy(self.box)
        self.box.currentIndexChanged.connect(self._follow)
        self.name.textChanged.connect(self.changed)
        self._follow()

    @property
    def section_id(self) -> SectionId | None:
        """None where a new section is wanted."""
        chosen: SectionId | None = self.box.currentData()
        return chosen

    @property
    def new_name(self) -> str:
        return "" if self.section_id is not None else self.name.text().strip()

    def is_complete(self) -> bool:
        return self.section_id is not None or bool(self.new_name)

    def _follow(self) -> None:
        is_new = self.section_id is None
        self.name.setVisible(is_new)
        if is_new and self.box.hasFocus():
            self.name.setFocus()
        self.changed.emit()


def walk_sections(outline: Outline) -> list[tuple[Section, int]]:
    """The sections in display order, each with how deep it is nested."""
    inside: dict[SectionId | None, list[Section]] = {}
    for section in outline.sections:
        inside.setdefault(section.parent_id, []).append(section)
    found: list[tuple[Section, int]] = []
    waiting = [(section, 0) for section in reversed(inside.get(None, []))]
    while waiting:
        section, depth = waiting.pop()
        found.append((section, depth))
        waiting.extend((inner, depth + 1) for inner in reversed(inside.get(section.id, [])))
    return found
