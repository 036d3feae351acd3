"""The workbook of the whole office tells of the office itself, too: colleagues, lists, own fields, settings."""

import pytest
from openpyxl import load_workbook

from crm_desktop import i18n
from crm_desktop.errors import UserError
from crm_desktop.exchange import definitions, importing, whole_office
from crm_desktop.exchange.definitions import SHEETS
from crm_desktop.models import calendar, lists
from crm_desktop.models import office as offices
from crm_desktop.models.calendar import CalendarDay
from crm_desktop.models.customer import Customer
from crm_desktop.models.office import ListEntry, User
from crm_desktop.store import file, history
from crm_desktop.store.change import change
from crm_desktop.working_time import is_workday

TOLD = {
    "user": "name, email, department, role, active",
    "choice": "list, code, zh, en, sort, colour, sign, parent, active, words",
    "own_field": '"of", place, label, kind, sort, active',
    "setting": "name, value",
    "calendar_day": "day, kind, name",
}


def all_told():
    return {table: sorted(file.ask(f'SELECT {columns} FROM "{table}"')) for table, columns in TOLD.items()}


def furnish():
    """An office that made itself at home."""
    with change(None, "Test") as c:
        c.save(User, {"name": "王芳", "email": "wf@x.cn", "department": "销售部", "active": False})
        c.save(ListEntry, {"list": "source", "code": "fair24", "zh": "广交会2024", "sort": 5, "words": "广交"})
        silver = file.one("SELECT id FROM choice WHERE list = 'tier' AND code = 'silver'")
        c.save(ListEntry.get_row(silver), {"zh": "银卡", "colour": "#123456"})
        place = offices.add_own_field(c, "customer", "种植作物")
        offices.add_own_field(c, "customer", "亩数", "number")
        offices.put_settings(c, {"birthday_days": 12, "office_name": "东风机电", "work_week": "123456"})
        c.save(CalendarDay, {"day": "2027-02-06", "kind": "off", "name": "春节"})
    with change(None, "Test") as c:
        c.save(Customer, {"name": "南京天诚", "tier": "silver", "source": "fair24", place: "水稻"})


@pytest.fixture
def other(office, tmp_path):
    """Closes the office and opens a new, empty one."""

    def found():
        file.close()
        file.create(tmp_path / "other.crm")
        offices.found_office()

    return found


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_an_empty_office_becomes_the_same_office(office, other, tmp_path, language):
    furnish()
    before = all_told()
    i18n.set_language(language)
    whole_office.write(tmp_path / "a.xlsx")
    other()
    plans = importing.tables_of(tmp_path / "a.xlsx")
    assert {each.kind for each in plans} == {"customers"}
    sheets = [sheet for each in plans for sheet in each.beside]
    definitions.take(None, definitions.differing(sheets))
    assert all_told() == before
    assert definitions.differing(sheets) == []
    assert lists.label("tier", "silver")
    importing.read(tmp_path / "a.xlsx").save(None)
    [(_id, crop)] = file.ask("SELECT id, x1 FROM customer WHERE tier = 'silver' AND source = 'fair24'")
    assert crop == "水稻"
    assert is_workday(calendar.date(2027, 2, 6)) is False


def test_taking_over_can_be_undone(office, other, tmp_path):
    furnish()
    whole_office.write(tmp_path / "a.xlsx")
    other()
    before = all_told()
    sheets = [sheet for each in importing.tables_of(tmp_path / "a.xlsx") for sheet in each.beside]
    number = definitions.take(None, definitions.differing(sheets))
    history.undo(None, number)
    assert all_told() == before


def test_an_own_field_whose_room_is_taken_gets_another_one(office, other, tmp_path):
    furnish()
    whole_office.write(tmp_path / "a.xlsx")
    other()
    with change(None, "Test") as c:
        assert offices.add_own_field(c, "customer", "车牌") == "x1"
    sheets = [sheet for each in importing.tables_of(tmp_path / "a.xlsx") for sheet in each.beside]
    definitions.take(None, definitions.differing(sheets))
    places = sorted(file.ask("SELECT place, label FROM own_field"))
    assert places == [("n1", "亩数"), ("x1", "车牌"), ("x2", "种植作物")]
    importing.read(tmp_path / "a.xlsx").save(None)
    assert file.ask("SELECT x1, x2 FROM customer") == [(None, "水稻")]


def test_what_no_setting_can_be_is_left_out(office, tmp_path):
    furnish()
    path = tmp_path / "a.xlsx"
    whole_office.write(path)
    book = load_workbook(path)
    sheet = book["Settings"]
    for row in (["birthday_days", '"soon"'], ["due_days", "-4"], ["no_such_thing", "1"], ["keep_deleted_days", "400"]):
        sheet.append(row)
    book["Lists"].append(["no_such_list", "x", "甲"])
    book.save(path)
    sheets = [sheet for each in importing.tables_of(path) for sheet in each.beside]
    assert [each.values for each in definitions.differing(sheets)] == [{"name": "keep_deleted_days", "value": "400"}]


def test_a_workbook_that_tells_of_the_office_alone_holds_no_list(office, tmp_path):
    furnish()
    whole_office.write(tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    for name in set(book.sheetnames) - {*SHEETS.values()}:
        del book[name]
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(UserError):
        importing.tables_of(tmp_path / "a.xlsx")


def test_a_sheet_called_settings_with_other_columns_is_a_list_like_any_other(office, sheet):
    path = sheet([["客户名称", "电话"], ["甲公司", "0571-88886666"]], title="Settings")
    [plan] = importing.tables_of(path)
    assert (plan.kind, plan.beside) == ("customers", [])
