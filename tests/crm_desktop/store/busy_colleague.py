"""All that a colleague may do with customers; as a process: `python busy_colleague.py PATH`, one seed a line."""

import random
import sys
from contextlib import suppress
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[3]))

from crm_desktop import bulk_edit, merging, recycle_bin, removal
from crm_desktop.errors import UserError
from crm_desktop.models import Complaint, Contact, Customer, Interaction, Position
from crm_desktop.models import office as offices
from crm_desktop.models.base import Invalid
from crm_desktop.models.office import Setting, User
from crm_desktop.store import file, history
from crm_desktop.store.change import change

NAMES = ("华东远大", "正泰机电", "长荣重工", "海天 Plastic", "行长银行", "乐清单氏")
PEOPLE = ("赵云", "单雄", "仇九", "曾国", "Ann Lee", "欧阳修")


def do(seed):
    """One deed, drawn by this number; an office's rule may forbid it."""
    rng = random.Random(seed)
    with suppress(UserError, Invalid):
        rng.choice(DEEDS)(rng)


def some(rng, table, most=1, least=1):
    ids = [i for (i,) in file.ask(f'SELECT id FROM "{table}" ORDER BY id')]
    if len(ids) < least:
        raise UserError("There are too few.")
    return rng.sample(ids, min(most, len(ids)))


def day(rng, year=2026):
    return f"{year}-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"


def facts(rng):
    """Something that may be known of a customer."""
    known = {
        "name": f"{rng.choice(NAMES)}{rng.randrange(30)}",
        "aliases": [rng.choice(NAMES)],
        "tier": rng.choice(("diamond", "gold", "", "regular")),
        "stage": rng.choice(("steady", "lost", "")),
        "owner": rng.choice([None, *some(rng, "user", least=0)]),
        "referrer": rng.choice([None, *some(rng, "customer", least=0)]),
        "archived": rng.random() < 0.3,
        "contact_every": rng.choice((None, 10, 90)),
        "next_contact_at": rng.choice((None, f"{day(rng)}T10:00:00")),
        "tags": rng.sample(["VIP", "老客户", "欠款"], 2),
        "remarks": rng.choice(("回款快", "", "zt 12", "…")),
        "phones": [{"number": f"138{rng.randrange(10**8):08}"}],
        "code": f"K{rng.randrange(40)}",
    }
    return {name: known[name] for name in rng.sample(list(known), rng.randrange(1, 5))}


def new_customer(rng):
    with change(None, "New customer") as c:
        made = c.save(Customer, {"name": rng.choice(NAMES), **facts(rng)})
        person = c.save(Contact, {"name": rng.choice(PEOPLE), "birthday": day(rng, 1980)})
        c.save(Position, {"contact": person.id, "customer": made.id, "job": "采购"})


def many_customers(rng):
    with change(None, "Import") as c:
        c.insert_many(
            Customer, [{"name": f"{rng.choice(NAMES)}{rng.random()}"} for _n in range(rng.choice((2, 30, 90)))]
        )


def edit(rng):
    with change(None, "Edit customer") as c:
        for i in some(rng, "customer", rng.randrange(1, 4)):
            c.save(Customer.get_row(i), facts(rng))


def edit_twice(rng):
    for i in some(rng, "customer"):
        for _n in range(2):
            with change(None, "Edit customer") as c:
                c.save(Customer.get_row(i), facts(rng))


def edit_many(rng):
    ids = some(rng, "customer", rng.choice((5, 100)))
    with change(None, "Edit customers") as c:
        bulk_edit.apply(c, Customer, bulk_edit.Edit("tier", "set", rng.choice(("gold", "silver"))), ids)


def swap_codes(rng):
    one, other = some(rng, "customer", 2, 2)
    codes = Customer.get_row(one).code, Customer.get_row(other).code
    for i, code in ((one, f"~{rng.random()}"), (other, codes[0]), (one, codes[1])):
        with change(None, "Edit customer") as c:
            c.save(Customer.get_row(i), {"code": code})


def delete(rng):
    with change(None, "Delete customer") as c:
        removal.delete_customers(c, some(rng, "customer", rng.randrange(1, 3)))


def merge(rng):
    table, model = rng.choice((("customer", Customer), ("contact", Contact)))
    keep, other = some(rng, table, 2, 2)
    with change(None, "Merge customers") as c:
        merging.merge(c, keep, other, model=model)


def undo(rng):
    newest = [i for (i,) in file.ask('SELECT id FROM "change" ORDER BY id DESC LIMIT 12')]
    history.undo(None, rng.choice(newest))


def bring_back(rng):
    bin_ = recycle_bin.deleted()
    if bin_:
        recycle_bin.restore_all(None, rng.sample(bin_, min(2, len(bin_))))


def talk(rng):
    with change(None, "New contact record") as c:
        for customer in some(rng, "customer", rng.randrange(1, 3)):
            persons = [i for (i,) in file.ask("SELECT contact FROM position WHERE customer = ?", (customer,))]
            values = {
                "at": f"{day(rng)}T09:00:00",
                "channel": "phone",
                "content": "谈",
                "contact": rng.choice([None, *persons]),
            }
            step = {
                "next_at": f"{day(rng)}T10:00:00",
                "next_what": "报价",
                "next_by": rng.choice([None, *some(rng, "user", least=0)]),
            }
            c.save(Interaction, {"customer": customer, **values, **(step if rng.random() < 0.6 else {})})


def edit_talk(rng):
    with change(None, "Edit contact record") as c:
        for i in some(rng, "interaction", 2):
            what = {
                "at": f"{day(rng)}T09:00:00",
                "next_at": rng.choice((None, f"{day(rng)}T10:00:00")),
                "next_by": rng.choice([None, *some(rng, "user", least=0)]),
                "customer": some(rng, "customer")[0],
                "contact": None,
            }
            c.save(Interaction.get_row(i), {name: what[name] for name in rng.sample(list(what), 2)})


def delete_talk(rng):
    with change(None, "Delete") as c:
        c.delete_many(Interaction, some(rng, "interaction", 2))


def person(rng):
    with change(None, "Edit contact person") as c:
        for i in some(rng, "contact", 2):
            what = {
                "name": rng.choice(PEOPLE),
                "birthday": rng.choice(("", day(rng, 1975), "lunar:--08-15")),
                "next_contact_at": rng.choice((None, f"{day(rng)}T10:00:00")),
                "phones": [{"number": f"139{rng.randrange(10**8):08}"}],
                "reports_to": some(rng, "contact")[0],
            }
            c.save(Contact.get_row(i), {name: what[name] for name in rng.sample(list(what), 2)})


def delete_person(rng):
    with change(None, "Delete contact person") as c:
        c.delete_many(Contact, some(rng, "contact"))


def move_person(rng):
    with change(None, "Move") as c:
        for i in some(rng, "position"):
            change_of = {
                "customer": some(rng, "customer")[0],
                "left": rng.random() < 0.5,
                "primary": rng.random() < 0.5,
            }
            c.save(Position.get_row(i), {name: change_of[name] for name in rng.sample(list(change_of), 2)})


def complain(rng):
    with change(None, "New complaint") as c:
        for customer in some(rng, "customer"):
            c.save(Complaint, {"customer": customer, "description": "漏油", "received_at": f"{day(rng)}T10:00:00"})


def colleague(rng):
    with change(None, "Edit colleague") as c:
        for i in some(rng, "user"):
            c.save(User.get_row(i), {"name": f"{rng.choice(PEOPLE)}{rng.randrange(20)}"})


def new_colleague(rng):
    offices.colleague(None, f"{rng.choice(PEOPLE)}{rng.randrange(1000)}")


def rhythm(rng):
    with change(None, "Settings") as c:
        found = file.one("SELECT id FROM setting WHERE name = 'contact_every_gold'")
        if found is None:
            c.save(Setting, {"name": "contact_every_gold", "value": str(rng.randrange(5, 60))})
        else:
            c.save(Setting.get_row(found), {"value": str(rng.randrange(5, 60))})


def nothing_after_all(rng):
    with suppress(ZeroDivisionError), change(None, "Broken off") as c:
        for i in some(rng, "customer", 2):
            c.save(Customer.get_row(i), facts(rng))
        raise ZeroDivisionError


DEEDS = (
    *(new_customer, many_customers, edit, edit_twice, edit_many, swap_codes, delete, merge, undo, undo, undo),
    *(bring_back, talk, talk, talk, edit_talk, delete_talk, person, delete_person, move_person, complain),
    *(colleague, new_colleague, rhythm, nothing_after_all),
)


if __name__ == "__main__":
    file.open_file(Path(sys.argv[1]))
    for line in sys.stdin:
        do(int(line))
        print("done", flush=True)
    file.close()
