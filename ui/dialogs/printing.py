"""Reports: choose, look at the pages, print with the system's dialog, save as PDF."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMarginsF, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QToolButton, QWidget
from typing_extensions import override

from crm_desktop.i18n import _, ngettext
from crm_desktop.models import people
from crm_desktop.store import log, traces
from ui import tasks, theme
from ui.parts import desk, heavy
from ui.parts.dialog import Dialog
from ui.parts.pdf_view import PdfView
from ui.parts.print_job import DPI, PrintJob
from ui.parts.saving_as import ending

MONTHS = 36
"""How many months back a report can be asked for from the list."""


class ReportDialog(Dialog):
    """Preview of one report with what can be done with it; subclasses say what is collected and drawn."""

    def __init__(self, parent: QWidget, title: str, name: str) -> None:
        super().__init__(parent, title, name, QSize(860, 660))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._pdf = b""
        self._made = 0
        self.choices = QHBoxLayout()
        self.choices.setSpacing(8)
        self.content.addLayout(self.choices)
        self.pages = QLabel()
        self.pages.setProperty("tone", "muted")
        self.as_of = QLabel()
        self.as_of.setProperty("tone", "muted")
        self.as_of.hide()
        self.view = PdfView(title)
        self.content.addWidget(self.view, 1)
        self.view.counted.connect(
            lambda number: self.pages.setText(ngettext("{n} page", "{n} pages", number).format(n=number))
        )
        self.add_button(_("Close"), self.reject)
        self.print_button = self.add_button(_("Print…"), self.print)
        self.save_button = self.add_button(_("Save as PDF…"), self.save, primary=True)
        self.enable(False)

    def add_zoom(self) -> None:
        """The zoom buttons and the number of pages, at the end of the line of choices."""
        self.choices.addStretch()
        self.choices.addWidget(self.as_of)
        self.choices.addWidget(self.pages)
        for icon, text, step in (("zoom-out", _("Smaller"), -1), ("zoom-in", _("Larger"), 1)):
            button = QToolButton()
            button.setIcon(theme.icon(icon))
            button.setToolTip(text)
            button.setAccessibleName(text)
            button.clicked.connect(partial(self.view.zoom, step))
            self.choices.addWidget(button)

    def enable(self, ready: bool) -> None:
        """Whether there is something to print."""
        self.print_button.setEnabled(ready)
        self.save_button.setEnabled(ready)

    def make(
        self, collect: Callable[[], Any], draw: Callable[[BytesIO, Any], object], takes_long: bool = False
    ) -> None:
        """Read the figures in the store thread, draw the pages in the other one, show them."""
        self.enable(False)
        self._made += 1
        number = self._made

        def drawn(data: Any) -> bytes:
            paper = BytesIO()
            draw(paper, data)
            return paper.getvalue()

        def collected(data: Any, at: datetime | None = None) -> None:
            heavy.tell(self.as_of, at)
            self.hear(data)
            tasks.elsewhere(self, partial(drawn, data), partial(self._finished, number), place="draw")

        if takes_long:
            heavy.read(self, collect, collected, place="collect")
        else:
            tasks.run(self, collect, collected, place="collect", reading=True)

    def hear(self, data: Any) -> None:
        """What was collected, before it is drawn."""

    def _finished(self, number: int, pdf: bytes) -> None:
        if number == self._made:  # else another month was chosen meanwhile
            self.show_pages(pdf)

    def show_pages(self, pdf: bytes) -> None:
        """Show the finished pages."""
        self._pdf = pdf
        self.view.show_pdf(pdf)
        self.enable(True)

    def file_name(self) -> str:
        """What a saved file is called at first."""
        raise NotImplementedError

    def save(self) -> None:
        """Save the pages as they are shown."""
        start = str(Path.home() / self.file_name())
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save as PDF"), start, "PDF (*.pdf)")
        if not chosen:
            return
        target, content = ending(chosen, ".pdf"), self._pdf

        def write() -> None:
            # the paper room replaces files safely and says in words when it cannot; loaded only by who prints
            from crm_desktop.reports.page import replace_file

            replace_file(target, content)

        def written(_nothing: None) -> None:
            desk.trace(traces.EXPORTED, target.name)
            self.message_bar.say(
                _("Saved: {file}").format(file=target),
                action=_("Open"),
                do=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(target))),
            )

        tasks.elsewhere(self, write, written)

    def print(self) -> None:
        """Print with the system's dialog."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setResolution(DPI)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        printer.setFullPage(True)
        printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
        printer.setDocName(self.file_name())
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, max(1, self.view.page_count()))
        # Windows and macOS show their own dialog only this way
        if dialog.exec() != QPrintDialog.DialogCode.Accepted:
            return
        first = (printer.fromPage() or 1) - 1
        last = printer.toPage() or self.view.page_count()
        PrintJob(self.message_bar, self.file_name(), printer, self._pdf, list(range(first, last))).next()


class MonthlyDialog(ReportDialog):
    """The monthly customer report of a month, of everybody's customers or one colleague's."""

    def __init__(self, parent: QWidget, month: str | None = None, owner: int | None = None) -> None:
        super().__init__(parent, _("Monthly customer report"), "monthly")
        self.month = QComboBox()
        self.month.setAccessibleName(_("Month"))
        for past in months(date.today(), MONTHS):
            self.month.addItem(past, past)
        # the month that is over is what is printed; the current one is looked at
        self.month.setCurrentIndex(max(0, self.month.findData(month)) if month else 1)
        self.owner = QComboBox()
        self.owner.setAccessibleName(_("Owner"))
        self.owner.addItem(_("Everybody"), None)
        for person in people.everybody():
            self.owner.addItem(person.name, person.id)
        self.owner.setCurrentIndex(max(0, self.owner.findData(owner)))
        self.choices.addWidget(QLabel(_("Month")))
        self.choices.addWidget(self.month)
        self.choices.addWidget(QLabel(_("Owner")))
        self.choices.addWidget(self.owner)
        self.add_zoom()
        self.month.currentIndexChanged.connect(self.remake)
        self.owner.currentIndexChanged.connect(self.remake)
        self.remake()

    def remake(self) -> None:
        """Make the report of what is chosen now."""
        # reportlab costs a third of a second: only those who print pay for it
        from crm_desktop.reports import monthly

        month, owner = str(self.month.currentData()), self.owner.currentData()
        self.make(lambda: monthly.collect(month, owner), monthly.draw, takes_long=True)

    @override
    def file_name(self) -> str:
        return _("Customer report {month}").format(month=self.month.currentData()) + ".pdf"


class CardDialog(ReportDialog):
    """One customer on a page or two."""

    def __init__(self, parent: QWidget, customer: int) -> None:
        super().__init__(parent, _("Customer card"), "card")
        from crm_desktop.reports import customer_card  # as above

        self._name = ""
        self.add_zoom()

        def collect() -> Any:
            return customer_card.collect(customer)

        self.make(collect, customer_card.draw)

    @override
    def hear(self, data: Any) -> None:
        self._name = str(data.title)

    @override
    def file_name(self) -> str:
        name = re.sub(r'[\\/:*?"<>|]', " ", self._name)
        return f"{_('Customer card')} {name}".strip() + ".pdf"


class LogDialog(ReportDialog):
    """The operation log, as it was found."""

    def __init__(self, parent: QWidget, asked: log.Operations, period: str) -> None:
        super().__init__(parent, _("Operation log"), "log")
        from crm_desktop.reports import operation_log  # as above

        self.add_zoom()
        self.make(lambda: operation_log.collect(asked, period), operation_log.draw)

    @override
    def file_name(self) -> str:
        return f"{_('Operation log')} {date.today().isoformat()}.pdf"


def print_card(parent: QWidget, customer: int | None) -> None:
    """Show the card of a customer; without one, say what to do."""
    if customer is None:
        bar = desk.bar_near(parent)
        if bar is not None:
            bar.say(_("Choose a customer first, then print the card."), tone="muted")
        return
    CardDialog(parent, customer).open()


def months(today: date, count: int) -> list[str]:
    """The current month and those before it, newest first, as YYYY-MM."""
    found, day = [], today
    for _number in range(count):
        found.append(f"{day:%Y-%m}")
        day = day.replace(day=1) - timedelta(days=1)
    return found
