"""The rows an import refused, as a workbook: the reason beside each, to be put right there and imported again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from crm_desktop.exchange import headings, words
from crm_desktop.exchange.finishing import workbook
from crm_desktop.exchange.parsing import REFUSED
from crm_desktop.exchange.tables import Table, cut
from crm_desktop.exchange.xlsx import WARNING, Head
from crm_desktop.i18n import N_, _
from crm_desktop.models.fields import Money

if TYPE_CHECKING:
    from crm_desktop.exchange.table_plan import TablePlan

REASON: Final = N_("Why it was not imported")
_WIDE: Final = 44


def count(plans: Sequence[TablePlan]) -> int:
    """How many rows were refused."""
    return sum(row.status == REFUSED for each in plans for row in each.rows)


def write(path: Path, plans: Sequence[TablePlan]) -> int:
    """Write the refused rows, a sheet for each list, with the headings of the file; how many. Raises UserError."""
    lists = [each for each in plans if any(row.status == REFUSED for row in each.rows)]

    def fill(book: Any) -> None:
        for each in lists:
            title = _(words.KINDS.get(each.kind, each.table.sheet))
            if each.mapping.year:  # what the title of the file said of its days
                title = f"{title} {each.mapping.year}"
            book.sheet(title, _heads(each), _rows(each), 1)

    workbook(path, fill)
    return count(plans)


def without_reasons(table: Table) -> Table:
    """A table without the column of reasons that `write` put before it."""
    named = [n for n, heading in enumerate(table.heading) if heading]
    first = named[0] if named else 0
    ours = {words.key(text) for text in words.both(REASON)}
    return cut(table, first + 1, len(table.heading)) if named and words.key(table.heading[first]) in ours else table


def _heads(plan: TablePlan) -> list[Head]:
    table = plan.table
    heads = [Head(_(REASON), _WIDE, WARNING)]
    for column in plan.mapping.columns:
        name, unit = table.heading[column.index], table.units[column.index]
        if whole := headings.with_group(plan.kind, column):
            name = whole
        elif table.heading.count(name) > 1:
            name = f"{table.groups[column.index]}{name}"
        if not unit and table.unit and column.target and isinstance(column.target.described, Money):
            unit = table.unit
        heads.append(
            Head(f"{name}({unit})" if unit and unit not in name else name, max(10, min(2 * len(name) + 4, 30)))
        )
    return heads


def _rows(plan: TablePlan) -> Iterator[list[Any]]:
    for (number, cells), row in zip(plan.table.rows, plan.rows, strict=True):
        if row.status == REFUSED:
            yield [_("Row {n}: {reason}").format(n=number, reason=row.reason), *cells]
