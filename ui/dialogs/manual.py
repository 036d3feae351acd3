"""The manual in the program: its chapters left, what they say right."""

from __future__ import annotations

import re
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QSplitter, QTextBrowser, QWidget

from crm_desktop import paths
from crm_desktop.i18n import _, language
from ui import tasks, theme
from ui.parts.dialog import Dialog

SHARING = 17
"""The chapter on several computers and one file."""


class Chapter(NamedTuple):
    """One chapter as it is written."""

    number: int
    title: str
    text: str


def chapters(manual: str) -> list[Chapter]:
    """The chapters of the manual, in Markdown; links to other files mean nothing here and are left as words."""
    plain = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", manual)
    found = re.split(r"(?m)^## (\d+)\. (.+)$", plain)
    return [
        Chapter(int(n), title, text.strip())
        for n, title, text in zip(found[1::3], found[2::3], found[3::3], strict=True)
    ]


class Manual(Dialog):
    """Opens at a chapter."""

    def __init__(self, parent: QWidget, chapter: int = 1) -> None:
        super().__init__(parent, _("Manual"), "manual", QSize(960, 640))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._chapters: list[Chapter] = []
        self._first = chapter
        self.list = QListWidget()
        self.list.setAccessibleName(_("Chapters"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(_("Manual"))
        self.text.document().setDocumentMargin(16)
        splitter = QSplitter()
        splitter.addWidget(self.list)
        splitter.addWidget(self.text)
        splitter.setSizes([260, 700])
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        self.content.addWidget(splitter, 1)
        self.list.currentRowChanged.connect(self._show)
        self.add_button(_("Close"), self.reject, primary=True)
        path = paths.manual(language())
        tasks.elsewhere(self, lambda: chapters(path.read_text(encoding="utf-8")), self.fill, place="manual")

    def fill(self, found: list[Chapter]) -> None:
        """Show the chapters, and the one that was asked for."""
        self._chapters = found
        for chapter in found:
            self.list.addItem(f"{chapter.number}  {chapter.title}")
            self.list.item(self.list.count() - 1).setSizeHint(QSize(0, 30))
        self.list.setCurrentRow(next((row for row, one in enumerate(found) if one.number == self._first), 0))

    def _show(self, row: int) -> None:
        if 0 <= row < len(self._chapters):
            chapter = self._chapters[row]
            self.text.document().setDefaultStyleSheet(f"a {{ color: {theme.tone('accent').name()}; }}")
            self.text.setMarkdown(f"# {chapter.title}\n\n{chapter.text}")
