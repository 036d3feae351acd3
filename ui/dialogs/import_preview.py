"""The preview of one list: counts that filter, a search line, the rows, and the whole of what is to know of one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.i18n import _
from ui import tasks, theme
from ui.dialogs.import_judged import LOOK, SIGNS, STATUSES, Judged, Line, counted
from ui.dialogs.import_rows import LinesView
from ui.parts.flow import Flow


class SearchLine(QLineEdit):
    """Enter stays here: in a dialog it would press the main button."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()


class Preview(QWidget):
    """What becomes of every row of a list."""

    def __init__(self) -> None:
        super().__init__()
        self.judged: Judged | None = None
        self.status = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(8)
        bar = QWidget()
        flow = Flow(8)
        bar.setLayout(flow)
        self.chips = {status: self._chip(status) for status in (*STATUSES, LOOK)}
        for chip in self.chips.values():
            flow.addWidget(chip)
        column.addWidget(bar)
        self.line = SearchLine()
        self.line.setPlaceholderText(_("Search in these rows"))
        self.line.setAccessibleName(_("Search in these rows"))
        self.line.setClearButtonEnabled(True)
        self.line.addAction(theme.icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.line.textChanged.connect(lambda _text: self._look())
        column.addWidget(self.line)
        self.view = LinesView(_("What becomes of each row"), self._tell)
        column.addWidget(self.view, 1)
        self.detail = QLabel()
        self.detail.setWordWrap(True)
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail.setFixedHeight(self.fontMetrics().lineSpacing() * 3 + 2)
        column.addWidget(self.detail)

    def _chip(self, status: str) -> QToolButton:
        sign = SIGNS[status]
        chip = QToolButton()
        chip.setIcon(theme.icon(sign.icon, sign.tone))
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setCheckable(True)
        chip.setToolTip(_("Show only these rows"))
        chip.setProperty("button", True)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.clicked.connect(lambda on, status=status: self.filter(status if on else ""))
        return chip

    def show_judged(self, judged: Judged | None) -> None:
        """Show a list as it was judged."""
        other = self.judged is None or judged is None or self.judged.table is not judged.table
        self.judged = judged
        for status, chip in self.chips.items():
            n = judged.counts[status] if judged else 0
            chip.setText(counted(status, n))
            chip.setAccessibleName(counted(status, n))
            chip.setVisible(n > 0)
        if other or (self.status and judged and not judged.counts[self.status]):
            self.filter("")
        else:
            self._look()

    def filter(self, status: str) -> None:
        """Show only the rows of one result; "" shows all."""
        self.status = status
        for each, chip in self.chips.items():
            chip.setChecked(each == status)
        self._look()

    def _look(self) -> None:
        """Pick the lines that are asked for, away from the window where there are many."""
        judged, status, text = self.judged, self.status, self.line.text().strip().casefold()
        if judged is None or not (status or text):
            self._show(judged, judged.lines if judged else ())
            return

        def find() -> list[Line]:
            return [line for line in judged.lines if judged.fits(line, status, text)]

        tasks.elsewhere(self, find, lambda lines: self._show(judged, lines), place="find")

    def _show(self, judged: Judged | None, lines: Sequence[Line]) -> None:
        if judged is self.judged:
            self.view.show_lines(judged, lines)
            self._tell(None)
            if lines:
                self.view.selectRow(0)

    def _tell(self, line: Line | None) -> None:
        """The whole of what is to know of the line the keyboard is at."""
        text = ""
        if line is not None and self.judged is not None:
            told = self.judged.told(line) or _("All its values are taken as they stand.")
            text = _("Row {n}, {result}: {told}").format(n=line.number, result=_(SIGNS[line.status].word), told=told)
        self.detail.setText(text)
        self.detail.setToolTip(text)
