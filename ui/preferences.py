"""What belongs to this computer: language, theme, last file, window sizes, columns; one JSON file."""

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from crm_desktop import paths

T = TypeVar("T")

_loaded: tuple[Path, dict[str, Any]] | None = None


@dataclass(frozen=True)
class Preference(Generic[T]):
    """One remembered value, declared once with its default; what does not fit the default's type counts as unset."""

    key: str
    default: T

    def get(self) -> T:
        """What is remembered, or the default."""
        value = _all().get(self.key, self.default)
        return value if isinstance(value, type(self.default)) else self.default

    def set(self, value: T) -> None:
        """Remember it now; a disk that refuses costs the memory, never the work."""
        if _all().get(self.key) != value:
            _all()[self.key] = value
            _save()

    def of(self, name: str) -> "Preference[T]":
        """The same preference for one of several places, such as `COLUMNS.of("customers")`."""
        return Preference(f"{self.key}/{name}", self.default)


LANGUAGE = Preference("language", "")
THEME = Preference("theme", "system")
LAST_FILE = Preference("last_file", "")
USER = Preference("user", "")
GEOMETRY = Preference[dict[str, Any]]("geometry", {})
"""Per window: x, y, width, height in device independent pixels, and maximized."""
COLUMNS = Preference[dict[str, Any]]("columns", {})
"""Per list: the columns in the order shown, with widths; see `ui.parts.list_header`."""
SORT = Preference[list[Any]]("sort", [])
"""Per list: column key and whether descending."""
SPLITTER = Preference[list[int]]("splitter", [])
FILTERS = Preference[dict[str, Any]]("filters", {})


def _all() -> dict[str, Any]:
    global _loaded
    path = paths.preferences()
    if _loaded is None or _loaded[0] != path:
        _loaded = (path, _read(path))
    return _loaded[1]


def _read(path: Path) -> dict[str, Any]:
    """The file's values; a broken file is set aside as `….broken`, so that nobody is locked out by it."""
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(values, dict):
            raise ValueError("not an object")
        return values
    except FileNotFoundError:
        return {}
    except (ValueError, OSError):
        # where it cannot even be moved, the defaults do all the same
        with suppress(OSError):
            os.replace(path, path.with_suffix(".broken"))
        return {}


def _save() -> None:
    """Write beside, then swap: a power cut leaves the old file or the new one."""
    path = paths.preferences()
    beside = path.with_suffix(".new")
    # a full or read-only disk must not stop anybody's work: sizes are forgotten, nothing else
    with suppress(OSError):
        beside.write_text(json.dumps(_all(), ensure_ascii=False, indent=1), encoding="utf-8")
        os.replace(beside, path)
