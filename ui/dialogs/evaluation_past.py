"""A colleague's evaluations that were kept: read, changed, printed, deleted."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from crm_desktop import staff
from crm_desktop.i18n import N_, _
from crm_desktop.models import Evaluation, people
from ui import refresh, tasks, theme
from ui.parts import deleting, papers
from ui.parts.button_row import ButtonRow
from ui.parts.notice import Notice
from ui.parts.record_dialog import RecordDialog


class Past(QWidget):
    """The list, what was said and decided, and what can be done with it."""

    def __init__(self) -> None:
        super().__init__()
        self._colleague: int | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        title = QLabel(_("Evaluations kept"))
        title.setFont(theme.title_font(self.font().pointSizeF() + 0.5))
        column.addWidget(title)
        self.kept = QListWidget()
        self.kept.setAccessibleName(_("Evaluations kept"))
        self.kept.currentItemChanged.connect(lambda _now, _before: self._tell())
        column.addWidget(self.kept, 1)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.text)
        row = ButtonRow(
            ("edit", _("Change…"), self.edit),
            ("printer", _("Print…"), self.print_kept),
            ("trash", _("Delete…"), self.ask_to_delete),
        )
        self.ways = row.buttons
        column.addLayout(row)
        self.notice = Notice()
        column.addWidget(self.notice)
        refresh.signal.changed.connect(self._changed)

    def show_colleague(self, colleague: int) -> None:
        """Show another colleague's."""
        self._colleague = colleague
        self.notice.hide()
        tasks.run(self, lambda: staff.evaluations(colleague), self.show_kept, place="kept", reading=True)

    def show_kept(self, found: list[Evaluation]) -> None:
        """Show what was kept, the newest first."""
        at = max(0, self.kept.currentRow())
        self.kept.clear()
        for record in found:
            item = QListWidgetItem(_kept(record))
            item.setData(Qt.ItemDataRole.UserRole, record)
            item.setSizeHint(QSize(0, 28))
            self.kept.addItem(item)
        self.kept.setCurrentRow(min(at, len(found) - 1))
        self._tell()

    def _tell(self) -> None:
        record = self.chosen()
        for button in self.ways:
            button.setEnabled(record is not None)
        if record is None:
            self.text.setText(_("Nothing is kept yet. Evaluate… keeps the figures of today with comment and decision."))
            return
        parts = ((_("Comment"), record.comment), (_("Decision taken"), record.decision))
        self.text.setText(
            "\n\n".join(_("{title}: {text}").format(title=label, text=text) for label, text in parts if text)
        )

    def chosen(self) -> Evaluation | None:
        """The kept evaluation that is looked at."""
        item = self.kept.currentItem()
        found: Evaluation | None = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return found

    def _changed(self, changed: frozenset[tuple[str, int]] | None) -> None:
        if self._colleague is not None and refresh.concerns(changed, "evaluation"):
            self.show_colleague(self._colleague)

    def edit(self) -> None:
        """Change comment and decision of a kept evaluation; its figures stay."""
        record = self.chosen()
        if record is not None:
            said = _("The evaluation is changed.")
            RecordDialog(
                self, _("Change the evaluation"), N_("Edit evaluation"), record, ("comment", "decision"), said=said
            ).open()

    def ask_to_delete(self) -> None:
        """Ask once before a kept evaluation is deleted; the recycle bin keeps it."""
        record = self.chosen()
        if record is None:
            return

        def delete(why: str) -> None:
            said = _("Evaluation deleted.")
            deleting.write(self, N_("Delete evaluation"), why, lambda c: c.delete_many(Evaluation, [record.id]), said)

        question = _("Delete the evaluation of {start} to {until}?").format(start=record.start, until=record.until)
        deleting.ask(self.notice, question, _("Delete"), delete)

    def print_kept(self) -> None:
        """The sheet of a kept evaluation, with the figures of its day."""
        record = self.chosen()
        if record is not None:
            papers.show(self, "evaluation_sheet", record.id)


def _kept(record: Evaluation) -> str:
    period = _("{start} to {end}").format(start=record.start, end=record.until)
    return " · ".join(part for part in (period, people.name(record.by), str(record.day or "")) if part)
