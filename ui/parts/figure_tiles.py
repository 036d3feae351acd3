"""The key figures of a month in a row: large numbers, compared with last month and last year."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from crm_desktop import values
from crm_desktop.i18n import _
from crm_desktop.statistics import Figure
from ui.parts.tile import Tile

IN_A_ROW = 4


class FigureTiles(QWidget):
    """A click on a figure shows the records behind it."""

    picked = Signal(str, str, str)
    """Month, key of the figure, its label."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)
        self._tiles: list[Tile] = []

    def show_figures(self, month: str, figures: Sequence[Figure]) -> None:
        """Show the figures of a month."""
        for tile in self._tiles:
            self._grid.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self._tiles = [_tile(month, figure) for figure in figures]
        for number, (tile, figure) in enumerate(zip(self._tiles, figures, strict=True)):
            tile.clicked.connect(lambda f=figure: self.picked.emit(month, f.key, f.label))
            self._grid.addWidget(tile, number // IN_A_ROW, number % IN_A_ROW)


def _tile(month: str, figure: Figure) -> Tile:
    shown = "–" if figure.value is None else values.show_number(figure.value)
    return Tile(shown, f"{figure.label} · {month}", compare(figure))


def compare(figure: Figure) -> str:
    """A figure beside last month's and last year's, in words and signs."""
    parts = []
    for before, text in ((figure.last_month, _("last month {figure}")), (figure.last_year, _("last year {figure}"))):
        if before is None or figure.value is None:
            continue
        sign = "▲" if figure.value > before else "▼" if figure.value < before else "="
        parts.append(f"{sign} " + text.format(figure=values.show_number(before)))
    return "   ".join(parts) or _("nothing to compare with yet")
