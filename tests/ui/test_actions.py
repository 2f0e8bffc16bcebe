"""The table of actions: every row does something, is reachable, and is named."""

from __future__ import annotations

import inspect

import pytest

from reader import paths
from reader.ui.action_table import BY_ID, MENUS, TABLE
from reader.ui.keys import is_plain
from reader.ui.main_window import MainWindow
from reader.ui.menus import FEED, LISTING, LOOKS, ORDER, ROW, SECTION


def test_every_action_calls_something_that_needs_no_argument(window: MainWindow) -> None:
    for action_id in BY_ID.keys() - {"quit"}:  # which is Qt's own `close`
        found = window.actions_table.find_callable(action_id)
        needed = [p for p in inspect.signature(found).parameters.values() if p.default is p.empty]
        assert needed == [], action_id


def test_every_action_is_in_a_menu_and_has_a_name(window: MainWindow) -> None:
    shown = [action for menu in window.actions_table.make_menus() for action in menu.actions()]
    assert {action.objectName() for action in shown} == set(BY_ID)
    assert all(action.text() for action in shown)
    assert {action.menu for action in TABLE} == set(MENUS)


def test_every_icon_that_an_action_names_exists() -> None:
    names = {action.icon for action in TABLE if action.icon}
    assert {name for name in names if not (paths.resources() / "icons" / f"{name}.svg").is_file()} == set()


def test_letters_are_shown_in_menus_but_are_no_shortcuts_of_qt(window: MainWindow) -> None:
    for action in TABLE:
        made = window.actions_table[action.id]
        plain = [keys for keys in action.keys if is_plain(keys)]
        assert len(made.shortcuts()) == len(action.keys) - len(plain)
        if action.keys and is_plain(action.keys[0]):
            assert made.text().endswith(f"\t{action.keys[0]}")


def test_context_menus_name_actions_that_exist() -> None:
    for ids in (ROW, ORDER, LOOKS, FEED, SECTION, LISTING):
        assert set(ids) - {"-"} <= set(BY_ID)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_menu_bar_comes_and_goes(window: MainWindow) -> None:
    window.toggle_menu_bar()
    assert window.menuBar().isVisible()
    assert [part.text().replace("&", "") for part in window.menuBar().actions()] == list(MENUS)
    window.toggle_menu_bar()
    assert not window.menuBar().isVisible()


def test_menus_show_what_is_on(window: MainWindow) -> None:
    window.looks.go_dark()
    window.menus.show_checks()
    on = {
        action.id for action in TABLE if action.is_checkable and window.actions_table[action.id].isChecked()
    }
    assert on == {"theme_dark", "sections", "sidebar"}
