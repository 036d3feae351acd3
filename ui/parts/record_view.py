"""A record as text: label above value, in its groups, empty fields put away; what is copied often copies on a click."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop import values
from crm_desktop.i18n import _
from crm_desktop.models import Record
from crm_desktop.models.fields import CreditCode, DateTime, Email, Field, Link, Name
from crm_desktop.models.manifold import PhoneNumber, Phones, Rows
from ui import theme
from ui.parts import desk
from ui.parts.field_grid import FieldGrid

COPIED = (Phones, PhoneNumber, Email, CreditCode)
COPIED_NAMES = frozenset({"name", "wechat", "wecom", "qq", "code", "bill_name", "bill_tax_no", "bill_account"})
WRAP = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)


def copied_text(field: Field[Any], value: Any) -> str:
    """A value as it is wanted elsewhere: phones in digits, codes without spaces."""
    if isinstance(field, Phones):
        return " ".join(str(row.get("number", "")) for row in value or ())
    if isinstance(field, PhoneNumber):
        return str(value or "")
    shown = field.show(value)
    return shown if isinstance(field, Name) or field.bulk else shown.replace(" ", "") if copies(field) else shown


def copies(field: Field[Any]) -> bool:
    """Whether a click copies the field."""
    return isinstance(field, COPIED) or field.name in COPIED_NAMES


class Cell(QWidget):
    """One field of the record: painted, so that a hundred of them are shown at once."""

    edit_asked = Signal(str)
    clicked = Signal(str)

    def __init__(self, field: Field[Any]) -> None:
        super().__init__()
        self.field = field
        self.text = ""
        self.value: Any = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        self._link = isinstance(field, Link)
        self._copies = copies(field)
        if self._link or self._copies:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def wide(self) -> bool:
        """Whether it wants a whole line."""
        return self.field.bulk or (isinstance(self.field, Rows) and not isinstance(self.field, Phones))

    def show_value(self, value: Any, text: str) -> None:
        """Show another record's value."""
        if text != self.text:
            self.text = text
            self.updateGeometry()
            self.update()
        self.value = value
        self.setAccessibleName(f"{_(self.field.label)}: {text}")
        self.setToolTip(self._tip())

    def _tip(self) -> str:
        if self._copies:
            return _("Click to copy, double-click to edit")
        if self._link:
            return _("Click to open, double-click to edit")
        if isinstance(self.field, DateTime) and self.value:
            return self.field.show(self.value)
        return _("Double-click to edit") if not self.field.computed else _(self.field.help)

    @override
    def sizeHint(self) -> QSize:
        return QSize(160, self.heightForWidth(240))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(80, 2 * self.fontMetrics().height() + 8)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        metrics = self.fontMetrics()
        box = metrics.boundingRect(QRect(0, 0, max(width - 22, 40), 100000), WRAP, self.text or "—")
        return metrics.height() + 4 + max(box.height(), metrics.height()) + 4

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hovered = self.underMouse()
        if hovered or self.hasFocus():
            painter.setPen(theme.tone("accent") if self.hasFocus() else theme.tone("hover"))
            painter.setBrush(theme.tone("hover"))
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 4, 4)
        height = self.fontMetrics().height()
        painter.setPen(theme.tone("muted"))
        label = self.fontMetrics().elidedText(_(self.field.label), Qt.TextElideMode.ElideRight, self.width() - 8)
        painter.drawText(QRect(4, 2, self.width() - 8, height), WRAP, label)
        inside = QRect(4, height + 4, self.width() - 26, self.height() - height - 4)
        painter.setPen(theme.tone("muted" if not self.text else "accent" if self._link else "text"))
        painter.drawText(inside, WRAP, self.text or "—")
        if hovered and self.text and (self._copies or self._link):
            picture = theme.pixmap("copy" if self._copies else "external-link", 14, "muted", self.devicePixelRatioF())
            painter.drawPixmap(self.width() - 18, height + 5, picture)

    def copy(self) -> None:
        """Put the value onto the clipboard and say so."""
        text = copied_text(self.field, self.value) if self._copies else self.text
        if not text:
            return
        QApplication.clipboard().setText(text)
        if (bar := desk.bar_near(self)) is not None:
            bar.say(_("Copied: {text}").format(text=text))

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._act()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.edit_asked.emit(self.field.name)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._act(keyboard=True)
        elif event.key() == Qt.Key.Key_C and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.copy()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: Any) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, icon, do in (
            (_("Copy"), "copy", self.copy),
            (_("Edit"), "edit", lambda: self.edit_asked.emit(self.field.name)),
        ):
            action = QAction(theme.icon(icon), words, menu)
            action.triggered.connect(do)
            menu.addAction(action)
        menu.popup(event.globalPos())

    def _act(self, keyboard: bool = False) -> None:
        if self._link and self.value is not None:
            self.clicked.emit(self.field.name)
        elif self._copies and self.text:
            self.copy()
        elif keyboard:
            self.edit_asked.emit(self.field.name)


class RecordView(QWidget):
    """All groups of a model's form as text; shows one record after the other with the same cells."""

    edit_asked = Signal(str)
    """Somebody wants to type this field."""
    opened = Signal(str, object)
    """A link to (table, id) was clicked."""

    def __init__(self, model: type[Record], leave_out: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.model = model
        self.cells: dict[str, Cell] = {}
        self._groups: list[tuple[QLabel, FieldGrid, list[Cell]]] = []
        self._record: Record | None = None
        self._leave_out = leave_out
        self._described: dict[str, Field[Any]] = {}
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._build()
        self.more = QPushButton()
        self.more.setProperty("link", True)
        self.more.setCheckable(True)
        self.more.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.more.toggled.connect(self._choose)
        column.addSpacing(4)
        column.addWidget(self.more)
        column.addStretch()

    def _build(self) -> None:
        """A cell for every field there is now: the office may add fields of its own at any time."""
        for label, grid, _cells in self._groups:
            label.deleteLater()
            grid.deleteLater()
        self._groups, self.cells = [], {}
        self._described = described = self.model.described()
        groups = [(title, [n for n in names if n not in self._leave_out]) for title, names in self.model.groups()]
        shown = {*self._leave_out, *(n for _title, names in groups for n in names)}
        rest = [n for n, f in described.items() if f.computed and f.label and n not in shown]
        place = 0
        for title, names in [*groups, (_("Kept by the program"), rest)]:
            label = QLabel(_(title))
            label.setFont(theme.title_font(self.font().pointSizeF() + 0.5))
            label.setContentsMargins(4, 8, 0, 0)
            grid = FieldGrid(most=3, gap=4)
            cells = [self._cell(described[name], grid) for name in names]
            self._column.insertWidget(place, label)
            self._column.insertWidget(place + 1, grid)
            place += 2
            self._groups.append((label, grid, cells))

    def show_record(self, record: Record, titles: Mapping[int, str]) -> None:
        """Show a record; `titles` are what the records it points to are called."""
        self._record = record
        if self._described is not self.model.described():
            self._build()
        for name, cell in self.cells.items():
            value = getattr(record, name)
            cell.show_value(value, _shown(cell.field, value, titles))
        self._choose()

    def _cell(self, field: Field[Any], grid: FieldGrid) -> Cell:
        cell = Cell(field)
        self.cells[field.name] = cell
        if not field.computed:
            cell.edit_asked.connect(self.edit_asked)
        cell.clicked.connect(self._open)
        grid.add(cell, cell.wide)
        return cell

    def _open(self, name: str) -> None:
        field = self.cells[name].field
        assert isinstance(field, Link)
        self.opened.emit(field.target, self.cells[name].value)

    def _choose(self) -> None:
        """Show the filled fields, or all of them."""
        everything = self.more.isChecked()
        hidden = 0
        self.setUpdatesEnabled(False)
        for number, (label, grid, cells) in enumerate(self._groups):
            ours = number == len(self._groups) - 1
            for cell in cells:
                there = everything or (bool(cell.text) and not ours)
                cell.setVisible(there)
                hidden += not there
            any_there = any(cell.text and not ours for cell in cells) or everything
            label.setVisible(any_there)
            grid.setVisible(any_there)
            grid.arrange()
        self.setUpdatesEnabled(True)
        self.more.setText(_("Only what is filled") if everything else _("All fields ({n} more)").format(n=hidden))
        self.more.setVisible(everything or hidden > 0)


def _shown(field: Field[Any], value: Any, titles: Mapping[int, str]) -> str:
    """A value as the reading view shows it."""
    if isinstance(field, Link):
        return titles.get(value, _("(deleted)")) if value is not None else ""
    if value == 0 and field.default == 0:
        return ""
    if isinstance(field, DateTime) and value:
        return values.show_datetime(value, near=True).removesuffix(" 00:00")
    if isinstance(field, Phones):
        return "\n".join(_phone(field, row) for row in value or ())
    if isinstance(field, Rows):
        return "\n".join(field.show_row(row) for row in value or ())
    return field.show(value)


def _phone(field: Phones, row: dict[str, Any]) -> str:
    """A phone with what is known about it: 138 0000 1234 · 手机 · 张经理."""
    number, kind, note = (field.columns[name].show(row.get(name)) for name in ("number", "type", "note"))
    return " · ".join(part for part in (number, kind, note) if part)


__all__ = ["Cell", "RecordView", "copied_text", "copies"]
