"""Which part of the window hears what of which. In: the parts, assembled. Out: their signals, joined.

Nothing is decided here: every line is one wire.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.mailbox import Mailbox
from reader.ui.menus import LOOKS, ORDER

if TYPE_CHECKING:
    from reader.ui.main_window import MainWindow


def join(window: MainWindow, mailbox: Mailbox) -> None:
    _join_engine(window, mailbox)
    _join_lists(window)
    _join_article(window)
    _join_bars(window)
    _join_feeds(window)


def _join_engine(window: MainWindow, mailbox: Mailbox) -> None:
    mailbox.changed.connect(window.apply)
    mailbox.refresh_progressed.connect(window.refreshing.show_progress)
    mailbox.connection_changed.connect(window.show_online)
    mailbox.noticed.connect(window.refreshing.note)
    mailbox.command_failed.connect(window.put_back)
    mailbox.undo_changed.connect(window.name_undo)
    mailbox.store_failed.connect(window.show_store_failure)
    window.outline.arrived.connect(window.show_outline)
    window.outline.counts_changed.connect(lambda counts: window.top_bar.search.show_total(counts.total))


def _join_lists(window: MainWindow) -> None:
    sections, articles, reading = window.sections, window.articles, window.reading
    sections.list_chosen.connect(lambda _: window.pages.leave_feeds())
    sections.list_chosen.connect(reading.show_list)
    sections.list_entered.connect(articles.setFocus)
    sections.list_clicked.connect(window.panes.put_away_called)
    sections.menu_requested.connect(window.menus.open_for_place)
    articles.row_menu_requested.connect(window.open_row_menu)
    articles.order_menu_requested.connect(lambda at: window.menus.open(ORDER, at))
    articles.action_requested.connect(window.actions_table.run)
    articles.repair_requested.connect(window.current_feed.run)
    articles.view.first_painted.connect(window.announce_soon)
    reading.list_shown.connect(window.follow_list)


def _join_article(window: MainWindow) -> None:
    reading, pane, sidebar = window.reading, window.pane, window.sidebar
    reading.article_shown.connect(window.follow_article)
    reading.neighbours_changed.connect(pane.set_neighbours)
    reading.neighbours_changed.connect(sidebar.set_neighbours)
    pane.previous_requested.connect(lambda: reading.open_neighbour(0))
    pane.next_requested.connect(lambda: reading.open_neighbour(1))
    pane.link_activated.connect(reading.open_address)
    pane.face_chosen.connect(window.follow_face)
    sidebar.article_requested.connect(reading.open_listed)
    window.panes.visibility_changed.connect(window.follow_panes)


def _join_bars(window: MainWindow) -> None:
    bar, status, refreshing = window.top_bar, window.status, window.refreshing
    for speaker in (window.reading, window.subscriptions, refreshing, window.repairs, window.network):
        speaker.said.connect(status.say)
    refreshing.progressed.connect(window.show_progress)
    refreshing.news_counted.connect(status.show_news)
    refreshing.storage_measured.connect(status.show_stored)
    status.cancel_requested.connect(refreshing.cancel)
    refreshing.settings_doubted.connect(status.say_of_network)
    status.settings_requested.connect(window.network.open_settings)
    status.login_requested.connect(window.network.open_portal)
    bar.action_requested.connect(window.actions_table.run)
    bar.menu_requested.connect(window.menus.open_everything)
    bar.looks_menu_requested.connect(lambda at: window.menus.open(LOOKS, at))
    bar.search.query_changed.connect(lambda _: window.pages.leave_feeds())
    bar.search.query_changed.connect(window.reading.search)
    bar.search.left.connect(window.leave_search)
    bar.search.entered.connect(window.enter_content)
    window.theme.changed.connect(window.actions_table.recolour)


def _join_feeds(window: MainWindow) -> None:
    pages = window.pages
    pages.import_requested.connect(window.subscriptions.import_outline)
    pages.sample_requested.connect(window.sample_requested)
    pages.address_entered.connect(window.subscriptions.add_feed)
    pages.feed_opened.connect(window.current_feed.open_articles)
    pages.repair_requested.connect(window.repairs.run)
    pages.turned.connect(window.follow_page)
