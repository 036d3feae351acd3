"""Files that go out whole: an empty list to fill in, and the office as one workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QLabel, QWidget

from crm_desktop.exchange import packages, templates
from crm_desktop.exchange.packages import Attached
from crm_desktop.exchange.words import KINDS
from crm_desktop.i18n import _, ngettext
from ui import tasks
from ui.parts import desk
from ui.parts.dialog import Dialog
from ui.parts.export_list import Export
from ui.parts.saving_as import ending
from ui.parts.ticks import Dot, Tick


def _asked(parent: QWidget, title: str, name: str, suffix: str = ".xlsx", kind: str = "Excel") -> Path | None:
    """Where to, with this ending."""
    start = str(Path.home() / f"{name}{suffix}")
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, start, f"{kind} (*{suffix})")
    return ending(chosen, suffix) if chosen else None


class EmptyList(Dialog):
    """Which kind of list; the columns are ours, with the entries of the office's lists to choose from."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("Empty list to fill in"))
        self._parent = parent
        self.setMinimumWidth(420)
        told = QLabel(
            _("An Excel file with our headings: cells offer the entries of your lists, comments say what is meant.")
        )
        told.setWordWrap(True)
        told.setProperty("tone", "muted")
        self.content.addWidget(told)
        self.kinds = QButtonGroup(self)
        for kind, label in KINDS.items():
            button = Dot(_(label))
            button.setObjectName(kind)
            button.setChecked(not self.kinds.buttons())
            self.kinds.addButton(button)
            self.content.addWidget(button)
        self.add_button(_("Cancel"), self.reject)
        self.add_button(_("Save…"), self.save, primary=True)

    def save(self) -> None:
        """Ask where, write it, and say so where it can be opened."""
        kind = next(button.objectName() for button in self.kinds.buttons() if button.isChecked())
        path = _asked(self, self.windowTitle(), _("{kind}, to fill in").format(kind=_(KINDS[kind])))
        if path is None:
            return
        bar = desk.bar_near(self._parent)

        def told(_path: Path) -> None:
            if bar is not None:
                said = _("{file} is ready to be filled in.").format(file=path.name)
                bar.say(said, action=_("Open"), do=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))

        tasks.run(self._parent, lambda: templates.write(path, kind), told, reading=True)
        self.accept()


class WholeOffice(Dialog):
    """Everything as one workbook, with the attached files if wanted, written while the work goes on."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("The whole office as one workbook"))
        self._parent = parent
        self.setMinimumWidth(460)
        told = QLabel(
            _(
                "Customers with all their fields, contact persons, contact history, complaints, service requests and "
                "what else there is, a sheet each; archived customers too. An empty customer file can import it and "
                "then holds the same."
            )
        )
        told.setWordWrap(True)
        self.content.addWidget(told)
        self.with_files = Tick()
        self.with_files.hide()
        self.content.addWidget(self.with_files)
        self.add_button(_("Cancel"), self.reject)
        self.button = self.add_button(_("Export…"), self.save, primary=True)
        self.button.setEnabled(False)
        tasks.run(self, packages.attached, self._offer_files, place="files", reading=True)

    def _offer_files(self, files: list[Attached]) -> None:
        """Files go along unless somebody wants the workbook alone."""
        self.button.setEnabled(True)
        if files:
            text = ngettext(
                "With {n} attached file ({size} MB), packed together as .zip",
                "With {n} attached files ({size} MB), packed together as .zip",
                len(files),
            )
            size = max(sum(each.size for each in files) / 2**20, 0.1)
            self.with_files.setText(text.format(n=f"{len(files):,}", size=f"{size:,.1f}"))
            self.with_files.setToolTip(_("What lies beside complaints and news; larger files stay where they are."))
            self.with_files.setChecked(True)
            self.with_files.show()
            self.adjustSize()

    def save(self) -> None:
        """Ask where, and begin."""
        name = f"{_('Whole office')} {date.today().isoformat()}"
        kind = (packages.SUFFIX, _("Packed file")) if self.with_files.isChecked() else (".xlsx", "Excel")
        path = _asked(self, self.windowTitle(), name, *kind)
        if path is not None:
            self.accept()
            Export(self._parent, path, None)
