"""The copy of customers on this computer follows the file, however colleagues save and drives fail."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from crm_desktop.listing import Listing
from crm_desktop.models import Customer
from crm_desktop.models import office as offices
from crm_desktop.store import attempt, file, nearby, screen
from crm_desktop.store.troubles import Away

WRITER = Path(__file__).with_name("writers.py")
WORDS = ("", "计数", "客户", "改", "KH", "1")


@pytest.fixture
def office(share):
    """The office's file on the server; some customers."""
    file.create(share / "office.crm")
    offices.found_office("华东商贸")
    made = [{"code": f"COUNT{n}", "name": f"计数{n}", "remarks": "0"} for n in range(4)]
    made += [{"name": f"客户{n}", "remarks": "-"} for n in range(200)]
    attempt.Attempt(None, "New customer", lambda c: c.insert_many(Customer, made)).go()
    file.close()
    yield share / "office.crm"
    file.close()


def found():
    columns = ("name", "remarks", "last_contact_at")
    lists = [Listing(Customer, columns, text=text, sort="last_contact_at") for text in WORDS]
    return [one.first_rows(30) for one in lists]


def gather():
    while nearby.is_wanted():
        nearby.step()


def compared(monkeypatch):
    """Whether the copy answers; what it says is what the file says at the same moment."""
    with screen.looking():
        copied = found()
        with nearby.instead("customer") as near:
            pass
        with monkeypatch.context() as direct:
            direct.setattr(file, "is_far", lambda: False)
            assert found() == copied
    return near


@pytest.mark.usefixtures("office")
def test_what_is_found_is_what_the_file_holds_while_a_colleague_saves_and_the_connection_breaks(mount, monkeypatch):
    ours, theirs, until = mount(delay=0.0005), mount(), time.time() + 12
    file.open_file(ours.path / "office.crm")
    command = [sys.executable, WRITER, theirs.path / "office.crm", "B", "1", str(until)]
    colleague = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    answered, broken, lost = 0, 0, time.time() + 3
    while time.time() < until:
        try:
            gather()
            answered += compared(monkeypatch)
        except Away:
            broken += 1
            time.sleep(0.1)
        if time.time() > lost:
            ours.lose("error", locks="dropped")
            time.sleep(0.2)
            ours.come_back()
            lost = time.time() + 3
    assert colleague.wait(30) == 0
    assert file.one('SELECT count(*) FROM "change"') > 10
    assert answered > 10
    assert broken > 0
