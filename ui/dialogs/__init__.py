"""The dialogs; each is loaded when it is first opened: together they would cost a fifth of the start."""

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.dialogs import (
        about,
        backups,
        cleaning,
        colleagues,
        competence,
        contact_log,
        damaged,
        duplicates,
        evaluation,
        exchange,
        handover,
        health,
        import_files,
        jump,
        manual,
        news,
        office,
        operations,
        own_fields,
        printing,
        recycle_bin,
        server,
        service_notes,
        welcome,
    )

__all__ = [
    "about",
    "backups",
    "cleaning",
    "colleagues",
    "competence",
    "contact_log",
    "damaged",
    "duplicates",
    "evaluation",
    "exchange",
    "handover",
    "health",
    "import_files",
    "jump",
    "manual",
    "news",
    "office",
    "operations",
    "own_fields",
    "printing",
    "recycle_bin",
    "server",
    "service_notes",
    "welcome",
]


def __getattr__(name: str) -> ModuleType:
    """`dialogs.jump` loads ui/dialogs/jump.py."""
    if name.startswith("_") or find_spec(f"{__name__}.{name}") is None:
        raise AttributeError(name)
    return import_module(f"{__name__}.{name}")
