"""A complaint's course, evidence, recovery and its like, in one dialog."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from crm_desktop import values
from crm_desktop.complaints import evidence, families, reading
from crm_desktop.complaints.reading import Case
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.models import ComplaintFile
from crm_desktop.models.recovery import ASKS, Mark
from ui import refresh, tasks, theme
from ui.parts import desk, kept_files
from ui.parts.badges import GOOD, Badge, BadgeLabel
from ui.parts.button_row import ButtonRow
from ui.parts.course_lines import CourseLines
from ui.parts.dialog import Dialog
from ui.parts.record_frame import scrolled


class CaseDialog(Dialog):
    """Four pages about one complaint."""

    def __init__(self, parent: QWidget, case: Case, near: QWidget) -> None:
        title = _("{code} · {customer}").format(code=case.record.code, customer=case.customer)
        super().__init__(parent, title, "case", QSize(820, 600))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.case, self._near = case, near
        self.pages = QTabWidget()
        self.content.addWidget(self.pages, 1)
        self.add_button(_("Close"), self.reject)
        refresh.signal.changed.connect(self._changed)
        self.show_case(case)

    def show_case(self, case: Case | None) -> None:
        """Show a complaint as it is now."""
        if case is None:
            self.reject()
            return
        self.case = case
        at = max(0, self.pages.currentIndex())
        while self.pages.count():
            page = self.pages.widget(0)
            self.pages.removeTab(0)
            if page is not None:
                page.deleteLater()
        self.pages.addTab(self._course(), theme.icon("timeline"), _("Course"))
        self.pages.addTab(self._evidence(), theme.icon("paperclip"), _("Evidence"))
        self.pages.addTab(self._recovery(), theme.icon("circle-check"), _("Service recovery"))
        self.pages.addTab(self._like(), theme.icon("copy"), _("Like complaints"))
        self.pages.setCurrentIndex(at)

    def _changed(self, changed: frozenset[tuple[str, int]] | None) -> None:
        tables = ("complaint", "complaint_step", "complaint_file")
        if refresh.concerns(changed, *tables):
            number = self.case.record.id
            tasks.run(self, lambda: reading.case(number), self.show_case, place="case", reading=True)

    def _course(self) -> QWidget:
        lines = CourseLines("complaint_state")
        lines.grid.setContentsMargins(4, 12, 4, 8)
        lines.show_course(self.case.course)
        lines.grid.setRowStretch(len(self.case.course), 1)
        return scrolled(lines, 0)

    def _evidence(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(4, 12, 4, 8)
        column.setSpacing(8)
        self.files = QListWidget()
        self.files.setAccessibleName(_("Evidence"))
        for one in self.case.files:
            item = QListWidgetItem(theme.icon("file-text"), f"{one.name}   {kept_files.where(one)}")
            item.setSizeHint(QSize(0, 28))
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.files.addItem(item)
        self.files.itemActivated.connect(lambda _item: self.open_file())
        column.addWidget(self.files, 1)
        size = evidence.SMALL >> 20
        hint = _("Files up to {size} MB are kept in the customer file; of larger ones the place is kept.")
        column.addWidget(_muted(hint.format(size=size)))
        row = ButtonRow(
            ("plus", _("Add files…"), self.choose_files),
            ("external-link", _("Open"), self.open_file),
            ("trash", _("Remove"), self.remove_file),
        )
        column.addLayout(row)
        return page

    def choose_files(self) -> None:
        """Choose files and write them down."""
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Add evidence"))
        self.add_files([Path(name) for name in chosen])

    def add_files(self, paths: Sequence[Path]) -> None:
        """Write files down; reading them does not wait for the customer file."""
        kept_files.add(self, self._near, N_("Add evidence"), self.case.record.id, paths, ComplaintFile)

    def _chosen(self) -> evidence.Evidence | None:
        item = self.files.currentItem()
        found: evidence.Evidence | None = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return found

    def open_file(self) -> None:
        """Open the chosen file with its program; what is kept in the customer file is saved to a place of one's own."""
        one = self._chosen()
        if one is not None:
            kept_files.open_one(self, one, ComplaintFile)

    def remove_file(self) -> None:
        """Delete the chosen file; it can be undone."""
        one = self._chosen()
        if one is not None:
            desk.write(
                self._near,
                N_("Delete evidence"),
                lambda c: c.delete_many(ComplaintFile, [one.id]),
                said=_("Removed: {name}.").format(name=one.name),
            )

    def _recovery(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(4, 12, 4, 8)
        column.setSpacing(8)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(2, 1)
        column.addLayout(grid)
        for title, marks in ((_("Four steps"), self.case.recovery), (_("Five principles"), self.case.principles)):
            heading = QLabel(title)
            heading.setFont(theme.title_font(self.font().pointSizeF() + 0.5))
            grid.addWidget(heading, grid.rowCount(), 0, 1, -1)
            _add_marks(grid, marks)
        points = self.case.record.recovery_score
        if points is not None:
            column.addWidget(QLabel(_("Score of the case: {n} of 100").format(n=points)))
        column.addStretch()
        return scrolled(page, 0)

    def _like(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(4, 12, 4, 8)
        column.setSpacing(8)
        hint = _("Others of the same family, with the same cause, or about the same product in the same category.")
        column.addWidget(_muted(hint))
        self.alike = QListWidget()
        self.alike.setAccessibleName(_("Like complaints"))
        self.alike.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        for one in self.case.like:
            words = " · ".join(filter(None, (one.code, one.received_at[:10], " ".join(one.description.split())[:60],
                                             one.family)))  # fmt: skip
            item = QListWidgetItem(words)
            item.setSizeHint(QSize(0, 28))
            item.setData(Qt.ItemDataRole.UserRole, one)
            self.alike.addItem(item)
        column.addWidget(self.alike, 1)
        row = QHBoxLayout()
        self.family = QLineEdit(self.case.record.family)
        self.family.setPlaceholderText(_("Name of the family, such as “motor noise, batch 24”"))
        self.family.setAccessibleName(_("Name of the family"))
        row.addWidget(self.family, 1)
        self.join_button = QPushButton(_("Put this and the selected ones into one family"))
        self.join_button.setAutoDefault(False)
        self.join_button.clicked.connect(self.join)
        row.addWidget(self.join_button)
        column.addLayout(row)
        return page

    def join(self) -> None:
        """Make this complaint and the selected ones a family."""
        items: list[families.Like] = [item.data(Qt.ItemDataRole.UserRole) for item in self.alike.selectedItems()]
        ids, name = [self.case.record.id, *(one.id for one in items)], self.family.text().strip()
        said = ngettext("{n} complaint is in the family.", "{n} complaints are in the family.", len(ids))
        write = partial(families.join, family=name, complaints=ids)
        desk.write(
            self._near, N_("Join like complaints"), lambda c: write(c), said=said.format(n=len(ids)) if name else ""
        )


def _muted(text: str) -> QLabel:
    label = _wrapped(text)
    label.setProperty("tone", "muted")
    return label


def _wrapped(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    return label


def _add_marks(grid: QGridLayout, marks: Sequence[Mark]) -> None:
    """What was kept and what was not: what it takes, and its day."""
    for line, mark in enumerate(marks, grid.rowCount()):
        sign = Badge(GOOD[0], _("kept"), GOOD[1]) if mark.done else Badge("○", _("not yet"), "muted")
        grid.addWidget(BadgeLabel(sign), line, 0)
        grid.addWidget(QLabel(_(mark.title)), line, 1)
        grid.addWidget(_muted(_(ASKS[mark.key])), line, 2)
        grid.addWidget(_muted(values.show_datetime(mark.on, near=True) if mark.done else ""), line, 3)
