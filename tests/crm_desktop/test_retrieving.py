"""Customers taken out of a backup: found, compared field by field, brought back as a whole or in part, and undone."""

import json
from random import Random

import pytest

from crm_desktop import cli, demo, merging, removal, retrieving
from crm_desktop.__main__ import main
from crm_desktop.i18n import N_
from crm_desktop.models import Complaint, ComplaintStep, Contact, Customer, Interaction
from crm_desktop.store import backup, checking, file, history, migrations, retrieve, taken
from crm_desktop.store.change import change
from crm_desktop.store.record import tables


@pytest.fixture
def made(li_ming, visit, tmp_path):
    """A backup with 李明's company and one visit."""
    return backup.make(tmp_path / "backups", "daily")


@pytest.fixture
def run(capsys, office):
    """A command on the office's file, which is closed before: its status, what it said and what it complained about."""

    def run(*arguments):
        file.close()
        capsys.readouterr()
        status = main([*map(str, arguments), "--file", str(office.path)])
        printed = capsys.readouterr()
        file.open_file(office.path)
        return status, printed.out, printed.err

    return run


def edit(user, model, record, values):
    with change(user, N_("Edit customer")) as c:
        c.save(model.get_row(record), values)


def delete(customer):
    with change(None, N_("Delete customers")) as c:
        removal.delete_customers(c, [customer.id])


def outside(path):
    return retrieving.differing(retrieving.candidates(path, retrieving.beside(retrieving.log_of(path))))


def content():
    return {table: file.ask(f'SELECT * FROM "{table}" ORDER BY id') for table in ("customer", "contact", "interaction")}


def test_a_file_that_is_as_it_was_has_nothing_to_bring_back(made):
    assert outside(made.path) == []


def test_a_deleted_customer_is_found_with_what_went_with_it(made, li_ming):
    delete(li_ming)
    (one,) = outside(made.path)
    assert (one.record, one.code, one.missing, one.gone, one.differing) == (li_ming.id, li_ming.code, True, 3, 0)
    assert one.in_words == "not in the file any more; 3 records missing"


def test_a_changed_field_of_a_customer_or_its_contact_person_is_found(made, li_ming, ming, li_qiang):
    edit(li_qiang, Customer, li_ming.id, {"tier": "silver"})
    edit(li_qiang, Contact, ming.id, {"wechat": "liming88"})
    (one,) = outside(made.path)
    assert (one.missing, one.gone, one.differing) == (False, 0, 2)
    assert one.in_words == "2 records changed"


def test_what_was_changed_and_changed_back_is_no_difference(made, li_ming):
    edit(None, Customer, li_ming.id, {"tier": "silver"})
    edit(None, Customer, li_ming.id, {"tier": "gold"})
    assert outside(made.path) == []


def test_what_came_after_the_backup_is_no_difference(made):
    with change(None, N_("New customer")) as c:
        c.save(Customer, {"name": "新来的"})
    assert outside(made.path) == []


def test_a_backup_of_a_time_that_was_restored_away_shows_what_it_has(made, li_ming, tmp_path, office):
    from crm_desktop.store import restore

    edit(None, Customer, li_ming.id, {"tier": "silver"})
    later = backup.make(tmp_path / "backups", "manual")
    restore.run(made.path, office.path, folder=tmp_path / "safe")
    (one,) = outside(later.path)
    assert (one.record, one.differing) == (li_ming.id, 1)


def test_customers_of_another_offices_backup_are_all_missing(made, tmp_path):
    from crm_desktop.models import office as offices

    file.create(tmp_path / "other.crm")
    offices.found_office("别家")
    (one,) = outside(made.path)
    assert one.missing


def test_fields_stand_side_by_side_in_words(made, li_ming, li_qiang):
    edit(li_qiang, Customer, li_ming.id, {"tier": "silver", "owner": li_qiang.id})
    of = taken.read(made.path, "customer", [li_ming.id])
    (told,) = retrieving.in_words(retrieve.differences(of), of)
    assert (told.kind, told.name, told.missing) == ("Customer", "杭州长荣机电有限公司", False)
    assert {(line.label, line.then, line.now) for line in told.lines} == {
        ("Tier", "Gold", "Silver"),
        ("Owner", "王芳", "李强"),
    }


def test_only_the_chosen_field_comes_back_and_the_rest_still_differs(made, li_ming, li_qiang):
    edit(li_qiang, Customer, li_ming.id, {"tier": "silver", "stage": "lost"})
    of = taken.read(made.path, "customer", [li_ming.id])
    done = retrieve.bring(li_qiang, of, {("customer", li_ming.id): ["tier"]})
    now = Customer.get_row(li_ming.id)
    assert (now.tier, now.stage, done.restored) == ("gold", "lost", 1)
    (one,) = outside(made.path)
    assert one.differing == 1
    history.undo(li_qiang, done.change)
    assert Customer.get_row(li_ming.id).tier == "silver"


def test_only_the_chosen_records_come_back_with_the_customer_they_need(made, li_ming, visit):
    delete(li_ming)
    of = taken.read(made.path, "customer", [li_ming.id])
    retrieve.bring(None, of, {("interaction", visit.id): ()})
    assert Customer.get_row(li_ming.id) is not None
    assert Interaction.get_row(visit.id).content == "谈了新的报价"
    assert Interaction.get_row(visit.id).contact is None
    assert file.one("SELECT count(*) FROM position") == 0
    assert checking.problems() == []


def test_everything_comes_back_as_one_change_and_one_undo(made, li_ming, ming, visit):
    before = content()
    edit(None, Contact, ming.id, {"wechat": "liming88"})
    edit(None, Customer, li_ming.id, {"tier": "silver"})
    with change(None, "Delete") as c:
        c.delete(visit)
    changed = content()
    of = taken.read(made.path, "customer", [li_ming.id])
    done = retrieve.bring(None, of, retrieve.everything(retrieve.differences(of)))
    assert content() == before
    assert checking.problems() == []
    history.undo(None, done.change)
    assert content() == changed


def test_an_older_backup_is_searched_and_compared_in_todays_format(made, li_ming, monkeypatch, own_home):
    edit(None, Customer, li_ming.id, {"tier": "silver"})
    steps = [*migrations.STEPS, lambda raw: raw.execute("UPDATE customer SET remarks = 'upgraded'")]
    file.connection().execute(f"PRAGMA user_version={migrations.version() + 1}")
    monkeypatch.setattr(migrations, "STEPS", steps)
    content = made.path.read_bytes()
    with taken.as_today(made.path) as today:
        assert retrieving.found_in(today, "长荣") == {li_ming.id}
        (one,) = outside(today)
        assert one.differing == 1
    assert not today.exists()
    assert made.path.read_bytes() == content


def test_a_damaged_backup_is_refused_with_a_sentence(made, li_ming, run):
    made.path.write_bytes(made.path.read_bytes()[:40_000])
    status, _out, err = run("retrieve", made.path)
    assert status == 1
    assert "damaged" in err
    assert "Traceback" not in err


# the command


def test_the_command_lists_who_is_missing_or_different(made, li_ming, run):
    assert run("retrieve", made.path)[1] == "All customers are as they were in the backup.\n"
    delete(li_ming)
    status, out, _err = run("retrieve", made.path)
    assert (status, out) == (0, f"{li_ming.code}\t{li_ming.name}\tnot in the file any more; 3 records missing\n")
    (one,) = json.loads(run("retrieve", made.path, "--json")[1])
    assert (one["code"], one["missing"], one["gone"]) == (li_ming.code, True, 3)


@pytest.mark.parametrize("wanted", ["code", "name", "长荣", "changrong"])
def test_the_command_compares_a_customer_by_number_name_or_part_of_it(made, li_ming, run, wanted):
    edit(None, Customer, li_ming.id, {"tier": "silver"})
    status, out, _err = run("retrieve", made.path, getattr(li_ming, wanted, wanted))
    assert status == 0
    assert "Tier: Gold in the backup, Silver today" in out
    assert Customer.get_row(li_ming.id).tier == "silver"


def test_the_command_brings_back_what_is_missing_and_keeps_what_was_changed_unless_told(made, li_ming, visit, run):
    edit(None, Customer, li_ming.id, {"tier": "silver"})
    with change(None, "Delete") as c:
        c.delete(visit)
    status, out, _err = run("retrieve", made.path, li_ming.code, "--apply")
    assert status == 0
    assert "1 record restored. 1 kept" in out
    assert Customer.get_row(li_ming.id).tier == "silver"
    answer = json.loads(run("retrieve", made.path, li_ming.code, "--apply", "--overwrite", "--json")[1])
    assert (answer["restored"], answer["kept"]) == (1, [])
    assert Customer.get_row(li_ming.id).tier == "gold"
    run("undo", answer["change"])
    assert Customer.get_row(li_ming.id).tier == "silver"


def test_the_command_says_who_is_not_in_the_backup_and_who_may_be_meant(made, run):
    assert "no Customer “nobody”" in run("retrieve", made.path, "nobody")[2]
    assert "Say which records" in run("retrieve", made.path, "--apply")[2]


def test_a_name_that_several_customers_have_is_not_guessed(li_ming, tmp_path, run):
    with change(None, N_("New customer")) as c:
        c.save(Customer, {"name": "长荣贸易"})
    made = backup.make(tmp_path / "backups")
    _status, _out, err = run("retrieve", made.path, "长荣")
    assert "several records" in err
    assert li_ming.code in err


def all_content():
    """Everything that was typed, by table and id."""
    found = {}
    for table, model in tables().items():
        columns = ",".join(f'"{c}"' for c in model.columns() if c not in model.derived)
        found |= {(table, row[0]): row for row in file.ask(f'SELECT id, {columns} FROM "{table}"')}
    return found


@pytest.mark.parametrize("seed", range(6))
def test_whatever_was_changed_deleted_or_merged_since_is_found_and_can_all_be_set_back(seed, tmp_path):
    random = Random(seed)
    demo.make(tmp_path / "office.crm", customers=25, interactions=120, complaints=8, seed=seed)
    before = all_content()
    made = backup.make(tmp_path / "backups")
    for _step in range(12):
        ids = {
            model: [i for (i,) in file.ask(f"SELECT id FROM {model.table()}")]
            for model in (Customer, Contact, Interaction)
        }
        with change(None, "x") as c:
            what = random.choice(("edit", "edit", "delete", "merge", "record"))
            if what == "edit":
                model = random.choice((Customer, Contact))
                c.save(model.get_row(random.choice(ids[model])), {"wechat": f"wx{random.randrange(99)}"})
            elif what == "delete":
                removal.delete_customers(c, random.sample(ids[Customer], 2))
            elif what == "merge":
                merging.merge(c, *random.sample(ids[Customer], 2))
            else:
                c.delete(Interaction.get_row(random.choice(ids[Interaction])))
    now = all_content()
    found = outside(made.path)
    of = taken.read(made.path, "customer", [one.record for one in found])
    done = retrieve.bring(None, of, retrieve.everything(retrieve.differences(of)))
    after = all_content()
    assert done.kept == []
    assert {key: row for key, row in before.items() if after.get(key) != row} == {}
    assert outside(made.path) == []
    assert checking.problems() == []
    assert history.undo(None, done.change).kept == []
    assert all_content() == now
    file.close()


def test_a_step_that_is_missing_from_a_case_counts_for_its_customer(li_ming, wang_fang, tmp_path):
    with change(wang_fang, N_("New complaint")) as c:
        about = {"customer": li_ming.id, "description": "异响", "received_at": "2026-03-05T10:00:00"}
        complaint = c.save(Complaint, about)
        step = c.save(ComplaintStep, {"complaint": complaint.id, "at": "2026-03-05T11:00:00"})
    made = backup.make(tmp_path / "b")
    with change(wang_fang, N_("Delete")) as c:
        c.delete(step)
    (one,) = outside(made.path)
    assert (one.record, one.gone) == (li_ming.id, 1)


def test_a_single_contact_person_is_taken_out_on_the_command_line(made, run, ming):
    assert cli.TAKEN == retrieving.KINDS
    edit(None, Contact, ming.id, {"name": "李明明"})
    status, out, _err = run("retrieve", made.path, "--kind", "contact")
    assert (status, out) == (0, "李明\t1 record changed\n")
    assert (
        "The backup has no Contact person “没有这个人”."
        in run("retrieve", made.path, "没有这个人", "--kind", "contact")[2]
    )
    assert run("retrieve", made.path, "李明", "--kind", "contact", "--apply", "--overwrite")[0] == 0
    assert run("retrieve", made.path, "--kind", "contact")[1] == "Everything is as it was in the backup.\n"
