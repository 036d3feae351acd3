"""The whole office as one workbook: in an empty file it is the same office again, to the last row of every sheet."""

import pytest

from crm_desktop import demo, i18n
from crm_desktop.exchange import definitions, importing, reading, whole_office
from crm_desktop.models import office as offices
from crm_desktop.store import file, history


def sheets(path):
    """The rows of every sheet, in any order."""
    return {each.name: sorted(map(repr, each.rows)) for each in reading.read(path)}


@pytest.fixture
def other(tmp_path):
    """Opens a new, empty office."""

    def found():
        file.close()
        file.create(tmp_path / "other.crm")
        offices.found_office()

    return found


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_busy_office_is_the_same_again_in_an_empty_file(tmp_path, other, language):
    demo.make(tmp_path / "demo.crm", customers=60, interactions=300, seed=3)
    file.open_file(tmp_path / "demo.crm")
    i18n.set_language(language)
    whole_office.write(tmp_path / "before.xlsx")
    other()
    plans = importing.tables_of(tmp_path / "before.xlsx")
    told = definitions.differing([sheet for each in plans for sheet in each.beside])
    definitions.take(None, told)
    result = importing.read(tmp_path / "before.xlsx").save(None)
    assert result.left_out == []
    whole_office.write(tmp_path / "after.xlsx")
    before, after = sheets(tmp_path / "before.xlsx"), sheets(tmp_path / "after.xlsx")
    assert len(before) > 15
    assert after == before
    again = importing.read(tmp_path / "before.xlsx")
    assert (again.counts()["new"], again.counts()["update"]) == (0, 0)
    assert again.save(None).change is None
    file.close()


def test_taking_back_such_an_import_leaves_an_empty_office(tmp_path, other):
    demo.make(tmp_path / "demo.crm", customers=20, interactions=60, seed=4)
    file.open_file(tmp_path / "demo.crm")
    whole_office.write(tmp_path / "before.xlsx")
    other()
    result = importing.read(tmp_path / "before.xlsx").save(None)
    history.undo(None, result.change)
    for table in ("customer", "contact", "complaint", "complaint_step", "service_step", "news", "evaluation"):
        assert file.one(f"SELECT count(*) FROM {table}") == 0
    file.close()
