"""Surveys on paper: forms to fill in by hand, and the report of what was answered."""

from io import BytesIO

import pypdfium2
import pytest

from crm_desktop import i18n
from crm_desktop.errors import UserError
from crm_desktop.models import SurveyAsked
from crm_desktop.reports import customer_card, survey_form, survey_month, survey_report
from crm_desktop.satisfaction import asking, improving, templates
from crm_desktop.satisfaction.sampling import Choice
from crm_desktop.statistics import Period
from crm_desktop.store.change import change
from tests.crm_desktop.satisfaction.conftest import customers_of


def texts(draw):
    """The text of each page."""
    paper = BytesIO()
    pages = draw(paper)
    document = pypdfium2.PdfDocument(paper.getvalue())
    assert len(document) == pages
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def test_each_customer_still_to_be_asked_gets_a_form_with_its_name_and_number(run, asked, says):
    says(asked[0], how="paper", overall=5)
    found = texts(lambda paper: survey_form.draw(paper, survey_form.collect(run.id)))
    assert len(found) == 7
    assert f"{run.code}-0002" in found[0]
    assert "宁波第1机械厂" in found[0]
    for words in ("1. All in all, how satisfied are you with us? *", "1 very dissatisfied", "□ 10", "What should we"):
        assert words in found[6]


def test_chosen_customers_get_their_forms_in_the_order_of_the_numbers(run, asked):
    data = survey_form.collect(run.id, [asked[3], asked[1]])
    assert [form.code[-4:] for form in data.forms] == ["0002", "0004"]


def test_a_blank_form_names_nobody_and_asks_in_the_language_of_the_office(run):
    i18n.set_language("zh_CN")
    [form] = texts(lambda paper: survey_form.draw(paper, survey_form.blank(run.id)))
    assert "1. 总体来说，您对我们满意吗？" in form
    assert "机械厂" not in form
    assert run.code in form


def test_who_has_nobody_left_to_ask_is_told_to_print_a_blank_form(wang_fang, run, asked):
    with change(wang_fang, asking.REFUSED) as c:
        for i in asked:
            asking.declined(c, i, logged=False)
    with pytest.raises(UserError, match="Print a blank form"):
        survey_form.collect(run.id)


def test_a_long_questionnaire_goes_on_on_the_next_page_and_splits_no_question(wang_fang):
    choices = ["\n".join(f"answer {n}-{m}." for m in range(9)) for n in range(14)]
    questions = [{"kind": "choice", "en": f"Question {n}?", "options_en": each} for n, each in enumerate(choices)]
    customers = customers_of(wang_fang, 1)
    with change(wang_fang, asking.START) as c:
        made = templates.save(c, {"name": "长", "languages": ["en"], "items": questions})
        run = asking.start(c, made.id, {}, customers, Choice())
    found = texts(lambda paper: survey_form.draw(paper, survey_form.collect(run.id)))
    assert len(found) > 1
    for n in range(14):
        [page] = [text for text in found if f"Question {n}?" in text]
        assert all(f"answer {n}-{m}." in page for m in range(9))


def test_each_form_counts_its_own_pages(wang_fang):
    choices = ["\n".join(f"answer {n}-{m}." for m in range(9)) for n in range(14)]
    questions = [{"kind": "choice", "en": f"Question {n}?", "options_en": each} for n, each in enumerate(choices)]
    customers = customers_of(wang_fang, 3)
    with change(wang_fang, asking.START) as c:
        made = templates.save(c, {"name": "长", "languages": ["en"], "items": questions})
        run = asking.start(c, made.id, {}, customers, Choice())
    found = texts(lambda paper: survey_form.draw(paper, survey_form.collect(run.id)))
    each = len(found) // 3
    assert each > 1
    for at, text in enumerate(found):
        assert f"Page {at % each + 1} of {each}" in text


@pytest.fixture
def answered(asked, says):
    for i, (overall, nps, wish) in enumerate(((5, 10, "很好"), (5, 9, ""), (4, 7, ""), (3, 6, ""), (2, 3, "发货太慢"))):
        says(asked[i], how="paper", at=f"2026-11-0{i + 1}T10:00:00", overall=overall, nps=nps, delivery=3, wish=wish)


def test_the_report_says_each_figure_with_its_formula_and_the_least_satisfied_first(wang_fang, run, answered):
    with change(wang_fang, improving.ACTION) as c:
        improving.plan(c, run, "delivery", {"what": "换承运商", "owner": wang_fang.id, "due": "2026-12-31"})
    text = "\n".join(texts(lambda paper: survey_report.draw(paper, survey_report.collect(run.id))))
    for words in (
        "100 %",
        "5 answered ÷ 5 asked; those still to ask are left out",
        "3.8",
        "sum 19 ÷ 5 answers",
        "(2 of 9–10 − 2 of 0–6) ÷ 5 answers",
        "Fewer than 10 answers are an impression, not a measurement.",
        "So few say nothing about it.",
        "换承运商",
        "3 (5 answers)",
        "Satisfaction by tier",
    ):
        assert words in text.replace("\n", " "), words
    assert text.index("发货太慢") < text.index("很好")


def test_a_survey_without_answers_has_a_report_that_says_so(run):
    text = "\n".join(texts(lambda paper: survey_report.draw(paper, survey_report.collect(run.id))))
    assert "Nobody has answered yet." in text


def test_a_questionnaire_without_recommendation_has_no_nps(wang_fang):
    customers = customers_of(wang_fang, 2)
    with change(wang_fang, asking.START) as c:
        run = asking.start(c, templates.make_ready(c, "delivery").id, {}, customers, Choice())
    assert [each.key for each in survey_report.collect(run.id).figures] == ["response", "mean", "top"]


def test_what_is_gone_is_said(office):
    for collect in (survey_form.collect, survey_form.blank, survey_report.collect):
        with pytest.raises(UserError, match="no longer there"):
            collect(4)


def test_the_month_says_how_content_customers_were_and_who_was_not(run, answered, wang_fang, li_qiang):
    month, year = Period.month("2026-11"), Period("2025-12-01", "2026-11-30")
    data = survey_month.read(month, year, None)
    assert [each.shown for each in data.figures] == ["3.8", "60 %", "0"]
    assert data.runs[0][3:] == ("Running", "5", "100 %", "3.8", "60 %", "0")
    assert data.low == [("宁波第4机械厂", "2 / 5", "发货太慢", "王芳")]
    assert survey_month.read(month, year, wang_fang.id).figures[0].n == 5
    assert survey_month.read(month, year, li_qiang.id) == survey_month.Data()
    earlier = survey_month.read(Period.month("2026-10"), Period("2025-11-01", "2026-10-31"), None)
    assert earlier == survey_month.Data()


def test_the_card_of_a_customer_shows_what_it_answered(answered, asked):
    data = customer_card.collect(SurveyAsked.get_row(asked[4]).customer)
    [row] = data.surveys
    assert row[0] == "2026-11-05"
    assert row[2:] == ("2 / 5", "3 / 10", "发货太慢")
    text = "\n".join(texts(lambda paper: customer_card.draw(paper, data)))
    assert "Satisfaction surveys" in text
    assert customer_card.collect(SurveyAsked.get_row(asked[7]).customer).surveys == []
