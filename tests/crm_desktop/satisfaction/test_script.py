"""What is needed on the telephone, and what a survey's page shows."""

from crm_desktop.i18n import N_
from crm_desktop.models import Contact, Customer, Position
from crm_desktop.satisfaction import asking, overview, script, templates
from crm_desktop.satisfaction.sampling import Choice
from crm_desktop.store.change import change


def test_the_script_knows_whom_to_call_and_what_was_said_so_far(wang_fang, customers, asked, says):
    with change(wang_fang, N_("New contact person")) as c:
        person = c.save(Contact, {"name": "陈工", "phones": [{"number": "13800001234"}]})
        c.save(Position, {"contact": person.id, "customer": customers[0], "primary": True})
        c.save(Customer.get_row(customers[0]), {"phones": [{"number": "057166880001"}]})
    says(asked[0], overall=4, wish="早点发货")
    found = script.script(asked[0])
    assert [voice.name for voice in found.voices] == ["陈工", "Switchboard"]
    assert found.voices[0].phones == ["138 0000 1234"]
    assert found.answers == {"overall": 4, "wish": "早点发货"}
    assert found.last is None
    assert [said.answer for said in script.told(asked[0])] == ["4", "早点发货"]


def test_what_a_customer_said_last_time_is_there_when_it_is_asked_again(wang_fang, customers, general, asked, says):
    says(asked[0], at="2026-05-04T10:00:00", overall=2, nps=5, wish="价格太高")
    with change(wang_fang, asking.START) as c:
        again = asking.start(c, general.id, {"name": "下半年"}, customers[:1], Choice())
    [number] = asking.queue(again.id)
    last = script.script(number).last
    assert (last.at, last.overall, last.nps) == ("2026-05-04T10:00:00", 2, 5)
    assert [said.answer for said in last.remarks] == ["价格太高"]


def test_the_page_of_a_survey_shows_figures_items_and_remarks_from_one_reading(run, asked, says):
    says(asked[0], overall=5, quality=4, nps=9, wish="很好")
    says(asked[1], overall=2, quality=3, nps=3, wish="太慢")
    page = overview.of_run(run.id)
    assert {figure.key: figure.value for figure in page.result.figures}["mean"] == 3.5
    assert set(page.result.sides) == {"tier", "served_by"}  # nobody said which product
    assert [remark.text for remark in page.remarks] == ["太慢", "很好"]
    by_key = {item.key: item for item in page.items}
    assert (by_key["quality"].score.n, by_key["wish"].score.n, by_key["price"].score.n) == (2, 2, 0)
    assert list(overview.item_records(run.id, "quality")) == sorted(asked[:2])
    assert list(overview.item_records(run.id, "wish")) == sorted(asked[:2])
    assert overview.of_run(1) is None


def test_a_questionnaire_without_an_overall_question_claims_no_overall_score(wang_fang, customers):
    with change(wang_fang, asking.START) as c:
        template = templates.make_ready(c, "nps")
        only_nps = asking.start(c, template.id, {}, customers, Choice())
    shown = overview.of_run(only_nps.id).result.figures
    assert [figure.key for figure in shown] == ["response", "nps"]
