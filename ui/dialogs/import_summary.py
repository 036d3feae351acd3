"""What an import did: counts, the refused rows with their reasons, the way back, and the way to the new records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QStringListModel, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.exchange import refused
from crm_desktop.exchange.importing import Plan, Result, TablePlan
from crm_desktop.exchange.judging import CREATED, UNCHANGED, UPDATED
from crm_desktop.exchange.words import KINDS
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.listing import Filter
from crm_desktop.store.history import Undone
from ui import tasks, theme
from ui.parts.notice import Notice
from ui.parts.saving_as import ending
from ui.parts.tab import Show

HEADINGS = ((CREATED, N_("new")), (UPDATED, N_("updated")), (UNCHANGED, N_("unchanged")))
TABLES = ("customer", "interaction", "complaint", "service_request")


class Done(NamedTuple):
    """What the summary shows, put together where the import was saved."""

    result: Result
    refused: list[str]
    wish: Show | None
    tables: Sequence[TablePlan] = ()

    @classmethod
    def of(cls, plan: Plan, result: Result) -> Done:
        """Look through what may be a hundred thousand records: not on the window's time."""
        return cls(result, list(_refused(result)), wish(plan), plan.tables)


def totals(result: Result) -> dict[str, dict[str, int]]:
    """Records by kind and by what became of them, over all files, each once; kinds that do not occur are left out."""
    found: dict[str, dict[str, int]] = {}
    for kind in KINDS:
        sums = {
            what: sum(each[what].get(kind, 0) for each in result.files) - result.told_again[kind, what]
            for what, _word in HEADINGS
        }
        if any(sums.values()):
            found[kind] = sums
    return found


def _refused(result: Result) -> Iterator[str]:
    """The refused rows in words."""
    for each in result.files:
        for row in each["refused"]:
            yield _("{file}, row {row}: {reason}").format(
                file=Path(each["file"]).name, row=row["row"], reason=row["reason"]
            )


def wish(plan: Plan) -> Show | None:
    """The records that came in or changed, as the tabs show them; None when there are none to show."""
    found: dict[str, dict[int, None]] = {table: {} for table in TABLES}
    for table, drafts in plan.office.drafts.items():
        for record, draft in drafts.items():
            if table in found and (draft.new or draft.changes):
                found[table][record] = None
            elif table == "position" and (customer := draft.value("customer")) is not None:
                found["customer"][int(customer)] = None
    for table in ("interaction", "complaint", "service_request", "customer"):
        # a list of contacts may add a customer or two: it is the contacts one wants to see
        if found[table] and (table == "customer" or len(found[table]) >= len(found["customer"])):
            shown: Any = table
            return Show(
                shown, filters=(Filter("id", "ids", list(found[table])),), title=_("What was imported just now")
            )
    return None


class Summary(QWidget):
    """The page that stands at the end of an import."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 0)
        self._column.setSpacing(12)
        self.sentence = QLabel()
        self.sentence.setFont(theme.title_font(12))
        self.sentence.setWordWrap(True)
        self._column.addWidget(self.sentence)
        self.notice = Notice()
        self._column.addWidget(self.notice)
        self._tables: Sequence[TablePlan] = ()
        self._figures = QWidget()
        self._column.addWidget(self._figures)
        self.refused_label = QLabel()
        self.refused_label.setProperty("tone", "overdue")
        self._column.addWidget(self.refused_label)
        self.list = QListView()
        self.list.setUniformItemSizes(True)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setAccessibleName(_("Refused rows"))
        self.refused = QStringListModel(self)
        self.list.setModel(self.refused)
        self._column.addWidget(self.list, 1)
        self.save_button = QPushButton(theme.icon("download"), _("Save the refused rows as a workbook…"))
        self.copy_button = QPushButton(theme.icon("copy"), _("Copy the refused rows"))
        line = QHBoxLayout()
        for button, do in ((self.save_button, self.save), (self.copy_button, self.copy)):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, do=do: do())
            line.addWidget(button)
        line.addStretch()
        self._column.addLayout(line)
        self._column.addStretch()

    def show_done(self, done: Done) -> None:
        """Show what was done."""
        sums, lines = totals(done.result), done.refused
        self._tables = done.tables
        new = sum(each[CREATED] for each in sums.values())
        changed = sum(each[UPDATED] for each in sums.values())
        self.sentence.setText(in_words(new, changed, done.result.beside, len(lines)))
        about = done.result.about_beside()
        if about:
            self.notice.say("\n".join(about), tone="due" if done.result.left_out else "good")
        else:
            self.notice.hide()
        old, self._figures = self._figures, _figures(sums)
        self._column.replaceWidget(old, self._figures)
        old.deleteLater()
        self.refused_label.setText(
            ngettext(
                "{n} row was refused. Save it as a workbook, mend it beside its reason and import that.",
                "{n} rows were refused. Save them as a workbook, mend them beside their reasons and import that.",
                len(lines),
            ).format(n=f"{len(lines):,}")
        )
        self.refused.setStringList(lines)
        self.list.setMaximumHeight(12 + (self.list.fontMetrics().lineSpacing() + 4) * max(len(lines), 3))
        for widget in (self.refused_label, self.list, self.copy_button, self.save_button):
            widget.setVisible(bool(lines))

    def show_undone(self, undone: Undone) -> None:
        """Say what taking it back did, and what was kept."""
        self.sentence.setText(_("The import was taken back."))
        as_before = _("Everything is as it was before the import.")
        self.notice.say(undone.in_words() if undone.kept else as_before, tone="due" if undone.kept else "good")
        for widget in (self._figures, self.refused_label, self.list, self.copy_button, self.save_button):
            widget.hide()

    def save(self) -> None:
        """Write the refused rows into a workbook, the reason beside each."""
        start = str(Path.home() / f"{_('Refused rows')} {date.today().isoformat()}.xlsx")
        name, _kind = QFileDialog.getSaveFileName(self, _("Save the refused rows"), start, "Excel (*.xlsx)")
        if not name:
            return
        path, tables = ending(name, ".xlsx"), list(self._tables)

        def told(rows: int) -> None:
            text = ngettext("{n} row is in {file}.", "{n} rows are in {file}.", rows)
            opens = lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))  # noqa: E731
            self.notice.say(text.format(n=f"{rows:,}", file=path.name), [(_("Open"), opens)], "good")

        tasks.elsewhere(self, lambda: refused.write(path, tables), told, failed=self._fail)

    def _fail(self, trouble: Exception) -> None:
        self.notice.say(str(trouble), tone="overdue")

    def copy(self) -> None:
        """Put the refused rows on the clipboard."""
        QApplication.clipboard().setText("\n".join(self.refused.stringList()))


def in_words(new: int, changed: int, beside: int = 0, refused: int = 0) -> str:
    """What came in, in a sentence; `beside` records that belong to others came, `refused` rows did not."""
    if not new and not changed:
        if beside:
            return _("The lists were there already; what belongs to them was brought in.")
        if refused:
            return _("Nothing was imported.")
        return _("Everything was there already; nothing had to be changed.")
    parts = []
    if new:
        parts.append(ngettext("{n} new record", "{n} new records", new).format(n=f"{new:,}"))
    if changed:
        parts.append(ngettext("{n} record updated", "{n} records updated", changed).format(n=f"{changed:,}"))
    return _("Imported: {what}.").format(what=_(", ").join(parts))


def _figures(sums: dict[str, dict[str, int]]) -> QWidget:
    """A small table: kinds of record, and how many are new, updated and unchanged."""
    widget = QWidget()
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(24)
    for place, (_what, word) in enumerate(HEADINGS, 1):
        heading = QLabel(_(word))
        heading.setProperty("tone", "muted")
        grid.addWidget(heading, 0, place, Qt.AlignmentFlag.AlignRight)
    for line, (kind, numbers) in enumerate(sums.items(), 1):
        grid.addWidget(QLabel(_(KINDS[kind])), line, 0)
        for place, (what, _word) in enumerate(HEADINGS, 1):
            number = QLabel(f"{numbers[what]:,}")
            number.setFont(theme.title_font(12))
            grid.addWidget(number, line, place, Qt.AlignmentFlag.AlignRight)
    grid.setColumnStretch(len(HEADINGS) + 1, 1)
    return widget
