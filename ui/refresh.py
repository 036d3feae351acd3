"""One signal for the whole program: these records changed, by us or by a colleague."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Signal

from crm_desktop.store import file
from ui import tasks


class Refresh(QObject):
    """Windows connect to `changed` and decide themselves whether what they show is concerned."""

    changed = Signal(object)
    """A frozenset of (table, id); None when anything may have changed (an import, another file)."""


signal = Refresh()


def tell(records: Iterable[tuple[str, int]] | None = None) -> None:
    """Say that these records changed; without an argument, that anything may have changed. GUI thread only."""
    signal.changed.emit(None if records is None else frozenset(records))


def reread(parent: QObject) -> None:
    """Read and show everything again (F5): another program, such as an import at night, may have written."""
    tasks.run(parent, file.reread, lambda _nothing: tell(), place="reread")


def concerns(changed: "frozenset[tuple[str, int]] | None", *tables: str) -> bool:
    """Whether a change touches one of these tables (None touches everything)."""
    return changed is None or any(table in tables for table, _id in changed)
