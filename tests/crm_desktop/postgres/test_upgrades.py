"""An office on a server is brought up to date like a file, wholly or not at all."""

import pytest

from crm_desktop.errors import UserError
from crm_desktop.models import Customer
from crm_desktop.store import file, migrations, moving
from crm_desktop.store.postgres import Connection


@pytest.fixture
def served(li_ming, empty):
    address = empty()
    moving.move(file.place(), address)
    return address


def widen(raw):
    """A step as they are written for files."""
    raw.execute('ALTER TABLE "customer" ADD COLUMN "later" TEXT NOT NULL DEFAULT \'\'')
    raw.execute('ALTER TABLE "customer" ADD COLUMN "how_many" INTEGER')
    raw.execute('ALTER TABLE "customer" ADD COLUMN "how_much" REAL')
    raw.execute('CREATE TABLE "later_on" ("id" INTEGER NOT NULL PRIMARY KEY, "what" TEXT NOT NULL)')
    raw.execute('CREATE INDEX IF NOT EXISTS "customer_later" ON "customer" ("later")')
    raw.execute("UPDATE customer SET later = name, how_many = ?, how_much = ?", (1 << 40, 0.1))


def fails(_raw):
    raise ZeroDivisionError


def test_new_columns_and_tables_come_to_an_office_on_a_server(served, li_ming, monkeypatch):
    monkeypatch.setattr(migrations, "STEPS", [*migrations.STEPS, widen])
    file.open_file(served)
    assert file.version() == migrations.version()
    assert file.ask("SELECT later, how_many, how_much FROM customer") == [(li_ming.name, 1 << 40, 0.1)]
    collations = dict(file.ask("SELECT column_name, collation_name FROM information_schema.columns"
                               " WHERE table_name = ? AND collation_name IS NOT NULL", ("customer",)))  # fmt: skip
    assert set(collations.values()) == {"C"}, "texts are compared as in a file"
    file.close()
    monkeypatch.undo()
    with pytest.raises(UserError, match="newer version"):
        file.open_file(served)


def test_an_upgrade_that_fails_changes_nothing(served, li_ming, monkeypatch):
    before = migrations.version()
    monkeypatch.setattr(migrations, "STEPS", [*migrations.STEPS, widen, fails])
    with pytest.raises(ZeroDivisionError):
        file.open_file(served)
    monkeypatch.undo()
    file.open_file(served)
    assert file.version() == before
    assert Customer.get_row(li_ming.id).name == li_ming.name
    assert file.one("SELECT count(*) FROM information_schema.columns WHERE column_name = 'later'") == 0


def test_who_has_the_office_open_goes_on_when_a_colleague_upgrades_it(served, li_ming):
    file.open_file(served)
    for _again in range(8):  # until the server has prepared the question
        assert Customer.get_row(li_ming.id)
    colleague = Connection(str(served))
    widen(colleague)
    colleague.close()
    assert Customer.get_row(li_ming.id).name == li_ming.name
