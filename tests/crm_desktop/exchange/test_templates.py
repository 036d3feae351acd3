"""Empty lists to fill in, in both languages."""

import pytest
from openpyxl import load_workbook

from crm_desktop import i18n
from crm_desktop.errors import UserError
from crm_desktop.exchange import importing, templates
from crm_desktop.exchange.words import KINDS
from crm_desktop.models import Customer
from crm_desktop.models import office as offices
from crm_desktop.store.change import change


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_column_of_an_empty_list_is_known_when_it_is_filled_in(office, add, tmp_path, kind, language):
    add(Customer, name="杭州长荣机电有限公司")
    i18n.set_language(language)
    path = templates.write(tmp_path / "a.xlsx", kind)
    book = load_workbook(path)
    sheet = book.active
    needed = [cell.value for cell in sheet[1] if cell.value.endswith("*")]
    assert len(needed) == {"customers": 1, "contacts": 2, "solutions": 2}.get(kind, 3)
    for cell in sheet[1]:
        is_day = cell.comment is not None and "2026-03-05" in cell.comment.text
        sheet.cell(2, cell.column).value = "2024-03-05" if is_day else None
        if cell.value.endswith("*") and not is_day:
            person = kind == "contacts" and cell.column == 1
            sheet.cell(2, cell.column).value = "王芳" if person else "杭州长荣机电有限公司"
    book.save(path)
    plan = importing.read(path)
    (table,) = plan.tables
    assert table.kind == kind
    assert table.mapping.not_imported() == []
    assert [row.reason for row in table.rows] == [""]


def test_lists_are_offered_for_choosing_and_columns_explain_themselves(office, tmp_path, wang_fang):
    with change(None, "Test") as c:
        offices.add_own_field(c, "customer", "种植作物")
    book = load_workbook(templates.write(tmp_path / "a.xlsx", "customers"))
    sheet = book.active
    places = {cell.value: cell for cell in sheet[1]}
    rules = {str(rule.sqref).split("2:")[0]: rule for rule in sheet.data_validations.dataValidation}
    tier, owner = places["Tier"].column_letter, places["Owner"].column_letter
    assert rules[tier].formula1.startswith("'Lists'!$")
    assert book["Lists"].sheet_state == "hidden"
    assert "Gold" in [cell.value for cell in book["Lists"][tier]]
    assert [cell.value for cell in book["Lists"][owner]][:1] == ["王芳"]
    assert "Needed." in places["Customer name*"].comment.text
    assert "yuan" in places["Annual sales"].comment.text
    assert "种植作物" in places


def test_an_empty_list_is_an_excel_file(office, tmp_path):
    with pytest.raises(UserError, match="xlsx"):
        templates.write(tmp_path / "a.csv", "customers")
