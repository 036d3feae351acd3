"""The fields of a contact in the order one tells it: who, how, what was said, what follows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crm_desktop.contacting import Briefing
from crm_desktop.i18n import N_, _
from crm_desktop.models import Interaction, lists
from crm_desktop.models.fields import Link
from crm_desktop.store.change import now
from ui.parts.editors import Editor, editor_for
from ui.parts.editors_choice import LinkEditor
from ui.parts.editors_dates import DateTimeEditor, in_months
from ui.parts.editors_text import LongTextEditor
from ui.parts.notice import Notice
from ui.parts.partner_editor import PartnerEditor
from ui.parts.ticks import Tick

QUICK: tuple[tuple[str, Callable[[date], date]], ...] = (
    (N_("Tomorrow"), lambda today: today + timedelta(days=1)),
    (N_("In 3 days"), lambda today: today + timedelta(days=3)),
    (N_("In a week"), lambda today: today + timedelta(days=7)),
    (N_("In a month"), lambda today: in_months(today, 1)),
)
ORDER = ("customer", "contact", "at", "channel", "direction", "content", "outcome", "mood", "purpose", "next_what",
         "next_at")  # fmt: skip


class ContactFields(QWidget):
    """The editors by field name; `brief` and `warning` stand where what to know about the customer is said."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        fields = Interaction.described()
        contact = fields["contact"]
        assert isinstance(contact, Link)
        self.customer = LinkEditor(fields["customer"], may_create=True)
        self.partner = PartnerEditor(contact)
        self.content = LongTextEditor(fields["content"], least=6)
        own: dict[str, Editor] = {"customer": self.customer, "contact": self.partner, "content": self.content}
        self.editors = {name: own.get(name) or editor_for(fields[name]) for name in ORDER}
        for editor in self.editors.values():
            editor.edited.connect(self.edited)
        self.brief = QLabel()
        self.brief.setWordWrap(True)
        self.brief.setProperty("tone", "muted")
        self.brief.hide()
        self.warning = Notice()
        self.done_box: QCheckBox = Tick()
        self.done_box.hide()
        self._build()
        self.editors["at"].set_value(f"{now()[:16]}:00")
        self.editors["direction"].set_value("out")
        first = next(iter(lists.entries("channel")), None)
        self.editors["channel"].set_value(first.code if first else "")

    def is_dirty(self) -> bool:
        """Whether something was told that is worth keeping."""
        return self.content.is_dirty() or self.editors["next_what"].is_dirty()

    def preset(self, briefing: Briefing, contact: int | None) -> None:
        """Fill in what is usual with this customer, where nothing was typed."""
        self.partner.offer(briefing.partners, contact)
        if briefing.channel and not self.editors["channel"].is_dirty():
            self.editors["channel"].set_value(briefing.channel)

    def values(self, leave_out: frozenset[str] = frozenset()) -> dict[str, Any] | None:
        """What is to be written, or None when something is wrong: it is said there and the cursor goes there."""
        found: dict[str, Any] = {}
        wrong: list[Editor] = []
        for name, editor in self.editors.items():
            if name in leave_out:
                continue
            problem = editor.check()
            if editor.field.required and editor.is_empty():
                problem = _("{label} is needed.").format(label=_(editor.field.label))
                editor.show_problem(problem)
            if problem:
                wrong.append(editor)
            else:
                found[name] = editor.value()
        if wrong:
            wrong[0].setFocus()
            return None
        return found

    def follow_up(self, day: date) -> None:
        """Take a day for the next contact."""
        editor = self.editors["next_at"]
        assert isinstance(editor, DateTimeEditor)
        editor.choose(day)
        if self.editors["next_what"].is_empty():
            self.editors["next_what"].setFocus()

    def raw(self) -> dict[str, Any]:
        """What is written, for a draft."""
        return {name: editor.raw() for name, editor in self.editors.items()}

    def set_raw(self, raw: dict[str, Any]) -> None:
        """Write a draft again."""
        for name, editor in self.editors.items():
            if name in raw:
                editor.set_raw(raw[name])

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._row(("customer", 3), ("contact", 2)))
        column.addWidget(self.brief)
        column.addWidget(self.warning)
        column.addLayout(self._row(("channel", 1), ("direction", 1), ("at", 1)))
        column.addLayout(self._row(("content", 1)))
        column.addLayout(self._row(("outcome", 1), ("mood", 1), ("purpose", 1)))
        column.addLayout(self._row(("next_what", 3), ("next_at", 2)))
        quick = QHBoxLayout()
        quick.setSpacing(0)
        quick.addWidget(self.done_box)
        quick.addStretch()
        for title, day in QUICK:
            button = QPushButton(_(title))
            button.setProperty("link", True)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on, d=day: self.follow_up(d(date.today())))
            quick.addWidget(button)
        column.addLayout(quick)
        column.addStretch()

    def _row(self, *fields: tuple[str, int]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        for column, (name, share) in enumerate(fields):
            editor = self.editors[name]
            text = _(editor.field.label)
            label = QLabel(_("{label} *").format(label=text) if editor.field.required else text)
            label.setProperty("tone", "muted")
            label.setBuddy(editor)
            grid.addWidget(label, 0, column)
            grid.addWidget(editor, 1, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, share)
            grid.setColumnMinimumWidth(column, 120)
        return grid
