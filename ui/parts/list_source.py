"""What a list asks for: columns, the first page at once, all ids, and the rows of some of them."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from ui.theme import Tone

Row = tuple[Any, ...]
"""The values of one record, one for each column of the source, in their order."""


@dataclass(frozen=True)
class Column:
    """One column of a list: what it is called and how its value is shown."""

    key: str
    title: str
    """A msgid (`N_`); translated where it is shown."""
    width: int = 12
    """In characters, until the user chooses."""
    right: bool = False
    """Numbers stand on the right."""
    show: Callable[[Any], str] = lambda value: "" if value is None else str(value)
    sortable: bool = True
    tone: Callable[[Any], Tone | None] | None = None
    """The colour of a value that means something, such as overdue; the text must say it too."""
    shown: bool = True
    """Whether the column is there before the user chose any."""


@dataclass(frozen=True)
class Page:
    """The first rows of an answer, and how many there are in all where that is already known."""

    ids: Sequence[int]
    rows: Sequence[Row]
    total: int | None = None


class Source(Protocol):
    """One question to the customer file (filters and order included); its functions run in the store thread.

    The windows make a new source for another search or order: a source never changes its question.
    """

    @property
    def columns(self) -> Sequence[Column]:
        """What the rows consist of."""

    def first(self, n: int) -> Page:
        """The first n rows, as quickly as possible: they are painted before anything else is known."""

    def ids(self) -> "array[int]":
        """The ids of all records in order, as `array("q")`."""

    def rows(self, ids: Sequence[int]) -> Mapping[int, Row]:
        """The rows of these ids; those deleted meanwhile are missing."""
