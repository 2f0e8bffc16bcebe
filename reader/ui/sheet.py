"""How buttons, fields, lists and menus look. In: the palette in force. Out: a style sheet.

Only dialogs, menus and the welcome page wear it, from when they are made: a sheet for the whole
application would cost its start several milliseconds, and every painted widget a detour.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QWidget

SHEET = """
QPushButton {{
    color: {ink}; background: {raised}; border: 1px solid {edge}; border-radius: 7px;
    padding: 6px 14px; min-height: 17px; min-width: 52px; outline: none;
}}
QPushButton:hover {{ background: {hover}; }}
QPushButton:focus {{ border: 2px solid {accent}; padding: 5px 13px; }}
QPushButton:pressed {{ background: {selection}; }}
QPushButton:default {{ color: {on_accent}; background: {accent}; border-color: {accent}; font-weight: 600; }}
QPushButton:default:hover {{ background: {accent_hover}; border-color: {accent_hover}; }}
QPushButton:default:focus {{ border: 2px solid {ring}; }}
QPushButton:disabled {{ color: {muted}; background: {side}; border: 1px solid {line}; padding: 6px 14px; }}
QLineEdit, QComboBox {{
    color: {ink}; background: {page}; border: 1px solid {edge}; border-radius: 7px;
    padding: 6px 10px; min-height: 17px;
    selection-background-color: {accent}; selection-color: {on_accent};
}}
QLineEdit:hover, QComboBox:hover {{ border-color: {muted}; }}
QLineEdit:focus, QComboBox:focus {{ border: 2px solid {accent}; padding: 5px 9px; }}
QComboBox::drop-down {{ border: none; width: 26px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QAbstractItemView {{
    color: {ink}; background: {page}; border: 1px solid {edge}; padding: 4px; outline: none;
    selection-background-color: {selection}; selection-color: {ink};
}}
QListView, QTreeView {{
    color: {ink}; background: {page}; border: 1px solid {line}; border-radius: 7px;
    padding: 4px; outline: none;
}}
QListView:focus, QTreeView:focus {{ border-color: {accent}; }}
QComboBox QListView, QComboBox QListView:focus {{ border: 1px solid {edge}; border-radius: 0; }}
QListView::item {{ padding: 7px 8px; border-radius: 5px; }}
QTreeView::item {{ padding: 5px 8px; }}
QListView::item:hover {{ background: {hover}; }}
QListView::item:selected, QTreeView::item:selected {{ color: {ink}; background: {selection}; }}
QProgressBar {{ background: {line}; border: none; border-radius: 2px; min-height: 4px; max-height: 4px; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 2px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {edge}; border-radius: 3px; margin: 2px; min-height: 24px; min-width: 24px; }}
QScrollBar::handle:hover {{ background: {muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QMenuBar {{ color: {ink}; background: {side}; border: none; padding: 3px 10px; }}
QMenuBar::item {{ padding: 4px 9px; border-radius: 5px; background: transparent; }}
QMenuBar::item:selected {{ color: {ink}; background: {selection}; }}
QMenu {{ color: {ink}; background: {page}; border: 1px solid {edge}; padding: 5px; }}
QMenu::item {{ padding: 6px 26px 6px 10px; border-radius: 5px; background: transparent; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::item:selected {{ color: {ink}; background: {selection}; }}
QMenu::item:disabled {{ color: {faded}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 5px 8px; }}
QToolTip {{ color: {ink}; background: {side}; border: 1px solid {edge}; padding: 3px 5px; }}
"""


def make_sheet() -> str:
    return _fill(QGuiApplication.palette().cacheKey())


@lru_cache(maxsize=4)
def _fill(palette_key: int) -> str:
    palette = QGuiApplication.palette()
    role = QPalette.ColorRole
    page, accent, ink = (palette.color(which) for which in (role.Base, role.Accent, role.Text))
    is_dark = page.lightness() < 128
    return SHEET.format(
        ink=ink.name(),
        muted=palette.color(role.PlaceholderText).name(),
        faded=palette.color(QPalette.ColorGroup.Disabled, role.Text).name(),
        page=page.name(),
        side=palette.color(role.Window).name(),
        raised=(palette.color(role.Midlight) if is_dark else page).name(),
        hover=(palette.color(role.Light) if is_dark else palette.color(role.Midlight)).name(),
        selection=palette.color(role.Light).name(),
        line=palette.color(role.Mid).name(),
        edge=palette.color(role.Dark).name(),
        accent=accent.name(),
        accent_hover=_mix(accent, ink, 0.14).name(),
        ring=_mix(accent, ink, 0.55).name(),
        on_accent=palette.color(role.HighlightedText).name(),
    )


def _mix(one: QColor, other: QColor, share: float) -> QColor:
    return QColor(
        *(round(a + (b - a) * share) for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))  # type: ignore[index]
    )


class Wardrobe(QObject):
    """Keeps one widget, and all within it, dressed when the colours change. Its child."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        widget.setStyleSheet(make_sheet())
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ApplicationPaletteChange:
            sheet = make_sheet()
            if sheet != self._widget.styleSheet():
                self._widget.setStyleSheet(sheet)
        return False


def dress(widget: QWidget) -> None:
    """Give a dialog, a menu or a page the look, now and when the theme changes."""
    Wardrobe(widget)
