"""Where the columns of a list go: guessed by `headings`, corrected by the user."""

from __future__ import annotations

from dataclasses import dataclass, field

from crm_desktop.exchange.rows import is_serial_heading
from crm_desktop.exchange.words import Target
from crm_desktop.models.base import Record
from crm_desktop.models.fields import LongText
from crm_desktop.models.manifold import Choices, People, Rows, Texts


@dataclass
class Column:
    """One column of a list and where it goes; `target` is None for one that is not imported.

    `ways` are answers to what the column leaves open (`doubts.find`), by the question: {"order": "dmy",
    "entry:A类": "gold"}. They are plain texts, to be remembered with the target.
    """

    index: int
    heading: str
    group: str
    unit: str
    target: Target | None = None
    ways: dict[str, str] = field(default_factory=dict)


@dataclass
class Mapping:
    """What a list is about and where its columns go; the user may correct both.

    `year` is the one its days are of that name none (2025年投诉台账), None where it is not known.
    """

    kind: str
    columns: list[Column] = field(default_factory=list)
    year: int | None = None

    def set(self, column: int, target: Target | None) -> None:
        """Let a column go somewhere else (None: nowhere); a field that takes only one column leaves its other."""
        for other in self.columns:
            if target is not None and other.target == target and not takes_many(target):
                other.target = None
        self.columns[column].target = target

    def targets(self) -> list[tuple[Column, Target]]:
        """The columns that are imported."""
        return [(column, column.target) for column in self.columns if column.target is not None]

    def not_imported(self) -> list[str]:
        """The headings nobody knows or the program computes itself."""
        return [
            column.heading
            for column in self.columns
            if column.heading and column.target is None and not is_serial_heading(column.heading)
        ]

    def has(self, model: type[Record], name: str) -> bool:
        return any(target.model is model and target.field == name for _column, target in self.targets())


def typed(target: Target) -> bool:
    """Codes are given by the program, but those of another program are kept; other computed fields are not imported."""
    return not target.described.computed or target.field == "code"


def takes_many(target: Target) -> bool:
    several = isinstance(target.described, LongText | Texts | Choices | Rows | People)
    return several or target.field in ("region", "at", "received_at")
