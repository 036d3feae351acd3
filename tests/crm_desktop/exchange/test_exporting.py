"""Export: a sheet that Excel, people and our own import read."""

import csv
import os
from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from crm_desktop import i18n
from crm_desktop.errors import UserError
from crm_desktop.exchange import cards, exporting, importing, new_fields, whole_office
from crm_desktop.models import fields, lists, manifold
from crm_desktop.models import office as offices
from crm_desktop.models.complaint import Complaint
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.models.feedback import Feedback
from crm_desktop.models.interaction import Interaction
from crm_desktop.models.service import ServiceRequest
from crm_desktop.models.service_parts import ServiceNote
from crm_desktop.store import file
from crm_desktop.store.change import change

from .conftest import found

MODELS = (Customer, Contact, Interaction, Complaint, ServiceRequest, Feedback, ServiceNote)


def sample(field, number, colleague):
    """A lifelike value for any kind of field."""
    kind = type(field)
    if kind is fields.CreditCode:
        return "91310000MA1FL8XQ37" if number == 1 else ""
    if kind is fields.Email:
        return f"name{number}@example.com"
    if kind is fields.Url:
        return f"www.example{number}.com"
    if kind is fields.Birthday:
        return ("1965-01-01", "--02-02", "lunar:--03-08", "lunar:1990-05-06", "lunar:1990-05-06+leap")[number % 5]
    if kind is fields.YesNo:
        return True
    if kind is fields.Person:
        return colleague
    if kind is manifold.People:
        return [colleague]
    if kind is fields.Integer:
        return 3
    if kind is fields.Number:
        return 7.25
    if kind is fields.Money:
        return 1234567 + number
    if kind is fields.DateTime:
        return f"2024-03-05T14:3{number}:00"
    if kind is fields.Date:
        return f"2024-03-0{number + 1}"
    if kind is fields.Choice:
        return codes(field)[number % len(codes(field))]
    if kind is manifold.Choices:
        return codes(field)[:2]
    if kind is manifold.Texts:
        return [f"{field.name} {number}", "一/二, 三"]
    if kind is manifold.Phones:
        return [
            {"number": f"1380000000{number}", "type": "mobile"},
            {"number": "0571-66880001", "type": "fax", "note": "前台; 2楼"},
            {"number": "+4930123456", "type": "foreign"},
        ]
    if isinstance(field, manifold.Rows):
        every = {name: sample(column, number, colleague) for name, column in field.columns.items()}
        first = next(iter(field.columns))
        return [every, {first: sample(field.columns[first], number + 1, colleague)}]
    if kind is manifold.PhoneNumber:
        return f"1390000000{number}"
    if kind is fields.LongText:
        return f"{field.name} 第一行，{number}\n第二行"
    if field.name == "region":
        return "江苏省 苏州市"
    return f"{field.name}之{number}"


def codes(field):
    return [entry.code for entry in lists.entries(field.list_name)]


def full(model, number, colleague, **values):
    """A record with every field filled that is no link."""
    every = {
        name: sample(field, number, colleague)
        for name, field in model.typed().items()
        if not isinstance(field, fields.Link)
    }
    return {**every, **values}


def fill_the_office():
    """Customers, people, history and complaints with every field in use, and links between them."""
    with change(None, "Test") as c:
        li = c.save(offices.User, {"name": "李明"}).id
        firms = [c.save(Customer, full(Customer, n, li, name=f"南京龙腾{n}有限公司")).id for n in range(5)]
        c.save(Customer.get_row(firms[0]), {"referrer": firms[4], "parent": firms[3]})
        people = [c.save(Contact, full(Contact, n, li, name=f"王{n}")).id for n in range(5)]
        for firm, person in zip(firms, people, strict=True):
            c.save(Position, full(Position, 1, li, customer=firm, contact=person, left=False))
        c.save(Position, {"customer": firms[1], "contact": people[0], "job": "顾问"})
        c.save(Contact.get_row(people[0]), {"reports_to": people[1]})
        told = [
            c.save(Complaint, full(Complaint, n, li, customer=firms[n], state="closed", contact=people[n])).id
            for n in range(3)
        ]
        talks = [
            c.save(Interaction, full(Interaction, n, li, customer=firms[n], contact=people[n], complaint=told[0])).id
            for n in range(5)
        ]
        helps = [c.save(ServiceNote, full(ServiceNote, n, li, name=f"方案{n}")).id for n in range(2)]
        for n in range(4):
            about = {"customer": firms[n], "contact": people[n], "interaction": talks[n], "complaint": told[n % 3],
                     "solution_note": helps[n % 2]}  # fmt: skip
            c.save(ServiceRequest, full(ServiceRequest, n, li, state=("working", "closed")[n % 2], **about))
        for n in range(3):
            about = {"customer": firms[n], "contact": people[n], "complaint": told[n]}
            c.save(Feedback, full(Feedback, n, li, state="answered", **about))


def ids_of(model):
    return [i for (i,) in file.ask(f"SELECT id FROM {model.table()} ORDER BY id")]


def export_all(folder, kind=".xlsx"):
    return [exporting.export(folder / f"{model.__name__}{kind}", model, ids_of(model)) for model in MODELS]


def content():
    """Every record of the open file by what it says, its links by the names they point to."""
    names = {i: name for table in ("customer", "contact") for i, name in file.ask(f"SELECT id, name FROM {table}")}
    for table, called in (("complaint", "code"), ("interaction", "code"), ("user", "name"), ("service_note", "name")):
        names |= dict(file.ask(f'SELECT id, {called} FROM "{table}"'))
    told = {}
    for model in (*MODELS, Position):
        told[model.__name__] = []
        for i in ids_of(model):
            record = model.get_row(i)
            values = {name: model.described()[name].db_value(value) for name, value in record.values().items()}
            for name, value in values.items():
                if isinstance(model.described()[name], fields.Link | fields.Person):
                    values[name] = names[value]
            if "our_people" in values or "collaborators" in values:
                key = "our_people" if "our_people" in values else "collaborators"
                values[key] = [names[i] for i in getattr(record, key)]
            if "checks" in values:
                values["checks"] = [{**one, "by": names.get(one.get("by"), one.get("by"))} for one in record.checks]
            told[model.__name__].append({"code": getattr(record, "code", ""), **values})
        told[model.__name__].sort(key=str)
    return told


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("kind", [".xlsx", ".csv"])
def test_what_we_export_we_can_import_without_a_change(office, tmp_path, language, kind):
    fill_the_office()
    i18n.set_language(language)
    plan = importing.read(export_all(tmp_path, kind))
    changes = [(row.number, c.model.__name__, c.field, c.before, c.after) for row in plan.rows for c in row.changes]
    assert changes == []
    counts = plan.counts()
    assert (counts["new"], counts["update"], counts["refused"]) == (0, 0, 0)
    assert counts["same"] == 5 + 6 + 5 + 3 + 4 + 3 + 2


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_an_empty_office_gets_equal_records_from_our_export(office, tmp_path, language):
    fill_the_office()
    before = content()
    i18n.set_language(language)
    paths = export_all(tmp_path)
    file.close()
    found(tmp_path / "second.crm")
    importing.read(paths).save(None)
    after = content()
    for kind in before:
        for old, new in zip(before[kind], after[kind], strict=True):
            assert {k: v for k, v in old.items() if new.get(k) != v} == {}, kind
    assert after == before


def test_cells_have_the_types_excel_knows(office, add, tmp_path):
    customer = add(
        Customer,
        name="南京天诚",
        since="2020-03-14",
        annual_sales=1250050,
        next_contact_at="2026-12-01T09:30:00",
        phones=[{"number": "17700001542", "type": "mobile"}],
        tier="gold",
    )
    book = load_workbook(exporting.to_excel(tmp_path / "a.xlsx", Customer, [customer.id]))
    heading, row = map(list, book.active.iter_rows())
    cells = {name.value: cell for name, cell in zip(heading, row, strict=True)}
    assert cells["Customer since"].value == datetime(2020, 3, 14)
    assert cells["Customer since"].number_format == "yyyy-mm-dd"
    assert cells["Annual sales"].value == 12500.5
    assert cells["Annual sales"].number_format == "#,##0.00"
    assert cells["Next contact"].value == datetime(2026, 12, 1, 9, 30)
    assert cells["Phones"].value == "17700001542"
    assert cells["Tier"].value == "Gold"
    assert heading[0].font.bold
    assert book.active.freeze_panes == "B2"
    assert book.active.auto_filter.ref.startswith("A1:")
    assert book.active.title == "Customers"


def test_the_customer_list_carries_its_main_contact_person(office, add, tmp_path):
    customer = add(Customer, name="南京天诚")
    for name, primary in (("王芳", False), ("李强", True)):
        person = add(Contact, name=name, phones=[{"number": "13800000001", "type": "mobile"}])
        add(Position, customer=customer.id, contact=person.id, job="经理", primary=primary)
    book = load_workbook(exporting.to_excel(tmp_path / "a.xlsx", Customer, [customer.id]))
    heading, row = ([cell.value for cell in cells] for cells in book.active.iter_rows())
    told = dict(zip(heading, row, strict=True))
    assert (told["Contact person"], told["Job title"], told["Contact's phones"]) == ("李强", "经理", "13800000001")


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-5", "@name", "#N/A", "'quoted"])
def test_a_text_that_looks_like_a_formula_stays_text(office, add, bring_in, tmp_path, text):
    customer = add(Customer, name="南京天诚", remarks=text)
    for kind in (".xlsx", ".csv"):
        path = exporting.export(tmp_path / f"a{kind}", Customer, [customer.id])
        plan = importing.read(path)
        assert plan.counts()["same"] == 1, [row.changes for row in plan.rows]
    cells = [
        cell for row in load_workbook(tmp_path / "a.xlsx").active.iter_rows() for cell in row if cell.value == text
    ]
    assert [cell.data_type for cell in cells] == ["s"]


def test_a_csv_begins_with_the_mark_that_excel_needs(office, add, tmp_path):
    customer = add(Customer, name="南京天诚")
    path = exporting.to_csv(tmp_path / "a.csv", Customer, [customer.id])
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        assert next(csv.reader(stream))[:2] == ["Customer no.", "Customer name"]


def test_the_order_of_the_list_and_chosen_columns_are_kept(office, add, tmp_path):
    ids = [add(Customer, name=name).id for name in ("一", "二", "三")]
    path = exporting.to_excel(tmp_path / "a.xlsx", Customer, ids[::-1], ["name", "tier"])
    rows = [[cell.value for cell in row] for row in load_workbook(path).active.iter_rows()]
    assert rows == [["Customer name", "Tier"], ["三", None], ["二", None], ["一", None]]


def test_two_list_entries_with_one_label_stay_apart(office, add, tmp_path):
    customer = add(Customer, name="房产", industry="70")
    path = exporting.to_excel(tmp_path / "a.xlsx", Customer, [customer.id], ["name", "industry"])
    label = load_workbook(path).active["B2"].value
    assert importing.read(path).counts()["same"] == 1
    file.close()
    found(tmp_path / "second.crm")
    importing.read(path).save(None)
    assert file.ask("SELECT industry FROM customer") == [("70",)], label


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="an administrator may write anywhere")
def test_a_folder_that_may_not_be_written_has_its_sentence(office, add, tmp_path):
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    with pytest.raises(UserError, match="cannot be written"):
        exporting.to_excel(folder / "a.xlsx", Customer, [])


def test_a_file_open_in_excel_has_its_sentence_and_stays_as_it_was(office, tmp_path, monkeypatch):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"open elsewhere")

    def locked(*_paths):
        raise PermissionError(13, "used by another process")

    monkeypatch.setattr(os, "replace", locked)
    with pytest.raises(UserError, match="Close it in Excel"):
        exporting.to_excel(path, Customer, [])
    assert [each.name for each in tmp_path.glob("*a.xlsx*")] == ["a.xlsx"]
    assert path.read_bytes() == b"open elsewhere"


def test_stopping_an_export_leaves_no_file(office, add, tmp_path):
    customer = add(Customer, name="南京天诚")

    class Stopped(Exception):
        pass

    def stop(*_progress):
        raise Stopped

    with pytest.raises(Stopped):
        exporting.to_csv(tmp_path / "a.csv", Customer, [customer.id], progress=stop)
    assert list(tmp_path.glob("*a.csv*")) == []


def test_dates_are_dates_in_the_contact_history(office, add, tmp_path):
    customer = add(Customer, name="南京天诚")
    record = add(Interaction, customer=customer.id, at="2025-03-14T07:30:00", channel="phone", content="问价", by=None)
    path = exporting.to_excel(tmp_path / "a.xlsx", Interaction, [record.id])
    rows = [[cell.value for cell in row] for row in load_workbook(path).active.iter_rows()]
    told = dict(zip(*rows, strict=True))
    assert (told["When"], told["Customer"], told["Channel"]) == (datetime(2025, 3, 14, 7, 30), "南京天诚", "Phone")
    assert date(2025, 3, 14) == told["When"].date()


def test_contact_persons_go_to_the_phone_and_come_back_as_they_were(office, add, tmp_path):
    firm = add(Customer, name="南京天诚，南京; 分部", phones=[{"number": "025-88886666", "type": "phone"}])
    remarks = "第一行; 逗号, 反斜杠\\\n" + "很长的备注" * 40
    person = add(
        Contact,
        name="王芳",
        phones=[{"number": "13800000001", "type": "mobile"}, {"number": "025-88886667", "type": "fax"}],
        email="wang@example.com",
        wechat="wx_wang",
        address="江苏省南京市中山路1号",
        birthday="1985-02-03",
        remarks=remarks,
    )
    add(Position, customer=firm.id, contact=person.id, job="经理", department="采购部")
    path = exporting.export(tmp_path / "a.vcf", Contact, [person.id])
    assert all(len(line) <= 75 for line in path.read_bytes().split(b"\r\n"))
    (card,) = cards.parse(path.read_bytes())
    assert card == {
        "name": "王芳",
        "org": "南京天诚，南京; 分部",
        "department": "采购部",
        "title": "经理",
        "phones": [{"number": "13800000001", "type": "mobile"}, {"number": "025-88886667", "type": "fax"}],
        "emails": ["wang@example.com"],
        "wechat": "wx_wang",
        "address": "江苏省南京市中山路1号",
        "birthday": "1985-02-03",
        "note": remarks,
    }
    assert importing.read(path).counts()["same"] == 1


def test_a_customer_comes_with_its_people_as_cards(office, add, tmp_path):
    firm = add(Customer, name="南京天诚", phones=[{"number": "025-88886666", "type": "phone"}])
    person = add(Contact, name="王芳", phones=[{"number": "13800000001", "type": "mobile"}])
    add(Position, customer=firm.id, contact=person.id)
    path = exporting.export(tmp_path / "a.vcf", Customer, [firm.id])
    assert [card["name"] for card in cards.parse(path.read_bytes())] == ["南京天诚", "王芳"]


def test_what_is_no_address_is_no_card(office, tmp_path):
    with pytest.raises(UserError, match="address cards"):
        exporting.export(tmp_path / "a.vcf", Complaint, [])


def test_own_fields_are_exported_and_imported(office, add, tmp_path):
    with change(None, "Test") as c:
        crop, area = (
            offices.add_own_field(c, "customer", label, kind)
            for label, kind in (("种植作物", "text"), ("亩数", "number"))
        )
    firm = add(Customer, **{"name": "南京天诚", crop: "水稻", area: 12.5})
    path = exporting.export(tmp_path / "a.xlsx", Customer, [firm.id])
    heading, row = ([cell.value for cell in cells] for cells in load_workbook(path).active.iter_rows())
    told = dict(zip(heading, row, strict=True))
    assert (told["种植作物"], told["亩数"]) == ("水稻", 12.5)
    assert importing.read(path).counts()["same"] == 1
    with change(None, "Test") as c:
        c.save(firm, {crop: "", area: None})
    importing.read(path).save(None)
    again = Customer.get_row(firm.id)
    assert (getattr(again, crop), getattr(again, area)) == ("水稻", 12.5)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_an_empty_office_becomes_the_same_from_the_workbook_of_the_whole_office(office, tmp_path, language):
    fill_the_office()
    with change(None, "Test") as c:
        crop = offices.add_own_field(c, "customer", "种植作物")
        c.save(Customer.get_row(ids_of(Customer)[0]), {crop: "水稻"})
        c.save(Customer.get_row(ids_of(Customer)[1]), {"archived": True})
    before = content()
    i18n.set_language(language)
    counts = whole_office.write(tmp_path / "office.xlsx")
    assert counts == {"customers": 5, "contacts": 6, "interactions": 5, "complaints": 3, "requests": 4, "feedback": 3,
                      "solutions": 2}  # fmt: skip
    file.close()
    found(tmp_path / "second.crm")
    plan = importing.read(tmp_path / "office.xlsx")
    for each in plan.tables:
        if columns := new_fields.homeless(each):
            new_fields.add(None, each, columns)
    plan.judge()
    plan.save(None)
    assert content() == before
    assert importing.read(tmp_path / "office.xlsx").counts() == {
        **dict.fromkeys(("new", "update", "refused"), 0),
        "same": 28,
        "skipped": 0,
    }
