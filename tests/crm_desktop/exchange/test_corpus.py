"""Files as other programs make them are read as a careful clerk would read them."""

import pytest

from crm_desktop.exchange import importing, reading

from .corpus import clerk, handsets, packages, phones, recipes, tables  # noqa: F401 (some only fill RECIPES)
from .corpus.foreign import LISTS

FOREIGN = sorted(path.name for path in LISTS.iterdir() if path.suffix != ".md")


def compare(found, expected):
    assert [each["kind"] for each in found] == [kind for kind, _rows in expected]
    for each, (_kind, rows) in zip(found, expected, strict=True):
        assert len(each["rows"]) == len(rows)
        for seen, meant in zip(each["rows"], rows, strict=True):
            assert {field: seen.get(field) for field in meant} == meant


@pytest.mark.parametrize("name", recipes.RECIPES)
@pytest.mark.usefixtures("office")
def test_a_file_is_read_as_a_careful_clerk_would(tmp_path, name):
    expected = recipes.RECIPES[name](tmp_path / name)
    compare(clerk.understood(tmp_path / name), expected)


@pytest.mark.parametrize("name", recipes.RECIPES)
def test_a_file_imported_twice_changes_nothing(office, tmp_path, name):
    recipes.RECIPES[name](tmp_path / name)
    importing.read(tmp_path / name, create_missing=True).save(None)
    counts = importing.read(tmp_path / name).counts()
    assert (counts["new"], counts["update"]) == (0, 0)


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.usefixtures("office")
def test_what_other_programs_wrote_is_read_alike(name):
    compare(clerk.understood(LISTS / name), recipes.CLERK)


@pytest.mark.parametrize("name", recipes.RECIPES)
def test_a_preview_shows_what_reading_gives(tmp_path, name):
    path = tmp_path / name
    recipes.RECIPES[name](path)
    shown = [(sheet.name, sheet.rows[:2]) for sheet in reading.preview(path, 5) if sheet.rows]
    assert shown == [(sheet.name, sheet.rows[:2]) for sheet in reading.read(path) if sheet.rows]


def test_there_are_more_than_forty_files():
    assert len(recipes.RECIPES) + len(FOREIGN) > 100
