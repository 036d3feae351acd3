"""Writing records and sheets in one line, and files like those that offices really have."""

from pathlib import Path

import pytest

from crm_desktop.exchange import importing
from crm_desktop.models import office as offices
from crm_desktop.store import file
from crm_desktop.store.change import change

SAMPLES = Path(__file__).parents[2] / "samples"


def found(path):
    """A new office in a file of its own, opened."""
    file.create(path)
    offices.found_office()


@pytest.fixture
def add(office):
    """Write one record: `add(Customer, name="…")`."""

    def write(model, **values):
        with change(None, "Test") as c:
            return c.save(model, values)

    return write


@pytest.fixture
def sheet(tmp_path):
    """Make a workbook of rows: `sheet([["客户名称", …], …])`."""
    from openpyxl import Workbook

    def make(rows, name="list.xlsx", title="Sheet1"):
        book = Workbook()
        book.active.title = title
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return make


@pytest.fixture
def bring_in(office):
    """Import files and save: what the command line prints."""

    def run(*paths, **options):
        return importing.read(list(paths), **options).save(None).as_json()["files"]

    return run
