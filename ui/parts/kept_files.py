"""Files beside complaints and news: added and opened without the window waiting for any drive."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from crm_desktop.complaints import evidence
from crm_desktop.i18n import _, ngettext
from ui import tasks
from ui.parts import desk


def add(parent: QWidget, near: QWidget, action: str, owner: int, paths: Sequence[Path], kind: evidence.Kind) -> None:
    """Write files down with a complaint or news; reading them does not wait for the customer file."""

    def write(read: list[dict[str, object]]) -> None:
        if read:
            said = ngettext("{n} file added.", "{n} files added.", len(read)).format(n=len(read))
            desk.write(near, action, lambda c: [evidence.add(c, owner, one, kind) for one in read], said=said)

    tasks.elsewhere(parent, lambda: [evidence.read(path) for path in paths], write)


def where(one: evidence.Evidence) -> str:
    """Where a file lies, in words."""
    return one.place or _("kept in the customer file, {size} KB").format(size=max(1, one.size // 1024))


def open_one(parent: QWidget, one: evidence.Evidence, kind: evidence.Kind) -> None:
    """Open a file with its program; what is kept in the customer file is saved to a place of one's own first."""
    if one.place:
        QDesktopServices.openUrl(QUrl.fromLocalFile(one.place))
        return
    chosen, _kind = QFileDialog.getSaveFileName(parent, _("Save the file"), str(Path.home() / Path(one.name).name))
    if not chosen:
        return

    def write(content: bytes) -> None:
        from crm_desktop.reports.page import replace_file  # lazily: it knows how to replace files safely

        replace_file(Path(chosen), content)

    def show(_nothing: None) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(chosen))

    def save(content: bytes) -> None:
        # in the second thread: the place may lie on a drive that is slow or away
        tasks.elsewhere(parent, lambda: write(content), show)

    tasks.run(parent, lambda: evidence.content(one.id, kind), save, reading=True)
