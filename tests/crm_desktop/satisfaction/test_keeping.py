"""Surveys are kept like everything else: out of a backup, in the history, on a server."""

import json

import pytest

from crm_desktop import log_words, removal
from crm_desktop.i18n import N_
from crm_desktop.models import SurveyAsked, SurveyRun
from crm_desktop.satisfaction import asking, improving
from crm_desktop.store import backup, checking, file, history, moving, retrieve
from crm_desktop.store.change import change

TABLES = ("survey_template", "survey_run", "survey_asked", "survey_answer", "survey_action")


def content():
    return {table: sorted(file.ask(f'SELECT * FROM "{table}"'), key=str) for table in TABLES}


@pytest.fixture
def answered(wang_fang, run, asked, says):
    says(asked[0], overall=5, nps=9, wish="更快发货")
    says(asked[1], how="paper", overall=2)
    with change(wang_fang, improving.ACTION) as c:
        improving.plan(c, run, "delivery", {"what": "换承运商", "owner": wang_fang.id, "due": "2026-12-31"})


def test_a_customer_comes_back_from_a_backup_with_its_answers(wang_fang, answered, customers, tmp_path):
    before = content()
    made = backup.make(tmp_path / "backups", "daily")
    with change(wang_fang, N_("Delete customers")) as c:
        removal.delete_customers(c, customers[:1])
    back = retrieve.retrieve(wang_fang, made.path, "customer", customers[:1])
    assert back.kept == []
    assert content() == before
    assert checking.problems() == []


def test_a_deleted_survey_comes_back_from_a_backup_with_all_it_asked(wang_fang, answered, run, tmp_path):
    before = content()
    made = backup.make(tmp_path / "backups", "daily")
    with change(wang_fang, N_("Delete surveys")) as c:
        c.delete(SurveyRun.get_row(run.id))
    retrieve.retrieve(wang_fang, made.path, "survey_run", [run.id])
    assert content() == before


def test_the_history_tells_in_words_what_became_of_a_form(wang_fang, asked, says, run):
    says(asked[0], how="paper", overall=5)
    code = SurveyAsked.get_row(asked[0]).code
    table, record = log_words.by_code(code)
    told = {line.label: (line.before, line.after) for line in reversed(log_words.history(table, record))}
    assert told["State"] == ("To ask", "Answered")
    assert told["How"] == ("", "Paper")
    assert log_words.by_code(run.code) == ("survey_run", run.id)


def test_ending_a_survey_is_one_action_that_is_taken_back(wang_fang, answered, run):
    before = content()
    with change(wang_fang, asking.END) as c:
        asking.end(c, SurveyRun.get_row(run.id))
    assert SurveyRun.get_row(run.id).state == "closed"
    history.undo(wang_fang, c.id)
    then = content()
    assert {t: rows for t, rows in then.items() if t != "survey_run"} == {
        t: rows for t, rows in before.items() if t != "survey_run"
    }
    assert SurveyRun.get_row(run.id).state == "open"


def test_an_office_moves_with_its_surveys(answered, run, tmp_path):
    if file.is_server():
        pytest.skip("from file to file")
    before = content()
    moving.move(file.place(), tmp_path / "new.crm")
    file.open_file(tmp_path / "new.crm")
    assert content() == before
    assert json.loads(SurveyRun.get_row(run.id).segment)["how"] == "all"
    assert checking.problems() == []
