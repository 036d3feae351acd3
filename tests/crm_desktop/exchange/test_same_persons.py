"""Contact persons of the whole office's workbook: who is one person stays one, who are several stay several."""

import json
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crm_desktop.exchange import exporting, importing, whole_office
from crm_desktop.models import Contact, Customer, Interaction, Position
from crm_desktop.models import office as offices
from crm_desktop.store import checking, file
from crm_desktop.store.change import change

FIRMS = ("杭州长荣机电有限公司", "苏州华信贸易有限公司", "无锡恒达（集团）")
PERSON = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["王芳", "李强", "张三、李四", "Anna Li"]),
        "phones": st.sampled_from([[], [], [{"number": "13800001234", "type": "mobile"}]]),
        "wechat": st.sampled_from(["", "", "wf1980"]),
        "places": st.lists(
            st.tuples(st.integers(0, 2), st.sampled_from(["", "采购"])), max_size=3, unique_by=lambda place: place[0]
        ),
    }
)  # fmt: skip


def make(folder, name):
    file.close()
    (folder / name).unlink(missing_ok=True)
    file.create(folder / name)
    offices.found_office()


def people():
    """Everybody with what is known of them, where they work and what was said to them."""
    found = Counter()
    for i, name, phones, wechat in file.ask("SELECT id, name, phones, wechat FROM contact"):
        places = file.ask(
            "SELECT k.name, p.job FROM position p JOIN customer k ON k.id = p.customer WHERE p.contact = ?", (i,)
        )
        said = file.ask("SELECT content FROM interaction WHERE contact = ?", (i,))
        found[name, json.dumps(json.loads(phones)), wechat, *map(tuple, (sorted(places), sorted(said)))] += 1
    return found


def write_down(persons):
    with change(None, "Test") as c:
        firms = [c.save(Customer, {"name": name}).id for name in FIRMS]
        for person in persons:
            told = {name: person[name] for name in ("name", "phones", "wechat")}
            contact = c.save(Contact, told).id
            for firm, job in person["places"]:
                c.save(Position, {"contact": contact, "customer": firms[firm], "job": job})
                said = {"customer": firms[firm], "contact": contact, "at": "2026-03-05T10:00:00", "channel": "phone"}
                c.save(Interaction, {**said, "content": f"{firm} {len(said)} {contact}"})


@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(persons=st.lists(PERSON, min_size=1, max_size=6))
def test_an_empty_office_gets_the_same_people(tmp_path, persons):
    path = tmp_path / "a.xlsx"
    make(tmp_path, "one.crm")
    write_down(persons)
    before = people()
    whole_office.write(path)
    here = importing.read(path)
    assert [(row.number, row.changes, row.reason) for row in here.rows if row.changes or row.reason] == []
    assert here.save(None).change is None
    make(tmp_path, "two.crm")
    importing.read(path).save(None)
    assert people() == before
    again = importing.read(path)
    assert (again.counts()["new"], again.counts()["update"]) == (0, 0)
    again.save(None)
    assert people() == before
    assert checking.problems() == []
    file.close()


def test_a_number_of_another_program_says_who_is_one_person_too(office, sheet):
    path = sheet(
        [
            ["姓名", "公司", "Same person no."],
            ["王芳", "甲公司", "LX-1"],
            ["王芳", "乙公司", "LX-2"],
            ["王芳", "丙公司", "LX-1"],
        ]
    )
    importing.read(path, "contacts").save(None)
    places = [sorted(customers.split(", ")) for (customers,) in file.ask("SELECT customers FROM contact")]
    assert sorted(places) == [["丙公司", "甲公司"], ["乙公司"]]


def test_a_list_of_people_stays_as_readable_as_it_was(office, tmp_path):
    from openpyxl import load_workbook

    write_down([{"name": "王芳", "phones": [], "wechat": "", "places": [(0, "采购"), (1, "")]}])
    ids = [i for (i,) in file.ask("SELECT id FROM contact")]
    exporting.export(tmp_path / "a.xlsx", Contact, ids)
    heads = [cell.value for cell in load_workbook(tmp_path / "a.xlsx").active[1]]
    assert "Same person no." not in heads
    whole_office.write(tmp_path / "b.xlsx")
    book = load_workbook(tmp_path / "b.xlsx")
    for name in ("Customers", "Contact persons", "Contact history"):
        assert [cell.value for cell in book[name][1]][-1] == "Same person no."


@pytest.mark.parametrize("existing", ["update", "fill", "add"])
def test_who_was_renamed_in_the_workbook_is_renamed_and_nobody_new(office, tmp_path, existing):
    from openpyxl import load_workbook

    write_down([{"name": "王芳", "phones": [], "wechat": "", "places": [(0, "采购")]}])
    whole_office.write(tmp_path / "a.xlsx")
    book = load_workbook(tmp_path / "a.xlsx")
    del book["Customers"]
    book["Contact persons"]["A2"] = "王芳芳"
    book.save(tmp_path / "a.xlsx")
    importing.read(tmp_path / "a.xlsx").save(None)
    assert file.ask("SELECT name FROM contact") == [("王芳芳",)]
