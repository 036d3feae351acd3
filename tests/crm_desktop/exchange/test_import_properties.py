"""Whatever stands in a sheet: importing it twice changes nothing, and taking it back restores what was there."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_desktop.exchange import exporting, importing, xlsx
from crm_desktop.exchange.deciding import FILL, KEEP, UPDATE
from crm_desktop.models import Complaint, Contact, Customer, Interaction, Position
from crm_desktop.models import office as offices
from crm_desktop.store import checking, file, history
from crm_desktop.store.change import change

TABLES = ("customer", "contact", "position", "interaction", "complaint", "user")
NAMES = [
    "杭州长荣机电有限公司",
    "长荣机电",
    "苏州华信贸易有限公司",
    "苏州华信",
    "无锡恒达（集团）",
    "王芳",
    "南京天诚",
    " ",
]
WORDS = ["", None, "无", "老客户", "重点、展会", "第一行\n第二行", "=1+1", "备注：加急", "12.5万", "0571-88886666转8"]
PHONES = [
    None,
    "13800001234",
    13800001234,
    "13800001234/0512-66880001",
    "1.38E+10",
    "0571-88886666",
    "未知",
    "+86 138 0000 1234",
]
DAYS = [None, "2024-03-05", "2024.3.5", "3月5日", "24/3/5", 45356, date(2024, 3, 5), "去年", "2024-13-45"]
TIERS = [None, "金", "钻石级", "VIP", "gold", "A类"]
MONEY = [None, 1200, "12.5万", "¥1,250.00", "面议", -3]
PEOPLE = [None, "王芳", "李强", "王芳/李强", "张三 13900001234"]

CUSTOMERS = ["客户名称", "客户等级", "联系人", "手机", "电话", "首次合作日期", "年销售额", "负责人", "标签", "备注"]
HISTORY = ["客户", "联系人", "跟进时间", "跟进内容", "跟进人", "下次跟进时间"]
COMPLAINTS = ["客户", "投诉日期", "投诉内容", "处理结果", "完成日期", "严重程度"]


def rows(*pools):
    return st.lists(st.tuples(*map(st.sampled_from, pools)), min_size=1, max_size=6)


SHEETS = st.one_of(
    st.tuples(st.just(CUSTOMERS), rows(NAMES, TIERS, PEOPLE, PHONES, PHONES, DAYS, MONEY, PEOPLE, WORDS, WORDS)),
    st.tuples(st.just(HISTORY), rows(NAMES, PEOPLE, DAYS, WORDS, PEOPLE, DAYS)),
    st.tuples(st.just(COMPLAINTS), rows(NAMES, DAYS, WORDS, WORDS, DAYS, ["重大", "一般", None, "很严重"])),
)


@pytest.fixture
def busy(office):
    """An office with a few customers, people and records, so that rows find what is there."""
    with change(None, "Test") as c:
        user = c.save(offices.User, {"name": "王芳"}).id
        firm = c.save(Customer, {"name": NAMES[0], "short_name": "长荣", "tier": "silver", "owner": user}).id
        c.save(Customer, {"name": NAMES[2], "phones": [{"number": "0512-66880001", "type": "phone"}]})
        person = c.save(Contact, {"name": "李强", "phones": [{"number": "13800001234", "type": "mobile"}]}).id
        c.save(Position, {"customer": firm, "contact": person})
        told = {"customer": firm, "at": "2024-03-05T00:00:00", "channel": "phone", "content": "老客户"}
        c.save(Interaction, told)
        c.save(Complaint, {"customer": firm, "received_at": "2024-03-05T00:00:00", "description": "第一行\n第二行"})


def content():
    """Every stored value but who wrote it when."""
    found = {}
    for table in TABLES:
        cursor = file.connection().execute(f'SELECT * FROM "{table}" ORDER BY id')
        names = [column[0] for column in cursor.description]
        found[table] = [
            {n: v for n, v in zip(names, row, strict=True) if n not in ("updated_at", "updated_by")} for row in cursor
        ]
    return found


def written(path, heading, cells):
    with path.open("wb") as stream:
        book = xlsx.Book(stream)
        book.sheet("Sheet1", [xlsx.Head(text) for text in heading], cells)
        book.close()
    return path


FREELY = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@FREELY
@given(sheet=SHEETS, existing=st.sampled_from([UPDATE, FILL, KEEP]), create=st.booleans())
def test_importing_twice_changes_nothing_and_taking_back_restores(busy, tmp_path, sheet, existing, create):
    path = written(tmp_path / "list.xlsx", *sheet)
    before = content()
    kind = {10: "customers", 6: "interactions"}[len(sheet[0])] if sheet[0] is not COMPLAINTS else "complaints"
    done = importing.read(path, kind, create_missing=create, existing=existing).save(None)
    after = content()
    again = importing.read(path, kind, create_missing=create, existing=existing)
    counts = again.counts()
    assert (counts["new"], counts["update"]) == (0, 0), [(row.number, row.changes, row.notes) for row in again.rows]
    again.save(None)
    assert content() == after
    if done.change is not None:
        history.undo(None, done.change)
    assert content() == before


@FREELY
@given(sheet=SHEETS)
def test_what_an_import_left_is_exported_and_imported_without_a_change(busy, tmp_path, sheet):
    kind = {10: "customers", 6: "interactions"}[len(sheet[0])] if sheet[0] is not COMPLAINTS else "complaints"
    before = content()
    done = importing.read(written(tmp_path / "list.xlsx", *sheet), kind, create_missing=True).save(None)
    try:
        paths = []
        for model in (Customer, Contact, Interaction, Complaint):
            ids = [i for (i,) in file.ask(f"SELECT id FROM {model.table()} ORDER BY id")]
            paths.append(exporting.export(tmp_path / f"{model.__name__}.xlsx", model, ids))
        plan = importing.read(paths)
        assert [(row.number, row.changes, row.reason) for row in plan.rows if row.changes or row.reason] == []
        assert plan.counts()["new"] == 0
        assert checking.problems() == []
    finally:  # the next example begins with the same office
        if done.change is not None:
            history.undo(None, done.change)
    assert content() == before


def test_what_people_changed_since_stays_when_an_import_is_taken_back(busy, sheet, wang_fang):
    path = sheet([["客户名称", "客户等级", "邮箱"], [NAMES[0], "钻石", "a@b.com"], [NAMES[2], "金", "c@d.com"]])
    done = importing.read(path).save(None)
    ids = dict(file.ask("SELECT name, id FROM customer"))
    with change(wang_fang, "Test") as c:
        c.save(Customer.get_row(ids[NAMES[0]]), {"tier": "gold"})
        c.save(Customer.get_row(ids[NAMES[2]]), {"wechat": "wx_hua"})
    undone = history.undo(None, done.change)
    first, second = Customer.get_row(ids[NAMES[0]]), Customer.get_row(ids[NAMES[2]])
    assert first.tier == "gold"
    assert (second.tier, second.email, second.wechat) == ("", "", "wx_hua")
    assert any("王芳" in str(kept) for kept in undone.kept)
