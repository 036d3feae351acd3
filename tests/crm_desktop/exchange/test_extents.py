"""Files that would ask for more memory than there is are refused before anybody asks for it."""

import re
import resource
import struct
import zipfile

import pytest
import xlwt

from crm_desktop.errors import UserError
from crm_desktop.exchange import reading
from crm_desktop.models import limits

from .corpus import packages, recipes

ODS = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:body><office:spreadsheet><table:table table:name="a">{}</table:table></office:spreadsheet></office:body>'
    "</office:document-content>"
)
CELL = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'


def open_document(path, rows, manifest="<x/>"):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.format(rows))
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


def row(cells, repeated=1):
    return f'<table:table-row table:number-rows-repeated="{repeated}">{cells}</table:table-row>'


def refused(path, sentence):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for read in (reading.read, reading.preview):
        with pytest.raises(UserError, match=sentence):
            read(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


@pytest.mark.parametrize("cell", ["C2147483648", "XFD1048576", "C999999", "ZZZZZZZZZ3"])
def test_a_cell_far_away_that_the_sheet_does_not_tell_of(tmp_path, cell):
    path = tmp_path / "a.xlsx"
    packages.repacked(path, lambda name, text: re.sub(r'r="C3"', f'r="{cell}"', text))
    with pytest.raises(UserError, match=r"far apart|columns|rows|damaged"):
        reading.read(path)


def test_an_old_workbook_with_a_sign_in_its_last_cell(tmp_path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "客户名称")
    sheet.write(65535, 255, "x")
    book.save(str(tmp_path / "a.xls"))
    refused(tmp_path / "a.xls", "far apart")


def test_a_binary_workbook_with_a_cell_far_away(tmp_path):
    recipes.RECIPES["customers.xlsb"](tmp_path / "a.xlsb")
    with zipfile.ZipFile(tmp_path / "a.xlsb") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.bin"]
    far = sheet.replace(struct.pack("<IIHHBI", 2, 0, 300, 0, 0, 0), struct.pack("<IIHHBI", 1048575, 0, 300, 0, 0, 0))
    far = far.replace(struct.pack("<II", 4, 0) + struct.pack("<d", 80000), struct.pack("<IId", 16383, 0, 80000))
    assert far != sheet
    with zipfile.ZipFile(tmp_path / "a.xlsb", "w") as archive:
        for name, data in {**parts, "xl/worksheets/sheet1.bin": far}.items():
            archive.writestr(name, data)
    refused(tmp_path / "a.xlsb", "more than 500 columns")


@pytest.mark.parametrize(
    "rows",
    [
        row(CELL.format(' table:number-columns-repeated="400"', "x"), 100_000),
        row(CELL.format(' table:number-columns-repeated="400"', "x"), 1000) * 100,
        row('<table:table-cell table:number-columns-repeated="400"/>' + CELL.format("", "x"), 200_000),
    ],
)
def test_an_open_document_that_repeats_its_cells_without_end(tmp_path, rows):
    refused(open_document(tmp_path / "a.ods", row(CELL.format("", "客户名称")) + rows), "far apart")


def test_the_empty_end_of_an_open_document_does_no_harm(tmp_path):
    end = row('<table:table-cell table:number-columns-repeated="16384"/>', 1_048_574)
    rows = row(CELL.format("", "客户名称") + '<table:table-cell table:number-columns-repeated="16383"/>') + end
    assert reading.read(open_document(tmp_path / "a.ods", rows))[0].rows == [["客户名称"]]


def test_the_last_empty_row_of_each_sheet_of_libreoffice_does_no_harm(tmp_path):
    end = row('<table:table-cell table:number-columns-repeated="16384"/>', 1_048_573)
    cells = '<table:table-cell table:number-columns-repeated="16384"/>'
    last = f'<table:table-row table:style-name="ro1">{cells}</table:table-row>'
    sheet = row(CELL.format("", "客户名称")) + end + last
    sheets = '</table:table><table:table table:name="b">'.join([sheet] * 20)
    assert [each.rows for each in reading.read(open_document(tmp_path / "a.ods", sheets))] == [[["客户名称"]]] * 20


def test_files_with_a_password_are_told_apart_from_damaged_ones(tmp_path):
    manifest = '<m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry>'
    refused(open_document(tmp_path / "a.ods", "", manifest), "password")
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, "x")
    book.save(str(tmp_path / "a.xls"))
    data = bytearray((tmp_path / "a.xls").read_bytes())
    after_start = data.find(b"\x09\x08\x10\x00") + 4 + 16
    data[after_start : after_start + 2] = b"\x2f\x00"  # FILEPASS
    (tmp_path / "a.xls").write_bytes(data)
    refused(tmp_path / "a.xls", "password")


def bomb(path, megabytes, told=None):
    packages.repacked(path, lambda _name, text: text)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            if not name.startswith("xl/worksheets/sheet"):
                archive.writestr(name, data)
                continue
            with archive.open(name, "w") as part:
                part.write(data.partition(b"<sheetData>")[0] + b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>')
                for _megabyte in range(megabytes):
                    part.write(b"a" * 2**20)
                part.write(b"</t></is></c></row></sheetData></worksheet>")
            size = archive.getinfo(name).file_size
    if told:
        path.write_bytes(path.read_bytes().replace(struct.pack("<I", size), struct.pack("<I", told)))


def test_a_packed_file_that_unfolds_far_beyond_its_size_is_not_opened(tmp_path):
    bomb(tmp_path / "a.xlsx", 120)
    refused(tmp_path / "a.xlsx", "enormous")
    bomb(tmp_path / "b.xlsx", 120, told=2000)
    refused(tmp_path / "b.xlsx", "damaged")


def test_the_office_sets_how_large_a_list_may_be(office, tmp_path):
    from crm_desktop.models.office import save_settings

    rows = [["客户名称", "手机"], *([f"第{i}公司", "13800000001"] for i in range(2500))]
    recipes.book(tmp_path / "a.xlsx", rows)
    save_settings(None, {limits.ROWS: 2000, limits.MEGABYTES: 1})
    with pytest.raises(UserError, match="more than 2000 rows"):
        reading.read(tmp_path / "a.xlsx")
    (tmp_path / "b.csv").write_bytes(b"a,b\n" * 400_000)
    with pytest.raises(UserError, match="larger than 1 MB"):
        reading.read(tmp_path / "b.csv")
    save_settings(None, limits.LIMITS)
    assert len(reading.read(tmp_path / "a.xlsx")[0].rows) == 2501


def test_an_extent_that_ends_before_it_begins_is_damage(tmp_path):
    book = xlwt.Workbook()
    book.add_sheet("a").write(1, 1, "x")
    book.save(str(tmp_path / "a.xls"))
    data = bytearray((tmp_path / "a.xls").read_bytes())
    at = data.find(b"\x00\x02\x0e\x00") + 4
    data[at : at + 4] = struct.pack("<I", 0x220000)
    (tmp_path / "a.xls").write_bytes(data)
    refused(tmp_path / "a.xls", "damaged")


def test_a_list_with_too_many_cells_is_told_so_and_not_that_they_lie_apart(office, tmp_path, monkeypatch):
    monkeypatch.setitem(limits._now, limits.CELLS, 2_000_000)
    rows = [["客户名称", *range(299)], *([f"第{i}公司", *range(299)] for i in range(20))]
    recipes.book(tmp_path / "a.xlsx", rows)
    assert len(reading.read(tmp_path / "a.xlsx")[0].rows) == 21
    monkeypatch.setitem(limits._now, limits.CELLS, 5_000)
    with pytest.raises(UserError, match=r"21 rows of 300 columns"):
        reading.read(tmp_path / "a.xlsx")


def test_an_open_document_without_its_end_is_damage_and_no_endless_search(tmp_path):
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", ODS.partition("{}")[0])
    refused(path, "damaged")


BROKEN = ['office:value-type="string>', "<table:table-row", "</text:p></text:p>", "&nothing;"]


@pytest.mark.parametrize("broken", BROKEN)
def test_an_open_document_with_a_broken_tag_is_damage_and_no_endless_search(tmp_path, broken):
    path = tmp_path / "a.ods"
    open_document(path, row(f"<table:table-cell {broken}"))
    refused(path, "damaged")
