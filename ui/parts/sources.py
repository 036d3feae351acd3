"""Lists of the core as the list view wants them: columns made from the fields, questions asked in the store thread."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from crm_desktop import values
from crm_desktop.listing import Listing
from crm_desktop.models import own_fields
from crm_desktop.models.base import Record
from crm_desktop.models.fields import DateTime, Field
from crm_desktop.models.manifold import Phones
from ui.parts.list_source import Column, Page, Row

UNSORTED = (Phones,)


def column_of(field: Field[Any], *, shown: bool = True, show: Callable[[Any], str] | None = None) -> Column:
    """A list's column for a field."""
    return Column(
        key=field.name,
        title=field.label,
        width=field.width,
        right=field.align == "right",
        show=show or _show(field),
        sortable=not isinstance(field, UNSORTED),
        shown=shown,
    )


def _show(field: Field[Any]) -> Callable[[Any], str]:
    """How a stored value of the field is shown in a list: moments as people say them nearby."""
    if isinstance(field, DateTime):
        return lambda value: values.show_datetime(value, near=True) if value else ""
    return lambda value: field.show(field.python_value(value))


def columns_of(model: type[Record], shown: Sequence[str], more: Sequence[str] = ()) -> list[Column]:
    """Columns for these fields; `more` can be chosen, but are not shown before anybody did."""
    described = model.described()
    own = [each.place for each in own_fields.of(model.table())] if more else []
    return [column_of(described[name]) for name in shown] + [
        column_of(described[name], shown=False) for name in (*more, *own) if name not in shown
    ]


@dataclass(frozen=True)
class ListingSource:
    """A Listing as the source of a list view."""

    listing: Listing
    columns: Sequence[Column]
    seen: frozenset[str] | None = None
    """The keys of the columns that are looked at; the others are not read, and empty. None: all are."""

    @cached_property
    def _reading(self) -> Listing:
        """The listing with just the columns of the view."""
        return replace(
            self.listing, columns=tuple(c.key for c in self.columns if self.seen is None or c.key in self.seen)
        )

    @cached_property
    def _places(self) -> list[int | None]:
        """Where each column of the view stands in what is read."""
        read = self._reading.columns
        return [read.index(column.key) if column.key in read else None for column in self.columns]

    def _widened(self, rows: Mapping[int, Row]) -> Mapping[int, Row]:
        if None not in self._places:
            return rows
        return {i: tuple(None if at is None else row[at] for at in self._places) for i, row in rows.items()}

    def first(self, n: int) -> Page:
        """The first n rows."""
        rows = self._widened(self._reading.first_rows(n))
        return Page(list(rows), list(rows.values()), len(rows) if len(rows) < n else None)

    def ids(self) -> array[int]:
        """All ids in order."""
        return self._reading.ids()

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows of these ids."""
        return self._widened(self._reading.rows(ids))
