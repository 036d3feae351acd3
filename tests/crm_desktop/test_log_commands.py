"""`history` and `log`: what scripts learn from the one log."""

import json

import pytest

from crm_desktop import removal
from crm_desktop.__main__ import main
from crm_desktop.i18n import N_
from crm_desktop.models import Customer
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


def edit(user, customer, values):
    with change(user, N_("Edit customer")) as c:
        c.save(Customer.get_row(customer.id), values)
    return c.id


def test_history_tells_old_and_new_in_words_newest_first(li_ming, li_qiang, run):
    number = edit(li_qiang, li_ming, {"tier": "silver"})
    status, out, _err = run("history", li_ming.code, "--json")
    first = json.loads(out)[0]
    assert status == 0
    assert (first["change"], first["who"], first["label"]) == (number, "李强", "Tier")
    assert (first["before"], first["after"]) == ("Gold", "Silver")
    assert "Gold → Silver" in run("history", li_ming.code)[1].splitlines()[0]


def test_history_knows_the_deleted_by_their_number(li_ming, wang_fang, run):
    with change(wang_fang, N_("Delete customers")) as c:
        c.note = "closed down"
        removal.delete_customers(c, [li_ming.id])
    told = json.loads(run("history", li_ming.code, "--json")[1])
    assert (told[0]["op"], told[0]["note"], told[-1]["op"]) == ("deleted", "closed down", "created")


def test_a_number_nobody_has_is_said(li_ming, run):
    status, _out, err = run("history", "C-1900-0001")
    assert (status, err) == (1, "There is no record with the number “C-1900-0001”.\n")


def test_the_log_is_told_by_person_and_day_with_the_number_that_undo_wants(li_ming, li_qiang, run):
    number = edit(li_qiang, li_ming, {"tier": "silver"})
    (told,) = json.loads(run("log", "--who", "李强", "--json")[1])
    assert (told["change"], told["did"], told["undone_by"]) == (number, "1 changed", None)
    assert run("undo", str(number))[0] == 0
    assert json.loads(run("log", "--who", "李强", "--json")[1])[0]["undone_by"] is not None
    assert len(json.loads(run("log", "--limit", "2", "--json")[1])) == 2
    assert run("log", "--since", "2999-01-01")[1] == "Nothing was done in this time.\n"


def test_a_day_that_is_none_is_wrong_use(li_ming, run):
    assert run("log", "--since", "yesterday")[0] == 2
