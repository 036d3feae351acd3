"""Workbooks written row by row, without holding them: ECMA-376 sheets with real types, widths, a frozen heading.

Written here rather than by openpyxl, which takes ten times as long for the same cells.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import IO, Any, Final, NamedTuple
from xml.sax.saxutils import escape

MONEY, DAY, MOMENT, WRAPPED, WARNING = "money", "day", "moment", "wrapped", "warning"
_STYLES: Final = {"": 0, MONEY: 2, DAY: 3, MOMENT: 4, WRAPPED: 5, WARNING: 6}
_HEAD: Final = 1
_TOGETHER: Final = 400
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TO_ESCAPE: Final = re.compile("[&<>\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")
_EPOCH: Final = date(1899, 12, 30).toordinal()
_MAX_TEXT: Final = 32767  # more characters Excel takes for damage
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLE_SHEET: Final = f"""{_XML}<styleSheet xmlns="{_MAIN}">
<numFmts count="3"><numFmt numFmtId="164" formatCode="#,##0.00"/><numFmt numFmtId="165" formatCode="yyyy-mm-dd"/>
<numFmt numFmtId="166" formatCode="yyyy-mm-dd hh:mm"/></numFmts>
<fonts count="3"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font>
<font><sz val="11"/><color rgb="FFB42318"/><name val="Calibri"/></font></fonts>
<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>
<fill><patternFill patternType="solid"><fgColor rgb="FFE8EDF5"/></patternFill></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="7"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1" applyFill="1" applyAlignment="1">\
<alignment vertical="center" wrapText="1"/></xf>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">\
<alignment vertical="top" wrapText="1"/></xf>
<xf numFmtId="0" fontId="2" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1">\
<alignment vertical="top" wrapText="1"/></xf></cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""


class Head(NamedTuple):
    """One column of a sheet: what stands over it, its width in characters, how its cells are shown."""

    text: str
    width: float = 12
    form: str = ""


class Book:
    """A workbook on its way into a stream; `sheet` by sheet, then `close`. What is not closed is no workbook."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=4)
        self._titles: list[str] = []

    def sheet(self, title: str, heads: Sequence[Head], rows: Iterable[Sequence[Any]], frozen: int = 0) -> int:
        """Write a sheet with a heading, `frozen` columns that stay in view, and a filter; the rows it got."""
        self._titles.append(_title(title, self._titles))
        with self._zip.open(f"xl/worksheets/sheet{len(self._titles)}.xml", "w", force_zip64=True) as part:
            part.write(_top(heads, frozen).encode())
            last = 1
            letters = [_letter(place) for place in range(len(heads))]
            forms = [head.form for head in heads]
            waiting = iter(rows)
            while some := list(islice(waiting, _TOGETHER)):
                part.write("".join(_rows(some, last + 1, letters, forms)).encode())
                last += len(some)
            whole = f"A1:{letters[-1]}{max(last, 2)}" if letters else "A1:A2"
            part.write(f'</sheetData><autoFilter ref="{whole}"/>{_PAGE}</worksheet>'.encode())
        return last - 1

    def close(self) -> None:
        """Write what holds the sheets together."""
        numbered = list(enumerate(self._titles, 1))
        sheets = "".join(
            f'<sheet name="{escape(title, _QUOTES)}" sheetId="{n}" r:id="rId{n}"/>' for n, title in numbered
        )
        related = "".join(
            f'<Relationship Id="rId{n}" Type="{_RELS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n, _t in numbered
        )
        again = "".join(
            f'<definedName name="_xlnm.Print_Titles" localSheetId="{n - 1}">{_text(_quoted(title))}!$1:$1</definedName>'
            for n, title in numbered
        )
        parts = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
            for n, _t in numbered
        )
        package = "http://schemas.openxmlformats.org/package/2006"
        for name, text in {
            "xl/styles.xml": _STYLE_SHEET,
            "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_RELS}"><sheets>{sheets}</sheets>'
            f"<definedNames>{again}</definedNames></workbook>",
            "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{package}/relationships">{related}'
            f'<Relationship Id="rId{len(numbered) + 1}" Type="{_RELS}/styles" Target="styles.xml"/></Relationships>',
            "_rels/.rels": f'{_XML}<Relationships xmlns="{package}/relationships"><Relationship Id="rId1"'
            f' Type="{_RELS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "[Content_Types].xml": f'{_XML}<Types xmlns="{package}/content-types"><Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
            ' ContentType="application/xml"/><Override PartName="/xl/workbook.xml"'
            f' ContentType="{_TYPES}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>{parts}</Types>',
        }.items():
            self._zip.writestr(name, text)
        self._zip.close()


_PAGE: Final = '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
"""On paper: A4, broadside; as wide as the page where that can be read."""
ON_A_PAGE: Final = 16
"""So many columns can still be read when they are made to fit the width of a page."""
_QUOTES: Final = {'"': "&quot;"}


def _top(heads: Sequence[Head], frozen: int) -> str:
    """Everything of a sheet above its data, and its heading."""
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{min(head.width, 80):g}" customWidth="1"/>' for n, head in enumerate(heads, 1)
    )
    pane = f'<pane {f"""xSplit="{frozen}" """ if frozen else ""}ySplit="1" topLeftCell="{_letter(frozen)}2"'
    pane += f' activePane="{"bottomRight" if frozen else "bottomLeft"}" state="frozen"/>'
    cells = "".join(
        f'<c r="{_letter(n)}1" s="{_HEAD}" t="inlineStr"><is><t>{_text(head.text)}</t></is></c>'
        for n, head in enumerate(heads)
    )
    view = f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
    body = f'{view}<cols>{columns}</cols><sheetData><row r="1">{cells}</row>'
    fitting = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>' if len(heads) <= ON_A_PAGE else ""
    return f'{_XML}<worksheet xmlns="{_MAIN}">{fitting}{body}'


def _rows(rows: Sequence[Sequence[Any]], first: int, letters: Sequence[str], forms: Sequence[str]) -> Iterator[str]:
    for number, row in enumerate(rows, first):
        yield f'<row r="{number}">'
        for letter, form, value in zip(letters, forms, row, strict=False):
            kind = type(value)
            if value is None:
                continue
            if kind is str:
                if not value:
                    continue
                style = f' s="{_STYLES[form]}"' if form in (WRAPPED, WARNING) else ""
                text = _text(value) if _TO_ESCAPE.search(value) or len(value) > _MAX_TEXT else value
                space = ' xml:space="preserve"' if value[0].isspace() or value[-1].isspace() or "\n" in value else ""
                yield f'<c r="{letter}{number}"{style} t="inlineStr"><is><t{space}>{text}</t></is></c>'
            elif kind is bool:
                yield f'<c r="{letter}{number}" t="b"><v>{int(value)}</v></c>'
            elif kind is datetime or kind is date:
                style = MOMENT if form == MOMENT or (kind is datetime and form != DAY) else DAY
                yield f'<c r="{letter}{number}" s="{_STYLES[style]}"><v>{_serial(value)}</v></c>'
            elif kind is int or kind is float:
                style = f' s="{_STYLES[MONEY]}"' if form == MONEY else ""
                yield f'<c r="{letter}{number}"{style}><v>{value!r}</v></c>'
            else:
                yield f'<c r="{letter}{number}" t="inlineStr"><is><t>{_text(str(value))}</t></is></c>'
        yield "</row>"


def _serial(value: date) -> str:
    """A day as Excel counts it."""
    days = value.toordinal() - _EPOCH
    if isinstance(value, datetime):
        seconds = value.hour * 3600 + value.minute * 60 + value.second
        return repr(days + seconds / 86400) if seconds else str(days)
    return str(days)


def _text(text: str) -> str:
    return escape(_ILLEGAL.sub("", text)[:_MAX_TEXT]).replace("\r", "&#13;")


def _quoted(title: str) -> str:
    """A sheet's name as formulas write it."""
    doubled = title.replace("'", "''")
    return f"'{doubled}'"


def _letter(place: int) -> str:
    """A column's letters, from 0 on."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _title(wanted: str, taken: Sequence[str]) -> str:
    """A sheet name Excel accepts, given once."""
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", wanted).strip(" '")[:31] or "Sheet"
    title, number = plain, 1
    while title.casefold() in (each.casefold() for each in taken):
        number += 1
        title = f"{plain[: 31 - len(str(number)) - 1]} {number}"
    return title
