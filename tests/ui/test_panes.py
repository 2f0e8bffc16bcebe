"""The panes give way in order as the window narrows, and come back when called."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.ui.main_window import MainWindow


def list_shown(window: MainWindow) -> list[str]:
    panes = {
        "sections": window.sections,
        "articles": window.articles,
        "pane": window.pane,
        "sidebar": window.sidebar,
    }
    return [name for name, pane in panes.items() if pane.isVisible()]


@pytest.mark.parametrize(
    ("width", "shown", "abreast"),
    [
        (1440, ["sections", "articles", "pane", "sidebar"], True),
        (1180, ["sections", "articles", "pane", "sidebar"], True),
        (1179, ["sections", "articles", "pane"], True),
        (900, ["sections", "articles", "pane"], True),
        (899, ["articles", "pane"], True),
        (760, ["articles", "pane"], True),
        (759, ["articles", "pane"], False),
        (700, ["articles", "pane"], False),
    ],
)
def test_panes_give_way_in_order(window: MainWindow, width: int, shown: list[str], abreast: bool) -> None:
    window.resize(width, 600)
    assert list_shown(window) == shown
    assert (window.panes.inner.orientation() == Qt.Orientation.Horizontal) is abreast
    assert window.width() == width


def test_the_window_can_be_as_small_as_700_by_500(window: MainWindow) -> None:
    window.resize(300, 300)
    assert (window.width(), window.height()) == (700, 500)
    window.panes.toggle_sections()
    assert window.width() == 700
    assert window.pane.height() > 100


def test_a_section_list_called_into_a_narrow_window_goes_when_a_list_is_clicked(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.resize(800, 600)
    window.panes.toggle_sections()
    assert list_shown(window) == ["sections", "articles", "pane"]
    assert window.panes.focused() is window.sections
    window.sections.list_clicked.emit()
    assert list_shown(window) == ["articles", "pane"]
    assert window.panes.focused() is window.articles


def test_hiding_the_sidebar_is_kept_as_a_setting(window: MainWindow) -> None:
    window.panes.toggle_sidebar()
    assert "sidebar" not in list_shown(window)
    assert window.settings.get("show_sidebar") is False
    window.resize(1000, 700)
    window.resize(1440, 900)
    assert "sidebar" not in list_shown(window)


def test_widths_chosen_by_hand_are_remembered(window: MainWindow) -> None:
    window.panes.restore_state({"list": 420, "sections": "wrong", "sidebar": -5})
    assert window.panes.save_state()["list"] == 420
    assert window.panes.save_state()["sections"] == 214
    assert window.panes.save_state()["sidebar"] == 268


def test_every_widget_that_takes_the_keyboard_has_a_name(window: MainWindow) -> None:
    from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLineEdit

    nameless = [
        widget
        for kind in (QAbstractButton, QAbstractScrollArea, QLineEdit)
        for widget in window.findChildren(kind)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        and widget.isVisible()
        and not widget.accessibleName()
    ]
    assert nameless == []
