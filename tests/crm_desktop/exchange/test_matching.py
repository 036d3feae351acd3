"""Who a row speaks of, what it may change, and what only the user can decide."""

from datetime import date

import pytest

from crm_desktop import listing
from crm_desktop.exchange import deciding, importing
from crm_desktop.exchange.deciding import ASK, FILL, KEEP, LEAVE, UPDATE, Decision
from crm_desktop.models import Contact, Customer, Interaction, Position
from crm_desktop.store import file, history


@pytest.fixture
def changrong(add):
    """A customer with a tier, without a stage."""
    return add(Customer, name="杭州长荣机电有限公司", tier="gold", tags=["老客户"])


SHEET = [["客户名称", "客户等级", "邮箱", "标签"], ["杭州长荣机电有限公司", "钻石", "a@b.com", "展会"]]


@pytest.mark.parametrize(
    ("existing", "tier", "email", "tags", "status"),
    [
        (UPDATE, "diamond", "a@b.com", ["老客户", "展会"], importing.UPDATE),
        (FILL, "gold", "a@b.com", ["老客户"], importing.UPDATE),
        (KEEP, "gold", "", ["老客户"], importing.SAME),
    ],
)
def test_what_is_there_is_updated_or_filled_in_or_left(changrong, sheet, existing, tier, email, tags, status):
    plan = importing.read(sheet(SHEET), existing=existing)
    assert [row.status for row in plan.rows] == [status]
    plan.save(None)
    kept = Customer.get_row(changrong.id)
    assert (kept.tier, kept.email, kept.tags) == (tier, email, tags)


def test_who_only_adds_still_adds_contact_persons(changrong, sheet):
    path = sheet([["客户名称", "客户等级", "联系人"], ["杭州长荣机电有限公司", "钻石", "王芳"]])
    importing.read(path, existing=KEEP).save(None)
    assert Customer.get_row(changrong.id).tier == "gold"
    assert file.ask("SELECT name FROM contact") == [("王芳",)]


def test_who_wants_to_be_asked_decides_about_each_customer_that_would_change(changrong, add, sheet):
    add(Customer, name="苏州华信", tier="gold")
    rows = [*SHEET, ["苏州华信", "金", None, None], ["无锡新客户", "银", None, None]]
    plan = importing.read(sheet(rows), existing=ASK)
    assert plan.counts() == {"new": 1, "update": 0, "same": 1, "refused": 1, "skipped": 0}
    (question,) = plan.rules.questions.values()
    assert (question.word, question.why, question.candidates) == (
        "杭州长荣机电有限公司",
        deciding.CHANGES,
        [changrong.id],
    )
    assert question.given["tier"] == "diamond"
    plan.rules.decide(question.word, Decision(changrong.id, FILL))
    plan.judge()
    assert plan.counts()["refused"] == 0
    plan.save(None)
    assert (Customer.get_row(changrong.id).tier, Customer.get_row(changrong.id).email) == ("gold", "a@b.com")


@pytest.fixture
def zhang_wei(changrong, add):
    who = add(Contact, name="张伟", phones=[{"number": "13800000001", "type": "mobile"}])
    add(Position, contact=who.id, customer=changrong.id, job="采购")
    return who


PEOPLE = [
    ["姓名", "公司", "手机", "职务", "邮箱"],
    ["张伟", "杭州长荣机电有限公司", "13800000001", "采购经理", "zw@cr.com"],
]


@pytest.mark.parametrize(
    ("decision", "job", "email"),
    [(UPDATE, "采购经理", "zw@cr.com"), (FILL, "采购", "zw@cr.com"), (LEAVE, "采购", "")],
)
def test_who_wants_to_be_asked_decides_about_each_contact_person_who_would_change(
    changrong, zhang_wei, sheet, decision, job, email
):
    new = ["李娜", "杭州长荣机电有限公司", "13800000002", None, None]
    plan = importing.read(sheet([*PEOPLE, new]), kind="contacts", existing=ASK)
    assert plan.counts() == {"new": 1, "update": 0, "same": 0, "refused": 1, "skipped": 0}
    (question,) = plan.rules.questions.values()
    assert (question.why, question.candidates) == (deciding.CHANGES_PERSON, [zhang_wei.id])
    assert question.given["position_title"] == "采购经理"
    plan.rules.decide(question.word, Decision(None if decision == LEAVE else zhang_wei.id, decision))
    plan.judge()
    assert plan.rules.questions == {}
    plan.save(None)
    assert file.ask("SELECT job FROM position WHERE contact = ?", (zhang_wei.id,)) == [(job,)]
    assert Contact.get_row(zhang_wei.id).email == email


def test_a_contact_person_who_would_stay_the_same_is_no_question(changrong, zhang_wei, sheet):
    rows = [PEOPLE[0], ["张伟", "杭州长荣机电有限公司", "13800000001", "采购", None]]
    plan = importing.read(sheet(rows), kind="contacts", existing=ASK)
    assert (plan.counts()["same"], plan.rules.questions) == (1, {})


def test_a_customer_whose_contact_person_would_change_is_asked_about(changrong, zhang_wei, sheet):
    rows = [["客户名称", "联系人", "职务"], ["杭州长荣机电有限公司", "张伟", "采购经理"]]
    plan = importing.read(sheet(rows), existing=ASK)
    (question,) = plan.rules.questions.values()
    assert (question.why, plan.counts()["refused"]) == (deciding.CHANGES, 1)
    assert question.changes == ["张伟, Job title: 采购 → 采购经理"]
    plan.rules.decide(question.word, Decision(changrong.id, FILL))
    plan.judge()
    assert plan.counts()["same"] == 1


def test_of_several_new_customers_with_one_short_name_the_user_says_which(office, sheet):
    firms = ["杭州三江机电有限公司", "苏州三江机电有限公司"]
    customers = sheet([["客户名称", "简称"], *([firm, "三江机电"] for firm in firms)], "a.xlsx")
    log = sheet([["日期", "客户", "跟进内容"], ["2024-03-05", "三江机电", "询价"]], "b.xlsx")
    plan = importing.read([customers, log])
    (question,) = plan.rules.questions.values()
    assert [question.new[i] for i in question.candidates] == firms
    plan.rules.decide(question.word, Decision(None, UPDATE, firms[1]))
    plan.judge()
    assert plan.rules.questions == {}
    plan.save(None)
    assert file.ask("SELECT k.name FROM interaction i JOIN customer k ON k.id = i.customer") == [(firms[1],)]


NEAR = [["客户名称", "客户等级"], ["长荣机电有限公司", "钻石"]]


def test_a_name_that_is_nearly_the_same_is_put_to_the_user(changrong, sheet):
    plan = importing.read(sheet(NEAR))
    (question,) = plan.rules.questions.values()
    assert (question.candidates, question.rows) == ([changrong.id], [2])
    for decision, count, tier in (
        (Decision(None), 2, "gold"),
        (Decision(changrong.id), 1, "diamond"),
        (Decision(None, LEAVE), 1, "gold"),
    ):
        plan = importing.read(sheet(NEAR))
        plan.rules.decide(question.word, decision)
        plan.judge()
        assert plan.rules.questions == {}
        number = plan.save(None).change
        assert file.one("SELECT count(*) FROM customer") == count, decision
        assert Customer.get_row(changrong.id).tier == tier
        if number:
            history.undo(None, number)


def test_two_rows_of_one_new_customer_by_decision_make_one_customer(changrong, sheet):
    plan = importing.read(sheet([*NEAR, NEAR[1]]))
    plan.rules.decide(NEAR[1][0], Decision(None))
    plan.judge()
    plan.save(None)
    assert file.one("SELECT count(*) FROM customer") == 2


def test_a_customer_with_the_number_of_another_is_put_to_the_user(add, sheet):
    there = add(Customer, name="杭州长荣机电有限公司", phones=[{"number": "0571-88886666"}])
    plan = importing.read(sheet([["客户名称", "电话"], ["东海贸易行", "057188886666"]]))
    (question,) = plan.rules.questions.values()
    assert (question.why, question.candidates) == (deciding.SAME_PHONE, [there.id])
    assert plan.counts()["new"] == 1  # as long as nobody decides


@pytest.mark.parametrize("word", ["杭州长荣机电有限公司", "长荣", "长荣老厂", "0571-88886666", "13800001234"])
def test_history_finds_its_customer_by_any_name_and_by_phone(add, sheet, word):
    there = add(
        Customer,
        name="杭州长荣机电有限公司",
        short_name="长荣",
        aliases=["长荣老厂"],
        phones=[{"number": "0571-88886666"}],
    )
    person = add(Contact, name="李明", phones=[{"number": "13800001234"}])
    add(Position, customer=there.id, contact=person.id)
    importing.read(sheet([["客户", "跟进时间", "跟进内容"], [word, "2024-03-05", "问价"]]), "interactions").save(None)
    assert file.ask("SELECT customer FROM interaction") == [(there.id,)]


def test_a_customer_that_is_missing_is_named_added_or_left_out(changrong, sheet):
    rows = [
        ["客户", "跟进时间", "跟进内容"],
        ["杭州长容机电", "2024-03-05", "问价"],
        ["杭州长容机电", "2024-04-05", "报价"],
    ]
    plan = importing.read(sheet(rows))
    (question,) = plan.rules.questions.values()
    assert (question.why, question.candidates, question.rows) == (deciding.MISSING, [changrong.id], [2, 3])
    assert plan.counts()["refused"] == 2
    plan.rules.decide("杭州长容机电", Decision(changrong.id))
    plan.judge()
    assert plan.counts()["new"] == 2
    plan.rules.decide("杭州长容机电", Decision(None))
    plan.judge()
    plan.save(None)
    assert file.ask("SELECT count(*) FROM customer") == [(2,)]
    assert file.one("SELECT count(*) FROM interaction") == 2


def test_imported_history_keeps_its_day_and_its_author_and_is_not_todays_work(changrong, sheet, wang_fang):
    path = sheet([["客户", "跟进时间", "跟进内容", "记录人"], ["杭州长荣机电有限公司", "2024-03-05", "问价", "老赵"]])
    importing.read(path).save(wang_fang)
    (record,) = [Interaction.get_row(i) for (i,) in file.ask("SELECT id FROM interaction")]
    assert (record.at[:10], record.shown("by")) == ("2024-03-05", "老赵")
    day = date.today().isoformat()
    today = listing.Listing(Interaction, filters=(listing.Filter("at", "from", day),), sort="at")
    assert today.count() == 0
    assert Customer.get_row(changrong.id).last_contact_at[:10] == "2024-03-05"


def test_several_people_in_a_cell_of_a_history_are_all_there_and_the_first_is_the_one(changrong, sheet):
    rows = [["客户", "联系人", "跟进时间", "跟进内容"], ["杭州长荣机电有限公司", "王芳/李强", "2024-03-05", "问价"]]
    importing.read(sheet(rows)).save(None)
    assert file.ask("SELECT name FROM contact ORDER BY id") == [("王芳",), ("李强",)]
    assert file.ask("SELECT name FROM contact WHERE id = (SELECT contact FROM interaction)") == [("王芳",)]
    assert importing.read(sheet(rows)).counts()["same"] == 1


def test_new_customers_of_a_list_of_persons_are_only_doubted_when_one_is_called_much_like_it(changrong, sheet):
    rows = [
        ["姓名", "手机", "公司"],
        ["王芳", "13800000001", "杭州长荣机电设备有限公司"],
        ["李强", "13800000002", "东海贸易行"],
    ]
    plan = importing.read(sheet(rows), "contacts")
    (question,) = plan.rules.questions.values()
    assert question.word == "杭州长荣机电设备有限公司"
    assert (question.why, question.candidates) == (deciding.LIKE, [changrong.id])
    plan.rules.decide(question.word, Decision(changrong.id))
    plan.judge()
    plan.save(None)
    assert file.one("SELECT count(*) FROM customer") == 2
    assert Contact.get_row(file.one("SELECT contact FROM position WHERE customer = ?", (changrong.id,))).name == "王芳"
