"""Complaints on paper: the form with the whole course, a letter, the ledger of a month or year."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.models import people
from crm_desktop.statistics import Period
from ui.dialogs.printing import MONTHS, ReportDialog, months

# reportlab costs a third of a second: only those who print pay for it


class FormDialog(ReportDialog):
    """The complaint form of one complaint."""

    def __init__(self, parent: QWidget, complaint: int) -> None:
        super().__init__(parent, _("Complaint form"), "complaint_form")
        from crm_desktop.reports import complaint_form

        self._code = ""
        self.add_zoom()
        self.make(lambda: complaint_form.collect(complaint), complaint_form.draw)

    @override
    def hear(self, data: object) -> None:
        self._code = str(getattr(data, "code", ""))

    @override
    def file_name(self) -> str:
        return re.sub(r'[\\/:*?"<>|]', " ", f"{_('Complaint form')} {self._code}").strip() + ".pdf"


class LetterPaper(ReportDialog):
    """A letter to a complainant."""

    def __init__(self, parent: QWidget, complaint: int, text: str) -> None:
        super().__init__(parent, _("Letter"), "complaint_letter")
        from crm_desktop.reports import complaint_letter

        self.add_zoom()
        self.make(lambda: complaint_letter.collect(complaint, text), complaint_letter.draw)

    @override
    def file_name(self) -> str:
        return f"{_('Letter')} {date.today().isoformat()}.pdf"


class LedgerDialog(ReportDialog):
    """All complaints received in a month or a year."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("Complaint ledger"), "complaint_ledger")
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
        from crm_desktop.reports import complaint_ledger

        period, owner, words = self.period.currentData(), self.owner.currentData(), self.period.currentText()
        self.make(lambda: complaint_ledger.collect(period, owner, words), complaint_ledger.draw)

    @override
    def file_name(self) -> str:
        return f"{_('Complaint ledger')} {self.period.currentText()}.pdf"


def show(parent: QWidget, paper: str, complaint: int, text: str = "") -> None:
    """Show one of these papers by its name."""
    window = parent.window()
    dialog = FormDialog(window, complaint) if paper == "complaint_form" else LetterPaper(window, complaint, text)
    dialog.open()
