"""The name somebody types for a file that is to be written."""

import pytest

from ui.parts.saving_as import ending


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("客户.xlsx", "客户.xlsx"),
        ("客户.XLSX", "客户.XLSX"),
        ("客户", "客户.xlsx"),
        ("客户 2026.11", "客户 2026.11.xlsx"),
        ("客户.csv", "客户.csv.xlsx"),
    ],
)
def test_a_name_keeps_all_its_parts_and_gets_the_ending_it_needs(tmp_path, typed, written):
    assert ending(str(tmp_path / typed), ".xlsx") == tmp_path / written


def test_a_file_that_nobody_was_asked_about_is_not_overwritten(tmp_path):
    (tmp_path / "客户 2026.11.xlsx").write_text("last month's")
    assert ending(str(tmp_path / "客户 2026.11"), ".xlsx") == tmp_path / "客户 2026.11 2.xlsx"
    assert ending(str(tmp_path / "客户 2026.11.xlsx"), ".xlsx") == tmp_path / "客户 2026.11.xlsx"  # the window asked
