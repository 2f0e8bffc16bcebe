"""Adding, renaming, moving and removing feeds and sections; bringing lists of them in and out.

In: wishes, mostly about the current line of the section list. Out: commands to the library and
a sentence for the status bar. Dialogs are imported when they are first needed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from reader.engine import commands as c
from reader.errors import BroadsheetError
from reader.model import FeedId, Listing, SectionId
from reader.ui import words
from reader.ui.outline import CurrentOutline
from reader.ui.section_list import SectionList
from reader.ui.section_list.place import Kind, Place
from reader.ui.words import tr


class Subscriptions(QObject):
    said = Signal(str)

    def __init__(self, library: Any, outline: CurrentOutline, sections: SectionList, window: QWidget) -> None:
        super().__init__(window)
        self._library, self._outline, self._sections, self._window = library, outline, sections, window
        self._waiting_for_section: tuple[str, FeedId] | None = None
        sections.move_requested.connect(self.move_place)
        outline.arrived.connect(self._finish_move)

    # ---- new ----------------------------------------------------------------------------

    def add_feed(self, address: str = "") -> None:
        from reader.ui.dialogs.add_feed import AddFeedDialog

        place = self._sections.current_place
        section_id = None
        if place is not None:
            holder = place.section or (place.parent.section if place.parent else None)
            section_id = holder.id if holder else None
        AddFeedDialog(
            self._library, self._outline.value, self._window, address=address, section_id=section_id
        ).open()

    def add_section(self) -> None:
        from reader.ui.dialogs.rename import RenameDialog

        dialog = RenameDialog(tr("New section"), "", self._window, button=tr("Add section"))
        dialog.renamed.connect(lambda name: self._library.do(c.AddSection(name)))
        dialog.open()

    # ---- the current line ---------------------------------------------------------------

    def rename_current(self) -> None:
        from reader.ui.dialogs.rename import RenameDialog

        place = self._sections.current_place
        if place is None or place.kind not in (Kind.FEED, Kind.SECTION):
            return
        is_feed = place.feed is not None
        title = tr("Rename feed") if is_feed else tr("Rename section")
        dialog = RenameDialog(title, place.name, self._window, may_be_empty=is_feed)
        dialog.renamed.connect(lambda name, place=place: self._rename(place, name))
        dialog.open()

    def _rename(self, place: Place, name: str) -> None:
        if place.feed is not None:
            self._library.do(c.RenameFeed(place.feed.id, name))
        elif place.section is not None:
            self._library.do(c.RenameSection(place.section.id, name))

    def move_current(self) -> None:
        from reader.ui.dialogs.move import MoveDialog

        place = self._sections.current_place
        if place is None or place.feed is None:
            self.said.emit(tr("Sections are moved by dragging, or with Alt+Up and Alt+Down."))
            return
        feed = place.feed
        dialog = MoveDialog(feed.title, self._outline.value, feed.section_id, self._window)
        dialog.moved.connect(lambda section_id, name: self._move_feed(feed.id, section_id, name))
        dialog.open()

    def move_up(self) -> None:
        self._move_among_siblings(-1)

    def move_down(self) -> None:
        self._move_among_siblings(1)

    def move_place(self, place: Place, onto: Place | None, position: int) -> None:
        """To `position` among its own kind under `onto` (None: the top level)."""
        section_id = SectionId(onto.id) if onto is not None else None
        if place.feed is not None and section_id is not None:
            self._library.do(c.MoveFeed(place.feed.id, section_id, position))
        elif place.section is not None:
            self._library.do(c.MoveSection(place.section.id, position, section_id))

    def remove_current(self) -> None:
        """No question asked: it can be undone."""
        place = self._sections.current_place
        if place is None or place.kind not in (Kind.FEED, Kind.SECTION):
            return
        if place.feed is not None:
            self._library.do(c.RemoveFeed(place.feed.id))
        elif place.section is not None:
            self._library.do(c.RemoveSection(place.section.id))
        above = place.parent.section if place.parent else None
        if above is not None:
            self._sections.choose(Listing.SECTION, above.id)
        else:
            self._sections.go_today()
        self.said.emit(tr("{} removed. Ctrl+Z brings it back.", place.name))

    def refresh_here(self) -> None:
        """The feed or the feeds of the section that is current; of all where a list of all is."""
        place = self._sections.current_place
        lines = [place, *place.walk()] if place is not None else []
        ids = tuple(line.feed.id for line in lines if line.feed is not None)
        self._library.refresh(ids or None)

    def _move_among_siblings(self, by: int) -> None:
        place = self._sections.current_place
        if place is None or place.parent is None or place.kind not in (Kind.FEED, Kind.SECTION):
            return
        siblings = [line for line in place.parent.children if line.kind is place.kind]
        position = siblings.index(place) + by
        if 0 <= position < len(siblings):
            self.move_place(place, place.parent if place.parent.section else None, position)

    def _move_feed(self, feed_id: FeedId, section_id: SectionId | None, new_section: str) -> None:
        if section_id is not None:
            self._library.do(c.MoveFeed(feed_id, section_id))
        else:
            self._waiting_for_section = (new_section, feed_id)
            self._library.do(c.AddSection(new_section))

    def _finish_move(self) -> None:
        """The section that a feed was to be moved into is there."""
        if self._waiting_for_section is None:
            return
        name, feed_id = self._waiting_for_section
        found = [section.id for section in self._outline.value.sections if section.name == name]
        if found:
            self._waiting_for_section = None
            self._library.do(c.MoveFeed(feed_id, max(found)))

    # ---- lists of feeds -----------------------------------------------------------------

    def import_outline(self) -> None:
        dialog = self._make_file_dialog(tr("Import subscriptions"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.import_file)
        dialog.open()

    def import_file(self, path: str) -> None:
        self._library.read_opml(Path(path), self._take_import)

    def export_outline(self) -> None:
        dialog = self._make_file_dialog(tr("Export subscriptions"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("opml")
        dialog.selectFile("subscriptions.opml")
        dialog.fileSelected.connect(self.export_file)
        dialog.open()

    def export_file(self, path: str) -> None:
        self._library.find_private(lambda titles: self._ask_export(path, titles))

    def _ask_export(self, path: str, private: Any) -> None:
        """Addresses that are secrets leave this computer by the reader's own wish only."""
        if not private or isinstance(private, Exception):
            self._export(path, with_private=True)
            return
        from reader.ui.dialogs.private_export import PrivateExportDialog

        dialog = PrivateExportDialog(private, self._window)
        dialog.chosen.connect(lambda with_private: self._export(path, with_private=with_private))
        dialog.open()

    def _export(self, path: str, *, with_private: bool) -> None:
        self._library.write_opml(
            Path(path), lambda answer: self._say_export(path, answer), with_private=with_private
        )

    def _take_import(self, answer: Any) -> None:
        from reader.ui.dialogs.import_result import list_places, say_import

        self.said.emit(say_import(answer, self._outline.value))
        if not isinstance(answer, Exception):
            self._library.do(c.Subscribe(list_places(answer)))

    def _say_export(self, path: str, answer: Any) -> None:
        if isinstance(answer, BroadsheetError):
            self.said.emit(words.say_error(answer))
        elif isinstance(answer, OSError):
            self.said.emit(tr("The file could not be written: {}.", answer.strerror or ""))
        else:
            self.said.emit(tr("Exported to {}.", Path(path).name))

    def _make_file_dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setNameFilters([tr("Subscriptions (*.opml *.xml)"), tr("All files (*)")])
        return dialog
