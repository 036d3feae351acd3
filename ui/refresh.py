"""One signal for the whole program: these records changed, by us or by a colleague."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal


class Refresh(QObject):
    """Windows connect to `changed` and decide themselves whether what they show is concerned."""

    changed = Signal(object)
    """A frozenset of (table, id); None when anything may have changed (an import, another file)."""


signal = Refresh()


def tell(records: Iterable[tuple[str, int]] | None = None) -> None:
    """Say that these records changed; without an argument, that anything may have changed. GUI thread only."""
    signal.changed.emit(None if records is None else frozenset(records))


def concerns(changed: "frozenset[tuple[str, int]] | None", *tables: str) -> bool:
    """Whether a change touches one of these tables (None touches everything)."""
    return changed is None or any(table in tables for table, _id in changed)
