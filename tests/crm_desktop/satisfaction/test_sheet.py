"""A survey goes out as an Excel sheet and comes back: every line judged, nothing twice, taken back as one."""

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from crm_desktop import i18n
from crm_desktop.errors import UserError
from crm_desktop.exchange import importing, survey_answers, survey_lines, survey_sheet, whole_office
from crm_desktop.models import SurveyAsked
from crm_desktop.models.office import found_office
from crm_desktop.satisfaction import answering, asking, improving, templates
from crm_desktop.satisfaction.sampling import Choice
from crm_desktop.store import file, history
from crm_desktop.store.change import change
from tests.crm_desktop.satisfaction.conftest import customers_of

QUALITY, NPS, WISH = 5, 12, 13
"""Columns of the general questionnaire: three before it, the overall question is the fourth."""


def row(asked):
    return SurveyAsked.get_row(asked)


def last_change():
    return file.one('SELECT max(id) FROM "change"')


@pytest.fixture
def sheet(run, tmp_path):
    """The sheet of the survey, as it goes out."""
    return survey_sheet.write(tmp_path / "survey.xlsx", survey_sheet.collect(run.id))


@pytest.fixture
def filled(sheet):
    """Somebody writes into cells of the sheet: {(row, column): value}."""

    def fill(cells, name="back.xlsx"):
        book = load_workbook(sheet)
        for (line, column), value in cells.items():
            book.worksheets[0].cell(line, column).value = value
        book.save(sheet.with_name(name))
        return sheet.with_name(name)

    return fill


def test_the_sheet_has_a_line_for_each_customer_and_offers_the_answers(sheet, run):
    book = load_workbook(sheet)
    page, entries = book.worksheets
    assert (page.max_row, entries.sheet_state) == (9, "hidden")
    assert [cell.value for cell in page[1]][:4] == ["Form no.", "Customer", "Contact person",
                                                    "1. All in all, how satisfied are you with us?"]  # fmt: skip
    assert [cell.value for cell in page[2]][:2] == [f"{run.code}-0001", "宁波第0机械厂"]
    rules = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    assert rules["D2:D9"] == "'Lists'!$D$1:$D$5"
    assert [entries.cell(n, NPS).value for n in (1, 11)] == [0, 10]
    assert "M2:M9" not in rules  # own words are free
    assert "very dissatisfied" in page.cell(1, 4).comment.text


def test_answers_come_back_as_one_change_that_can_be_taken_back(wang_fang, asked, filled):
    path = filled({(2, 4): 5, (2, QUALITY): "4 - good", (2, NPS): "9分", (2, WISH): "=发货快些",
                   (2, 14): date(2026, 11, 20), (3, 4): "satisfied", (3, 15): "老板亲自填的"})  # fmt: skip
    plan = survey_answers.read(path)
    assert plan.counts() == {"new": 2, "update": 0, "same": 0, "refused": 0, "blank": 6}
    assert plan.rows[0].shown[:2] == [
        ("All in all, how satisfied are you with us?", "", "5"),
        ("Is the quality of our products as agreed?", "", "4"),
    ]
    number = plan.save(wang_fang)
    first, second = row(asked[0]), row(asked[1])
    assert (first.state, first.how, first.overall, first.nps) == ("answered", "excel", 5, 9)
    assert first.answered_at == "2026-11-20T12:00:00"
    assert (second.overall, second.note) == (4, "老板亲自填的")
    assert survey_answers.said(plan, number) == "The answers of 2 customers were written down."
    history.undo(wang_fang, number)
    assert (row(asked[0]).state, file.one("SELECT count(*) FROM survey_answer")) == ("to_ask", 0)


def test_the_same_sheet_once_more_changes_nothing(wang_fang, asked, filled):
    path = filled({(2, 4): 5, (2, WISH): "没有"})
    survey_answers.read(path).save(wang_fang)
    before = last_change()
    again = survey_answers.read(path)
    assert (again.counts()["same"], again.save(wang_fang)) == (1, None)
    assert last_change() == before


def test_a_blank_cell_takes_no_answer_away(wang_fang, asked, says, filled):
    says(asked[0], how="paper", overall=3, quality=4)
    plan = survey_answers.read(filled({(2, 4): 5}))
    assert plan.rows[0].shown == [("All in all, how satisfied are you with us?", "3", "5")]
    plan.save(wang_fang)
    assert row(asked[0]).overall == 5
    assert file.one("SELECT score FROM survey_answer WHERE asked = ? AND item = 'quality'", (asked[0],)) == 4


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({(2, 4): 7}, "a number from 1 to 5"),
        ({(2, 4): "sehr gut"}, "a number from 1 to 5"),
        ({(2, QUALITY): 5}, "“All in all, how satisfied are you with us?” is not answered yet"),
        ({(2, 1): "DC-2020-0001-0001", (2, 4): 5}, "No survey has the form number"),
        ({(2, 1): None, (2, 4): 5}, "The form number is missing"),
        ({(2, 4): 5, (2, 14): date(2999, 1, 1)}, "has not come yet"),
        ({(2, 4): 5, (3, 1): None, (3, 2): None, (3, 4): 5}, "The form number is missing"),
    ],
)
def test_a_line_that_cannot_be_read_is_refused_with_its_reason(filled, cells, reason, tmp_path, run):
    plan = survey_answers.read(filled(cells))
    [refused] = [line for line in plan.rows if line.status == "refused"]
    assert reason in refused.reason
    assert plan.refused(tmp_path / "refused.xlsx") == 1
    told = load_workbook(tmp_path / "refused.xlsx").worksheets[0]
    assert reason in told.cell(2, 1).value
    assert told.cell(1, 2).value == "Form no."


def test_refused_lines_are_put_right_and_read_again(wang_fang, asked, filled, tmp_path):
    survey_answers.read(filled({(2, 4): 7})).refused(tmp_path / "refused.xlsx")
    book = load_workbook(tmp_path / "refused.xlsx")
    book.worksheets[0].cell(2, 5).value = 4
    book.save(tmp_path / "right.xlsx")
    survey_answers.read(tmp_path / "right.xlsx").save(wang_fang)
    assert row(asked[0]).overall == 4


def test_a_form_number_that_stands_twice_is_refused_the_second_time(run, filled):
    plan = survey_answers.read(filled({(2, 4): 5, (3, 1): f"{run.code}-0001", (3, 4): 4}))
    assert [line.status for line in plan.rows[:2]] == ["new", "refused"]


def test_without_a_form_number_the_name_does_where_the_survey_is_known(wang_fang, run, asked, filled):
    plan = survey_answers.read(filled({(4, 1): None, (4, 4): 5}), run.id)
    assert plan.rows[2].status == "new"
    plan.save(wang_fang)
    assert row(asked[2]).overall == 5


def test_a_sheet_in_the_other_language_reads_the_same(wang_fang, asked, run, tmp_path):
    i18n.set_language("zh_CN")
    path = survey_sheet.write(tmp_path / "调查.xlsx", survey_sheet.collect(run.id))
    book = load_workbook(path)
    book.worksheets[0].cell(2, 4).value = 5
    book.worksheets[0].cell(2, QUALITY).value = 3
    book.save(path)
    i18n.set_language("en")
    plan = survey_answers.read(path)
    assert plan.rows[0].shown[1] == ("Is the quality of our products as agreed?", "", "3")


def test_a_choice_is_read_by_its_words_in_either_language(wang_fang, tmp_path):
    ids = customers_of(wang_fang, 2)
    with change(wang_fang, asking.START) as c:
        run = asking.start(c, templates.make_ready(c, "delivery").id, {}, ids, Choice())
    path = survey_sheet.write(tmp_path / "a.xlsx", survey_sheet.collect(run.id))
    book = load_workbook(path)
    for line, solved in ((2, "没有解决"), (3, "Partly")):
        book.worksheets[0].cell(line, 4).value = 4
        book.worksheets[0].cell(line, 9).value = solved
    book.save(path)
    plan = survey_answers.read(path)
    plan.save(wang_fang)
    assert [line.answers["solved"] for line in plan.rows] == [3, 2]
    i18n.set_language("zh_CN")
    assert survey_answers.read(path).counts()["same"] == 2
    i18n.set_language("en")


def test_a_list_that_is_no_survey_sheet_is_said(tmp_path, office):
    (tmp_path / "a.csv").write_text("客户名称,电话\n甲,1\n", encoding="utf-8")
    with pytest.raises(UserError, match="is no survey sheet"):
        survey_answers.read(tmp_path / "a.csv")


def test_all_answers_are_a_list(asked, says, run, tmp_path):
    says(asked[0], how="paper", overall=5, wish="=1+1")
    data = survey_sheet.collect(run.id, results=True)
    path = survey_sheet.write(tmp_path / "all.xlsx", data)
    page = load_workbook(path).worksheets[0]
    assert page.max_row == 9
    assert [page.cell(2, n).value for n in (4, 13)] == [5, "=1+1"]
    assert [page.cell(2, n).value for n in range(16, 20)] == ["Answered", "Paper", "Diamond", "王芳"]
    assert survey_answers.read(path).counts()["same"] == 1


def test_who_is_on_a_sheet_can_be_noted_as_asked(wang_fang, run, asked):
    data = survey_sheet.collect(run.id, asked[:3])
    with change(wang_fang, asking.SENT) as c:
        assert asking.sent(c, run.id, data.asked) == 3
    assert [row(i).state for i in asked[2:4]] == ["asked", "to_ask"]


def test_nobody_left_to_ask_is_said(wang_fang, run, asked):
    with change(wang_fang, asking.REFUSED) as c:
        for i in asked:
            asking.declined(c, i, logged=False)
    with pytest.raises(UserError, match="Nobody is left"):
        survey_sheet.collect(run.id)


def test_a_thousand_lines_are_judged_in_the_time_of_a_breath(wang_fang, general, tmp_path):
    with change(wang_fang, asking.START) as c:
        run = asking.start(c, general.id, {}, customers_of_many(c), Choice())
    path = survey_sheet.write(tmp_path / "a.xlsx", survey_sheet.collect(run.id))
    book = load_workbook(path)
    for line in range(2, 1002):
        for column in range(4, 12):
            book.worksheets[0].cell(line, column).value = line % 5 + 1
    book.save(path)
    begun = time.perf_counter()
    plan = survey_answers.read(path)
    took = time.perf_counter() - begun
    print(f"1,000 lines: {took * 1000:.0f} ms")
    assert plan.counts()["new"] == 1000
    assert took < 5


def customers_of_many(c):
    from crm_desktop.models import Customer

    return c.insert_many(Customer, [{"name": f"客户{n}", "stage": "steady"} for n in range(1000)])


TOLD = {
    "survey_template": "family, version, name, name_en, purpose, languages, items, active",
    "survey_run": "code, name, started_on, due, state, product, whom, segment, closed_on, remarks",
    "survey_asked": "code, state, due, tier, product, attempts, tried_at, answered_at, how, note, overall, nps,"
    " again_on",
    "survey_answer": "item, score, words, at, how",
    "survey_action": "item, what, kind, due, done, verified, effective",
}


def told():
    names = ("owner", "served_by", '"by"')
    people = [
        sorted(map(str, file.ask(f"SELECT (SELECT name FROM user u WHERE u.id = t.{name}) FROM survey_asked t")))
        for name in names
    ]
    rows = {table: sorted(map(str, file.ask(f"SELECT {columns} FROM {table}"))) for table, columns in TOLD.items()}
    ties = sorted(
        file.ask(
            "SELECT s.code, k.code, r.code, coalesce(i.code, ''),"
            " (SELECT count(*) FROM survey_answer a WHERE a.asked = s.id)"
            " FROM survey_asked s JOIN customer k ON k.id = s.customer JOIN survey_run r ON r.id = s.run"
            " LEFT JOIN interaction i ON i.id = s.interaction"
        )
    )
    return rows, people, ties


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_surveys_go_with_the_whole_office_and_come_back_into_an_empty_one(
    wang_fang, office, run, asked, says, general, tmp_path, language
):
    says(asked[0], overall=5, nps=9, wish="=快\n一点")
    says(asked[1], how="paper", at="2026-01-10T10:00:00", overall=2)
    with change(wang_fang, asking.REFUSED) as c:
        asking.declined(c, asked[2], "没时间", logged=False)
        improving.plan(c, run, "delivery", {"what": "换承运商", "owner": wang_fang.id, "due": "2026-12-31"})
        second = templates.save(c, {"items": general.items[:4]}, general)
        asking.end(c, asking.start(c, second.id, {"product": "水泵"}, [row(asked[0]).customer], Choice()))
    before = told()
    i18n.set_language(language)
    whole_office.write(tmp_path / "office.xlsx")
    file.close()
    file.create(tmp_path / "second.crm")
    found_office()
    result = importing.read(tmp_path / "office.xlsx").save(None)
    assert result.left_out == []
    for now, then in zip(told(), before, strict=True):
        assert now == then
    again = importing.read(tmp_path / "office.xlsx").save(None)
    assert (again.beside, again.change) == (0, None)
    history.undo(None, result.change)
    assert file.one("SELECT count(*) FROM survey_run") == file.one("SELECT count(*) FROM survey_answer") == 0


def test_rows_of_surveys_that_hang_on_nothing_are_left_out_and_said(wang_fang, office, run, tmp_path):
    whole_office.write(tmp_path / "office.xlsx")
    book = load_workbook(tmp_path / "office.xlsx")
    book["Customer asked"].cell(2, 3).value = "C-1900-9999"
    book["Survey template"].append(["x", 1, "坏", None, None, "[]", "not json"])
    book.save(tmp_path / "office.xlsx")
    file.close()
    file.create(tmp_path / "second.crm")
    found_office()
    result = importing.read(tmp_path / "office.xlsx").save(None)
    assert len(result.left_out) == 2
    assert "Customer asked, row 2: There is no record with the number “C-1900-9999”." in result.left_out
    assert file.one("SELECT count(*) FROM survey_asked") == 7


def test_a_survey_sheet_is_never_taken_for_a_list_of_customers(sheet, office):
    with pytest.raises(UserError, match="is a survey sheet"):
        importing.read(sheet)


@given(st.integers(0, 10), st.sampled_from(["{}", "{}分", " {} ", "{}.0", "{} - good", "{}：很好", "{} 分"]))
def test_a_number_is_read_however_it_is_written(number, written):
    item = {"key": "nps", "kind": "nps", "en": "?"}
    assert survey_lines._answer(written.format(number), item) == number


@pytest.mark.parametrize(
    ("written", "score"),
    [("很满意", 5), ("非常满意", 5), ("基本满意", 4), ("一般", 3), ("很不满意", 1), ("very satisfied", 5)],
)
def test_a_score_is_read_by_any_word_the_office_knows_for_it(office, written, score):
    assert survey_lines._answer(written, {"key": "q", "kind": "scale", "en": "?"}) == score


@given(st.one_of(st.text(), st.integers(), st.floats(allow_nan=False), st.booleans(), st.dates()))
def test_whatever_stands_in_a_cell_is_an_answer_or_refused_in_words(cell):
    for kind, more in (("scale", {}), ("nps", {}), ("choice", {"options_en": "a\nb"}), ("text", {})):
        item = {"key": "q", "kind": kind, "en": "?", **more}
        try:
            [(score, words)] = answering.checked([item], {"q": survey_lines._answer(cell, item)}).values()
        except UserError:
            continue
        assert (score is None) == (kind == "text")
        assert score is not None or words
