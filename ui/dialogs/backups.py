"""The backups of this computer and of the second place: made, looked through, restored."""

from __future__ import annotations

import os
from array import array
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QMenu, QPushButton, QWidget

from crm_desktop import paths, values
from crm_desktop.i18n import N_, _
from crm_desktop.store import backup, file
from crm_desktop.store.backup import Backup
from ui import tasks, theme
from ui.dialogs.restoring import Restoring
from ui.dialogs.retrieving import Retrieving
from ui.parts import safekeeping
from ui.parts.dialog import Dialog
from ui.parts.empty import Empty
from ui.parts.fileinfo import FileInfo
from ui.parts.list_source import Column, Page, Row
from ui.parts.list_view import ListView
from ui.parts.notice import Notice


class Found(NamedTuple):
    """What lies in the folders."""

    here: list[Backup]
    upgrades: list[Backup]
    """Copies beside the customer file that its upgrades began with."""
    second: list[Backup]
    reached: bool
    """Whether the second place is there."""


class BackupsSource:
    """What was found, newest first; `numbers` keeps a backup's row the same when the folders are read again."""

    columns: Sequence[Column] = (
        Column("at", N_("Made at"), 16, show=lambda at: values.show_datetime(at, near=True), sortable=False),
        Column("why", N_("Why"), 24, sortable=False),
        Column("office", N_("Office"), 18, sortable=False),
        Column("size", N_("File size"), 10, right=True, show=lambda size: in_megabytes(size), sortable=False),
        Column("verified", N_("Proved sound"), 12, sortable=False),
        Column("place", N_("Where it lies"), 16, sortable=False),
    )

    def __init__(self, found: Found, numbers: dict[Path, int]) -> None:
        places = (
            (found.here, _("This computer")),
            (found.upgrades, _("Beside the customer file")),
            (found.second, _("Second place")),
        )
        every = [(one, place) for some, place in places for one in some]
        newest = sorted(every, key=lambda pair: pair[0].at, reverse=True)
        self.backups = {numbers.setdefault(one.path, len(numbers)): (one, place) for one, place in newest}

    def first(self, n: int) -> Page:
        """The newest ones."""
        ids = list(self.backups)[:n]
        return Page(ids, [self._row(i) for i in ids], len(self.backups))

    def ids(self) -> array[int]:
        """All of them."""
        return array("q", self.backups)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """What is written in these rows."""
        return {i: self._row(i) for i in ids if i in self.backups}

    def _row(self, number: int) -> Row:
        one, place = self.backups[number]
        return one.at, one.title, one.office, one.size, _("yes") if one.verified else _("no"), place


def in_megabytes(size: int) -> str:
    """A size as people read it."""
    return f"{size / 1e6:,.1f} MB"


class Backups(Dialog):
    """Where backups lie, which there are, and what can be done with them."""

    restored = Signal(object)
    """The FileInfo was read anew."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("Backups"), "backups", QSize(980, 620))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.content.addLayout(self._places())
        where = QLabel(_("Every backup is proved on this computer, then copied to the second place."))
        where.setProperty("tone", "muted")
        where.setWordWrap(True)
        self.content.addWidget(where)
        self.notice = Notice()
        self.content.addWidget(self.notice)
        self._numbers: dict[Path, int] = {}
        self._source = BackupsSource(Found([], [], [], True), self._numbers)
        self.list = ListView(self._source, "backups", _("Backups"))
        self.list.set_empty(Empty("device-floppy", _("There is no backup yet. Make one now.")))
        self.list.fill_menu = self._fill_menu
        self.list.opened.connect(lambda _id: self.restore())
        self.list.selectionModel().selectionChanged.connect(lambda _now, _before: self._offer())
        self.content.addWidget(self.list, 1)
        self.add_button(_("Restore from another file…"), self.restore_other)
        self.take_button = self.add_button(_("Take customers out of this backup…"), self.take_out)
        self.restore_button = self.add_button(_("Restore…"), self.restore)
        self.add_button(_("Close"), self.accept)
        self.make_button = self.add_button(_("Back up now"), self.back_up, primary=True)
        safekeeping.keeper.changed.connect(self.reload)
        self._offer()
        self.reload()

    def _places(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 1)
        self.here = QLabel(str(paths.backups()))
        self.second = QLabel()
        for number, (title, place) in enumerate(((_("This computer"), self.here), (_("Second place"), self.second))):
            name = QLabel(title)
            name.setProperty("tone", "muted")
            grid.addWidget(name, number, 0)
            place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            place.setWordWrap(True)
            grid.addWidget(place, number, 1)
        self.folder_button = QPushButton(_("Open the folder"))
        self.folder_button.clicked.connect(self.open_folder)
        self.choose_button = QPushButton(_("Choose folder…"))
        self.choose_button.clicked.connect(self.choose_second)
        self.leave_button = QPushButton(_("No second place"))
        self.leave_button.clicked.connect(lambda: self._remember(""))
        for row, column, button in ((0, 2, self.folder_button), (1, 2, self.choose_button), (1, 3, self.leave_button)):
            button.setProperty("link", True)
            button.setAutoDefault(False)
            grid.addWidget(button, row, column)
        return grid

    def reload(self) -> None:
        """Look into both folders, away from the customer file: a drive may take long to answer."""
        second = safekeeping.SECOND.get()

        def work() -> Found:
            reached = os.path.isdir(second)  # pathlib lets some errors of a vanished network drive fly
            there = backup.found_in(Path(second)) if reached else []
            upgrades = backup.before_upgrades(file.path()) if file.is_open() and not file.is_server() else []
            return Found(backup.found_in(backup.folder()), upgrades, there, reached)

        self.leave_button.setVisible(bool(second))
        tasks.elsewhere(self, work, self.show_found, place="found")

    def show_found(self, found: Found) -> None:
        """Show what lies there."""
        second = safekeeping.SECOND.get()
        if not second:
            text = _("None yet. A USB stick or another drive keeps the customers when this computer breaks.")
        elif found.reached:
            text = second
        else:
            text = safekeeping.unreached(second)
        self.second.setText(text)
        theme.set_property(self.second, "tone", "overdue" if second and not found.reached else "")
        self._source = BackupsSource(found, self._numbers)
        self.list.show_source(self._source)
        self._offer()

    def _offer(self) -> None:
        for button in (self.restore_button, self.take_button):
            button.setEnabled(len(self.list.selected_ids()) == 1)
        self.make_button.setEnabled(safekeeping.keeper.progress is None)

    def _fill_menu(self, menu: QMenu, ids: array[int]) -> None:
        if len(ids) == 1:
            menu.addAction(theme.icon("arrow-back-up"), _("Restore…"), self.restore)
            menu.addAction(theme.icon("user"), _("Take customers out of this backup…"), self.take_out)

    def back_up(self) -> None:
        """Make one now, here and in the second place."""
        self.message_bar.follow(safekeeping.keeper.back_up(), _("Making a backup"))
        self._offer()

    def choose_second(self) -> None:
        """Ask for a folder on another drive."""
        chosen = QFileDialog.getExistingDirectory(self, _("Second place for backups"), safekeeping.SECOND.get())
        if chosen and Path(os.path.realpath(chosen)) == Path(os.path.realpath(paths.backups())):
            self.message_bar.error(
                _("The backups of this computer lie in that folder already. Choose one on another drive.")
            )
        elif chosen:
            self._remember(chosen)

    def _remember(self, folder: str) -> None:
        safekeeping.SECOND.set(folder)
        self.reload()

    def open_folder(self) -> None:
        """Show this computer's folder in the file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.backups())))

    def _chosen(self) -> Path | None:
        ids = self.list.selected_ids()
        chosen = self._source.backups.get(ids[0]) if len(ids) == 1 else None
        return chosen[0].path if chosen else None

    def restore(self) -> None:
        """Look at the chosen backup before anything is restored."""
        if (path := self._chosen()) is not None:
            self._look_at(path)

    def take_out(self) -> None:
        """See which customers are missing or different today, and bring them back."""
        if (path := self._chosen()) is not None:
            self._take_out_of(path)

    def _take_out_of(self, path: Path) -> None:
        Retrieving(self, path).open()

    def restore_other(self) -> None:
        """A backup that lies elsewhere."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self,
            _("Choose a backup"),
            safekeeping.SECOND.get(),
            _("Customer files ({pattern})").format(pattern=f"*{file.SUFFIX}"),
        )
        if chosen:
            self._look_at(Path(chosen))

    def _look_at(self, path: Path) -> None:
        dialog = Restoring(self, path)
        dialog.restored.connect(self._tell_restored)
        dialog.single_asked.connect(self._take_out_of)
        dialog.open()

    def _tell_restored(self, info: FileInfo, said: str) -> None:
        self.notice.say(said, tone="good")
        self.restored.emit(info)
        safekeeping.keeper.changed.emit()
