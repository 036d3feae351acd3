"""What a statistic is: a table of counted records, each figure of which can say which records it counted."""

from __future__ import annotations

from abc import ABC, abstractmethod
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from crm_desktop.i18n import N_, _
from crm_desktop.models import lists, people
from crm_desktop.statistics.period import Period
from crm_desktop.store import file, nearby

NOT_GIVEN = ""
"""The row of records that say nothing about it."""
Value = float | int | None
Where = tuple[str, list[Any]]
"""An SQL condition and its parameters."""


@dataclass(frozen=True)
class Column:
    """A column of figures."""

    key: str
    label: str
    colour: str = ""
    measure: bool = False
    """A share, a median, a sum: its records are those it is about, not so many as it says."""


@dataclass(frozen=True)
class Row:
    """A row of figures, one a column; None where there is nothing to say."""

    key: str
    label: str
    values: tuple[Value, ...]
    colour: str = ""


@dataclass(frozen=True)
class Table:
    """A statistic of a period, worked out."""

    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    total: tuple[Value, ...]

    def row(self, key: str) -> Row:
        """The row of that key; KeyError when there is none."""
        for row in self.rows:
            if row.key == key:
                return row
        raise KeyError(key)


class Kind(Protocol):
    """How the raw values of a column become rows: an editable list, the colleagues, regions …"""

    def key(self, raw: Any) -> str:
        """The row a raw value belongs to."""
        ...

    def order(self, counts: dict[str, int]) -> list[str]:
        """The rows to show, in order; every key counted is among them."""
        ...

    def label(self, key: str) -> str: ...

    def colour(self, key: str) -> str: ...


@dataclass(frozen=True)
class Listed:
    """Entries of an editable list; `roots` counts an entry where it belongs to, `all_rows` shows the empty ones too."""

    list_name: str
    roots: bool = False
    all_rows: bool = False

    def key(self, raw: Any) -> str:
        code = raw or NOT_GIVEN
        entry = lists.entry(self.list_name, code) if self.roots else None
        seen: set[str] = set()
        while entry and entry.parent and entry.parent not in seen:
            seen.add(code)
            code, entry = entry.parent, lists.entry(self.list_name, entry.parent)
        return str(code)

    def order(self, counts: dict[str, int]) -> list[str]:
        known = [
            entry.code
            for entry in lists.entries(self.list_name, inactive=True)
            if counts.get(entry.code) or (self.all_rows and entry.active and not (self.roots and entry.parent))
        ]
        unknown = sorted(key for key in counts if key not in known and key != NOT_GIVEN)
        return known + unknown + ([NOT_GIVEN] if counts.get(NOT_GIVEN) else [])

    def label(self, key: str) -> str:
        return lists.label(self.list_name, key) or _("(not given)")

    def colour(self, key: str) -> str:
        entry = lists.entry(self.list_name, key)
        return entry.colour if entry else ""


@dataclass(frozen=True)
class Colleagues:
    """Colleagues, who has most first."""

    def key(self, raw: Any) -> str:
        return NOT_GIVEN if raw is None else str(raw)

    def order(self, counts: dict[str, int]) -> list[str]:
        return _most_first(counts)

    def label(self, key: str) -> str:
        return (people.name(int(key)) or _("(unknown)")) if key else _("(not given)")

    def colour(self, key: str) -> str:
        return ""


@dataclass(frozen=True)
class Texts:
    """Texts as they are, the most frequent first."""

    def key(self, raw: Any) -> str:
        return raw or NOT_GIVEN

    def order(self, counts: dict[str, int]) -> list[str]:
        return _most_first(counts)

    def label(self, key: str) -> str:
        return key or _("(not given)")

    def colour(self, key: str) -> str:
        return ""


def _most_first(counts: dict[str, int]) -> list[str]:
    given = sorted((key for key in counts if key != NOT_GIVEN), key=lambda key: (-counts[key], key))
    return given + ([NOT_GIVEN] if counts.get(NOT_GIVEN) else [])


def grouped(kind: Kind, raw_counts: Iterable[tuple[Any, int]]) -> dict[str, int]:
    """Counts of raw values as counts of rows."""
    counts: dict[str, int] = {}
    for raw, count in raw_counts:
        key = kind.key(raw)
        counts[key] = counts.get(key, 0) + count
    return counts


def is_among(column: str, raws: Sequence[Any]) -> Where:
    """The condition that a column has one of these raw values, nothing among them."""
    given = [raw for raw in raws if raw is not None]
    parts = [f'"{column}" IN ({",".join("?" * len(given))})'] if given else []
    parts += [f'"{column}" IS NULL'] if None in raws else []
    return f"({' OR '.join(parts) or '1 = 0'})", given


@dataclass(frozen=True)
class Statistic(ABC):
    """One statistic: the tab and the report show STATISTICS in their order.

    `about` is the table whose records are counted; `chart` is "bar" (parts beside each other), "column" (months in a
    row), "stacked" (months, each divided by column) or "lines".
    """

    key: str
    title: str
    about: str
    chart: str = field(kw_only=True, default="bar")

    @abstractmethod
    def table(self, period: Period, owner: int | None) -> Table:
        """The figures."""

    @abstractmethod
    def where(self, row: str | None, column: str | None, period: Period, owner: int | None) -> Where:
        """Which records a figure counted; without a row all of the total, without a column all of the row."""

    def records(self, row: str | None, column: str | None, period: Period, owner: int | None) -> array[int]:
        """The records a figure counted, in the order their list shows them."""
        condition, params = self.where(row, column, period, owner)
        order = {
            "customer": "sort_key, id",
            "interaction": "at DESC, id DESC",
            "complaint": "received_at DESC, id DESC",
            "feedback": "at DESC, id DESC",
            "service_request": "received_at DESC, id DESC",
        }
        sql = f'SELECT id FROM "{self.about}" WHERE {condition} ORDER BY {order[self.about]}'
        with nearby.instead(self.about):
            return array("q", (i for (i,) in file.ask(sql, params)))


COUNTED = {
    "customer": N_("Customers"),
    "interaction": N_("Contacts"),
    "complaint": N_("Complaints"),
    "feedback": N_("Feedback"),
    "service_request": N_("Service requests"),
}


ALL_CUSTOMERS = "archived = 0"
"""The condition that asks for every customer: counted in the order of the column's own index, archived ones taken off,
which is some five times faster than sorting them."""
_ALL = """
    SELECT value, sum(n) FROM (
        SELECT "{column}" AS value, count(*) AS n FROM customer GROUP BY "{column}"
        UNION ALL SELECT "{column}", -count(*) FROM customer WHERE archived = 1 GROUP BY "{column}")
    GROUP BY value HAVING sum(n) > 0
"""


class Base(Protocol):
    """Which records of a period and an owner a statistic is about."""

    def __call__(self, period: Period, owner: int | None) -> Where: ...


@dataclass(frozen=True)
class Breakdown(Statistic):
    """Records counted by one column of theirs."""

    column: str = field(kw_only=True)
    kind: Kind = field(kw_only=True)
    base: Base = field(kw_only=True)

    def _raw(self, period: Period, owner: int | None) -> list[tuple[Any, ...]]:
        where, params = self.base(period, owner)
        sql = f'SELECT "{self.column}", count(*) FROM "{self.about}" WHERE {where} GROUP BY 1'
        with nearby.instead(self.about):
            return file.ask(_ALL.format(column=self.column)) if where == ALL_CUSTOMERS else file.ask(sql, params)

    def table(self, period: Period, owner: int | None) -> Table:
        counts = grouped(self.kind, ((raw, count) for raw, count in self._raw(period, owner)))
        rows = [
            Row(key, self.kind.label(key), (counts.get(key, 0),), self.kind.colour(key))
            for key in self.kind.order(counts)
        ]
        columns = [Column("count", _(COUNTED[self.about]))]
        return Table(self.key, _(self.title), columns, rows, (sum(counts.values()),))

    def where(self, row: str | None, column: str | None, period: Period, owner: int | None) -> Where:
        condition, params = self.base(period, owner)
        if row is None:
            return condition, params
        among, raws = is_among(self.column, [raw for raw, _n in self._raw(period, owner) if self.kind.key(raw) == row])
        return f"{condition} AND {among}", [*params, *raws]


@dataclass(frozen=True)
class Divided(Statistic):
    """Records, month by month, divided by one column of theirs."""

    kind: Kind = field(kw_only=True)
    column: ClassVar[str]

    @abstractmethod
    def base(self, period: Period, owner: int | None) -> Where:
        """Which records of a period and an owner it is about."""

    @abstractmethod
    def counts(self, period: Period, owner: int | None) -> Iterable[tuple[str, Any, int]]:
        """How many there are: month, what stands in the column, number."""

    def table(self, period: Period, owner: int | None) -> Table:
        cells: dict[tuple[str, str], int] = defaultdict(int)
        whole: dict[str, int] = defaultdict(int)
        for month, raw, number in self.counts(period, owner):
            key = self.kind.key(raw)
            cells[month, key] += number
            whole[key] += number
        keys = self.kind.order(whole)
        columns = [*(Column(k, self.kind.label(k), self.kind.colour(k)) for k in keys), Column("total", _("Total"))]
        rows = []
        for month, _days in period.split():
            values = [cells.get((month, key), 0) for key in keys]
            rows.append(Row(month, month, (*values, sum(values))))
        total = [whole[key] for key in keys]
        return Table(self.key, _(self.title), columns, rows, (*total, sum(total)))

    def where(self, row: str | None, column: str | None, period: Period, owner: int | None) -> Where:
        part = period.part(row)
        condition, params = self.base(part, owner)
        if column in (None, "total"):
            return condition, params
        raws = {raw for _month, raw, _number in self.counts(part, owner) if self.kind.key(raw) == column}
        among, values = is_among(self.column, sorted(raws))
        return f"{condition} AND {among}", [*params, *values]
