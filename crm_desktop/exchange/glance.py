"""The beginning of an .xlsx without the rest: openpyxl, kept from reading all texts and measuring all sheets first."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO, Any
from xml.etree.ElementTree import iterparse

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class _Strings:
    """The shared texts of a workbook by number, read as far as they are asked for.

    Excel numbers them in order of appearance, so the first rows need the first ones.
    """

    def __init__(self, source: IO[bytes]) -> None:
        self._found: list[str] = []
        self._rest = self._read(source)

    def __getitem__(self, number: int) -> str:
        while len(self._found) <= number:
            self._found.append(next(self._rest))
        return self._found[number]

    @staticmethod
    def _read(source: IO[bytes]) -> Iterator[str]:
        phonetic = 0  # Japanese reading aids are no part of the text
        text = ""
        for event, node in iterparse(source, ("start", "end")):
            if node.tag == f"{_MAIN}rPh":
                phonetic += 1 if event == "start" else -1
            elif event == "end" and node.tag == f"{_MAIN}t" and not phonetic:
                text += node.text or ""
            elif event == "end" and node.tag == f"{_MAIN}si":
                yield text
                text = ""
                node.clear()


def open_workbook(data: bytes) -> Any:
    """The openpyxl workbook for reading its first rows; raises whatever openpyxl does for a file it does not
    understand.
    """
    # lazily: openpyxl takes half a second of start-up
    from openpyxl.reader.excel import ExcelReader
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet
    from openpyxl.xml.constants import SHARED_STRINGS

    class Sheet(ReadOnlyWorksheet):
        def _get_size(self) -> None:
            """Do not look for the last cell: in many files that means reading them whole."""

    class Reader(ExcelReader):
        def read_strings(self) -> None:
            package: Any = self.package
            content = package.find(SHARED_STRINGS)
            if content is not None:
                strings: Any = _Strings(self.archive.open(content.PartName[1:]))
                self.shared_strings = strings

        def read_worksheets(self) -> None:
            parser: Any = self.parser
            book: Any = self.wb
            for sheet, relation in parser.find_sheets():
                if relation.target in self.valid_files and "chartsheet" not in relation.Type:
                    found: Any = Sheet(self.wb, sheet.name, relation.target, self.shared_strings)
                    found.sheet_state = sheet.state
                    book._sheets.append(found)

    reader = Reader(io.BytesIO(data), read_only=True, data_only=True)
    reader.read()
    return reader.wb
