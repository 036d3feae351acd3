"""One row of a list: its cells read by the mapping, and what is said about it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from crm_desktop import values
from crm_desktop.exchange import cells, doubts, following
from crm_desktop.exchange.choice_cells import choice_code
from crm_desktop.exchange.contents import MOST_OF, cells_of, is_clock, share
from crm_desktop.exchange.drafts import merged
from crm_desktop.exchange.headings import Mapping
from crm_desktop.exchange.matching import MULTI, Difference, Office
from crm_desktop.exchange.people_cells import people
from crm_desktop.exchange.read_cells import AS_ABOVE, Read, read_time
from crm_desktop.exchange.reading import Row
from crm_desktop.exchange.words import Target
from crm_desktop.i18n import N_, _
from crm_desktop.models.base import Record
from crm_desktop.models.contact import Contact, Position
from crm_desktop.models.customer import Customer
from crm_desktop.models.fields import DateTime, LongText

NEW: Final = N_("new")
UPDATE: Final = N_("update")
SAME: Final = N_("same")
REFUSED: Final = N_("refused")
_ADDRESS_TYPES: Final = {
    "收货": "delivery",
    "送货": "delivery",
    "注册": "registered",
    "办公": "office",
    "开票": "billing",
}


class RowPlan:
    """What becomes of one row: its number in Excel, its status, how odd values were read, what it changes."""

    __slots__ = ("changes", "doubtful", "notes", "number", "reason", "status")

    def __init__(self, number: int) -> None:
        self.number = number
        self.status = SAME
        self.reason = ""
        self.notes: tuple[str, ...] = ()
        self.doubtful = False
        """Something could not be taken as it stands: a person should look."""
        self.changes: tuple[Difference, ...] = ()

    def refuse(self, reason: str) -> None:
        self.status, self.reason = REFUSED, reason

    def note(self, text: str, doubtful: bool = True) -> None:
        self.notes += (text,)
        self.doubtful = self.doubtful or doubtful

    def add(self, difference: Difference | None) -> None:
        if difference:
            self.changes += (difference,)
            if self.status == SAME:
                self.status = UPDATE


@dataclass(slots=True)
class Parsed:
    """The cells of a row as values, by where they go."""

    row: RowPlan
    values: dict[tuple[type[Record], int], dict[str, Any]] = field(default_factory=dict)
    lost: dict[type[Record], list[str]] = field(default_factory=dict)
    further: list[int] = field(default_factory=list)
    """Slots of people who stood in one cell with another one."""

    def of(self, model: type[Record], slot: int = 0) -> dict[str, Any]:
        return self.values.get((model, slot), {})


class Reader:
    """Reads the rows of one table by its mapping."""

    def __init__(self, mapping: Mapping, office: Office, rows: Sequence[tuple[int, Row]] = ()) -> None:
        """`rows` are those of the whole table: what a column proves (25/3/2024) holds for all its cells."""
        times = _times_of_day(mapping, rows)
        self._columns = []
        self._above: Row = []
        """The row before, with what its 同上 stand for."""
        self.headings = {(t.model, t.slot): c.heading for c, t in mapping.targets() if t.field == "name"}
        for column, target in mapping.targets():
            seen: dict[Any, Read] = {}
            ways = doubts.proved(rows, column, target.described, mapping)
            read = cells.reader(target.described, column.unit, office.who, seen, ways, column.heading)
            if column.index in times:
                read = read_time
            place, kind = (target.model, target.slot), _by_heading(target.field, column.heading)
            stands = cells.as_it_stands(target.described) if kind is None and column.index not in times else None
            self._columns.append((column.index, target, place, target.field, column.heading, kind, read, seen, stands))
        self._later = following.readers(mapping, office.who)
        self._columns.sort(key=lambda each: each[0] in self._later)  # what follows from another day is read after it

    def parse(self, number: int, row: Row) -> Parsed:
        parsed = Parsed(RowPlan(number))
        found = parsed.values
        for index, target, place, name, heading, kind, read, seen, stands in self._columns:
            cell = row[index]
            if cell is None:
                continue
            if stands is not None and type(cell) is str and stands(cell) and name not in found.setdefault(place, {}):
                found[place][name] = cell
                continue
            value, note, lost, doubtful = seen.get(cell) or read(cell)
            if index in self._later and (of := found.get(place)) and (later := self._later[index](cell, of)):
                value, note, lost, doubtful = later
            if value is AS_ABOVE:
                cell = self._above[index] if self._above else None
                parsed.row.note(_("{label}: {value}").format(label=heading, value=f"{row[index]} → {cell}"), False)
                row = [*row[:index], cell, *row[index + 1 :]]
                value, note, lost, doubtful = read(cell)
            if note:
                parsed.row.note(note, doubtful or lost is not None)
            if lost is not None:
                _keep(parsed, target, heading, lost)
            if value is not None:
                own = found.get(place)
                if own is None:
                    own = found[place] = {}
                if kind:
                    value = kind(value)
                own[name] = value if name not in own else _together(target.described, name, own[name], value)
        self._above = row
        return parsed


def apart(parsed: Parsed, slot: int, heading: str) -> None:
    """Several people of one cell as persons of their own, with their phones as far as these can be told apart; the
    others than the first get slots of their own in `Parsed.further`.
    """
    own = parsed.of(Contact, slot)
    named = people(own.get("name", ""))
    if not named:
        return
    phones, shown = own.get("phones", []), own["name"]
    paired = len(phones) == len(named) > 1 and not any(one.phones for one in named)
    for at, one in enumerate(named):
        place = slot if at == 0 else 100 + slot * 20 + at - 1
        given = {"name": one.name}
        numbers = [phones[at]] if paired else [*one.phones, *(phones if at == 0 else [])]
        person = parsed.values.setdefault((Contact, place), {})
        person |= {**given, "phones": numbers} if numbers else given
        if one.job:
            parsed.values.setdefault((Position, place), {}).setdefault("job", one.job)
        if one.called:
            _call(person, one.called)
        if at:
            parsed.further.append(place)
    unclear = len(named) > 1 and bool(phones) and not paired
    names = "; ".join(one.name for one in named)
    parsed.row.note(_("{label}: {value}").format(label=heading, value=f"{shown} → {names}"), unclear)


def _call(person: dict[str, Any], called: str) -> None:
    """Note how somebody is addressed, or at least whether it is a man or a woman."""
    for name in ("salutation", "gender"):  # lists of the same names
        if (code := choice_code(name, called)) is not None:
            person.setdefault(name, code)


def _times_of_day(mapping: Mapping, rows: Sequence[tuple[int, Row]]) -> set[int]:
    """Which columns hold the time of day, where the day stands in another one: by their cells, else the later one."""
    by_target: dict[Target, list[int]] = {}
    for column, target in mapping.targets():
        if isinstance(target.described, DateTime):
            by_target.setdefault(target, []).append(column.index)
    found: set[int] = set()
    for indexes in by_target.values():
        if len(indexes) > 1:
            clocks = [i for i in indexes if share(cells_of(rows, i), is_clock) > MOST_OF]
            found.update(clocks if 0 < len(clocks) < len(indexes) else indexes[1:])
    return found


def _keep(parsed: Parsed, target: Target, heading: str, text: str) -> None:
    own, text = parsed.values.setdefault((Customer, 0), {}), values.clean(text, lines=True)
    if target.field == "credit_code" and not own.get("bill_tax_no"):
        own["bill_tax_no"] = text
        parsed.row.note(_("The number is kept as billing tax number."))
    else:
        parsed.lost.setdefault(target.model, []).append(f"{heading}: {text}")


def _by_heading(name: str, heading: str) -> Callable[[Any], Any] | None:
    """What adds to a value what its heading tells about the kind of phone or address, if it does."""
    if name == "phones" and re.search("传真|fax", heading, re.I):
        return lambda value: [
            {**row, "type": "fax" if row.get("type") == "phone" else row.get("type", "")} for row in value
        ]
    kind = next((code for word, code in _ADDRESS_TYPES.items() if word in heading), "") if name == "addresses" else ""
    return (lambda value: [{"type": kind, **row} for row in value]) if kind else None


def _together(described: Any, name: str, one: Any, other: Any) -> Any:
    """Two columns that go to the same field."""
    if isinstance(described, MULTI):
        return merged(described, one, other)
    if isinstance(described, DateTime):
        if len(one) < 10 <= len(other):
            one, other = other, one
        return f"{one[:10]}T{other}" if len(other) < 10 else one
    if name == "region":
        return _region(one, other)
    return f"{one}\n{other}" if isinstance(described, LongText) and other not in one else one


def _region(one: str, other: str) -> Any:
    """江苏 beside 苏州, which brings its province along, in whatever order the columns stand."""
    ways = [" ".join(dict.fromkeys([*a.split(), *b.split()])) for a, b in ((one, other), (other, one))]
    read = [cells.read_region(way).value for way in ways]
    return next((found for found, way in zip(read, ways, strict=True) if found != way), read[0])
