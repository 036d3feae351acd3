"""A customer file that cannot be opened because it is damaged: its newest backup, or what can still be read of it."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QPlainTextEdit, QWidget
from typing_extensions import override

from crm_desktop import values
from crm_desktop.i18n import _, ngettext
from crm_desktop.store import backup, backups, file, restore
from crm_desktop.store.backup import Backup
from ui import preferences, tasks
from ui.parts import safekeeping, salvaging
from ui.parts.dialog import Dialog
from ui.parts.notice import Notice
from ui.parts.salvaging import Repaired


class Who(NamedTuple):
    """Whoever used this computer last: the file cannot say who that is in it."""

    id: int | None
    name: str


class Damaged(Dialog):
    """Says what happened and what can be done; nothing is done before somebody chose."""

    ready = Signal(Path)
    """This file can be opened now."""
    given_up = Signal()
    """It was closed without a file."""

    def __init__(self, parent: QWidget | None, path: Path) -> None:
        super().__init__(parent, _("The customer file is damaged"), "damaged", QSize(720, 420))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._path = path
        self._backup: Backup | None = None
        self._progress: tasks.Progress | None = None
        self._target: Path | None = None
        for text in (
            str(path),
            _("It cannot be opened. Nothing was changed, and the damaged file is kept whatever you choose here."),
        ):
            label = QLabel(text)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.content.addWidget(label)
        self.content.addSpacing(8)
        self.newest = QLabel()
        self.newest.setWordWrap(True)
        self.content.addWidget(self.newest)
        self.repairing = QLabel(
            _("Repair brings what can still be read into a new file, and says what is lost.")
            + " "
            + _("A backup is the better way where there is one.")
        )
        self.repairing.setWordWrap(True)
        self.repairing.setProperty("tone", "muted")
        self.content.addWidget(self.repairing)
        self.notice = Notice()
        self.content.addWidget(self.notice)
        self.found = QPlainTextEdit()
        self.found.setReadOnly(True)
        self.found.setAccessibleName(_("What was found"))
        self.found.hide()
        self.content.addWidget(self.found, 1)
        self.content.addStretch()
        self.other_button = self.add_button(_("Restore from another file…"), self.restore_other)
        self.repair_button = self.add_button(_("Repair…"), self.repair)
        self.close_button = self.add_button(_("Close"), self.reject)
        self.restore_button = self.add_button(_("Restore this backup"), self.restore, primary=True)
        self.restore_button.setEnabled(False)
        self.close_button.setFocus()
        self._look()

    def _look(self) -> None:
        path, second = self._path, safekeeping.SECOND.get()
        folders = [backup.folder(), *([Path(second)] if second else [])]
        self.newest.setText(_("Looking for its newest backup …"))
        tasks.elsewhere(self, lambda: backups.newest_of(path, folders), self.show_backup)

    def show_backup(self, found: Backup | None) -> None:
        """Say what the newest backup is."""
        self._backup = found
        self.restore_button.setEnabled(found is not None)
        if found is not None:
            self.restore_button.setFocus()
        if found is None:
            self.newest.setText(_("No backup of it was found on this computer."))
        else:
            self.newest.setText(
                _("Its newest backup: {at} ({why}), {size} MB, in {folder}.").format(
                    at=values.show_datetime(found.at),
                    why=found.title,
                    size=f"{found.size / 1e6:,.1f}",
                    folder=found.path.parent,
                )
            )

    def restore(self) -> None:
        """Put the newest backup in the place of the damaged file."""
        if self._backup is not None:
            self._restore(self._backup.path)

    def restore_other(self) -> None:
        """A backup that lies elsewhere."""
        pattern = _("Customer files ({pattern})").format(pattern=f"*{file.SUFFIX}")
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a backup"), safekeeping.SECOND.get(), pattern)
        if chosen:
            tasks.elsewhere(self, lambda: backup.read(Path(chosen)), self._ask)

    def _ask(self, found: Backup) -> None:
        """The damaged file cannot say any more whose it is: whoever chose another file looks at what that one is."""
        count = found.counts.get("customer")
        known = ngettext("{n} customer", "{n} customers", count).format(n=f"{count:,}") if count is not None else ""
        about = " · ".join(text for text in (found.office, values.show_datetime(found.at), known) if text)
        self.notice.say(
            _("Put “{file}” ({about}) in the place of the damaged file?").format(file=found.path.name, about=about),
            [(_("Restore this backup"), lambda: self._restore(found.path)), (_("Cancel"), self.notice.hide)],
        )

    def _restore(self, chosen: Path) -> None:
        self.notice.hide()
        progress, done = tasks.Progress(self), list[bool]()
        path, who = self._path, Who(None, preferences.USER.get())

        def work() -> None:
            before = file.place() if file.is_open() else None
            try:
                restore.run(chosen, path, who, progress)
                done.append(True)
            finally:
                file.close()
                if before is not None:
                    file.open_file(before)

        self._busy(progress)
        self.message_bar.follow(progress, _("Restoring"))
        tasks.run(self, work, ended=lambda: self._restored(bool(done)), progress=progress)

    def _restored(self, done: bool) -> None:
        self._busy(None)
        if done:
            self.ready.emit(self._path)

    def repair(self) -> None:
        """Bring what can be read into a new file."""
        self._busy(salvaging.start(self, self._path, self._repaired))

    def _repaired(self, came: Repaired | None) -> None:
        self._busy(None)
        if came is None:
            return
        self._target = came.target
        self.notice.say(
            _("{file} is ready.").format(file=came.target),
            [(_("Open the repaired file"), lambda: self.ready.emit(came.target))],
            "good" if came.told.sound else "due",
        )
        self.found.setPlainText(came.text)
        self.found.show()

    def _busy(self, progress: tasks.Progress | None) -> None:
        self._progress = progress
        for button in (self.other_button, self.repair_button):
            button.setEnabled(progress is None)
        self.restore_button.setEnabled(progress is None and self._backup is not None)

    @override
    def reject(self) -> None:
        if self._progress is not None:
            self._progress.cancel()
            return
        self.given_up.emit()
        super().reject()
