"""Papers that parts of a window ask for without knowing the dialogs: the main window says how they are shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

Show = Callable[[QWidget, str, int, str], object]
"""Parent, which paper, which record, and what else it says (a letter's text)."""

_show: Show | None = None


def shown_by(show: Show | None) -> None:
    """From now on papers are shown so."""
    global _show
    _show = show


def can_show() -> bool:
    """Whether anybody shows papers."""
    return _show is not None


def show(parent: QWidget, paper: str, record: int, text: str = "") -> None:
    """Show a paper about a record, to look at, print or save."""
    if _show is not None:
        _show(parent, paper, record, text)
