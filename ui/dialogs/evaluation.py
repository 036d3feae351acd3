"""A colleague's work in figures beside the office's; each opens its records. Evaluated, kept, printed, exported."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QSplitter,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.i18n import _
from crm_desktop.listing import Filter
from crm_desktop.models import people
from crm_desktop.statistics import staff as figures
from crm_desktop.store import traces
from ui import tasks
from ui.dialogs.evaluation_keep import EvaluateDialog, Read, SheetPaper, read
from ui.dialogs.evaluation_past import Past
from ui.parts import desk, heavy
from ui.parts.dialog import Dialog
from ui.parts.empty import Empty
from ui.parts.period_box import PeriodBox
from ui.parts.tab import Show

SHOWN = ("interaction", "complaint", "service_request", "survey_asked", "feedback")
"""The tables whose records a tab shows."""


class Evaluations(Dialog):
    """Left the figures, right what was said and decided in the past."""

    asked = Signal(object)
    """A Show: the records behind a figure."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent.window(), _("Evaluation of colleagues"), "evaluation", QSize(980, 620))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.read: Read | None = None
        self.content.addLayout(self._choices())
        split = QSplitter()
        split.setChildrenCollapsible(False)
        self.pages = QTabWidget()
        heads = (_("Figure"), _("Colleague"), _("All colleagues"))
        self.tree = _tree(_("Figures of the colleague"), heads)
        self.tree.itemActivated.connect(lambda item, _column: self.open_records(item))
        self.tree.setToolTip(_("A double-click shows the records behind a figure."))
        self.pages.addTab(self.tree, _("Figures"))
        self.steps = _tree(_("Durations"), (_("State"), _("Cases"), _("Working hours (median)"), _("90 %")))
        self.pages.addTab(self.steps, _("Steps of complaints"))
        self.empty = Empty("chart-bar", _("Nothing was written down for this colleague in this period."))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages, 1)
        column.addWidget(self.empty, 1)
        split.addWidget(left)
        self.past = Past()
        split.addWidget(self.past)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        self.content.addWidget(split, 1)
        self.add_button(_("Close"), self.reject)
        self.export_button = self.add_button(_("Export…"), self.export)
        self.print_button = self.add_button(_("Print…"), self.print)
        self.evaluate_button = self.add_button(_("Evaluate…"), self.evaluate, primary=True)
        self.reload()

    def _choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.who = QComboBox()
        self.who.setAccessibleName(_("Colleague"))
        for person in people.everybody():
            self.who.addItem(person.name, person.id)
        user = desk.user()
        self.who.setCurrentIndex(max(0, self.who.findData(user.id if user else None)))
        self.period = PeriodBox()
        self.as_of = QLabel()
        self.as_of.setProperty("tone", "muted")
        for label, box in ((_("Colleague"), self.who), (_("Period"), self.period)):
            row.addWidget(QLabel(label))
            row.addWidget(box)
            box.currentIndexChanged.connect(lambda _index: self.reload())
        row.addWidget(self.as_of)
        row.addStretch()
        return row

    # what is shown

    def reload(self) -> None:
        """Work the figures out for what is chosen."""
        who, period = self.who.currentData(), self.period.chosen()
        if who is not None:
            self.past.show_colleague(int(who))
            heavy.read(self, lambda: read(period, int(who)), self._take, place="figures")

    def _take(self, found: Read, at: object = None) -> None:
        heavy.tell(self.as_of, at)  # type: ignore[arg-type]
        self.show_figures(found)

    def show_figures(self, found: Read) -> None:
        """Show the figures and what was kept."""
        self.read = found
        self.tree.clear()
        group = ""
        for one in found.figures:
            if one.group != group:
                group = one.group
                head = QTreeWidgetItem([_(figures.GROUPS[group])])
                head.setSizeHint(0, QSize(0, 30))
                head.setFlags(Qt.ItemFlag.ItemIsEnabled)
                font = head.font(0)
                font.setBold(True)
                head.setFont(0, font)
                self.tree.addTopLevelItem(head)
            self.tree.addTopLevelItem(_line([one.label, one.shown, one.office], one.key))
        self.steps.clear()
        for step in found.durations:
            self.steps.addTopLevelItem(
                _line([step.label, f"{step.number:,}", f"{step.median:g}", f"{step.most:g}"], step.state)
            )
        self.pages.setVisible(bool(found.figures))
        self.empty.setVisible(not found.figures)

    # what is done

    def open_records(self, item: QTreeWidgetItem) -> None:
        """Show the records behind a figure in their tab."""
        key, found = item.data(0, Qt.ItemDataRole.UserRole), self.read
        if not key or found is None:
            return
        title = " · ".join((people.name(found.colleague), item.text(0)))
        if str(key).startswith("abilities."):
            from ui.dialogs.competence import Abilities

            Abilities(self, found.colleague).open()
            return

        def show(records: tuple[str, list[int]]) -> None:
            table, ids = records
            if table in SHOWN:
                self.asked.emit(Show(table, filters=(Filter("id", "ids", ids),), title=title))  # type: ignore[arg-type]
                self.accept()

        def ask() -> tuple[str, list[int]]:
            table, ids = figures.records(str(key), found.period, found.colleague)
            return table, list(ids)

        tasks.run(self, ask, show, place="records", reading=True)

    def evaluate(self) -> None:
        """Keep the figures of today with a comment and a decision."""
        if self.read is not None:
            EvaluateDialog(self, self.read).open()

    def print(self) -> None:
        """The sheet of the figures as they are now."""
        if self.read is not None:
            SheetPaper(self.window(), self.read).open()

    def export(self) -> None:
        """Write the figures to an Excel file."""
        found = self.read
        if found is None:
            return
        name = f"{people.name(found.colleague)} {found.period.start} {found.period.end}.xlsx"
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Export"), str(Path.home() / name), "Excel (*.xlsx)")
        if chosen:
            self.write_to(Path(chosen))

    def write_to(self, path: Path) -> None:
        """Write the figures to this file, in the second thread."""
        found = self.read
        if found is None:
            return
        name, rows, steps = people.name(found.colleague), found.figures, found.durations

        def write() -> Path:
            from crm_desktop.exchange import exporting_staff  # lazily: few export

            return exporting_staff.write(path, name, found.period, rows, steps)

        def written(done: Path) -> None:
            desk.trace(traces.EXPORTED, f"{done.name} · {name}")
            self.message_bar.say(_("Exported to {file}.").format(file=done.name))

        tasks.elsewhere(self, write, written)


def _tree(name: str, heads: tuple[str, ...]) -> QTreeWidget:
    tree = QTreeWidget()
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setAccessibleName(name)
    tree.setHeaderLabels(list(heads))
    head = tree.header()
    head.setStretchLastSection(False)
    for column in range(len(heads)):
        words = QHeaderView.ResizeMode.Stretch if column == 0 else QHeaderView.ResizeMode.ResizeToContents
        head.setSectionResizeMode(column, words)
    return tree


def _line(texts: list[str], key: str) -> QTreeWidgetItem:
    item = QTreeWidgetItem(texts)
    item.setData(0, Qt.ItemDataRole.UserRole, key)
    item.setSizeHint(0, QSize(0, 26))
    for column in range(1, len(texts)):
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item
