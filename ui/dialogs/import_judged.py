"""What becomes of every row of a list, in the words of the preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from crm_desktop import values
from crm_desktop.exchange import doubts
from crm_desktop.exchange.doubts import Doubt
from crm_desktop.exchange.importing import Plan, TablePlan
from crm_desktop.exchange.judging import NEW, REFUSED, SAME, UPDATE, RowPlan
from crm_desktop.exchange.matching import Difference
from crm_desktop.exchange.reading import Cell, Row
from crm_desktop.exchange.words import Target
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.models.fields import Person
from crm_desktop.models.office import User
from ui import theme

SKIPPED = "skipped"
LOOKED_AT = 20_000
"""Rows in which doubtful values are looked for."""
LOOK = "look"
"""Lines a person should look at: something could not be taken as it stands."""
STATUSES = (NEW, UPDATE, SAME, REFUSED, SKIPPED)


class Sign(NamedTuple):
    """How a result is shown: word (msgid), icon and colour."""

    word: str
    icon: str
    tone: theme.Tone


SIGNS: dict[str, Sign] = {
    NEW: Sign(N_("new"), "plus", "good"),
    UPDATE: Sign(N_("update"), "edit", "accent"),
    SAME: Sign(N_("unchanged"), "check", "muted"),
    REFUSED: Sign(N_("refused"), "alert-triangle", "overdue"),
    SKIPPED: Sign(N_("skipped"), "x", "muted"),
    LOOK: Sign(N_("to look at"), "eye", "due"),
}


def counted(status: str, n: int) -> str:
    """A number of rows with what becomes of them."""
    number = f"{n:,}"
    return {
        NEW: lambda: _("{n} new").format(n=number),
        UPDATE: lambda: ngettext("{n} update", "{n} updates", n).format(n=number),
        SAME: lambda: _("{n} unchanged").format(n=number),
        REFUSED: lambda: _("{n} refused").format(n=number),
        SKIPPED: lambda: _("{n} skipped").format(n=number),
        LOOK: lambda: _("{n} to look at").format(n=number),
    }[status]()


class Line(NamedTuple):
    """One row of the sheet: judged, or skipped with what it is."""

    number: int
    row: RowPlan | None
    what: str
    rows: Sequence[tuple[int, Row]] = ()
    """The rows of its list: what they hold is not kept twice."""
    at: int = 0

    @property
    def cells(self) -> Sequence[Cell]:
        """Its cells as they stand in the file, none if it was skipped."""
        return self.rows[self.at][1] if self.rows else ()

    @property
    def status(self) -> str:
        return SKIPPED if self.row is None else self.row.status

    @property
    def doubtful(self) -> bool:
        return self.row is not None and self.row.doubtful


@dataclass(frozen=True)
class Judged:
    """What becomes of one list, as it was judged: the plan may be judged anew meanwhile."""

    table: TablePlan
    headings: Sequence[str]
    imported: Sequence[bool]
    lines: Sequence[Line]
    counts: dict[str, int]
    names: dict[int, str]
    """Colleagues that will be added, by id."""
    doubts: Sequence[Doubt] = ()
    """Columns that can be read in several ways."""

    def told(self, line: Line) -> str:
        """What there is to know of a line: why it is refused, how odd values were read, what an update changes."""
        if line.row is None:
            return line.what
        changes = [self.change(difference) for difference in line.row.changes if line.status == UPDATE]
        return "  ·  ".join(part for part in (line.row.reason, *line.row.notes, *changes) if part)

    def change(self, difference: Difference) -> str:
        """Before and after of a field."""
        target = Target(difference.model, difference.field)
        before, after = (self._shown(target, value) for value in (difference.before, difference.after))
        return _("{label}: {value}").format(label=target.label, value=f"{before or '–'} → {after or '–'}")

    def _shown(self, target: Target, value: Any) -> str:
        if isinstance(target.described, Person) and value in self.names:
            return self.names[value]
        return " ".join(target.described.show(value).split())

    def fits(self, line: Line, status: str, text: str) -> bool:
        """Whether a line is of this result ("" for any) and holds the text (small letters)."""
        if status == LOOK:
            if not line.doubtful:
                return False
        elif status and line.status != status:
            return False
        if not text or any(text in shown(cell).casefold() for cell in line.cells):
            return True
        return text in self.told(line).casefold()


def judged(plan: Plan) -> list[Judged]:
    """The lines of a plan, ready to be shown; call it where the plan was judged."""
    names = {i: draft.changes["name"] for i, draft in plan.office.drafts[User.table()].items()}
    return [_judged(each, names) for each in plan.tables]


def _judged(table: TablePlan, names: dict[int, str]) -> Judged:
    rows = table.table.rows
    if table.rows:
        lines = [Line(row.number, row, "", rows, at) for at, row in enumerate(table.rows)]
    else:
        lines = [Line(number, None, _("left out"), rows, at) for at, (number, _cells) in enumerate(rows)]
    skipped = [Line(number, None, what) for number, what in table.skipped]
    counts = dict.fromkeys((*STATUSES, LOOK), 0)
    for row in table.rows:
        counts[row.status] += 1
        counts[LOOK] += row.doubtful
    counts[SKIPPED] = len(skipped)
    imported = [column.target is not None for column in table.mapping.columns]
    lines = sorted([*lines, *skipped], key=lambda line: line.number)
    found = doubts.find(rows[:LOOKED_AT], table.mapping) if table.rows else ()
    return Judged(table, table.table.titles, imported, lines, counts, names, found)


def shown(cell: Cell) -> str:
    """A cell as it is written, on one line."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell if "\n" not in cell else " ".join(cell.split())
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes")
    return values.as_text(cell)
