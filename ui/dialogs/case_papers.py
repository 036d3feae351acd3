"""Complaints and service requests on paper: the form of one case with its course, a letter, the ledger of a period."""

from __future__ import annotations

import re
from datetime import date
from importlib import import_module
from typing import Any, Final

from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from typing_extensions import override

from crm_desktop.i18n import N_, _
from crm_desktop.models import people
from crm_desktop.statistics import Period
from ui.dialogs.printing import MONTHS, ReportDialog, months

FORMS: Final = {
    "complaint_form": (N_("Complaint form"), "complaint_form"),
    "service_form": (N_("Service form"), "service_request"),
    "competence_sheet": (N_("Abilities of service staff"), "competence_sheet"),
    "evaluation_sheet": (N_("Evaluation of a colleague's work"), "evaluation_sheet"),
}
LEDGERS: Final = {
    "complaint_ledger": (N_("Complaint ledger"), "complaint_ledger"),
    "service_ledger": (N_("Service ledger"), "service_ledger"),
}
"""What each paper is called (msgid), and its report."""


def _report(name: str) -> Any:
    """A report; reportlab costs a third of a second: only those who print pay for it."""
    return import_module(f"crm_desktop.reports.{name}")


class FormDialog(ReportDialog):
    """The form of one complaint or service request."""

    def __init__(self, parent: QWidget, paper: str, record: int) -> None:
        title, name = FORMS[paper]
        super().__init__(parent, _(title), paper)
        self._title, self._code, report = _(title), "", _report(name)
        self.add_zoom()
        self.make(lambda: report.collect(record), report.draw)

    @override
    def hear(self, data: object) -> None:
        self._code = str(getattr(data, "code", ""))

    @override
    def file_name(self) -> str:
        return re.sub(r'[\\/:*?"<>|]', " ", f"{self._title} {self._code}").strip() + ".pdf"


class LetterPaper(ReportDialog):
    """A letter to a complainant."""

    def __init__(self, parent: QWidget, complaint: int, text: str) -> None:
        super().__init__(parent, _("Letter"), "complaint_letter")
        report = _report("complaint_letter")
        self.add_zoom()
        self.make(lambda: report.collect(complaint, text), report.draw)

    @override
    def file_name(self) -> str:
        return f"{_('Letter')} {date.today().isoformat()}.pdf"


class LedgerDialog(ReportDialog):
    """All that was received in a month or a year."""

    def __init__(self, parent: QWidget, paper: str) -> None:
        title, name = LEDGERS[paper]
        super().__init__(parent, _(title), paper)
        self._title, self._report = _(title), _report(name)
        self.period = QComboBox()
        self.period.setAccessibleName(_("Period"))
        year = date.today().year
        for number in range(year, year - 4, -1):
            self.period.addItem(_("Year {year}").format(year=number), Period.year(number))
        for past in months(date.today(), MONTHS):
            self.period.addItem(past, Period.month(past))
        self.owner = QComboBox()
        self.owner.setAccessibleName(_("Owner"))
        self.owner.addItem(_("Everybody"), None)
        for person in people.everybody():
            self.owner.addItem(person.name, person.id)
        for label, box in ((_("Period"), self.period), (_("Owner"), self.owner)):
            self.choices.addWidget(QLabel(label))
            self.choices.addWidget(box)
            box.currentIndexChanged.connect(self.remake)
        self.add_zoom()
        self.remake()

    def remake(self) -> None:
        """Make the ledger of what is chosen now."""
        period, owner, words = self.period.currentData(), self.owner.currentData(), self.period.currentText()
        self.make(lambda: self._report.collect(period, owner, words), self._report.draw)

    @override
    def file_name(self) -> str:
        return f"{self._title} {self.period.currentText()}.pdf"


def show(parent: QWidget, paper: str, record: int, text: str = "") -> None:
    """Show one of these papers by its name."""
    window = parent.window()
    dialog = FormDialog(window, paper, record) if paper in FORMS else LetterPaper(window, record, text)
    dialog.open()
