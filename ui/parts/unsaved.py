"""What is being typed when a window goes: kept as drafts, asked about, taken up again in the window that follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import shiboken6
from PySide6.QtWidgets import QApplication, QWidget

from crm_desktop.models import Record
from ui import tasks
from ui.parts.record_panel import RecordPanel
from ui.parts.record_window import RecordWindow, open_record
from ui.parts.tab import Tab

ASKED = "asked_about"

State = Mapping[str, Any]
"""What a window or tab shows; lives in memory only."""


def panels(window: QWidget) -> list[RecordPanel]:
    """Where something typed is not saved, in the window itself and in the records' own windows."""
    return [panel for panel in window.findChildren(RecordPanel) if panel.is_dirty()]


def keep(window: QWidget) -> None:
    """Keep all that is typed as drafts, now."""
    for panel in panels(window):
        if panel.typing is not None:
            panel.typing.keeper.write()


def asks(window: QWidget, tabs: Iterable[Tab], then: Callable[[], object]) -> bool:
    """Before a window closes: keep drafts, then ask in place about the first of what is typed, and go on with `then`.

    False when nothing needs asking. Who closes a second time without an answer is content with the draft, and so is
    whoever shuts the computer down.
    """
    keep(window)
    app = QApplication.instance()
    if isinstance(app, QApplication) and app.isSavingSession():
        return False
    for panel in panels(window):
        if panel.property(ASKED) and panel.notice.isVisible():
            continue
        panel.setProperty(ASKED, True)
        for tab in tabs:
            if tab.isAncestorOf(panel):
                tab.asked_for.emit()
                tab.show_typing()
        panel.window().raise_()
        panel.window().activateWindow()
        panel.leave(then)
        return True
    return False


def typed(panel: RecordPanel) -> dict[str, Any] | None:
    """What is typed in a panel; None while it is only read."""
    return panel.form.raw() if panel.form is not None else None


def resume(panel: RecordPanel, id: int | None, raw: dict[str, Any], begin: Callable[[], object]) -> None:
    """Go on typing: `begin` shows the record (None: starts a new one), then the form takes up what was typed."""

    def go_on(record: Record | None) -> None:
        if id is not None and (record is None or record.id != id or panel.typing is not None):
            return
        if id is not None:
            panel.shown.disconnect(go_on)
            panel.edit()
        typing = panel.typing
        if typing is None:
            return
        typing.form.set_raw(raw)
        typing.keeper.write()
        # this is the draft: it need not be offered, and a newer question makes that one void
        tasks.elsewhere(typing.keeper, lambda: None, place="offer")

    if id is not None:
        panel.shown.connect(go_on)
    begin()
    if id is None:
        go_on(None)


def open_windows(window: QWidget) -> list[tuple[str, int, dict[str, Any] | None]]:
    """The records that have windows of their own: table, id, what is typed there."""
    return [
        (own.panel.model.table(), own.panel.wanted, typed(own.panel))
        for own in window.findChildren(RecordWindow)
        if shiboken6.isValid(own) and own.isVisible() and own.panel.wanted is not None
    ]


def close_windows(window: QWidget) -> None:
    """Close the records' own windows; what is typed there must have been kept before."""
    for own in window.findChildren(RecordWindow):
        if own.panel.typing is not None:
            own.panel.typing.put_aside()
        own.close()


def reopen(parent: QWidget, table: str, id: int, raw: dict[str, Any] | None) -> None:
    """Open a record's own window again, as it was."""
    panel = open_record(parent, table, id).panel
    if raw is not None:
        resume(panel, id, raw, lambda: None)
