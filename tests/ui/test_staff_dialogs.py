"""Colleagues are assessed, trained and evaluated, as somebody at the keyboard does it."""

from datetime import date

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from crm_desktop import staff
from crm_desktop.models import Assessment, Evaluation, Training, people
from crm_desktop.reports import competence_sheet, evaluation_sheet
from crm_desktop.statistics import Period
from crm_desktop.store import file
from crm_desktop.store.change import change
from ui.dialogs.case_papers import FormDialog
from ui.dialogs.competence import Abilities
from ui.dialogs.competence_assess import AssessDialog
from ui.dialogs.evaluation import Evaluations
from ui.dialogs.evaluation_keep import EvaluateDialog, SheetPaper
from ui.main_window import TABS
from ui.parts.record_dialog import RecordDialog


def opened(kind):
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert len(found) == 1, found
    return found[0]


@pytest.fixture
def clean(program):
    """Nobody is assessed, trained or evaluated yet."""

    def clear():
        with change(None, "Test") as c:
            for model in (Training, Assessment, Evaluation):
                c.delete_many(model, [i for (i,) in file.ask(f"SELECT id FROM {model.table()}")])

    program.ask(clear)
    return program


@pytest.fixture
def abilities(clean):
    clean.command("competence.Abilities")
    return opened(Abilities)


def test_a_colleague_is_assessed_and_the_gap_leads_to_training(clean, abilities):
    assert "Not assessed yet" in abilities.said.text()
    assert "scored from 1 to 5" in abilities.scores.text()
    assert not abilities.wheel.isVisible(), "an empty wheel says nothing"
    abilities.assess_button.click()
    form = opened(AssessDialog)
    form.button.click()
    clean.idle()
    assert "at least one score" in form.message_bar.label.text()
    for box in form.scores.values():
        box.setCurrentIndex(box.findData(4))
    form.scores["listening"].setCurrentIndex(form.scores["listening"].findData(2))
    form.remarks["listening"].setText("打断客户")
    form.button.click()
    clean.idle()
    assert "mean 3.8 of 5" in abilities.said.text()
    assert abilities.notice.text() == "Training is needed: Listening"
    assert [place.key for place in abilities.chart.regions()][2] == "listening"
    abilities.trainings.plan()
    planned = opened(RecordDialog)
    assert planned.form.editor("topic").raw() == "Listening"
    planned.button.click()
    clean.idle()
    assert abilities.notice.text() == ""
    assert abilities.trainings.list.item(0).text().startswith("○ Listening")
    abilities.trainings.write_done()
    opened(RecordDialog).form.editor("result").set_raw("三次演练")
    opened(RecordDialog).button.click()
    clean.idle()
    [done] = clean.ask(lambda: staff.profile(abilities.chosen()).trainings)
    assert (done.done, done.result) == (date.today().isoformat(), "三次演练")


def test_an_assessment_is_changed_deleted_and_taken_back(clean, abilities):
    who = abilities.chosen()

    def assess():
        with change(None, "Test") as c:
            staff.assess(c, who, {"attitude": (5, "")}, "2026-05-01")

    clean.ask(assess)
    abilities.reload()
    clean.idle()
    abilities.edit_assessment()
    form = opened(AssessDialog)
    form.scores["attitude"].setCurrentIndex(form.scores["attitude"].findData(3))
    form.button.click()
    clean.idle()
    [kept] = clean.ask(lambda: staff.profile(who).assessments)
    assert kept.by_ability()["attitude"]["score"] == 3
    abilities.ask_to_delete()
    abilities.notice.buttons[0].click()
    clean.idle()
    assert abilities.history.count() == 0
    clean.command("undo")
    assert len(clean.ask(lambda: staff.profile(who).assessments)) == 1


def test_the_sheet_of_abilities_prints_also_as_an_empty_form(clean, abilities, tmp_path):
    assert clean.ask(lambda: competence_sheet.make(tmp_path / "a.pdf", abilities.chosen())) >= 1
    abilities.print()
    clean.idle()
    assert opened(FormDialog).save_button.isEnabled()


@pytest.fixture
def evaluations(clean):
    clean.command("evaluation.Evaluations")
    dialog = opened(Evaluations)
    dialog.period.setCurrentIndex(dialog.period.findData("months"))
    clean.idle()
    return dialog


def line(dialog, key):
    for number in range(dialog.tree.topLevelItemCount()):
        item = dialog.tree.topLevelItem(number)
        if item.data(0, Qt.ItemDataRole.UserRole) == key:
            return item
    raise KeyError(key)


def test_a_figure_opens_its_records(clean, evaluations):
    item = line(evaluations, "contacts.made")
    number = int(item.text(1).replace(",", ""))
    assert number > 0
    evaluations.open_records(item)
    clean.idle()
    tab = clean.tab("interactions")
    assert tab.list.list_model.rowCount() == number


def test_an_evaluation_is_kept_changed_printed_and_deleted(clean, evaluations):
    evaluations.evaluate_button.click()
    form = opened(EvaluateDialog)
    form.button.click()
    clean.idle()
    assert "comment or a decision" in form.message_bar.label.text()
    form.form.editor("comment").set_raw("跟进及时")
    form.form.editor("decision").set_raw("继续")
    form.button.click()
    clean.idle()
    past = evaluations.past
    assert past.kept.count() == 1
    assert "跟进及时" in past.text.text()
    assert past.chosen().figures
    past.edit()
    opened(RecordDialog).form.editor("decision").set_raw("推荐带教")
    opened(RecordDialog).button.click()
    clean.idle()
    assert "推荐带教" in past.text.text()
    past.print_kept()
    clean.idle()
    paper = opened(FormDialog)
    assert paper.save_button.isEnabled()
    paper.reject()
    past.ask_to_delete()
    past.notice.buttons[0].click()
    clean.idle()
    assert past.kept.count() == 0


def test_the_figures_are_printed_and_exported(clean, evaluations, tmp_path):
    evaluations.print()
    clean.idle()
    assert opened(SheetPaper).save_button.isEnabled()
    evaluations.write_to(tmp_path / "a.xlsx")
    clean.idle()
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    rows = list(book["Figures"].values)
    made = next(row for row in rows if row[4] == "Contacts made")
    assert made[5] == int(line(evaluations, "contacts.made").text(1).replace(",", ""))


def test_every_sheet_fits_its_paper_in_both_languages(clean, evaluations, tmp_path):
    who = clean.ask(lambda: people.everybody()[0].id)
    data = clean.ask(lambda: evaluation_sheet.collect_now(who, Period.months(12)))
    assert evaluation_sheet.draw(tmp_path / "e.pdf", data) >= 1


@pytest.mark.parametrize(
    ("key", "tab"),
    [
        ("contacts.customers", "interactions"),
        ("complaints.received", "complaints"),
        ("requests.received", "requests"),
        ("satisfaction.mean", "satisfaction"),
        ("feedback.count", "feedback"),
    ],
)
def test_each_kind_of_figure_opens_in_its_tab(clean, key, tab):
    clean.command("evaluation.Evaluations")
    dialog = opened(Evaluations)
    for at in range(dialog.who.count()):
        dialog.who.setCurrentIndex(at)
        clean.idle()
        try:
            item = line(dialog, key)
        except KeyError:
            continue
        if item.text(1) not in ("0", "–"):
            break
    dialog.open_records(item)
    clean.idle()
    assert TABS[clean.window.tabs.currentIndex()].name == tab


def test_the_mean_of_the_abilities_opens_the_abilities(clean, evaluations):
    who = evaluations.read.colleague

    def assess():
        with change(None, "Test") as c:
            staff.assess(c, who, {"attitude": (5, "")}, date.today().isoformat())

    clean.ask(assess)
    evaluations.reload()
    clean.idle()
    evaluations.open_records(line(evaluations, "abilities.mean"))
    clean.idle()
    assert opened(Abilities).chosen() == who
