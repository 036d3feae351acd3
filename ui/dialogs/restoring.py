"""Restore: what is in a backup beside what is in the file now, one question, and then it is done or nothing was."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget
from typing_extensions import override

from crm_desktop import log_words, values
from crm_desktop.i18n import _
from crm_desktop.models import office, people
from crm_desktop.store import restore
from crm_desktop.store.restore import Preview, Restored, Side
from ui import refresh, tasks, theme
from ui.parts import desk
from ui.parts.dialog import Dialog
from ui.parts.fileinfo import FileInfo
from ui.parts.notice import Notice


class Restoring(Dialog):
    """A look at one backup, and its way into the file."""

    restored = Signal(object, str)
    """The FileInfo read anew, and what was done."""
    single_asked = Signal(Path)
    """Only some customers of this backup are wanted."""

    def __init__(self, parent: QWidget, path: Path) -> None:
        super().__init__(parent, _("Restore a backup"), "restoring", QSize(720, 420))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._path = path
        self._progress: tasks.Progress | None = None
        self._shown: Preview | None = None
        self._sure = False
        name = QLabel(str(path))
        name.setProperty("tone", "muted")
        name.setWordWrap(True)
        name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.content.addWidget(name)
        self.notice = Notice()
        self.content.addWidget(self.notice)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(32)
        self.grid.setVerticalSpacing(8)
        self.content.addLayout(self.grid)
        self.question = QLabel()
        self.question.setWordWrap(True)
        self.content.addSpacing(8)
        self.content.addWidget(self.question)
        self.content.addStretch()
        self.take_button = self.add_button(_("Take customers out of this backup…"), self.take_out)
        self.close_button = self.add_button(_("Cancel"), self.reject)
        self.restore_button = self.add_button(_("Restore this backup"), self.restore, primary=True)
        self._offer(False)
        tasks.run(self, lambda: restore.preview(path), self.show_preview)

    def show_preview(self, shown: Preview) -> None:
        """Show both sides, and ask."""
        assert shown.ours is not None
        self._shown = shown
        if not shown.same_file:
            said = _("This is the backup of another customer file ({office}): it replaces everything of this one.")
            self.notice.say(said.format(office=shown.theirs.office or shown.backup.path.stem), tone="overdue")
        self._line(0, "", _("In the backup"), _("In the file now"), heading=True)
        self._line(1, _("Last change"), _last(shown.theirs), _last(shown.ours))
        self._line(2, _("Office"), shown.theirs.office, shown.ours.office)
        for number, table in enumerate(shown.kinds(), 3):
            sides = [f"{side.counts.get(table, 0):,}" for side in (shown.theirs, shown.ours)]
            self._line(number, log_words.kind(table), *sides)
        self.grid.setColumnStretch(3, 1)
        self.question.setText(
            _(
                "Put the file back to how it was on {at}, for everybody? What was written since then leaves the file; "
                "it is kept in a safety backup that is made first."
            ).format(at=values.show_datetime(shown.backup.at))
        )
        self._offer(True)
        self.close_button.setFocus()

    def _offer(self, ready: bool) -> None:
        for button in (self.restore_button, self.take_button):
            button.setEnabled(ready)

    def take_out(self) -> None:
        """Leave the file as it is, and look at single customers."""
        self.accept()
        self.single_asked.emit(self._path)

    def _line(self, row: int, *texts: str, heading: bool = False) -> None:
        for column, text in enumerate(texts):
            label = QLabel(text)
            if heading:
                label.setFont(theme.title_font(10))
            elif not column:
                label.setProperty("tone", "muted")
            self.grid.addWidget(label, row, column)

    def restore(self) -> None:
        """Restore in the store thread; until that is decided the window stays. Another office is asked about again."""
        if self._shown is not None and not self._shown.same_file and not self._sure:
            self._ask_again(self._shown)
            return
        self._offer(False)
        progress = self._progress = tasks.Progress(self)
        path, who, done = self._path, desk.user(), list[tuple[Restored, FileInfo]]()

        def work() -> None:
            restored = restore.run(path, restore.here(), who, progress)
            name = who.name if who else ""
            person = people.find(name) or (office.colleague(None, name).id if name else None)
            done.append((restored, FileInfo.read(person)))

        self.message_bar.follow(progress, _("Restoring"))
        tasks.run(self, work, ended=lambda: self._end(done), progress=progress)

    def _ask_again(self, shown: Preview) -> None:
        """Two offices are not to be mixed up by one click."""
        theirs, ours = shown.theirs.office or shown.backup.path.stem, shown.ours.office if shown.ours else ""
        ours = ours or _("this file")
        if theirs == ours:  # two files of one name
            theirs = f"{theirs} · {shown.backup.path.name}"

        def go() -> None:
            self._sure = True
            self.notice.hide()
            self.restore()

        self.notice.say(
            _(
                "Replace everything of “{ours}” with what was in “{theirs}”? They are two different customer files."
            ).format(ours=ours, theirs=theirs),
            [(_("Replace “{ours}”").format(ours=ours), go), (_("Keep “{ours}”").format(ours=ours), self.reject)],
            tone="overdue",
        )

    def _end(self, done: list[tuple[Restored, FileInfo]]) -> None:
        """The answer stands in `done`: a Cancel that came too late must not hide what was done."""
        cancelled = self._progress is not None and self._progress.was_cancelled
        self._progress = None
        if not done:
            self._offer(True)
            if cancelled:
                self.message_bar.say(_("Nothing was restored."), tone="muted")
            return
        restored, info = done[0]
        desk.forget()
        if info.user is not None:
            desk.sit_down(info.user, info.user_name)
        refresh.tell()
        said = _("The file is as it was on {at}.").format(at=values.show_datetime(restored.backup.at))
        if restored.safety is not None:
            said += "\n" + _("What it was before is kept in “{file}”.").format(file=restored.safety.name)
        self.restored.emit(info, said)
        self.accept()

    @override
    def reject(self) -> None:
        if self._progress is not None:
            self._progress.cancel()
        else:
            super().reject()


def _last(side: Side) -> str:
    """When somebody last wrote, and who."""
    at = values.show_datetime(side.last_change) if side.last_change else ""
    return " · ".join(part for part in (at, side.last_by) if part)
