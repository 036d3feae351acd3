"""Lists of records as the office asks for them: searched, filtered, sorted and paged by the database."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any

from crm_desktop.list_sql import Filter as Filter
from crm_desktop.list_sql import by_deadline, condition, order, shown
from crm_desktop.models import (
    Complaint,
    Contact,
    Customer,
    Feedback,
    Interaction,
    News,
    Record,
    ServiceNote,
    ServiceRequest,
    SurveyAsked,
    SurveyRun,
    SurveyTemplate,
)
from crm_desktop.models.fields import Link
from crm_desktop.store import file, nearby, search
from crm_desktop.store.record import chunks

MODELS: dict[str, type[Record]] = {
    m.table(): m
    for m in (
        *(Customer, Contact, Interaction, Complaint, Feedback, ServiceRequest, ServiceNote, News),
        *(SurveyTemplate, SurveyRun, SurveyAsked),
    )
}
FEW = 10_000
"""Up to so many found records are sorted by themselves; more are looked up while the list is read in its order."""
FAR_FEW = 150
"""The same on a network drive, where a row costs a round trip and the list's order comes in large pages."""
ALONE = 20
"""Fewer rows than this are read one by one."""
COVERED = frozenset({"name", "tier", "last_contact_at", "archived"})
"""Columns of customers that the index of the list's order holds (customer_list)."""


@dataclass(frozen=True)
class Listing:
    """One list: which records, in which order, with which columns."""

    model: type[Record]
    columns: tuple[str, ...] = ("name",)
    text: str = ""
    filters: tuple[Filter, ...] = ()
    sort: str = "name"
    descending: bool = False
    archived: bool = False
    """Whether archived customers are listed, too."""

    def only(self, *filters: Filter) -> Listing:
        """The same list with these filters as well."""
        return replace(self, filters=(*self.filters, *filters))

    def ids(self) -> array[int]:
        """The ids of all records of the list, in its order."""
        with self._asking(), file.troubles():
            if not self._hides_archived():
                return array("q", [i for (i,) in self._ask(False)])
            # all are read anyway: leaving the few out here is twice as quick as asking the database for each
            hidden = {i for (i,) in file.ask("SELECT id FROM customer WHERE archived = 1")}
            return array("q", [i for (i,) in self._ask(False) if i not in hidden])

    def first(self, count: int) -> array[int]:
        """The ids of the first records, as fast as the index gives them."""
        with self._asking(), file.troubles():
            return array("q", [i for (i,) in self._ask(True, f" LIMIT {int(count)}")])

    def first_rows(self, count: int) -> dict[int, tuple[Any, ...]]:
        """The first records with their columns' values, in order."""
        with self._asking(), file.troubles():
            if not self._is_covered():
                ids = self.first(count)
                rows = self.rows(ids)
                return {i: rows[i] for i in ids if i in rows}
            return {i: tuple(row) for i, *row in self._ask(True, f" LIMIT {int(count)}", self._selected())}

    def count(self) -> int:
        """How many records the list has."""
        with self._asking():
            source, where, params = self._question()
            return int(file.one(f"SELECT count(*) FROM {source}{where}", params))

    def rows(self, ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
        """The columns' values of these records, by id; what has been deleted is left out."""
        with self._asking():
            return self._read(ids)

    def _asking(self) -> AbstractContextManager[object]:
        """Over a network, customers and contact persons are looked up in the copy of them on this computer."""
        used = map(self.model.described().get, (*self.columns, self.sort))
        return nearby.instead(self.model.table(), *(field.target for field in used if isinstance(field, Link)))

    def _read(self, ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
        found = self._neighbours(ids) if self._is_covered() and len(ids) >= ALONE else {}
        selected, table = self._selected(), self.model.table()
        for part in chunks([i for i in ids if i not in found]):
            marks = ",".join("?" * len(part))
            for row in file.ask(f'SELECT t.id{selected} FROM "{table}" t WHERE t.id IN ({marks})', part):
                found[row[0]] = row[1:]
        return found

    def _selected(self) -> str:
        return "".join(f", {shown(self.model.field(name))}" for name in self.columns)

    def _is_covered(self) -> bool:
        """Whether the index of the list's order holds all that is asked for."""
        return self.model is Customer and self.sort == "name" and COVERED.issuperset(self.columns)

    def _neighbours(self, ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
        """Of records that stand together in the list's order, as many as can be read from its index at one go."""
        ends = sorted(file.ask("SELECT sort_key, id FROM customer WHERE id IN (?, ?)", (ids[0], ids[-1])))
        if not ends:
            return {}
        wanted = set(ids)
        return {
            i: tuple(row)
            for i, *row in file.ask(
                f"SELECT t.id{self._selected()} FROM customer t WHERE (t.sort_key, t.id) >= (?, ?)"
                " AND (t.sort_key, t.id) <= (?, ?) ORDER BY t.sort_key, t.id LIMIT ?",
                (*ends[0], *ends[-1], len(ids) * 3),
            )
            if i in wanted
        }

    def _hides_archived(self) -> bool:
        return (
            self.model is Customer
            and not self.archived
            and file.one("SELECT 1 FROM customer WHERE archived = 1 LIMIT 1") is not None
        )

    def _ask(self, sift: bool, tail: str = "", selected: str = "") -> sqlite3.Cursor:
        source, where, params = self._question(sift)
        direction = " DESC" if self.descending else ""
        sorted_by = self.model.field(self.sort)
        # what is empty comes first: the file's own order, which a server must be told
        nothing = (" NULLS LAST" if self.descending else " NULLS FIRST") if sorted_by.null else ""
        by = order(self.model, sorted_by)
        if (self.sort, self.descending) == ("due_at", False):
            by, nothing = by_deadline(self.model), ""
        sql = f"SELECT t.id{selected} FROM {source}{where} ORDER BY {by}{direction}{nothing}, t.id{direction}{tail}"
        return file.connection().execute(sql, params)

    def _question(self, sift: bool = True) -> tuple[str, str, list[Any]]:
        """FROM, WHERE and parameters of the list."""
        table = self.model.table()
        source = f'"{table}" t'
        conditions: list[str] = []
        params: list[Any] = []
        if self.text.strip():
            source, conditions, params = self._searched()
        for wanted in self.filters:
            sql, more = condition(self.model, wanted)
            conditions.append(sql)
            params += more
        if sift and self._hides_archived():
            # few are archived: looking them up spares the others a visit to the table
            conditions.append("t.id NOT IN (SELECT id FROM customer WHERE archived = 1)")
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return source, where, params

    def _searched(self) -> tuple[str, list[str], list[Any]]:
        table, connection = self.model.table(), file.connection()
        if self.model in (Interaction, Complaint, Feedback, ServiceRequest, SurveyAsked):
            return self._searched_with_customers()
        far = file.is_far()
        found = search.match(connection, table, self.text, far)
        if found.ids is not None and len(found.ids) <= (FAR_FEW if far else FEW):
            # the join order is forced: from the few that were found to their rows
            return f'json_each(?) f CROSS JOIN "{table}" t ON t.id = f.value', [], [json.dumps(found.ids.tolist())]
        sql, params = found.condition("t.id", scan=far)
        return f'"{table}" t', [sql], list(params)

    def _searched_with_customers(self) -> tuple[str, list[str], list[Any]]:
        """What is about a customer is found by its own words, if it has any, or by the customer, word by word."""
        table, connection = self.model.table(), file.connection()
        conditions: list[str] = []
        params: list[Any] = []
        for word in self.text.split():
            either = [search.match(connection, "customer", word).condition("t.customer")]
            if self.model.searchable:
                either.append(search.match(connection, table, word).condition("t.id"))
            conditions.append(f"({' OR '.join(sql for sql, _more in either)})")
            params += [value for _sql, more in either for value in more]
        return f'"{table}" t', conditions, params


def find_customers(text: str, limit: int = 10) -> list[dict[str, Any]]:
    """The first customers a text finds, with what tells them apart."""
    columns = ("code", "name", "short_name", "tier", "owner", "region", "main_contact", "main_phone", "last_contact_at")
    wanted = Listing(Customer, columns, text=text, archived=True)
    return [{"id": i, **dict(zip(columns, row, strict=True))} for i, row in wanted.first_rows(limit).items()]


def tags(model: type[Record]) -> list[str]:
    """The tags in use, most used first."""
    rows = file.ask(
        f'SELECT j.value FROM "{model.table()}" t, json_each(t.tags) j GROUP BY j.value ORDER BY count(*) DESC, j.value'
    )
    return [str(tag) for (tag,) in rows]


def regions() -> list[tuple[str, int]]:
    """The provinces customers are in, with their numbers; archived ones are not counted."""
    return [
        (str(name), int(number))
        for name, number in file.ask(
            "SELECT province, count(*) FROM customer WHERE province <> '' AND archived = 0"
            " GROUP BY province ORDER BY 2 DESC, 1"
        )
    ]
