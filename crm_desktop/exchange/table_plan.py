"""The lists of a file or of a pasted text, each with where its columns go: what an import begins with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from crm_desktop.errors import UserError
from crm_desktop.exchange import (
    across,
    continuing,
    day_columns,
    definitions,
    hanging,
    headings,
    log_rows,
    pasted,
    reading,
    refused,
    surroundings,
    survey_lines,
    tables,
    words,
)
from crm_desktop.exchange.headings import UNKNOWN, Mapping
from crm_desktop.exchange.long_rows import kept_small
from crm_desktop.exchange.parsing import RowPlan
from crm_desktop.exchange.reading import Sheet
from crm_desktop.exchange.tables import Table
from crm_desktop.i18n import _

Progress = Callable[[int, int, str], None]
"""Told (done, total, what is being done); may raise to stop, and then nothing was written."""


@dataclass
class TablePlan:
    """One list of a file and what becomes of its rows."""

    path: Path
    table: Table
    mapping: Mapping
    rows: list[RowPlan] = field(default_factory=list)
    counted: Counter[tuple[str, str, bool]] = field(default_factory=Counter)
    """How many records of each kind it speaks of are (kind, created | updated | unchanged, new by another list)."""
    beside: Sequence[Sheet] = ()
    """Sheets of the same file that tell of the office itself, or of what hangs on its records."""
    settled: bool = False
    """Somebody said where its columns go, or what was remembered of such a list was asked for."""

    @property
    def kind(self) -> str:
        return self.mapping.kind

    @property
    def skipped(self) -> list[tuple[int, str]]:
        """Rows below the heading that are no data: (row, what it is)."""
        first = self.table.heading_rows[0] if self.table.heading_rows else 0
        return [(number, _(what)) for number, what in self.table.skipped if number > first]

    def guess(self, kind: str = "auto") -> Mapping:
        """What the list is about and where its columns go, as far as they tell themselves."""
        return headings.recognise(self.table, kind, f"{self.path.stem} {self.table.sheet}")


def tables_of(
    path: Path,
    kind: str = "auto",
    mapping: Mapping | None = None,
    progress: Progress | None = None,
    encoding: str | None = None,
) -> list[TablePlan]:
    """The lists of a file, not judged yet; needs no customer file, so it may run in any thread. Raises UserError."""

    def tick(_rows: int) -> None:
        if progress:
            progress(0, 0, _("Reading {file}").format(file=path.name))

    tick(0)
    return _plans(path, reading.read(path, encoding=encoding, progress=tick), kind, mapping)


def tables_in(text: str) -> list[TablePlan]:
    """The lists of a text that was pasted; raises UserError."""
    return _plans(Path(_("Pasted text")), pasted.read(text), "auto", None)


def _told_beside(sheet: Sheet) -> bool:
    """Whether a sheet of the whole office's workbook is no list of records, but told beside them."""
    return any(kind.model_of(sheet) is not None for kind in (definitions, hanging))


def _plans(path: Path, sheets: Sequence[Sheet], kind: str, mapping: Mapping | None) -> list[TablePlan]:
    beside = [each for each in sheets if _told_beside(each)]
    sheets = [each for each in sheets if not any(each is other for other in beside)]
    if any(survey_lines.is_survey(each) for each in sheets):
        text = _(
            "“{file}” is a survey sheet. On the tab Satisfaction, choose the survey and read its answers back there."
        )
        raise UserError(text.format(file=path.name))
    found = tables.find_tables(sheets, words.known)
    if all(len(each.heading) == 1 for each in found):  # lines of words, and what seemed a heading is one of them
        found = tables.find_tables(pasted.lines_of(sheets), words.known) or found
    found = [refused.without_reasons(each) for each in found]
    found = [day_columns.joined(each) for each in found]
    found = [surroundings.completed(each, sheets, path.stem) for each in found]
    found = [part for each in found for part in across.apart(each, headings.year_of(each, path.stem))]
    if not found:
        raise UserError(_("“{file}” holds no list: no row with headings was found.").format(file=path.name))
    plans = []
    del sheets  # whose rows are the tables', and are about to be packed
    for each in found:
        guess = mapping or headings.recognise(each, kind, f"{path.stem} {each.sheet}")
        whole = each
        if guess.kind == words.CONTACTS and mapping is None and kind == "auto":
            whole = continuing.filled_down(each, headings.recognise(each, words.CUSTOMERS))
            guess = guess if whole is each else headings.recognise(whole, kind, f"{path.stem} {each.sheet}")
        if whole is each:
            whole = continuing.filled_down(each, guess)
        whole = log_rows.filled_down(whole, guess)
        table = replace(whole, rows=kept_small(whole.rows))
        plans.append(TablePlan(path, table, guess, beside=beside, settled=mapping is not None or kind != "auto"))
    known = [each for each in plans if each.kind != UNKNOWN]
    return known or plans[:1]
