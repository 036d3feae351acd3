"""The name somebody typed for a new file, with the ending that it needs."""

from __future__ import annotations

from pathlib import Path


def ending(chosen: str, suffix: str) -> Path:
    """The path as it was typed, with this ending behind it if it has none or another one.

    "customers 2026.11" becomes "customers 2026.11.xlsx". Who typed no ending was not asked about a file of the whole
    name, so that is left alone: "… 2.xlsx".
    """
    path = Path(chosen)
    if path.suffix.lower() == suffix:
        return path
    whole, number = path.with_name(path.name + suffix), 1
    while whole.exists():
        number += 1
        whole = path.with_name(f"{path.name} {number}{suffix}")
    return whole
