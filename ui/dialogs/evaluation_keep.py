"""What is worked out about a colleague's work, and what is done with it: kept with comment and decision, printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QWidget
from typing_extensions import override

from crm_desktop import staff
from crm_desktop.i18n import N_, _
from crm_desktop.models import Evaluation, people
from crm_desktop.statistics import Period
from crm_desktop.statistics import staff as figures
from crm_desktop.statistics.staff import Duration, Kpi
from ui.dialogs.printing import ReportDialog
from ui.parts.dialog import Dialog
from ui.parts.form import Form


@dataclass(frozen=True)
class Read:
    """What was worked out for a colleague and a period."""

    period: Period
    colleague: int
    figures: list[Kpi] = field(default_factory=list)
    durations: list[Duration] = field(default_factory=list)


def read(period: Period, colleague: int) -> Read:
    """The figures and the durations; in the store thread."""
    return Read(period, colleague, figures.sheet(period, colleague), figures.durations(period, colleague))


class EvaluateDialog(Dialog):
    """A comment and a decision about the figures that are shown."""

    def __init__(self, near: QWidget, found: Read) -> None:
        name = people.name(found.colleague)
        super().__init__(near, _("Evaluate {name}").format(name=name), "evaluate", QSize(560, 420))
        self._near, self._found = near, found
        period = _("{start} to {end}").format(start=found.period.start, end=found.period.end)
        said = _("{period}: {n} figures are kept as they are today.")
        hint = QLabel(said.format(period=period, n=len(found.figures)))
        hint.setProperty("tone", "muted")
        self.content.addWidget(hint)
        self.form = Form(Evaluation, None, {}, ("comment", "decision"))
        self.content.addWidget(self.form, 1)
        self.add_button(_("Cancel"), self.reject)
        self.button = self.add_button(_("Keep the evaluation"), self.save, primary=True)
        self.form.focus("comment")

    @override
    def is_dirty(self) -> bool:
        return self.form.is_dirty()

    def save(self) -> None:
        """Keep it."""
        typed, found = self.form.values(), self._found
        comment, decision = str(typed.get("comment", "")), str(typed.get("decision", ""))
        self.write_and_close(
            self._near,
            N_("Evaluate a colleague"),
            lambda c: staff.evaluate(c, found.colleague, found.period, found.figures, comment, decision),
            _("The evaluation is kept."),
        )


class SheetPaper(ReportDialog):
    """The figures of a period on paper."""

    def __init__(self, parent: QWidget, found: Read) -> None:
        super().__init__(parent, _("Evaluation of a colleague's work"), "evaluation_sheet")
        from crm_desktop.reports import evaluation_sheet  # lazily: reportlab costs a third of a second

        self._name = people.name(found.colleague)
        self.add_zoom()
        self.make(lambda: evaluation_sheet.collect_now(found.colleague, found.period), evaluation_sheet.draw)

    @override
    def file_name(self) -> str:
        return f"{_('Evaluation')} {self._name} {date.today().isoformat()}.pdf"
