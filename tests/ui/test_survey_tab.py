"""The satisfaction tab, as somebody at the keyboard uses it: from the first survey to an action that helped."""

from datetime import date

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from crm_desktop import timeline
from crm_desktop.i18n import N_
from crm_desktop.listing import Filter
from crm_desktop.models import Customer, SurveyAction, SurveyAsked, SurveyRun, SurveyTemplate
from crm_desktop.satisfaction import answering, asking, templates
from crm_desktop.satisfaction.sampling import Choice
from crm_desktop.store import file
from crm_desktop.store.change import change
from ui import preferences
from ui.dialogs import jump
from ui.dialogs.survey_call import CallDialog
from ui.dialogs.survey_new import MoreCustomers, NewSurvey
from ui.dialogs.survey_papers import SurveyForms, SurveyReport
from ui.dialogs.survey_read import ReadBack
from ui.dialogs.survey_template import TemplateDialog
from ui.dialogs.survey_templates import TemplatesDialog
from ui.parts import desk, timeline_list
from ui.parts.tab import Show
from ui.tabs.satisfaction.actions import ActionDialog


def opened(kind):
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
    assert len(found) == 1, found
    return found[0]


def closed(kind):
    return not [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]


@pytest.fixture
def tab(program):
    """The tab of an office that never asked anybody."""
    program.ask(forget_surveys)
    return program.tab("satisfaction")


def forget_surveys():
    with change(None, N_("Delete surveys")) as c:
        for table, model in (("survey_run", SurveyRun), ("survey_template", SurveyTemplate)):
            c.delete_many(model, [i for (i,) in file.ask(f"SELECT id FROM {table}")])


def asked_office(number=40):
    """A survey of so many customers, all but the last of whom have answered: quality goes with the overall score."""
    user = desk.user()
    with change(user, N_("New customer")) as c:
        ids = c.insert_many(
            Customer,
            [
                {"name": f"宁波第{n:02}机械厂", "tier": "gold" if n % 2 else "silver", "owner": user.id}
                for n in range(number)
            ],
        )
    with change(user, asking.START) as c:
        template = templates.make_ready(c, "general")
        values = {"owner": user.id, "name": "上半年", "due": "2030-06-30"}
        run = asking.start(c, template.id, values, ids, Choice())
    with change(user, asking.ANSWER) as c:
        for n, asked in enumerate(asking.queue(run.id)[:-1]):
            score = 1 + n % 5
            answers = {"overall": score, "quality": score, "price": 1 + (n * 3) % 5, "nps": 2 * score}
            wish = {"wish": "交货再快一点"} if n == 7 else {}
            answering.answer(c, asked, answers | wish, "paper", at=f"2026-03-{1 + n % 28:02}T10:00:00")
    return run


@pytest.fixture
def run(program, tab):
    return program.ask(asked_office)


@pytest.fixture
def page(program, tab, run):
    tab.show_wish(Show("survey_run", run.id))
    program.idle()
    return tab.page


def test_the_first_time_the_tab_says_what_surveys_are_and_offers_questionnaires(program, tab):
    assert tab.right.currentWidget() is tab.first
    assert list(tab.first.buttons) == ["general", "delivery", "nps", "abilities"]
    tab.first.buttons["nps"].click()
    program.idle()
    dialog = opened(NewSurvey)
    assert dialog.template.currentText() == "Recommendation (NPS) (ready-made)"
    dialog.reject()
    tab.first.own.click()
    program.idle()
    opened(TemplatesDialog).reject()


def test_a_survey_is_started_for_the_customers_the_filters_find(program, tab):
    many = program.ask(lambda: file.one("SELECT count(*) FROM customer WHERE tier = 'regular'"))
    assert many > 5
    tab.new_button.click()
    program.idle()
    dialog = opened(NewSurvey)
    assert str(dialog.form.editor("name").raw()).startswith("Customer satisfaction ")
    dialog.form.editor("due").set_raw("2030-12-01")
    dialog.sample.filters.choose("tier", ["regular"])
    dialog.sample.how.setCurrentIndex(dialog.sample.how.findData("random"))
    dialog.sample.number.setValue(2)
    program.qtbot.wait(250)
    program.idle()
    assert "2 customers of" in dialog.sample.words.text()
    assert dialog.start_button.text() == "Ask 2 customers"
    before = dialog.sample.names.text()
    dialog.sample.again.click()
    program.idle()
    assert dialog.sample.names.text() != before
    dialog.start_button.click()
    program.idle()
    assert closed(NewSurvey)
    assert "has begun" in program.bar
    run = program.ask(lambda: SurveyRun.get_row(tab.page.wanted))
    assert (run.due, run.state) == ("2030-12-01", "open")
    assert program.ask(lambda: file.one("SELECT count(*) FROM survey_asked WHERE run = ?", (run.id,))) == 2
    assert tab.right.currentWidget() is tab.page
    assert tab.page.tabs.currentWidget() is tab.page.asked  # nothing answered: whom to ask comes first
    program.command("undo")
    assert program.ask(lambda: file.one("SELECT count(*) FROM survey_run")) == 0


def test_the_filters_of_the_customer_list_are_taken_over(program, tab):
    preferences.FILTERS.of("customers").set({"tier": ["gold"]})
    tab.doing.begin()
    program.idle()
    dialog = opened(NewSurvey)
    dialog.sample.as_list.click()
    program.qtbot.wait(250)
    program.idle()
    assert dialog.sample.choice().filters == (Filter("tier", "in", ["gold"]),)
    dialog.reject()


def test_the_page_shows_the_figures_with_their_formulas(page):
    tiles = page.result.tiles
    assert page.tabs.currentWidget() is page.result_area
    assert list(tiles) == ["response", "mean", "top", "nps"]
    assert tiles["response"].figure.text() == "100 %"
    assert tiles["response"].below.text() == "39 answered ÷ 39 asked; those still to ask are left out"
    assert "answers" in tiles["mean"].below.text()
    assert "39 of 40 answered · 1 still to ask" in page.standing.text()
    assert page.result.items.topLevelItemCount() == 10
    assert page.result.remarks.topLevelItem(0).text(3) == "交货再快一点"
    assert not page.result.cards["tier"].isHidden()
    assert page.result.cards["product"].isHidden()  # nobody said which product
    assert page.result.few.isHidden()


def test_every_figure_opens_its_customers(program, page):
    page.result.tiles["top"].clicked.emit()
    program.idle()
    assert page.tabs.currentWidget() is page.asked
    assert page.asked.banner_text.text() == "Satisfied (4 and 5)"
    assert page.asked.count.text() == "15 customers"
    page.asked.back.click()
    program.idle()
    assert page.asked.count.text() == "40 customers"
    page.result.items.itemActivated.emit(page.result.items.topLevelItem(1), 0)
    program.idle()
    assert page.asked.count.text() == "39 customers"
    page.result.cards["tier"].picked.emit("gold", None, "Gold")
    program.idle()
    assert page.asked.banner_text.text() == "Gold"
    assert page.asked.count.text() in ("19 customers", "20 customers")
    page.result.remarks.itemActivated.emit(page.result.remarks.topLevelItem(0), 0)
    program.idle()
    assert page.asked.count.text() == "1 customer"


def test_each_question_by_tier_opens_its_customers(program, page):
    matrix = page.result.matrix
    assert [column.label for column in matrix.table.columns][:3] == ["Answers", "1", "2"]
    assert [row.label for row in matrix.table.rows] == ["Gold", "Silver"]
    gold = matrix.table.rows[0]
    matrix._clicked(matrix.view.model().index(0, 3))
    program.idle()
    assert page.asked.banner_text.text() == "Gold · question 2"
    assert page.asked.count.text() == f"{gold.values[0]} customers"
    matrix.sides.setCurrentIndex(matrix.sides.findData("month"))
    program.idle()
    assert [row.label for row in matrix.table.rows] == ["2026-03"]


def test_few_answers_are_called_an_impression(program, tab):
    run = program.ask(lambda: asked_office(4))
    tab.show_wish(Show("survey_run", run.id))
    program.idle()
    assert tab.page.result.few.text().startswith("Only 3 answers: an impression, no more.")
    assert "only told of questions that at least 30" in tab.page.drivers.few.text()
    assert not tab.page.drivers.chart.isVisibleTo(tab.page.drivers)
    words = [tab.page.drivers.tree.topLevelItem(n).text(5) for n in range(tab.page.drivers.tree.topLevelItemCount())]
    assert set(words) == {"too few answers to say"}


def test_what_drives_satisfaction_is_a_picture_with_its_sample_sizes(program, page):
    page.tabs.setCurrentWidget(page.drivers_area)
    program.idle()
    tree = page.drivers.tree
    assert tree.topLevelItem(0).text(1) == "Is the quality of our products as agreed?"
    assert (tree.topLevelItem(0).text(2), tree.topLevelItem(0).text(4)) == ("39", "1")
    assert len(page.drivers.chart.regions()) == 2
    assert "39 answers" in page.drivers.chart.regions()[0].tip
    page.drivers.chart.picked.emit("quality")
    program.idle()
    assert page.asked.count.text() == "39 customers"


def test_an_action_about_a_question_shows_its_score_before_and_after(program, page, run):
    page.drivers.tree.topLevelItem(0).setSelected(True)
    page.drivers.plan.click()
    program.idle()
    dialog = opened(ActionDialog)
    assert dialog.question.currentData() == "quality"
    dialog.save_button.click()
    program.idle()
    assert dialog.isVisible()  # what is to be done is missing
    dialog.form.editor("what").set_raw("加一道出厂检验")
    dialog.form.editor("due").set_raw("2030-01-31")
    dialog.save_button.click()
    program.idle()
    assert closed(ActionDialog)
    tree = page.measures.tree
    assert tree.topLevelItem(0).text(0).startswith("加一道出厂检验")
    assert tree.topLevelItem(0).text(4) == "○ agreed"
    assert tree.topLevelItem(0).text(5) == "2.95  (39)"
    tree.topLevelItem(0).setSelected(True)
    page.measures.done.click()
    program.idle()
    assert tree.topLevelItem(0).text(4) == "● done, to be verified"
    tree.topLevelItem(0).setSelected(True)
    page.measures.edit()
    dialog = opened(ActionDialog)
    dialog.form.editor("done").set_raw("2026-03-10")
    dialog.form.editor("verified").set_raw(date.today().isoformat())
    dialog.form.editor("effective").set_raw(True)
    dialog.save_button.click()
    program.idle()
    assert tree.topLevelItem(0).text(4) == "✓ verified, effective"
    assert "(" in tree.topLevelItem(0).text(6)
    tree.topLevelItem(0).setSelected(True)
    page.measures.delete.click()
    program.idle()
    assert program.ask(lambda: file.one("SELECT count(*) FROM survey_action")) == 0
    program.command("undo")
    assert isinstance(page.measures.found[0].action, SurveyAction)


def test_who_is_still_to_ask_comes_first_and_is_called_from_the_list(program, page):
    page.tabs.setCurrentWidget(page.asked)
    assert page.asked.below.isHidden()  # nobody is chosen: the list has the whole page
    page.asked.list.selectRow(0)
    program.idle()
    assert page.asked.told.text() == "To ask"
    assert page.asked.call.isEnabled()
    page.asked.call.click()
    program.idle()
    call = opened(CallDialog)
    assert call.page.script.asked.id == page.asked.list.current_id()
    call.reject()
    page.asked.list.selectRow(1)
    program.idle()
    assert not page.asked.call.isEnabled()
    assert "All in all, how satisfied are you with us?" in page.asked.told.text()
    page.asked.write.click()
    program.idle()
    change_it = opened(CallDialog)
    assert change_it.page.how.currentData() == "paper"
    change_it.page.questions.set_answers({"overall": 5, "nps": 10})
    change_it.save()
    program.idle()
    assert program.ask(lambda: SurveyAsked.get_row(page.asked.list.current_id())).overall == 5


def test_customers_are_taken_out_of_a_survey_and_undo_brings_them_back(program, page):
    page.tabs.setCurrentWidget(page.asked)
    page.asked.list.selectRow(1)
    page.asked.take_out([page.asked.list.current_id()])
    program.idle()
    assert page.asked.count.text() == "39 customers"
    assert "38 of 39 answered" in page.standing.text()
    program.command("undo")
    assert "39 of 40 answered" in page.standing.text()


def test_more_customers_are_asked_and_the_survey_is_ended(program, page):
    page.more_asked.emit(page.shown.run)
    program.idle()
    dialog = opened(MoreCustomers)
    dialog.sample.line.setText("宁波第")
    program.qtbot.wait(250)
    program.idle()
    assert dialog.ask_button.text() == "Ask 39 more customers"  # the one who is still to ask is left out
    dialog.sample.line.setText("no such customer")
    program.qtbot.wait(250)
    program.idle()
    assert not dialog.ask_button.isEnabled()
    dialog.sample.line.setText("")
    dialog.sample.how.setCurrentIndex(dialog.sample.how.findData("nth"))
    dialog.sample.number.setValue(20)
    program.qtbot.wait(250)
    program.idle()
    dialog.ask_button.click()
    program.idle()
    assert closed(MoreCustomers)
    page.end()
    program.idle()
    assert page.shown.run.state == "closed"
    assert page.call.isHidden()
    page.end()
    program.idle()
    assert page.shown.run.state == "open"


def test_the_list_says_how_many_have_answered(program, tab, run, page):
    place = [column.key for column in tab.columns()].index("progress")
    shown = tab.list.list_model.index(0, place)
    assert shown.data() == "39/40"
    last = program.ask(lambda: asking.queue(run.id)[0])
    tab.doing.write_answers(run.id, last)
    program.idle()
    dialog = opened(CallDialog)
    dialog.page.questions.set_answers({"overall": 4})
    dialog.save()
    program.idle()
    assert tab.list.list_model.index(0, place).data() == "40/40"


def test_a_survey_is_edited_and_deleted(program, tab, page):
    program.command("edit_record")
    page.panel.form.editor("name").set_raw("2026 上半年")
    program.command("save_record")
    assert page.name.text() == "2026 上半年"
    tab.delete([page.wanted])
    assert "with all its answers" in page.notice.text()
    page.notice.buttons[0].click()
    program.idle()
    assert program.ask(lambda: file.one("SELECT count(*) FROM survey_answer")) == 0
    assert "survey deleted" in program.bar
    program.command("undo")
    assert program.ask(lambda: file.one("SELECT count(*) FROM survey_asked WHERE state = 'answered'")) == 39


def test_without_a_choice_all_surveys_of_a_period_stand_side_by_side(program, tab, run):
    program.idle()
    tab.show_all_together()
    program.idle()
    assert tab.right.currentWidget() is tab.all
    tab.all.period.setCurrentIndex(tab.all.period.findData("2026-03"))
    program.idle()
    assert tab.all.result.tiles["mean"].below.text().endswith("÷ 39 answers")
    assert not tab.all.result.cards["month"].isHidden()
    tab.all.result.cards["served_by"].picked.emit(None, None, "Satisfaction by colleague who serves")
    program.idle()
    assert tab.right.currentWidget() is tab.answers
    assert tab.answers.count.text() == "39 customers"
    tab.answers.back.click()
    program.idle()
    assert tab.right.currentWidget() is tab.all


def test_other_tabs_lead_here(program, tab, run):
    number = program.ask(lambda: asking.queue(run.id)[0])
    program.window.show_wish(Show("survey_asked", number))
    program.idle()
    assert tab.page.wanted == run.id
    assert tab.page.tabs.currentWidget() is tab.page.asked
    assert tab.page.asked.list.current_id() == number
    ids = program.ask(lambda: [i for (i,) in file.ask("SELECT id FROM survey_asked WHERE nps = 10")])
    program.window.show_wish(Show("survey_asked", filters=(Filter("id", "ids", ids),), title="Promoters"))
    program.idle()
    assert tab.right.currentWidget() is tab.answers
    assert tab.answers.banner_text.text() == "Promoters"
    assert tab.answers.count.text() == "7 customers"
    wanted = []
    tab.answers.opened.connect(lambda table, id: wanted.append((table, id)))
    tab.answers.list.selectRow(0)
    program.idle()
    tab.answers.file.click()
    program.idle()
    assert wanted[0][0] == "customer"
    assert program.window.tabs.currentIndex() == 1


def test_the_result_and_the_forms_are_shown_on_paper(program, page):
    page.report.click()
    program.idle()
    report = opened(SurveyReport)
    assert report.view.page_count() >= 1
    assert report.file_name() == "Survey report 上半年.pdf"
    report.reject()
    page.paper_asked.emit("form", page.shown.run)
    program.idle()
    forms = opened(SurveyForms)
    assert forms.view.page_count() >= 1
    forms.which.setCurrentIndex(1)
    program.idle()
    assert forms.view.page_count() >= 1
    forms.reject()


def test_a_sheet_goes_out_and_comes_back(program, page, tmp_path, monkeypatch):
    path = tmp_path / "survey.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    page.paper_asked.emit("sheet", page.shown.run)
    program.idle()
    assert "note that it went out" in program.bar
    program.window.message_bar.action.click()
    program.idle()
    assert "1 asked, no answer yet" in page.standing.text()
    book = load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(2, 4).value = "5"
    sheet.cell(2, 5).value = "9"  # no score from 1 to 5
    book.save(path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    page.paper_asked.emit("back", page.shown.run)
    program.idle()
    dialog = opened(ReadBack)
    assert dialog.tree.topLevelItem(0).text(1) == "refused"
    assert not dialog.save_button.isEnabled()
    refused = tmp_path / "refused.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(refused), ""))
    dialog.refused_button.click()
    program.idle()
    assert refused.exists()
    dialog.reject()
    sheet.cell(2, 5).value = "4"
    book.save(path)
    page.paper_asked.emit("back", page.shown.run)
    program.idle()
    dialog = opened(ReadBack)
    assert dialog.save_button.text() == "Write down 1 answer sheet"
    dialog.save_button.click()
    program.idle()
    assert "40 of 40 answered" in page.standing.text()
    program.command("undo")
    assert "39 of 40 answered" in page.standing.text()


def test_a_questionnaire_is_written_with_its_preview(program, tab):
    tab.doing.show_templates()
    program.idle()
    list_ = opened(TemplatesDialog)
    assert list_.empty.isVisible()
    list_.write_own()
    dialog = opened(TemplateDialog)
    dialog.lines["name"].setText("展会回访")
    dialog.form.zh.setPlainText("展会对您有帮助吗？")
    dialog.form.en.setPlainText("Was the fair of use?")
    dialog.form.overall.setChecked(True)
    dialog.questions.add.click()
    dialog.form.kind.setCurrentIndex(dialog.form.kind.findData("choice"))
    dialog.form.zh.setPlainText("您想了解哪类产品？")
    dialog.form.en.setPlainText("Which products?")
    dialog.form.options_zh.setPlainText("电机\n水泵")
    dialog.save_button.click()
    program.idle()
    assert "as many in each language" in dialog.message_bar.label.text()
    dialog.form.options_en.setPlainText("Motors\nPumps")
    program.qtbot.wait(200)
    assert [line.label.text() for line in dialog.preview.lines.values()] == [
        "1. Was the fair of use?",
        "2. Which products?",
    ]
    dialog.lang.setCurrentIndex(dialog.lang.findData("zh_CN"))
    assert next(line.label.text() for line in dialog.preview.lines.values()) == "1. 展会对您有帮助吗？"
    dialog.questions.move_item(-1)
    assert dialog.questions.list.item(0).text() == "1. Which products?"
    dialog.questions.move_item(1)
    dialog.save_button.click()
    program.idle()
    assert closed(TemplateDialog)
    made = program.ask(lambda: templates.template(list_.found[0].id))
    assert [item["kind"] for item in made.items] == ["scale", "choice"]
    assert made.items[0]["overall"]
    list_.reject()


def test_what_was_written_in_a_questionnaire_is_offered_again(program, tab):
    dialog = TemplateDialog(tab, {})
    dialog.open()
    dialog.lines["name"].setText("展会回访")
    dialog.form.zh.setPlainText("有帮助吗？")
    program.qtbot.wait(1100)
    program.idle()
    dialog.hide()  # as when the program is killed
    again = TemplateDialog(tab, {})
    again.open()
    program.idle()
    again.draft.buttons[0].click()
    program.idle()
    assert again.lines["name"].text() == "展会回访"
    assert again.questions.items[0]["zh"] == "有帮助吗？"
    again.ticks["en"].setChecked(False)
    again.save_button.click()
    program.idle()
    assert [one.name for one in program.ask(templates.all_of_them)] == ["展会回访"]
    third = TemplateDialog(tab, {})
    third.open()
    program.idle()
    assert third.draft.text() == ""
    third.reject()


def test_all_answers_are_saved_as_a_list(program, page, tmp_path, monkeypatch):
    path = tmp_path / "answers.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(path), ""))
    page.paper_asked.emit("answers", page.shown.run)
    program.idle()
    assert load_workbook(path).worksheets[0].max_row == 41
    assert "answers.xlsx" in program.bar


def test_a_questionnaire_that_was_asked_becomes_a_new_version(program, tab, run):
    tab.doing.show_templates()
    program.idle()
    list_ = opened(TemplatesDialog)
    list_.tree.topLevelItem(0).setSelected(True)
    list_.edit()
    program.idle()
    dialog = opened(TemplateDialog)
    assert "version 2" in dialog.notice.text()
    dialog.questions.list.setCurrentRow(1)
    dialog.questions.remove_item()
    dialog.save_button.click()
    program.idle()
    assert [(one.version, one.questions) for one in list_.found] == [(2, 9)]
    list_.older.setChecked(True)
    program.idle()
    assert sorted((one.version, one.active) for one in list_.found) == [(1, False), (2, True)]
    list_.tree.topLevelItem(0).setSelected(True)
    list_.make_copy()
    program.idle()
    copy = opened(TemplateDialog)
    assert copy.lines["name_en"].text() == "Customer satisfaction (copy)"
    copy.reject()
    list_.tree.topLevelItem(0).setSelected(True)
    list_.put_aside()
    program.idle()
    assert not any(one.active for one in list_.found)
    list_.reject()


def test_the_window_built_anew_shows_the_same_survey(program, tab, run, page):
    state = tab.state()
    tab.show_record(None)
    program.idle()
    tab.restore(state)
    program.idle()
    assert tab.page.wanted == run.id
    assert tab.right.currentWidget() is tab.page


def test_the_list_of_surveys_is_searched_and_exported_like_others(program, tab, run):
    tab.line.setText("no such survey")
    program.idle()
    assert tab.count.text() == "0 surveys"
    tab.line.setText("上半年")
    program.idle()
    assert tab.count.text() == "1 survey"
    tab.filters.choose("state", ["closed"])
    program.idle()
    assert tab.count.text() == "0 surveys"
    tab.filters.clear()
    program.idle()
    program.press(tab.line, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert tab.page.wanted == run.id


def test_a_customers_page_shows_its_surveys_and_starts_one_of_it(program, tab, run):
    customer = program.ask(lambda: file.one("SELECT customer FROM survey_asked WHERE overall = 5 LIMIT 1"))
    program.window.show_wish(Show("customer", customer))
    program.idle()
    page = program.window.tab().page
    number = next(n for n in range(page.tabs.count()) if page.tabs.tabText(n) == "Satisfaction (1)")
    page.tabs.setCurrentIndex(number)
    program.idle()
    related = page.related["survey_asked"]
    related.list.selectRow(0)
    related.list.opened.emit(related.list.current_id())
    program.idle()
    assert tab.page.asked.list.current_id() == related.list.current_id()
    related.new_asked.emit()
    program.idle()
    dialog = opened(NewSurvey)
    assert dialog.start_button.text() == "Ask 1 customer"
    assert dialog.sample.filters.isHidden()
    dialog.reject()


def test_answers_on_paper_stand_in_a_customers_line_of_time(program, tab, run):
    customer = program.ask(lambda: file.one("SELECT customer FROM survey_asked WHERE overall = 5 LIMIT 1"))
    [entry] = program.ask(lambda: timeline.page(customer))
    assert (entry.table, entry.text, entry.mood) == ("survey_asked", "上半年", "5")
    assert "overall 5 of 5 · recommends 10 of 10" in timeline_list.title(entry)
    program.window.show_wish(Show("customer", customer))
    program.idle()
    page = program.window.tab().page
    page.timeline.opened.emit(entry.table, entry.id)
    program.idle()
    assert tab.page.asked.list.current_id() == entry.id


def test_the_customers_marked_in_their_list_are_asked(program, tab):
    customers = program.tab("customers")
    customers.list.selectAll()
    marked = list(customers.list.selected_ids())
    customers._survey(marked[:5])
    program.idle()
    dialog = opened(NewSurvey)
    assert dialog.sample.choice().filters == (Filter("id", "ids", marked[:5]),)
    dialog.start_button.click()
    program.idle()
    assert tab.page.shown.run.whom == "customers chosen by hand"


def test_a_survey_is_found_from_anywhere(program, tab, run):
    hits = program.ask(lambda: jump.find("上半年"))
    assert [(hit.kind.table, hit.title) for hit in hits if hit.kind.table == "survey_run"] == [("survey_run", "上半年")]
