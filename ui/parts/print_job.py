"""Paper, page by page, while the window stays alive."""

from __future__ import annotations

from functools import partial
from typing import Final

import shiboken6
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from crm_desktop.i18n import _, ngettext
from crm_desktop.store import traces
from ui import tasks
from ui.parts import desk
from ui.parts.message_bar import MessageBar
from ui.parts.pdf_view import render

DPI: Final = 300


class PrintJob:
    """Prints page by page: each is drawn off the GUI thread, and the window stays alive in between.

    What was begun is finished although its dialog is closed.
    """

    def __init__(self, bar: MessageBar, name: str, printer: QPrinter, pdf: bytes, pages: list[int]) -> None:
        self._program = QApplication.instance() or bar
        self._bar, self._printer, self._pdf, self._pages = bar, printer, pdf, pages
        self._what = name.removesuffix(".pdf")
        self._painter = QPainter(printer)
        self._progress = tasks.Progress(self._program)
        self._done, self._count = 0, len(pages)
        self._bar.follow(self._progress, _("Printing"))

    def next(self) -> None:
        """Draw the next page, or say that all are on their way."""
        if not self._pages or self._progress.was_cancelled:
            self._end()
            return
        number = self._pages.pop(0)
        tasks.elsewhere(self._program, partial(render, self._pdf, number, DPI / 96), self._put)

    def _put(self, picture: QImage) -> None:
        if self._done:
            self._printer.newPage()
        self._painter.drawImage(QRectF(self._printer.pageLayout().fullRectPixels(DPI)), picture)
        self._done += 1
        self._progress.moved.emit(self._done, self._count, _("Printing"))
        self.next()

    def _end(self) -> None:
        if self._progress.was_cancelled:
            self._printer.abort()
        self._painter.end()
        self._progress.ended.emit()
        self._progress.deleteLater()
        if self._done:
            desk.trace(
                traces.PRINTED, f"{self._what} · {ngettext('{n} page', '{n} pages', self._done).format(n=self._done)}"
            )
        if not self._progress.was_cancelled and shiboken6.isValid(self._bar):
            name = self._printer.printerName() or _("file")
            self._bar.say(_("Sent to the printer: {name}").format(name=name))
