"""Make the customer file that is kept of a release: `python tests/files/make.py N` (see README.md).

It writes office-N.crm.gz and, read from it, office-N.json: what must still be there after every later upgrade.
"""

import gzip
import json
import platform
import sys
import tempfile
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from crm_desktop import demo, merging
from crm_desktop.models import Customer
from crm_desktop.models import office as offices
from crm_desktop.store import checking, file, history
from crm_desktop.store.change import change
from crm_desktop.store.record import tables

GROWS = {"choice", "setting", "calendar_day"}
"""Tables to which a later program may add by itself."""


def some_history(who):
    """An edit that was undone, a merge that was taken back, one that stands, and two customers in the bin."""
    one, two, three, four, five, six = Customer.select().order_by(Customer.id).limit(6)
    with change(who, "Edit customer") as c:
        c.save(one, {"remarks": "写错了", "tags": ["老客户"]})
    history.undo(who, c.id)
    for other in (three, four):
        with change(who, merging.ACTION) as c:
            merging.merge(c, two.id, other.id)
        if other is three:
            merging.unmerge(who, c.id)
    with change(who, "Delete customer") as c:
        c.note = "不再营业"
        c.delete(five)
    with change(who, "Delete customer") as c:
        c.delete(six)


def content():
    """What must still be there after every upgrade."""
    return {
        "customers": sorted(name for (name,) in file.ask("SELECT name FROM customer")),
        "contacts": sorted(name for (name,) in file.ask("SELECT name FROM contact")),
        "records": {table: model.select().count() for table, model in tables().items() if table not in GROWS},
        "log": [list(row) for row in file.ask('SELECT user_name, action FROM "change" ORDER BY id')],
    }


def make(target):
    demo.make(target, customers=12, interactions=40, complaints=6, today=date(2026, 11, 21))
    some_history(offices.colleague(None, "王芳"))
    assert checking.problems() == []
    file.connection().execute("VACUUM")
    found = content()
    file.close()
    return found


def main(name):
    platform.node = lambda: "PC-1"  # not the name of the computer that happened to make it
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "office.crm"
        found = make(made)
        kept = Path(__file__).with_name(f"{name}.crm.gz")
        kept.write_bytes(gzip.compress(made.read_bytes(), mtime=0))
    kept.with_name(f"{name}.json").write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(f"office-{int(sys.argv[1])}")
