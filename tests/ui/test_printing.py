"""Reports: pages to look at, month and colleague to choose, a PDF to save."""

import re
from datetime import date

import pypdfium2
import pytest
from PySide6.QtWidgets import QFileDialog

from crm_desktop.models import people
from ui.dialogs import printing
from ui.dialogs.printing import CardDialog, MonthlyDialog, months
from ui.parts import print_job

pytest.importorskip("crm_desktop.reports.monthly")


def words(pdf):
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def made(program, kind):
    dialog = program.window.findChild(kind)
    program.qtbot.waitUntil(lambda: dialog.save_button.isEnabled() and dialog.view.page_count() > 0, timeout=20_000)
    program.idle()
    return dialog


@pytest.fixture
def monthly(program):
    program.command("print_month")
    return made(program, MonthlyDialog)


def test_the_months_go_back_from_this_one():
    assert months(date(2026, 3, 31), 4) == ["2026-03", "2026-02", "2026-01", "2025-12"]


def test_the_monthly_report_is_of_the_month_that_is_over(program, monthly):
    last = months(date.today(), 2)[1]
    assert monthly.month.currentData() == last
    assert monthly.view.page_count() >= 1
    assert re.fullmatch(r"\d+ pages?", monthly.pages.text())
    assert monthly.pages.text().split()[0] == str(monthly.view.page_count())
    assert monthly.view.grab().toImage().pixelColor(monthly.view.width() // 2, 40).lightness() > 200  # paper


def test_month_and_colleague_can_be_switched_quickly_and_the_last_choice_counts(program, monthly):
    before = words(monthly._pdf)
    monthly.month.setCurrentIndex(3)
    monthly.month.setCurrentIndex(0)
    person = people.everybody()[0]
    monthly.owner.setCurrentIndex(monthly.owner.findData(person.id))
    assert not monthly.save_button.isEnabled()
    made(program, MonthlyDialog)
    after = words(monthly._pdf)
    assert after != before
    assert person.name in after
    assert monthly.file_name() == f"Customer report {months(date.today(), 1)[0]}.pdf"


def test_the_pages_are_saved_as_they_are_shown(program, monthly, tmp_path, monkeypatch):
    target = tmp_path / "report"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    monthly.save()
    program.idle()
    assert (tmp_path / "report.pdf").read_bytes() == monthly._pdf
    assert "report.pdf" in monthly.message_bar.label.text()


def test_a_file_that_cannot_be_written_says_so(program, monthly, tmp_path, monkeypatch):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "gone" / "report.pdf"), ""))
    monthly.save()
    program.idle()
    assert monthly.message_bar.label.text()
    assert not monthly.message_bar.label.text().startswith("Saved")


def test_zooming_shows_larger_pages(program, monthly):
    before = monthly.view._rects()[0].width()
    monthly.view.zoom(1)
    program.idle()
    assert monthly.view._rects()[0].width() > before


def test_statistics_print_the_month_and_the_colleague_they_show(program):
    tab = program.tab("statistics")
    month = tab.period.itemData(tab.period.count() - 1)
    tab.period.setCurrentIndex(tab.period.count() - 1)
    person = people.everybody()[0]
    tab.owner.setCurrentIndex(tab.owner.findData(person.id))
    program.idle()
    tab.month_asked.emit(tab._month(), tab.owner.currentData())
    dialog = made(program, MonthlyDialog)
    assert dialog.month.currentData() == month
    assert dialog.owner.currentData() == person.id


def test_the_card_of_the_chosen_customer_carries_its_name(program):
    tab = program.tab("customers")
    tab.list.selectRow(0)
    program.idle()
    program.command("print_card")
    dialog = made(program, CardDialog)
    assert tab.page.name.text() in words(dialog._pdf)
    assert tab.page.name.text().replace("/", " ") in dialog.file_name()


def test_without_a_customer_the_card_says_what_to_do(program):
    program.tab("customers")
    program.command("print_card")
    assert program.bar == "Choose a customer first, then print the card."
    assert program.window.findChild(CardDialog) is None


def test_printing_goes_page_by_page(program, monthly, tmp_path, monkeypatch):
    paper = tmp_path / "paper.pdf"

    def choose(dialog):
        dialog.printer().setOutputFileName(str(paper))
        return printing.QPrintDialog.DialogCode.Accepted

    monkeypatch.setattr(printing.QPrintDialog, "exec", choose)
    monthly.print()
    program.idle()
    program.qtbot.waitUntil(lambda: monthly.message_bar.label.text().startswith("Sent to the printer"), timeout=20_000)
    program.idle()
    assert len(pypdfium2.PdfDocument(paper)) == monthly.view.page_count()


def test_printing_that_was_cancelled_is_not_said_to_be_sent(program, monthly, tmp_path, monkeypatch):
    printer = printing.QPrinter()
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    at_work = print_job.PrintJob(
        monthly.message_bar, monthly.file_name(), printer, monthly._pdf, list(range(monthly.view.page_count()))
    )
    at_work.next()
    at_work._progress.cancel()
    program.idle()
    assert monthly.message_bar.label.text() == ""


def test_printing_goes_on_when_its_window_is_closed(program, monthly, tmp_path):
    pages, paper = monthly.view.page_count(), tmp_path / "paper.pdf"
    printer = printing.QPrinter()
    printer.setOutputFileName(str(paper))
    print_job.PrintJob(monthly.message_bar, monthly.file_name(), printer, monthly._pdf, list(range(pages))).next()
    monthly.reject()
    program.tidy()
    program.idle()
    assert len(pypdfium2.PdfDocument(paper)) == pages
