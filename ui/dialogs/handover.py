"""One colleague's customers, open complaints and next steps to another: chosen, counted, handed over in one go."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QWidget

from crm_desktop import handover
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.models import people
from ui import errors, tasks
from ui.parts import desk, safekeeping
from ui.parts.dialog import Dialog
from ui.parts.ticks import Tick


class HandOver(Dialog):
    """Who gives, who takes, and what."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, _("Hand over"), "handover", QSize(520, 360))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._near = parent
        form = QFormLayout()
        form.setSpacing(8)
        self.giver = self._people(_("Who hands over"), inactive=True)
        self.taker = self._people(_("Who takes over"), inactive=False)
        form.addRow(_("Who hands over"), self.giver)
        form.addRow(_("Who takes over"), self.taker)
        self.content.addLayout(form)
        self.ticks: dict[str, Tick] = {}
        for part, title in handover.PARTS.items():
            tick = self.ticks[part] = Tick(_(title))
            tick.setChecked(True)
            tick.toggled.connect(lambda _on: self._offer())
            self.content.addWidget(tick)
        self.said = QLabel(_("Dates, stages and what was said stay as they are; so does who said it."))
        self.said.setWordWrap(True)
        self.said.setProperty("tone", "muted")
        self.content.addWidget(self.said)
        self.content.addStretch(1)
        self.add_button(_("Cancel"), self.reject)
        self.button = self.add_button(_("Hand over"), self.hand_over, primary=True)
        self._items: handover.Items | None = None
        self.giver.currentIndexChanged.connect(lambda _index: self._count())
        self.taker.currentIndexChanged.connect(lambda _index: self._offer())
        user = desk.user()
        if user is not None:
            self.giver.setCurrentIndex(max(0, self.giver.findData(user.id)))
        self._count()

    def _people(self, name: str, *, inactive: bool) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.addItem(_("Choose a colleague"), None)
        for person in people.everybody(inactive=inactive):
            box.addItem(person.name, person.id)
        return box

    def _count(self) -> None:
        """See how much the giver has in hand."""
        giver = self.giver.currentData()
        self._items = None
        self._offer()
        if giver is not None:
            tasks.run(self, lambda: handover.items(giver), self._counted, place="items", reading=True)

    def _counted(self, items: handover.Items) -> None:
        self._items = items
        self._offer()

    def _offer(self) -> None:
        for part, title in handover.PARTS.items():
            number = getattr(self._items, part) if self._items is not None else 0
            self.ticks[part].setText(f"{_(title)} ({number:,})" if self._items is not None else _(title))
        giver, taker = self.giver.currentData(), self.taker.currentData()
        number = sum(getattr(self._items, part) for part in self._parts()) if self._items is not None else 0
        self.button.setEnabled(None not in (giver, taker) and giver != taker and number > 0)

    def _parts(self) -> list[str]:
        return [part for part, tick in self.ticks.items() if tick.isChecked()]

    def hand_over(self) -> None:
        """Hand over what is ticked, as one action."""
        giver, taker, parts = self.giver.currentData(), self.taker.currentData(), self._parts()
        name = self.taker.currentText()
        self.button.setEnabled(False)

        def failed(trouble: Exception) -> None:
            if not shiboken6.isValid(self) and isinstance(trouble, UserError):  # closed while it was written
                errors.tell(self._near, trouble)
                return
            self.message_bar.error(str(trouble))

        safekeeping.write(
            self._near,
            "bulk",
            N_("Hand over"),
            lambda c: handover.hand_over(c, giver, taker, parts),
            lambda _items: self.accept() if shiboken6.isValid(self) else None,
            said=lambda items: _("Handed over to {name}: {what}.").format(name=name, what=_told(items)),
            failed=failed,
            ended=lambda: self._offer() if shiboken6.isValid(self) else None,
            follow=self.message_bar,
        )


def _told(items: handover.Items) -> str:
    """What changed hands, in words: Customers (82), Open complaints (7)."""
    numbers = ((title, getattr(items, part)) for part, title in handover.PARTS.items())
    return _(", ").join(f"{_(title)} ({number:,})" for title, number in numbers if number) or _("nothing")
