"""Recipes of the files in tests/files/lists: made by LibreOffice, pandas, XlsxWriter, odfpy and dbf, kept because they are
not always at hand.

Run `python -m tests.crm_desktop.exchange.corpus.foreign`, with these programs installed, to make them anew.
"""

import shutil
import subprocess
import tempfile
from datetime import date, datetime
from pathlib import Path

from . import recipes

LISTS = Path(__file__).parents[3] / "files" / "lists"
HEADS, *ROWS = recipes.PLAIN
OFFICE = {
    "libreoffice.xlsx": "xlsx",
    "libreoffice.ods": "ods",
    "libreoffice.fods": "fods",
    "excel-97.xls": "xls:MS Excel 97",
    "excel-95.xls": "xls:MS Excel 95",
    "libreoffice.csv": "csv:Text - txt - csv (StarCalc):44,34,76,1",
    "libreoffice.html": "html:HTML (StarCalc)",
}
"""Files and the filters of LibreOffice that write them."""


def by_libreoffice():
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "plain.xlsx"
        recipes.book(source, recipes.PLAIN, title="客户")
        for name, filter_ in OFFICE.items():
            command = ["soffice", "--headless", "--convert-to", filter_, "--outdir", folder, str(source)]
            subprocess.run(command, check=True, capture_output=True)
            shutil.copy(source.with_suffix("." + filter_.partition(":")[0]), LISTS / name)
            if name == "libreoffice.xlsx":
                recipes.book(source, recipes.PLAIN, title="客户")  # it wrote over its source


def by_pandas():
    import pandas

    table = pandas.DataFrame(ROWS, columns=HEADS)
    table.to_excel(LISTS / "pandas-index.xlsx", sheet_name="客户")
    table.to_excel(LISTS / "pandas.ods", index=False, engine="odf")
    grouped = table.set_index(["客户名称", "联系人"])
    grouped.to_excel(LISTS / "pandas-two-indexes.xlsx")
    text = table.astype({"手机": "float64"})
    text.to_csv(LISTS / "pandas-floats.csv", index=False)


def by_xlsxwriter():
    import xlsxwriter

    book = xlsxwriter.Workbook(LISTS / "xlsxwriter.xlsx", {"constant_memory": True, "strings_to_numbers": False})
    sheet = book.add_worksheet("客户")
    day = book.add_format({"num_format": "yyyy年m月d日"})
    sheet.write_row(0, 0, HEADS)
    for at, (name, person, phone, since, sales) in enumerate(ROWS, 1):
        sheet.write_string(at, 0, name)
        sheet.write_rich_string(at, 1, book.add_format({"bold": True}), person[0], person[1:])
        sheet.write_formula(at, 2, f"=13800000000+{phone - 13800000000}", None, phone)
        sheet.write_datetime(at, 3, datetime(since.year, since.month, since.day), day)
        sheet.write_number(at, 4, sales)
    sheet.autofilter(0, 0, len(ROWS), 4)
    sheet.set_row(2, None, None, {"hidden": True})
    book.close()
    book = xlsxwriter.Workbook(LISTS / "date-1904.xlsx", {"date_1904": True})
    sheet = book.add_worksheet()
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, HEADS)
    for at, row in enumerate(ROWS, 1):
        for column, value in enumerate(row):
            sheet.write_datetime(at, column, datetime(value.year, value.month, value.day), day) if isinstance(
                value, date
            ) else sheet.write(at, column, value)
    book.close()


def by_dbf():
    import dbf

    heads = "KHMC C(30); LXR C(8); SJ {}; HZRQ D; NXSE N(12,2)"
    for name, kind, mobile, called in (("foxpro.dbf", "vfp", "C(11)", str), ("dbase-3.dbf", "db3", "N(11,0)", int)):
        table = dbf.Table(str(LISTS / name), heads.format(mobile), codepage="cp936", dbf_type=kind)
        table.open(dbf.READ_WRITE)
        for firm, person, phone, since, sales in ROWS:
            table.append((firm, person, called(phone), since, sales))
        table.close()


if __name__ == "__main__":
    LISTS.mkdir(exist_ok=True)
    by_libreoffice()
    by_pandas()
    by_xlsxwriter()
    by_dbf()
