"""The rows of a damaged customer file, table by table: first in the order of its pages, then from pages gone astray."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from itertools import chain

from crm_desktop.store import first_tables
from crm_desktop.store.pages import LEAF, Cell, Pages, Unreadable, Values
from crm_desktop.store.record import Row

Tick = Callable[[], None]


@dataclass(frozen=True)
class Shape:
    """What the rows of a table look like."""

    columns: tuple[str, ...]
    kinds: tuple[type | tuple[type, ...], ...]
    """What a value may be, column by column."""
    needed: tuple[bool, ...]
    """Which columns are never empty."""
    added: tuple[bool, ...]
    """Which columns older rows do without: they came later, and have a value for those."""
    key: int
    """The column that is the row's number, stored as nothing; -1 for none."""
    oldest: int = 0
    """How many values the oldest rows have; 0: as many as there are columns."""

    @property
    def numbered(self) -> str:
        """The name of the column that is the row's number; "" for none."""
        return self.columns[self.key] if self.key >= 0 else ""

    def fits(self, values: Values) -> bool:
        """Whether values can be a row of this table; a column that was added later may be missing at the end."""
        if not 1 < len(values) <= len(self.columns):
            return False
        for at, value in enumerate(values):
            if at == self.key:
                if value is not None:
                    return False
            elif value is None:
                if self.needed[at]:
                    return False
            elif not isinstance(value, self.kinds[at]):
                return False
        return all(self.added[at] or not self.needed[at] for at in range(len(values), len(self.columns)))

    def enough(self, values: Values, least: float) -> bool:
        """Whether there are so many of all values (0 to 1), or as many as the oldest rows have."""
        return len(values) >= (self.oldest or least * len(self.columns))

    def row(self, number: int, values: Values) -> Row:
        found = dict(zip(self.columns, values, strict=False))
        if self.key >= 0:
            found[self.columns[self.key]] = number
        return found


def shapes(raw: sqlite3.Connection) -> dict[str, Shape]:
    """The shapes of all tables with content that a database has."""
    names = raw.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        " AND name NOT LIKE '%\\_fts\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    ).fetchall()
    return {name: _shape(raw, name) for (name,) in names}


def upgraded_shapes(today: Mapping[str, Shape]) -> dict[str, Shape]:
    """The shapes of tables in a file that was made in the first format and upgraded, where they are not today's."""
    with closing(first_tables.upgraded()) as raw:
        found = {name: replace(shape, oldest=first_tables.columns(name)) for name, shape in shapes(raw).items()}
    return {
        name: shape
        for name, shape in found.items()
        if name in today and shape.oldest and (shape.columns != today[name].columns)
    }


def _shape(raw: sqlite3.Connection, name: str) -> Shape:
    columns = raw.execute(f'PRAGMA table_info("{name}")').fetchall()
    kinds: list[type | tuple[type, ...]] = []
    for _number, _name, declared, *_rest in columns:
        upper = declared.upper()
        broken = any(k in upper for k in ("REAL", "NUM", "FLOA", "DOUB", "DEC"))
        kinds.append(int if "INT" in upper else (int, float) if broken else str)
    keys = [n for n, _name, declared, _need, _default, key in columns if key and declared.upper() == "INTEGER"]
    key = keys[0] if keys else -1
    return Shape(
        tuple(c[1] for c in columns),
        tuple(kinds),
        tuple(bool(c[3]) and c[0] != key for c in columns),
        tuple(c[4] is not None for c in columns),
        key,
    )


_MASTER = Shape(
    ("type", "name", "tbl_name", "rootpage", "sql"),
    (str, str, str, int, str),
    (True, True, True, False, False),
    (False,) * 5,
    -1,
)


@dataclass
class Torn:
    """What of a table could not be read."""

    parts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """Pages or rows, by table."""
    schema: int = 0
    """The same of the list of tables itself."""


class Wreck:
    """A damaged file, and where its tables begin."""

    def __init__(self, pages: Pages, today: Mapping[str, Shape], tick: Tick) -> None:
        self.pages, self.tick, self.torn = pages, tick, Torn()
        self.shapes = dict(today)
        self.roots: dict[str, int] = {}
        self.seen: set[int] = set()
        self.strays: dict[str, list[Cell]] | None = None
        self._others: list[int] = []
        self._read_schema(today)

    def _read_schema(self, today: Mapping[str, Shape]) -> None:
        torn: list[int] = []
        for _number, values in self.pages.walk(1, _MASTER.fits, self.seen, torn):
            kind, name, _table, root, sql = (*values, None, None)[:5]
            if kind != "table" or not isinstance(root, int) or root < 2:
                continue
            if name not in today:
                self._others.append(root)
                continue
            self.roots[name] = root
            with closing(sqlite3.connect(":memory:")) as raw:
                try:
                    raw.execute(sql)
                    made = _shape(raw, name)
                except (sqlite3.Error, TypeError, ValueError):
                    continue
            if set(made.columns) <= set(today[name].columns) and made.numbered == today[name].numbered:
                self.shapes[name] = made  # an upgrade puts new columns at the end, whatever their place in a new file
        self.torn.schema = len(torn)

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table that are where they belong."""
        shape, torn = self.shapes[table], [0] * (table not in self.roots)
        if table in self.roots:
            for number, values in self.pages.walk(self.roots[table], shape.fits, self.seen, torn):
                self.tick()
                yield shape.row(number, values)
        self.torn.parts[table] += len(torn)

    def astray(self, table: str) -> Iterator[Row]:
        """The rows of a table on pages that nothing leads to any more; asked when all tables have been read."""
        if self.strays is None:
            self.strays = self._find_strays()
        for number, values in self.strays.get(table, ()):
            yield self.shapes[table].row(number, values)

    def _find_strays(self) -> dict[str, list[Cell]]:
        self._choose_shapes()
        found: dict[str, list[Cell]] = defaultdict(list)
        doubtful: list[tuple[list[str], list[Cell]]] = []
        for cells in self._stray_pages():
            owners = self._owners([values for _row, values in cells])
            if len(owners) > 1:
                doubtful.append((owners, cells))
            else:
                self._give(cells, owners, found)
        logged = self._logged(
            {number for _owners, cells in doubtful for number, _values in cells}, found["change_entry"]
        )
        for owners, cells in doubtful:
            named = Counter(logged[number] for number, _values in cells if logged.get(number) in owners)
            self._give(cells, [table for table, _rows in named.most_common(1)] or owners, found)
        return found

    def _give(self, cells: list[Cell], owners: Iterable[str], found: dict[str, list[Cell]]) -> None:
        for table in owners:
            shape = self.shapes[table]
            found[table] += [cell for cell in cells if shape.fits(cell[1])]

    def _logged(self, numbers: set[int], strays: Iterable[Cell]) -> dict[int, str]:
        """The tables of these records as the log names them: the rows of several tables look alike."""
        if not numbers:
            return {}
        shape, root = self.shapes["change_entry"], self.roots.get("change_entry")
        entries = chain(self.pages.walk(root, shape.fits, set(), []) if root else (), strays)
        told = (shape.row(number, values) for number, values in entries)
        return {row["record"]: row["table"] for row in told if row["record"] in numbers}

    def _stray_pages(self) -> Iterator[list[Cell]]:
        """The rows of each page that nothing leads to."""
        known = self.seen | self.pages.free()
        for root in self._others:
            known |= self.pages.below(root)
        for number in range(2, self.pages.count + 1):
            if number in known or self.pages.kind(number) != LEAF:
                continue
            self.tick()
            try:
                yield [cell for cell in self.pages.cells(number) if cell is not None]
            except Unreadable:
                continue

    def _choose_shapes(self) -> None:
        """Of tables whose place and columns are lost: those of a new file or of an upgraded one, as most rows say."""
        other = {t: shape for t, shape in upgraded_shapes(self.shapes).items() if t not in self.roots}
        if not other:
            return
        fitting: dict[str, int] = defaultdict(int)
        for cells in self._stray_pages():
            for _number, values in cells:
                for table, shape in other.items():
                    fitting[table] += shape.enough(values, 1.0) and shape.fits(values)
                    fitting[table] -= len(values) == len(self.shapes[table].columns) and self.shapes[table].fits(values)
        self.shapes |= {table: shape for table, shape in other.items() if fitting[table] > 0}

    def _owners(self, rows: list[Values]) -> list[str]:
        """The tables that most rows of a page fit: with all their columns, or else those of an older version.

        Search texts are left out: they are made anew.
        """
        for least in (1.0, 0.6):
            fitting = {
                table: sum(shape.enough(values, least) and shape.fits(values) for values in rows)
                for table, shape in self.shapes.items()
                if not table.endswith("_hay")
            }
            most = max(fitting.values(), default=0)
            if most:
                return [table for table, number in fitting.items() if number == most]
        return []
