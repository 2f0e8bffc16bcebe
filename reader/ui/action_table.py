"""Everything the window can do, in one table.

Feeds the menus, the context menus, the keys and the sheet of keys. `call` names a part of the
window and one of its methods; the window says what the parts are (see `actions`).

Keys are written "j", "Shift+A", "Ctrl+N", "F5", or, for a sequence, "g a". The first is the one
that menus show.
"""

from __future__ import annotations

from enum import Enum

from reader.frozen import frozen


class Where(Enum):
    """What must be on show, or have the keyboard, for an action to work."""

    WINDOW = "window"  # always
    PANES = "panes"  # the panes are on show, and not the page of feeds
    SECTIONS = "sections"  # ... and the section list has the keyboard


@frozen
class Action:
    id: str
    menu: str
    text: str
    call: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    where: Where = Where.WINDOW
    is_checkable: bool = False


PANES, SECTIONS = Where.PANES, Where.SECTIONS
FILE, EDIT, VIEW, GO, ARTICLE, FEEDS, HELP = "File", "Edit", "View", "Go", "Article", "Feeds", "Help"
MENUS = (FILE, EDIT, VIEW, GO, ARTICLE, FEEDS, HELP)

TABLE = (
    Action("add_feed", FILE, "Add feed…", "subscriptions.add_feed", ("Ctrl+N", "+"), "add"),
    Action(
        "add_section", FILE, "New section…", "subscriptions.add_section", ("Ctrl+Shift+N",), "section-add"
    ),
    Action("import", FILE, "Import subscriptions…", "subscriptions.import_outline", ("Ctrl+I",), "import"),
    Action("export", FILE, "Export subscriptions…", "subscriptions.export_outline", ("Ctrl+E",), "export"),
    Action("open_sample", FILE, "Open the sample newspaper", "window.request_sample", (), "newspaper"),
    Action("network", FILE, "Network…", "network.open_settings", ("Ctrl+Shift+P",), "settings"),
    Action("log_in", FILE, "Log in to this network…", "network.open_portal", (), "key"),
    Action("quit", FILE, "Quit", "window.close", ("Ctrl+Q",), "quit"),
    # ----
    Action("undo", EDIT, "Undo", "window.undo", ("Ctrl+Z",), "undo"),
    Action("redo", EDIT, "Redo", "window.redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    Action("search", EDIT, "Search", "window.focus_search", ("/", "Ctrl+F"), "search"),
    Action("escape", EDIT, "Back, or stop refreshing", "window.escape", ("Esc",), "cancel"),
    # ----
    Action("text_larger", VIEW, "Larger text", "looks.enlarge_text", ("Ctrl++", "Ctrl+="), "add"),
    Action("text_smaller", VIEW, "Smaller text", "looks.reduce_text", ("Ctrl+-",), "minus"),
    Action("text_usual", VIEW, "Usual text size", "looks.reset_text", ("Ctrl+0",), "text-size"),
    Action("theme_system", VIEW, "Colours as the system", "looks.follow_system", is_checkable=True),
    Action("theme_light", VIEW, "Light", "looks.go_light", (), "today", is_checkable=True),
    Action("theme_dark", VIEW, "Dark", "looks.go_dark", (), "dark", is_checkable=True),
    Action(
        "oldest_first", VIEW, "Oldest first", "articles.toggle_order", (), "sort", PANES, is_checkable=True
    ),
    Action(
        "unread_only",
        VIEW,
        "Unread only",
        "articles.toggle_unread_only",
        (),
        "filter",
        PANES,
        is_checkable=True,
    ),
    Action(
        "sections",
        VIEW,
        "Section list",
        "panes.toggle_sections",
        ("[", "F8"),
        "panes",
        PANES,
        is_checkable=True,
    ),
    Action(
        "sidebar", VIEW, "Sidebar", "panes.toggle_sidebar", ("]", "F9"), "sidebar", PANES, is_checkable=True
    ),
    Action("menu_bar", VIEW, "Menu bar", "window.toggle_menu_bar", ("F10",), "menu", is_checkable=True),
    Action("full_screen", VIEW, "Full screen", "window.toggle_full_screen", ("F11",), "full-screen"),
    # ----
    Action("go_today", GO, "Today", "sections.go_today", ("g t",), "today"),
    Action("go_unread", GO, "Unread", "sections.go_unread", ("g u",), "unread"),
    Action("go_saved", GO, "Saved", "sections.go_saved", ("g s",), "saved"),
    Action("go_all", GO, "All stories", "sections.go_all", ("g a",), "all"),
    Action("feeds_page", GO, "Feeds and their health", "pages.show_feeds", ("g f",), "health"),
    Action("next_section", GO, "Next list", "sections.go_next", ("Ctrl+Down", "g n"), "down", PANES),
    Action("previous_section", GO, "Previous list", "sections.go_previous", ("Ctrl+Up", "g p"), "up", PANES),
    Action("pane_right", GO, "Pane to the right", "panes.focus_right", ("Right",), "next", PANES),
    Action("pane_left", GO, "Pane to the left", "panes.focus_left", ("Left",), "previous", PANES),
    # ----
    Action("next", ARTICLE, "Next article", "reading.open_next", ("j", "Down"), "down", PANES),
    Action("previous", ARTICLE, "Previous article", "reading.open_previous", ("k", "Up"), "up", PANES),
    Action("move_down", ARTICLE, "Next headline, without opening", "articles.move_down", ("n",), where=PANES),
    Action("move_up", ARTICLE, "Previous headline, without opening", "articles.move_up", ("p",), where=PANES),
    Action("open", ARTICLE, "Open", "reading.open_current", ("o", "Enter"), where=PANES),
    Action(
        "read_on", ARTICLE, "Read on: page down, then next unread", "reading.read_on", ("Space",), where=PANES
    ),
    Action("read_back", ARTICLE, "Page up", "reading.read_back", ("Shift+Space",), where=PANES),
    Action("next_unread", ARTICLE, "Next unread", "reading.open_next_unread", ("Shift+N",), "unread", PANES),
    Action("top", ARTICLE, "Back to the top", "reading.scroll_to_top", ("t",), "up", PANES),
    Action("toggle_read", ARTICLE, "Mark read or unread", "reading.toggle_read", ("m",), "mark-read", PANES),
    Action(
        "toggle_saved", ARTICLE, "Save, or remove from saved", "reading.toggle_saved", ("s",), "saved", PANES
    ),
    Action(
        "open_browser", ARTICLE, "Open in browser", "reading.open_in_browser", ("v",), "open-browser", PANES
    ),
    Action("copy_link", ARTICLE, "Copy link", "reading.copy_link", ("c", "Ctrl+Shift+C"), "link", PANES),
    Action(
        "mark_above",
        ARTICLE,
        "Mark everything above as read",
        "articles.mark_above_read",
        ("Shift+U",),
        where=PANES,
    ),
    # ----
    Action("refresh", FEEDS, "Refresh all", "refreshing.start", ("r", "F5"), "refresh"),
    Action(
        "refresh_here",
        FEEDS,
        "Refresh this list",
        "subscriptions.refresh_here",
        ("Shift+R",),
        "refresh",
        PANES,
    ),
    Action("cancel_refresh", FEEDS, "Stop refreshing", "refreshing.cancel", (), "cancel"),
    Action(
        "mark_all_read", FEEDS, "Mark all read", "reading.mark_all_read", ("Shift+A",), "mark-all-read", PANES
    ),
    Action("rename", FEEDS, "Rename…", "subscriptions.rename_current", ("F2",), "rename", SECTIONS),
    Action("move", FEEDS, "Move…", "subscriptions.move_current", ("Shift+M",), "move", SECTIONS),
    Action("move_place_up", FEEDS, "Move up", "subscriptions.move_up", ("Alt+Up",), "up", PANES),
    Action("move_place_down", FEEDS, "Move down", "subscriptions.move_down", ("Alt+Down",), "down", PANES),
    Action("remove", FEEDS, "Remove…", "subscriptions.remove_current", ("Delete", "#"), "remove", SECTIONS),
    Action("feed_info", FEEDS, "How this feed is doing", "current_feed.show_health", ("i",), "health"),
    Action("try_now", FEEDS, "Try this feed now", "current_feed.try_now", (), "refresh"),
    Action("sign_in", FEEDS, "Sign in…", "current_feed.sign_in", (), "key"),
    Action("change_address", FEEDS, "Change address…", "current_feed.change_address", (), "link"),
    Action("user_agent", FEEDS, "Introduce differently…", "current_feed.set_user_agent", (), "person"),
    Action("reload", FEEDS, "Fetch the whole feed again…", "current_feed.reload", (), "newspaper"),
    Action("copy_address", FEEDS, "Copy feed address", "current_feed.copy_address", (), "copy"),
    Action("open_site", FEEDS, "Open the site", "current_feed.open_site", (), "globe"),
    # ----
    Action("keys", HELP, "Keys", "window.show_keys", ("?",), "keyboard"),
    Action("about", HELP, "About Broadsheet", "window.show_about", (), "info"),
)
BY_ID = {action.id: action for action in TABLE}
