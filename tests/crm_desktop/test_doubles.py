"""`duplicates` and `merge`: what scripts learn of customers that are there twice, and how they become one."""

import json

import pytest

from crm_desktop.__main__ import main
from crm_desktop.i18n import N_
from crm_desktop.models import Contact, Customer, Interaction, Position
from crm_desktop.store import file
from crm_desktop.store.change import change


@pytest.fixture
def run(capsys, office):
    """A command on the office's file, which is closed before: its status, what it said and what it complained about."""

    def run(*arguments):
        file.close()
        capsys.readouterr()
        try:
            status = main([*arguments, "--file", str(office.path)])
        except SystemExit as end:
            status = end.code
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return run


@pytest.fixture
def twin(li_ming, li_qiang):
    """A second file of 杭州长荣机电, with a call."""
    with change(li_qiang, N_("New customer")) as c:
        customer = c.save(Customer, {"name": "长荣机电", "tier": "silver", "owner": li_qiang.id})
        c.save(Interaction, {"customer": customer.id, "content": "问价", "channel": "phone"})
    return customer


def test_duplicates_tells_each_group_with_its_reasons(li_ming, twin, run):
    status, out, _err = run("duplicates", "--json")
    (group,) = json.loads(out)
    assert status == 0
    assert [customer["code"] for customer in group["customers"]] == [li_ming.code, twin.code]
    assert [reason["words"] for reason in group["reasons"]] == ["same core of the name 长荣机电"]
    told = run("duplicates")[1].splitlines()
    assert told == [
        "same core of the name 长荣机电",
        f"\t{li_ming.code}\t杭州长荣机电有限公司\t王芳",
        f"\t{twin.code}\t长荣机电\t李强",
    ]
    assert json.loads(run("duplicates", "--limit", "0", "--json")[1]) == []


def test_merge_makes_one_of_two_and_undo_gives_both_back(li_ming, twin, office, run):
    status, out, _err = run("merge", li_ming.code, twin.code)
    first, second, last = out.splitlines()
    assert status == 0
    assert first == "长荣机电 is now a part of 杭州长荣机电有限公司; 1 record moved."
    assert second == "Both differ in Tier, Owner: what 长荣机电 says stands in the remarks."
    assert run("duplicates")[1] == "No customer seems to be there twice.\n"
    status, out, _err = run("undo", last.split()[-1], "--json")
    assert (status, json.loads(out)["kept"], json.loads(out)["stays"]) == (0, [], [])
    file.open_file(office.path)
    assert Customer.get_row(twin.id).values() == twin.values()


def test_merge_in_json_names_the_change_that_undo_wants(li_ming, twin, run):
    answer = json.loads(run("merge", li_ming.code, twin.code, "--json", "--user", "王芳")[1])
    assert (answer["moved"], answer["noted"]) == ({"interaction": 1}, ["Tier", "Owner"])
    assert run("undo", str(answer["change"]))[0] == 0


def test_a_number_nobody_has_and_a_customer_with_itself_are_refused(li_ming, twin, run):
    assert run("merge", li_ming.code, "C-1900-0001")[::2] == (
        1,
        "There is no customer with the number “C-1900-0001”.\n",
    )
    assert run("merge", li_ming.code, li_ming.code)[::2] == (1, "Choose two different customers.\n")


def test_contact_persons_are_told_and_merged_by_the_numbers_that_are_told(li_ming, wang_fang, run):
    with change(wang_fang, N_("New contact person")) as c:
        both = [c.save(Contact, {"name": "欧阳晓芙", "wechat": "oyxf88", "hobbies": h}) for h in ("", "钓鱼")]
        c.save(Position, {"contact": both[0].id, "customer": li_ming.id})
    (group,) = json.loads(run("duplicates", "--persons", "--json")[1])
    numbers = [person["id"] for person in group["persons"]]
    assert sorted(numbers) == sorted(str(person.id) for person in both)
    assert "same WeChat oyxf88" in [reason["words"] for reason in group["reasons"]]
    status, out, _err = run("merge", "--persons", *numbers)
    assert status == 0
    assert out.splitlines()[0] == "欧阳晓芙 is now a part of 欧阳晓芙; 0 records moved."
    assert json.loads(run("duplicates", "--persons", "--json")[1]) == []
    number = out.split()[-1]
    assert run("undo", number)[0] == 0
    assert len(json.loads(run("duplicates", "--persons", "--json")[1])) == 1
    assert run("merge", "--persons", "12", "K001")[0] == 1


def test_an_export_and_a_report_without_a_window_stand_in_the_log(li_ming, run, tmp_path):
    assert run("export", "customers", str(tmp_path / "all.csv"), "--user", "王芳")[0] == 0
    assert run("report", "customer-card", str(tmp_path / "card.pdf"), "--customer", li_ming.code)[0] == 0
    told = [(each["action"], each["note"]) for each in json.loads(run("log", "--limit", "2", "--json")[1])]
    assert told == [("Print", "card.pdf"), ("Export", "all.csv · Customer: 1 row")]
