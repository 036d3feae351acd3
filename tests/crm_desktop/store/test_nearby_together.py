"""However two computers work on the same customers, the copy on one of them says what the file says."""

import random
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from crm_desktop import birthdays, contact_rhythm, due, listing, statistics, today
from crm_desktop.listing import Filter, Listing
from crm_desktop.models import Contact, Customer
from crm_desktop.store import file, nearby, search
from crm_desktop.store.change import change
from tests.crm_desktop.store import busy_colleague

COPIED = ("customer", "contact", "position", "user", "setting", "customer_hay", "contact_hay")
STEPS = """
    SELECT i.id, i.customer, i.next_at, i."by", i.next_by FROM interaction i JOIN customer k ON k.id = i.customer
    WHERE i.next_at > coalesce(k.last_contact_at, '')
"""
DAY = date(2026, 8, 1)


@pytest.fixture
def far(office, monkeypatch):
    """The office's file lies on a network drive; there are some customers, and 王芳."""
    monkeypatch.setattr(file, "is_far", lambda: file.instead_of() is None)
    rng = random.Random(1)
    for deed in (busy_colleague.new_colleague, *[busy_colleague.new_customer] * 8):
        deed(rng)
    with change(None, "New customers") as c:
        c.insert_many(Customer, [{"name": f"{name}{n}"} for n, name in enumerate(busy_colleague.NAMES * 4)])
    yield office
    nearby.drop()


@pytest.fixture
def colleague(far):
    """A colleague on another computer, who does what a number says."""
    command = [sys.executable, Path(busy_colleague.__file__), far.path]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:

        def do(seed):
            print(seed, file=other.stdin, flush=True)
            assert other.stdout.readline() == "done\n"

        yield do
        other.stdin.close()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_two_computers_save_the_copy_says_what_the_file_says(far, colleague, monkeypatch, seed):
    rng, compared = random.Random(seed), 0
    for turn in range(60):
        for _n in range(rng.choice((1, 1, 2, 4))):
            rng.choice((busy_colleague.do, colleague))(rng.randrange(10**9))
        for _n in range(rng.choice((0, 1, 3, 50))):
            nearby.step()
        with nearby.instead("customer", "contact", "position") as near:
            pass
        if near:
            compared += 1
            compare()
            if turn % 6 == 0:
                compare_answers(monkeypatch)
    assert compared > 30


def compare():
    """What was copied is what is in the file; the search finds in it what it says."""
    raw = nearby._copy.raw
    for table in COPIED:
        sql = f'SELECT * FROM "{table}" ORDER BY id'
        assert raw.execute(sql).fetchall() == file.ask(sql)
    assert sorted(raw.execute("SELECT * FROM open_step")) == sorted(file.ask(STEPS))
    assert all(search.check(raw, table) for table in ("customer", "contact"))


def compare_answers(monkeypatch):
    seen = everything()
    with nearby.instead("customer", "contact", "position") as near:
        assert near
    with monkeypatch.context() as there:
        there.setattr(file, "is_far", lambda: False)
        assert everything() == seen


def everything():
    """What is asked about customers and contact persons."""
    owner, period = file.one("SELECT min(id) FROM user"), statistics.Period.year(2026)
    lists = [
        Listing(model, tuple(model.described()), text=text, sort=sort, descending=text != "", archived=text != "zt")
        for model in (Customer, Contact)
        for text in ("", "华", "zt", "长", "zhang", "zq 1", "13")
        for sort in ("name", "last_contact_at", "created_at")
    ]
    lists += [Listing(Customer, sort=name) for name in ("tier", "owner", "referrer", "code", "tags")]
    lists += [Listing(Customer, filters=(Filter("tier", "in", ["gold"]), Filter("tags", "has", ["VIP"])))]
    lists += [Listing(Contact, ("name", "reports_to"), filters=(Filter("birthday", "set"),), sort="reports_to")]
    figures = [each for each in statistics.STATISTICS if each.about == "customer"]
    return (
        [(list(one.ids()), one.first_rows(10), one.rows(one.first(40)), one.count()) for one in lists],
        [today.due(DAY, whose).sections for whose in (None, owner)],
        [contact_rhythm.not_contacted(DAY, whose) for whose in (None, owner)],
        [contact_rhythm.count_not_contacted(DAY, whose) for whose in (None, owner)],
        due.next_contacts(DAY, DAY, owner),
        birthdays.birthdays(DAY, date(2026, 9, 9), owner),
        [(one.table(period, None), list(one.records(None, None, period, None))) for one in figures],
        listing.find_customers("正泰"),
    )
