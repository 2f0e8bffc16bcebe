"""The page's own keys, for the sheet of keys. Out: what each does, and the key, as `ui.keys` writes it.

The window's keys are in `ui.action_table`; these mean something only on this page.
"""

from __future__ import annotations

from reader.ui.feeds_page.repairs import ALL

KEYS = (
    ("Next feed", ("j", "Down")),
    ("Previous feed", ("k", "Up")),
    ("Sort by the next column", (">",)),
    ("Sort by the column before", ("<",)),
    ("Turn the order round", ("o",)),
    ("Filter", ("/",)),
    ("All, need attention, silent, moved, waiting", ("1–5",)),
    ("Back to all feeds", ("Backspace",)),
    *((repair.label, (repair.key,)) for repair in ALL),
)
