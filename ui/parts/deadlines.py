"""How a deadline is shown in a list: as people say it, with a sign where its colour means something."""

from __future__ import annotations

from datetime import date, datetime

from crm_desktop import due, values
from ui import theme


def tone(value: str | None) -> theme.Tone | None:
    """The colour of a deadline: red when it has passed, amber on its day."""
    if not value:
        return None
    how = due.tone(value, date.today())
    late = value < datetime.now().isoformat(timespec="seconds")
    return "overdue" if late else "due" if how == "due" else None


def show(value: str | None) -> str:
    """A deadline in words, with its sign."""
    signs = {"overdue": "▲ ", "due": "● "}
    return signs.get(tone(value) or "", "") + values.show_datetime(value, near=True) if value else ""
