"""`survey`: started, sent, read back and told without a window."""

import json

import pytest
from openpyxl import load_workbook

from crm_desktop.models import SurveyAsked
from crm_desktop.store import file


def test_a_survey_from_its_start_to_its_report(command, customers, office, tmp_path):
    status, out, _err = command("survey", "start", "general", "--tier", "Gold", "--until", "2026-12-31", "--json")
    told = json.loads(out)
    assert (status, told["customers"]) == (0, 2)
    code = told["survey"]
    assert command("survey", "form", code, tmp_path / "form.pdf")[1].startswith("2 pages written")
    assert command("survey", "sheet", code, tmp_path / "a.xlsx", "--sent")[0] == 0
    book = load_workbook(tmp_path / "a.xlsx")
    book.worksheets[0].cell(2, 4).value = 5
    book.worksheets[0].cell(3, 4).value = 9
    book.save(tmp_path / "a.xlsx")
    assert "1 new, 0 changed" in command("survey", "read", tmp_path / "a.xlsx", "--dry-run")[1]
    told = json.loads(command("survey", "read", tmp_path / "a.xlsx", "--refused", tmp_path / "no.xlsx", "--json")[1])
    assert (told["new"], told["refused"], [line["status"] for line in told["lines"]]) == (1, 1, ["new", "refused"])
    assert (tmp_path / "no.xlsx").exists()
    status, out, _err = command("survey", "answer", f"{code}-0002", "overall=2", "wish=太慢", "--json")
    assert json.loads(out)["low"] is True
    [listed] = json.loads(command("survey", "list", "--json")[1])
    assert listed["figures"]["mean"]["value"] == 3.5
    assert listed["figures"]["response"]["formula"] == "2 answered ÷ 2 asked; those still to ask are left out"
    shown = json.loads(command("survey", "show", code, "--json")[1])
    assert shown["questions"][0]["spread"] == [0, 1, 0, 0, 1]
    assert [row["group"] for row in shown["groups"]["tier"]] == ["Gold"]
    assert command("survey", "report", code, tmp_path / "r.pdf")[0] == 0
    assert command("survey", "end", code)[1] == f"Survey {code} has ended.\n"
    assert command("undo", str(told["change"]))[0] == 0
    file.open_file(office.path)
    assert [SurveyAsked.get_row(i).state for (i,) in file.ask("SELECT id FROM survey_asked ORDER BY code")] == [
        "asked",
        "answered",
    ]


def test_a_dry_run_asks_nobody(command, customers):
    status, out, _err = command("survey", "start", "nps", "--sample", "random", "--number", "3", "--dry-run")
    assert (status, out) == (0, "3 customers of 8 are asked.\nNothing was written.\n")
    assert command("survey", "list")[1] == "Nobody has been asked yet.\n"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("show", "DC-1900-0001"), "There is no record with the number “DC-1900-0001”."),
        (("start", "nonsense"), "There is no template “nonsense”. Known: general, delivery, nps, abilities."),
        (("start", "nps", "--tier", "bronze"), "“bronze” is not in the list."),
        (("start", "nps", "--search", "nobody is called so"), "This survey would ask nobody."),
        (("start", "nps", "--sample", "nth"), "Say how many customers are to be drawn."),
        (("answer", "DC-1900-0001-0001", "overall=5"), "No survey has the form number “DC-1900-0001-0001”."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(command, customers, arguments, sentence):
    status, out, err = command("survey", *arguments)
    assert (status, out) == (1, "")
    assert err.startswith(sentence)


def test_a_survey_without_a_job_is_wrong_use(command, customers):
    assert command("survey")[0] == 2
