"""The list of surveys, each with how many have answered."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crm_desktop.i18n import N_
from crm_desktop.listing import Listing
from crm_desktop.satisfaction import overview
from ui.parts.list_source import Column, Page, Row
from ui.parts.sources import ListingSource

PROGRESS = Column("progress", N_("Answered"), 9, right=True, sortable=False)


@dataclass(frozen=True)
class RunsSource:
    """The surveys of a listing; PROGRESS stands among its columns."""

    listing: Listing
    columns: Sequence[Column]
    seen: frozenset[str] | None = None

    @property
    def _stored(self) -> ListingSource:
        return ListingSource(self.listing, [c for c in self.columns if c.key != PROGRESS.key], self.seen)

    def _with_progress(self, rows: Mapping[int, Row]) -> dict[int, Row]:
        place = [column.key for column in self.columns].index(PROGRESS.key)
        told = overview.progress(list(rows)) if self.seen is None or PROGRESS.key in self.seen else {}
        return {i: (*row[:place], told.get(i, ""), *row[place:]) for i, row in rows.items()}

    def first(self, n: int) -> Page:
        """The first n surveys."""
        page = self._stored.first(n)
        rows = self._with_progress(dict(zip(page.ids, page.rows, strict=True)))
        return Page(page.ids, list(rows.values()), page.total)

    def ids(self) -> array[int]:
        """All of them, in order."""
        return self._stored.ids()

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows of these surveys."""
        return self._with_progress(self._stored.rows(ids))
