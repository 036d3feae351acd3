"""Lists of the core as the list view wants them: columns made from the fields, questions asked in the store thread."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from crm_desktop import values
from crm_desktop.listing import Listing
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
    return [column_of(described[name]) for name in shown] + [
        column_of(described[name], shown=False) for name in more if name not in shown
    ]


@dataclass(frozen=True)
class ListingSource:
    """A Listing as the source of a list view."""

    listing: Listing
    columns: Sequence[Column]

    @cached_property
    def _reading(self) -> Listing:
        """The listing with just the columns of the view."""
        return Listing(
            self.listing.model,
            tuple(column.key for column in self.columns),
            self.listing.text,
            self.listing.filters,
            self.listing.sort,
            self.listing.descending,
            self.listing.archived,
        )

    def first(self, n: int) -> Page:
        """The first n rows."""
        ids = self._reading.first(n)
        rows = self._reading.rows(ids)
        there = [i for i in ids if i in rows]
        return Page(there, [rows[i] for i in there], len(ids) if len(ids) < n else None)

    def ids(self) -> array[int]:
        """All ids in order."""
        return self._reading.ids()

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows of these ids."""
        return self._reading.rows(ids)
