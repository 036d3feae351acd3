"""How large a list may be that is brought in: set by the office, kept in memory for threads that do not ask the file."""

from __future__ import annotations

import json
from typing import Final

from crm_desktop.store import file

ROWS, COLUMNS, MEGABYTES, CELLS = "import_rows", "import_columns", "import_mb", "import_cells"
LIMITS: Final[dict[str, int]] = {ROWS: 300_000, COLUMNS: 500, MEGABYTES: 300, CELLS: 12_000_000}
"""The standard: a list of 100,000 rows and 100 columns passes; it takes 0.8 GB of memory while it is read."""
_now = dict(LIMITS)


def most(what: str) -> int:
    """The limit that holds now (ROWS and COLUMNS of a list, MEGABYTES of a file, CELLS of a sheet)."""
    return _now[what]


def reload() -> None:
    """Read the limits of the open file into memory; other threads see either the old or the new ones."""
    global _now
    marks = ",".join("?" * len(LIMITS))
    stored = dict(file.ask(f"SELECT name, value FROM setting WHERE name IN ({marks})", list(LIMITS)))
    _now = {name: int(json.loads(stored[name])) if name in stored else usual for name, usual in LIMITS.items()}


file.opened.append(reload)
