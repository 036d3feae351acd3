"""Merged cells of sheets that LibreOffice and WPS write."""

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.exchange import importing, reading, spans


def document(rows):
    """An .ods of one sheet called 名单, `rows` being the XML of its rows."""
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("table", "table"), ("text", "text"))
    )
    content = (
        f'<?xml version="1.0"?><office:document-content{names} office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="名单">{rows}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return stream.getvalue()


def cell(text, more=""):
    return f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'


def row(*cells, more=""):
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


COVERED = "<table:covered-table-cell/>"


def test_a_customer_merged_over_several_rows_holds_for_all_of_them(tmp_path, office):
    tall = ' table:number-rows-spanned="3"'
    rows = [row(*map(cell, ("客户", "日期", "跟进内容"))), row(cell("甲公司", tall), cell("2025-03-04"), cell("询价")),
            row(COVERED, cell("2025-03-05"), cell("寄样")), row(COVERED, cell("2025-03-06"), cell("下单"))]  # fmt: skip
    path = tmp_path / "log.ods"
    path.write_bytes(document("".join(rows)))
    assert reading.read(path)[0].merged == [(1, 0, 3, 0)]
    plan = importing.read(path, create_missing=True)
    assert plan.counts()["new"] == 3


def test_what_is_repeated_is_counted_as_often():
    wide = ' table:number-columns-spanned="2" table:number-rows-spanned="2"'
    rows = row(cell("x"), more=' table:number-rows-repeated="4"') + row(
        cell("y", ' table:number-columns-repeated="3"'), cell("z", wide), COVERED
    )
    assert spans.of_open_document(document(rows)) == {"名单": [(4, 3, 5, 4)]}


@given(st.text(alphabet="0123456789-x", max_size=12))
def test_any_number_of_rows_is_taken_or_passed_over(written):
    found = spans.of_open_document(document(row(cell("x", f' table:number-rows-spanned="{written}"'))))
    assert all(bottom >= top for merges in found.values() for top, _left, bottom, _right in merges)
