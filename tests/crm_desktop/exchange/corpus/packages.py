"""Recipes of workbooks as unusual programs pack them: other dialects, parts nobody asked for, numbers left out."""

import re
import struct
import zipfile
from datetime import date

from . import recipes
from .recipes import CLERK, PLAIN, recipe


def repacked(path, change, **more):
    """A plain workbook with its parts changed (`change(name, text)`), and more parts added."""
    recipes.book(path, PLAIN, title="客户")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            text = change(name, data.decode()) if name.endswith((".xml", ".rels")) else data
            archive.writestr(name, text)
        for name, data in more.items():
            archive.writestr(name.replace("__", "/").replace("_x_", "."), data)


STRICT = {
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "http://purl.oclc.org/ooxml/spreadsheetml/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
}


@recipe("strict.xlsx")
def strict_open_xml(path):
    def change(_name, text):
        for transitional, strict in STRICT.items():
            text = text.replace(transitional, strict)
        return text

    repacked(path, change)
    return CLERK


@recipe("prefixed.xlsx")
def names_with_a_prefix(path):
    def change(name, text):
        if not name.startswith("xl/worksheets/sheet"):
            return text
        text = re.sub(r"<(/?)(?!\?)(\w+)(?=[\s>/])", r"<\1x:\2", text)
        return text.replace("xmlns=", "xmlns:x=")

    repacked(path, change)
    return CLERK


@recipe("no-numbers.xlsx")
def rows_and_cells_without_numbers(path):
    def change(name, text):
        if not name.startswith("xl/worksheets/sheet"):
            return text
        return re.sub(r'(<(?:row|c)\b[^>]*?) r="[A-Z]*\d+"', r"\1", re.sub(r"<dimension[^>]*>", "", text))

    repacked(path, change)
    return CLERK


@recipe("texts-in-place.xlsx")
def texts_inside_their_cells(path):
    shared = []

    def change(name, text):
        if name == "xl/sharedStrings.xml":
            shared.extend(re.findall(r"<si><t[^>]*>(.*?)</t></si>", text))
        return text

    repacked(path, change)

    def inline(name, text):
        if not name.startswith("xl/worksheets/sheet"):
            return text
        return re.sub(
            r'(<c r="\w+"[^>]*) t="s"><v>(\d+)</v>',
            lambda cell: f'{cell[1]} t="inlineStr"><is><t>{shared[int(cell[2])]}</t></is>',
            text,
        )

    repacked(path, inline)
    return CLERK


@recipe("macros.xlsm")
def macros_and_external_links(path):
    def change(name, text):
        if name == "[Content_Types].xml":
            return text.replace("sheet.main+xml", "sheet.macroEnabled.main+xml").replace(
                "spreadsheetml.sheet.macro", "ms-excel.sheet.macro"
            )
        return text

    link = '<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    repacked(path, change, xl__vbaProject_x_bin=b"\xd0\xcf\x11\xe0" * 90, xl__externalLinks__externalLink1_x_xml=link)
    return CLERK


@recipe("wrong-dimension.xlsx")
def a_dimension_that_is_wrong(path):
    repacked(path, lambda name, text: re.sub(r'<dimension ref="[^"]*"', '<dimension ref="A1"', text))
    return CLERK


@recipe("comments-and-drawings.xlsx")
def comments_validations_filters(path):
    from openpyxl.comments import Comment
    from openpyxl.worksheet.datavalidation import DataValidation

    made = recipes.book(path, PLAIN, title="客户")
    sheet = made["客户"]
    sheet["B2"].comment = Comment("电话改过", "王芳")
    sheet.add_data_validation(DataValidation("list", formula1='"张伟,李娜"', sqref="B2:B9"))
    sheet.auto_filter.ref = "A1:E3"
    sheet.freeze_panes = "B2"
    sheet.protection.sheet = True
    sheet.column_dimensions["C"].hidden = True
    made.save(path)
    return CLERK


@recipe("customers.xlsb")
def a_binary_workbook(path):
    def record(kind, data=b""):
        head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        size, length = b"", len(data)
        while True:
            size += bytes([length & 0x7F | (0x80 if length > 127 else 0)])
            length >>= 7
            if not length:
                return head + size + data

    def wide(text):
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    def cell(column, value):
        if isinstance(value, date):
            value = str(value)
        if isinstance(value, str):
            return record(6, struct.pack("<II", column, 0) + wide(value))
        return record(5, struct.pack("<IId", column, 0, value))

    rows = b"".join(
        record(0, struct.pack("<IIHHBI", at, 0, 300, 0, 0, 0)) + b"".join(cell(c, v) for c, v in enumerate(row))
        for at, row in enumerate(PLAIN)
    )
    extent = record(148, struct.pack("<IIII", 0, len(PLAIN) - 1, 0, len(PLAIN[0]) - 1))
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    parts = {
        "[Content_Types].xml": head + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
        "_rels/.rels": head + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/_rels/workbook.bin.rels": head + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{relations}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
        "xl/workbook.bin": record(131) + record(143)
        + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("客户")) + record(144) + record(132),
        "xl/worksheets/sheet1.bin": record(129) + extent + record(145) + rows + record(146) + record(130),
    }  # fmt: skip
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return CLERK
