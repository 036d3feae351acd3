"""People of an invented office, and the customer file they share: on a disk, or on a PostgreSQL server."""

import json
from itertools import count
from types import SimpleNamespace

import pytest

from crm_desktop.__main__ import main
from crm_desktop.i18n import N_
from crm_desktop.models import Contact, Customer, Interaction, Position
from crm_desktop.models import office as offices
from crm_desktop.store import file
from crm_desktop.store.address import Address
from crm_desktop.store.change import change

ON_BOTH = {
    "test_change",
    "test_exporting",
    "test_history",
    "test_listing",
    "test_log",
    "test_matching",
    "test_merging",
    "test_recycle_bin",
    "test_search",
    "test_statistics",
    "test_today",
}
"""The tests that always run on PostgreSQL, too; with --postgres, all do and on nothing else …"""
FILE_ONLY = {
    "test_backup",
    "test_checking",
    "test_crash",
    "test_file",
    "test_lost_commit",
    "test_migrations",
    "test_nearby",
    "test_nearby_together",
    "test_news",
    "test_repair",
    "test_restore",
    "test_retrieving",
    "test_screen",
    "test_snapshot",
}
"""… but for these, which are about files."""
TIMED = "test_an_import_of_10000_customers_is_taken_back_in_ten_seconds"
"""This one is about time: once is enough."""
_number = count()


def pytest_generate_tests(metafunc):
    """Ask for a server, too, where it matters."""
    if "place" in metafunc.fixturenames:
        module = metafunc.module.__name__.rpartition(".")[2]
        both = module in ON_BOTH and metafunc.function.__name__ != TIMED
        only = metafunc.config.getoption("--postgres") and module not in FILE_ONLY
        places = ["postgres"] if only else ["file", "postgres"] if both else ["file"]
        metafunc.parametrize("place", places, indirect=True, ids=None if only or both else [""])


@pytest.fixture(scope="session")
def founded(postgres):
    """A database with a fresh office in it, to make others from."""
    postgres.sql("CREATE DATABASE founded")
    file.create(Address(postgres.conninfo("founded")))
    offices.found_office("华东商贸")
    file.close()
    return "founded"


@pytest.fixture
def place(request, tmp_path):
    """Where the office of this test lies."""
    if request.param == "file":
        yield tmp_path / "office.crm"
        return
    server, template = request.getfixturevalue("postgres"), request.getfixturevalue("founded")
    name = f"office_{next(_number)}"
    server.sql(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
    yield Address(server.conninfo(name))
    server.sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def office(place):
    """A fresh customer file with its lists, open in this thread; its place is `office.path`."""
    if isinstance(place, Address):
        file.open_file(place)
        yield SimpleNamespace(path=place)
        file.close()
        return
    path = place
    file.create(path)
    offices.found_office("华东商贸")
    yield SimpleNamespace(path=path)
    file.close()


@pytest.fixture
def command(capsys, office):
    """A command on the office's file, which is closed before: its status, what it said and what it complained about."""

    def run(*arguments):
        file.close()
        capsys.readouterr()
        try:
            status = main([*map(str, arguments), "--file", str(office.path), "--lang", "en"])
        except SystemExit as end:
            status = end.code
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return status, printed.out, printed.err

    return run


@pytest.fixture
def answer(command):
    """What a command that goes well says to a program."""

    def ask(*arguments):
        status, out, err = command(*arguments, "--json")
        assert (status, err) == (0, "")
        return json.loads(out)

    return ask


@pytest.fixture
def wang_fang(office):
    """A colleague."""
    return offices.colleague(None, "王芳")


@pytest.fixture
def li_qiang(office):
    """Another colleague."""
    return offices.colleague(None, "李强")


@pytest.fixture
def li_ming(wang_fang):
    """A customer company whose contact person is 李明; 王芳 keeps its file."""
    with change(wang_fang, N_("New customer")) as c:
        customer = c.save(
            Customer,
            {
                Customer.name: "杭州长荣机电有限公司",
                Customer.short_name: "长荣机电",
                Customer.tier: "gold",
                Customer.stage: "steady",
                Customer.owner: wang_fang.id,
                Customer.phones: [{"number": "0571-88886666"}],
                Customer.addresses: [{"street": "浙江省杭州市西湖区文三路1号"}],
            },
        )
        contact = c.save(Contact, {Contact.name: "李明", Contact.phones: [{"number": "13800001234"}]})
        c.save(Position, {Position.contact: contact.id, Position.customer: customer.id, Position.job: "采购经理"})
    return Customer.get_row(customer.id)


@pytest.fixture
def ming(li_ming):
    """李明 himself: the contact person of `li_ming`."""
    return Contact.get_row(file.one("SELECT contact FROM position WHERE customer = ?", (li_ming.id,)))


@pytest.fixture
def visit(li_ming, ming, wang_fang):
    """A visit to `li_ming`."""
    with change(wang_fang, N_("New contact record")) as c:
        return c.save(
            Interaction,
            {
                Interaction.customer: li_ming.id,
                Interaction.contact: ming.id,
                Interaction.at: "2026-03-05T14:30:00",
                Interaction.channel: "visit",
                Interaction.content: "谈了新的报价",
            },
        )
