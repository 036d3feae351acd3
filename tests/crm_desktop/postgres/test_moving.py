"""An office moves from a file to a server and back, with its history, and nothing is different there."""

import pytest

from crm_desktop.errors import UserError
from crm_desktop.i18n import N_
from crm_desktop.models import Customer
from crm_desktop.models import office as offices
from crm_desktop.store import backup, checking, file, history, moving
from crm_desktop.store.change import change
from crm_desktop.store.record import Table, leaves


def content():
    """Every row of every table of the open office, the log among them."""
    return {
        model._meta.table_name: sorted(file.ask(f'SELECT {",".join(map(repr_of, model._meta.columns))} FROM "{name}"'),
                                       key=str)
        for model in leaves(Table)
        for name in [model._meta.table_name]
    }  # fmt: skip


def repr_of(column):
    return f'"{column}"'


@pytest.fixture
def worked(li_ming, visit, wang_fang):
    """An office in which something was done, changed and taken back."""
    with change(wang_fang, N_("Edit customer")) as c:
        c.save(li_ming, {Customer.tags: ["老客户", "it's"], Customer.short_name: "长荣\\机电 %_?"})
    with change(wang_fang, N_("Edit customer")) as c:
        c.save(Customer.get_row(li_ming.id), {Customer.tier: "silver"})
    history.undo(wang_fang, c.id)
    return li_ming


def test_an_office_moves_to_a_server_and_back_with_every_row_of_its_history(worked, wang_fang, empty, tmp_path):
    before, address = content(), empty()
    moved = moving.move(file.place(), address)
    assert moved.counts["customer"] == 1
    assert moved.rows == sum(map(len, before.values()))
    file.open_file(address)
    assert content() == before
    assert checking.problems() == []
    back = tmp_path / "back.crm"
    moving.move(address, back)
    file.open_file(back)
    assert content() == before
    assert checking.problems() == []


def test_work_goes_on_where_the_office_has_moved_to(worked, wang_fang, empty):
    address = empty()
    moving.move(file.place(), address)
    file.open_file(address)
    with change(wang_fang, N_("New customer")) as c:
        new = c.save(Customer, {Customer.name: "宁波东方有限公司"})
    assert new.code.endswith("-0002")
    history.undo(wang_fang, c.id)
    assert Customer.get_row(new.id) is None
    assert checking.problems() == []


def test_nothing_is_moved_into_a_place_that_is_taken(worked, empty, tmp_path):
    address = empty()
    moving.move(file.place(), address)
    with pytest.raises(UserError, match="already"):
        moving.move(file.place(), address)
    (tmp_path / "there.crm").write_text("")
    with pytest.raises(UserError, match="exists already"):
        moving.move(file.place(), tmp_path / "there.crm")


def test_a_move_that_is_stopped_leaves_nothing_behind(worked, empty, postgres, tmp_path):
    class Enough(Exception):
        pass

    def stop(done, total, _what):
        if done > total * 0.7:
            raise Enough

    address, target = empty(), tmp_path / "half.crm"
    for place in (address, target):
        with pytest.raises(Enough):
            moving.move(file.place(), place, stop)
    assert sorted(each.name for each in tmp_path.glob("half*")) == []
    file.create(address)
    assert file.one("SELECT count(*) FROM customer") == 0


def test_a_row_that_comes_over_differently_is_named_and_nothing_is_moved(worked, empty, monkeypatch):
    address, compare = empty(), moving._compare

    def spoilt(here, raw, table, *rest):
        if table == "customer":
            raw.execute("UPDATE customer SET name = 'something else'")
        return compare(here, raw, table, *rest)

    monkeypatch.setattr(moving, "_compare", spoilt)
    with pytest.raises(UserError, match=r"Customer.*nothing was moved"):
        moving.move(file.place(), address)
    file.create(address)


def test_a_backup_of_a_server_is_a_file_that_opens(worked, empty, tmp_path):
    before, address = content(), empty()
    moving.move(file.place(), address)
    file.open_file(address)
    offices.save_settings(None, {"office_name": "华东商贸"})
    before = content()
    made = backup.make(tmp_path / "backups")
    assert (made.counts["customer"], made.office) == (1, "华东商贸")
    moving.move(made.path, empty("again"))
    assert content() == before


def test_a_backup_of_a_server_holds_up_nobodys_save(worked, wang_fang, empty, tmp_path):
    address, saved = empty(), []
    moving.move(file.place(), address)
    file.open_file(address)

    def meanwhile(*_told):
        if not saved:
            with change(wang_fang, N_("New customer")) as c:
                saved.append(c.save(Customer, {Customer.name: "宁波东方有限公司"}))

    made = backup.make(tmp_path / "backups", progress=meanwhile)
    assert made.counts["customer"] == 1
    assert file.one("SELECT count(*) FROM customer") == 2
