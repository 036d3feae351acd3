"""A survey on paper and in Excel: forms to fill in, the sheet to send and to read back, the report of the result."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import shiboken6
from PySide6.QtWidgets import QComboBox, QFileDialog, QLabel, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from crm_desktop.models import SurveyRun
from crm_desktop.satisfaction import asking
from crm_desktop.store import traces
from ui import tasks
from ui.dialogs.printing import ReportDialog
from ui.parts import desk
from ui.parts.saving_as import ending

# reportlab and openpyxl cost a third of a second: only those who print or write sheets pay for it


class SurveyReport(ReportDialog):
    """What a survey has shown."""

    def __init__(self, parent: QWidget, run: SurveyRun) -> None:
        super().__init__(parent, _("Survey report"), "survey_report")
        from crm_desktop.reports import survey_report

        self._name, number = str(run.name), run.id
        self.add_zoom()
        self.make(lambda: survey_report.collect(number), survey_report.draw)

    @override
    def file_name(self) -> str:
        return clean(f"{_('Survey report')} {self._name}") + ".pdf"


class SurveyForms(ReportDialog):
    """Forms to fill in by hand: one for each who is still to be asked, or a blank one."""

    def __init__(self, parent: QWidget, run: SurveyRun) -> None:
        super().__init__(parent, _("Survey forms"), "survey_forms")
        self._name, self._number = str(run.name), run.id
        self.which = QComboBox()
        self.which.setAccessibleName(_("Which forms"))
        self.which.addItem(_("One for each customer still to ask"), False)
        self.which.addItem(_("One blank form"), True)
        self.which.currentIndexChanged.connect(self.remake)
        self.choices.addWidget(QLabel(_("Forms")))
        self.choices.addWidget(self.which)
        self.add_zoom()
        self.remake()

    def remake(self) -> None:
        """Make the forms that are chosen now."""
        from crm_desktop.reports import survey_form

        number, blank = self._number, bool(self.which.currentData())
        self.make(partial(survey_form.blank if blank else survey_form.collect, number), survey_form.draw)

    @override
    def file_name(self) -> str:
        return clean(f"{_('Survey forms')} {self._name}") + ".pdf"


def show(parent: QWidget, which: str, run: SurveyRun) -> None:
    """Open one of them by its name: "report", "form", "sheet" (save it), "answers" (all of them as a list), "back"."""
    if which == "report":
        SurveyReport(parent.window(), run).open()
    elif which == "form":
        SurveyForms(parent.window(), run).open()
    elif which in ("sheet", "answers"):
        save_sheet(parent, run, results=which == "answers")
    else:
        from ui.dialogs.survey_read import ReadBack

        chosen, _kind = QFileDialog.getOpenFileName(parent, _("Read answers back"), str(Path.home()), SHEETS)
        if chosen:
            ReadBack(parent, run, Path(chosen)).open()


SHEETS = "Excel (*.xlsx *.xls *.xlsm *.xlsb *.ods *.csv)"


def save_sheet(parent: QWidget, run: SurveyRun, results: bool = False) -> None:
    """Save the Excel sheet of those still to ask, and offer to note that it went out; or the list of all answers."""
    from crm_desktop.exchange import survey_sheet

    start = str(Path.home() / (clean(str(run.name)) + ".xlsx"))
    chosen, _kind = QFileDialog.getSaveFileName(parent, _("Save as Excel sheet"), start, "Excel (*.xlsx)")
    if not chosen:
        return
    path, number = ending(chosen, ".xlsx"), run.id

    def written(data: survey_sheet.Data, _path: Path) -> None:
        desk.trace(traces.EXPORTED, path.name)
        bar = desk.bar_near(parent if shiboken6.isValid(parent) else None)
        if bar is not None and results:
            bar.say(_("Saved: {file}").format(file=path.name))
        elif bar is not None:
            said = _("Saved: {file}. Send it, and note that it went out.").format(file=path.name)
            bar.say(said, action=_("It was sent"), do=lambda: note(data))

    def note(data: survey_sheet.Data) -> None:
        said = _("Sent to {n} customers.")
        work = partial(asking.sent, run=number, asked=data.asked)
        desk.write(parent, asking.SENT, lambda c: work(c), said=lambda n: said.format(n=f"{n:,}"))

    def collected(data: survey_sheet.Data) -> None:
        tasks.elsewhere(parent, lambda: survey_sheet.write(path, data), partial(written, data))

    tasks.run(parent, lambda: survey_sheet.collect(number, results=results), collected, place="sheet", reading=True)


def clean(name: str) -> str:
    """A name without what no system allows in file names."""
    return re.sub(r'[\\/:*?"<>|]', " ", name).strip()
