"""A list found in a sheet: its headings, its rows of data, and what is neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crm_desktop.exchange.reading import Row


@dataclass(frozen=True)
class Table:
    """A table found in a sheet, `caption` being what stands above its heading.

    Row numbers are the ones Excel shows; heading, groups, units and every row have the same width.

    `heading` is what stands directly over a column, without marks and units; `groups` what stands over several
    columns ("联系方式");
    `units` the unit a heading names (万元), `unit` the one of the whole sheet ("单位：万元"). Every row of the sheet
    between the first and
    the last of the table is in exactly one of heading_rows, rows and skipped (with a word what it is).
    """

    sheet: str
    heading: list[str]
    groups: list[str]
    units: list[str]
    heading_rows: list[int]
    rows: Sequence[tuple[int, Row]]
    skipped: list[tuple[int, str]]
    unit: str = ""
    caption: str = ""

    @property
    def titles(self) -> list[str]:
        """The headings with their groups, as a person reads them: 联系方式 / 手机."""
        return [
            f"{group} / {name}" if group and name else name
            for group, name in zip(self.groups, self.heading, strict=True)
        ]
