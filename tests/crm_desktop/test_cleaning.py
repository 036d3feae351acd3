"""Cleaning: what would be written better is shown first, then changed in one go that one undo takes back."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop import cleaning
from crm_desktop.cleaning_rules import RULES
from crm_desktop.i18n import N_
from crm_desktop.models import Contact, Customer
from crm_desktop.store import deriving, file, history
from crm_desktop.store.change import change
from crm_desktop.values.companies import tidy_company, tidy_person
from tests.crm_desktop.store.test_history import content


@pytest.fixture
def li_ming(li_ming, wang_fang):
    """The customer, with nothing to clean."""
    apply(wang_fang, cleaning.proposals())
    return Customer.get_row(li_ming.id)


def written(record, **columns):
    """Columns as an older program, or another one, may have left them in the file."""
    sets = ", ".join(f'"{column}" = ?' for column in columns)
    stored = [json.dumps(v, ensure_ascii=False) if isinstance(v, list) else v for v in columns.values()]
    file.connection().execute(f'UPDATE "{record.table()}" SET {sets} WHERE id = ?', (*stored, record.id))


def found(*rules):
    """What would be changed: field to (after, rule)."""
    some = cleaning.proposals(rules=rules or tuple(RULES))
    return {p.field: (p.after, p.rule) for p in some}


def apply(user, chosen):
    with change(user, N_("Clean up")) as c:
        return cleaning.apply(c, chosen), c.id


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("长荣机电(杭州)有限公司", "长荣机电（杭州）有限公司"),
        ("长荣机电(杭州）有限公司", "长荣机电（杭州）有限公司"),
        ("杭州长荣机电（有限）公司", "杭州长荣机电有限公司"),
        ("杭州长荣机电有限（公司）", "杭州长荣机电有限公司"),
        ("杭州长荣机电(有限责任)公司", "杭州长荣机电有限责任公司"),
        ("杭州长荣机电股份（有限）公司", "杭州长荣机电股份有限公司"),
        ("杭州 长荣机电 有限公司", "杭州长荣机电有限公司"),
        ("、杭州长荣机电有限公司。", "杭州长荣机电有限公司"),
        ("长荣控股（集团）有限公司", "长荣控股（集团）有限公司"),
        ("嘉兴长荣投资（有限合伙）", "嘉兴长荣投资（有限合伙）"),
        ("“长荣”机电厂", "“长荣”机电厂"),
        ("西门子 PLC 代理", "西门子 PLC 代理"),
        ("Acme (China) Inc.", "Acme (China) Inc."),
        ("。", "。"),
    ],
)
def test_a_company_name_is_written_as_the_office_writes_it(name, tidy):
    assert tidy_company(name) == tidy


@pytest.mark.parametrize(
    ("name", "tidy"), [("张 三", "张三"), ("欧阳 锋", "欧阳锋"), ("张三 李四", "张三 李四"), ("Li Ming", "Li Ming")]
)
def test_a_persons_name_loses_its_gap_unless_it_may_be_two_people(name, tidy):
    assert tidy_person(name) == tidy


def test_full_width_signs_and_surplus_spaces_are_found(li_ming):
    written(li_ming, wechat="ｗｘ１２３", pinned="  早上  别打 ", remarks="第一行 \n\u3000第二行")
    assert found() == {
        "wechat": ("wx123", "width"),
        "pinned": ("早上 别打", "spaces"),
        "remarks": ("第一行\n第二行", "spaces"),
    }


def test_words_that_say_nothing_are_emptied_but_a_needed_name_stays(li_ming, ming):
    written(li_ming, qq="无", website="-", aliases=["/", "老长荣"])
    written(ming, name="无")
    assert found() == {"qq": ("", "blanks"), "website": ("", "blanks"), "aliases": ('["老长荣"]', "blanks")}


def test_phones_get_their_stored_form_and_type_and_stand_there_once(li_ming):
    written(li_ming, phones=[{"number": "+86 138 0000 1234", "note": "老板"}, {"number": "13800001234"},
                             {"number": "057188886666/13900001111", "type": "mobile"}])  # fmt: skip
    after, rule = found()["phones"]
    assert json.loads(after) == [
        {"number": "13800001234", "type": "mobile", "note": "老板"},
        {"number": "0571-88886666", "type": "phone"},
        {"number": "13900001111", "type": "mobile"},
    ]
    assert rule == "phones"


def test_a_number_nobody_can_be_sure_of_and_a_fax_stay_as_they_are(li_ming):
    phones = [{"number": "66880001/02", "type": "phone"}, {"number": "0571-88886666", "type": "fax"}]
    written(li_ming, phones=phones)
    assert found() == {}


def test_an_address_gives_its_region_and_a_short_region_is_written_in_full(li_ming, wang_fang):
    written(li_ming, region="")
    with change(wang_fang, N_("New customer")) as c:
        c.save(Customer, {"name": "苏州恒达科技", "region": "苏州"})
        c.save(Customer, {"name": "宁波天诚", "region": "杭州城西"})
    assert sorted(p.after for p in cleaning.proposals()) == ["江苏省 苏州市", "浙江省 杭州市 西湖区"]


def test_an_email_is_trimmed_and_its_domain_in_small_letters(li_ming):
    written(li_ming, email=" Zeng@CHANGRONG.com ")
    assert found() == {"email": ("Zeng@changrong.com", "emails")}


def test_what_breaks_a_rule_of_its_field_is_left_for_somebody_to_look_at(li_ming):
    written(li_ming, email="zeng at changrong", credit_code="１２３")
    assert found() == {}


def test_an_individual_customer_is_a_person_and_keeps_its_brackets(li_ming):
    written(li_ming, name="张 三", kind="individual")
    assert found() == {"name": ("张三", "spaces")}


def test_only_the_rules_that_were_asked_for_are_followed(li_ming):
    written(li_ming, wechat="ｗｘ", name="长荣(中国)")
    assert set(found("width")) == {"wechat"}
    assert cleaning.counts(cleaning.proposals()) == {"width": 1, "companies": 1}


def test_all_is_changed_at_once_and_one_undo_takes_it_back(li_ming, ming, wang_fang):
    written(li_ming, name="长荣(杭州)有限公司", wechat="ｗｘ", region="")
    written(ming, name="李 明")
    deriving.refresh({"customer": {li_ming.id}, "contact": {ming.id}}, {}, {})
    before = content()
    applied, number = apply(wang_fang, cleaning.proposals())
    assert applied == (4, 2, 0)
    assert Customer.get_row(li_ming.id).name == "长荣（杭州）有限公司"
    assert Contact.get_row(ming.id).name == "李明"
    assert cleaning.proposals() == []
    history.undo(wang_fang, number)
    assert content() == before


def test_a_value_somebody_changed_meanwhile_is_left_alone_and_counted(li_ming, ming, wang_fang, li_qiang):
    written(li_ming, wechat="ｗｘ", qq="１２３４５")
    chosen = cleaning.proposals()
    with change(li_qiang, N_("Edit customer")) as c:
        c.save(li_ming, {"wechat": "lima"})
    assert apply(wang_fang, chosen)[0] == (1, 1, 1)
    assert (Customer.get_row(li_ming.id).wechat, Customer.get_row(li_ming.id).qq) == ("lima", "12345")


def test_a_deleted_record_is_counted_as_left(li_ming, wang_fang):
    written(li_ming, wechat="ｗｘ", qq="１２３４５")
    chosen = cleaning.proposals()
    with change(wang_fang, N_("Delete customer")) as c:
        c.delete(li_ming)
    assert apply(wang_fang, chosen)[0] == (0, 0, 2)


def test_surplus_spaces_can_be_seen_before_they_go(li_ming):
    written(li_ming, pinned=" 早上  别打")
    assert cleaning.in_words(cleaning.proposals()[0]) == ("␣早上␣␣别打", "早上 别打")


def test_looking_can_be_stopped(li_ming):
    class Enough(Exception):
        pass

    def stop(_done, _all, _text):
        raise Enough

    with pytest.raises(Enough):
        cleaning.proposals(stop)


SIGNS = st.sampled_from(
    [*"长荣机电张三杭州市浙江有限公司()（）１2Ａa无-/。，.@·“” \u3000\t\n", "（有限）公司", "13800001234", "０５７１－"]
)
TEXT = st.lists(SIGNS, max_size=12).map("".join)
ROWS = st.lists(
    st.fixed_dictionaries({"number": TEXT}, optional={"type": st.sampled_from(["mobile", "fax"])}), max_size=3
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.fixed_dictionaries(dict.fromkeys(("name", "short_name", "wechat", "email", "region", "remarks"), TEXT)),
    phones=ROWS,
    streets=st.lists(TEXT, max_size=3),
    kind=st.sampled_from(["company", "individual"]),
)
def test_what_was_cleaned_needs_no_cleaning(li_ming, wang_fang, texts, phones, streets, kind):
    written(li_ming, **texts, phones=phones, addresses=[{"street": s} for s in streets], kind=kind)
    chosen = cleaning.proposals()
    applied, _number = apply(wang_fang, chosen)
    assert applied.values == len(chosen)
    assert cleaning.proposals() == []
