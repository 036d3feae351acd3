"""The office's lists: entries in their order, in both languages, with colour and other words; what is used stays."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crm_desktop import list_use
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.models import lists
from crm_desktop.models.lists import Entry
from crm_desktop.models.office import ListEntry
from crm_desktop.store.change import Change
from ui import refresh, tasks, theme
from ui.dialogs.office_entry import EntryForm, swatch
from ui.parts import desk

LISTS: dict[str, str] = {
    "tier": N_("Tiers"),
    "stage": N_("Stages"),
    "source": N_("Sources"),
    "size": N_("Company sizes"),
    "industry": N_("Industries"),
    "customer_kind": N_("Kinds of customer"),
    "relation": N_("Relations"),
    "company_relation": N_("Relations between companies"),
    "channel": N_("Channels"),
    "purpose": N_("Purposes of a contact"),
    "outcome": N_("Outcomes of a contact"),
    "direction": N_("Directions of a contact"),
    "mood": N_("Moods"),
    "complaint_category": N_("Complaint categories"),
    "complaint_cause": N_("Complaint causes"),
    "severity": N_("Severity"),
    "complaint_state": N_("States of a complaint"),
    "complaint_nature": N_("Explicit or implicit complaints"),
    "complaint_form": N_("Forms of complaint"),
    "complainant": N_("Who complains"),
    "addressee": N_("Whom a complaint is addressed to"),
    "founded": N_("Whether a complaint is founded"),
    "solution_type": N_("Kinds of solution"),
    "compensation": N_("Kinds of compensation"),
    "agreement": N_("Whether the customer agrees"),
    "satisfaction": N_("Satisfaction"),
    "improvement": N_("Kinds of improvement"),
    "feedback_kind": N_("Kinds of feedback"),
    "feedback_state": N_("States of feedback"),
    "feedback_thanks": N_("Thanks for feedback"),
    "adoption": N_("Whether a suggestion is adopted"),
    "news_category": N_("Categories of news"),
    "request_type": N_("Types of service request"),
    "request_priority": N_("Priorities of a service request"),
    "request_state": N_("States of a service request"),
    "salutation": N_("Salutations"),
    "gender": N_("Gender"),
    "decision_role": N_("Roles in a decision"),
    "rank": N_("Ranks"),
    "attitude": N_("Attitudes"),
    "consent": N_("Permissions"),
    "need_status": N_("States of a need"),
    "phone_type": N_("Kinds of phone"),
    "address_type": N_("Kinds of address"),
    "payment_terms": N_("Payment terms"),
    "invoice_kind": N_("Invoice types"),
}


class ListsPage(QWidget):
    """Choose a list; its entries on the left, the chosen one beside them."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 16, 4, 8)
        row.setSpacing(16)
        left = QVBoxLayout()
        self.which = QComboBox()
        self.which.setAccessibleName(_("List"))
        self.which.setMaxVisibleItems(20)
        for name, title in LISTS.items():
            self.which.addItem(_(title), name)
        self.which.activated.connect(lambda _n: self.reload(""))
        left.addWidget(self.which)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Entries of the list"))
        self.list.setUniformItemSizes(True)
        self.list.currentItemChanged.connect(lambda now, _before: self._choose(now))
        left.addWidget(self.list, 1)
        left.addLayout(self._buttons())
        row.addLayout(left, 1)
        self.form = EntryForm()
        self.form.save_asked.connect(self.save)
        self.form.delete_asked.connect(self.delete)
        self.form.discard_asked.connect(lambda: self._choose(self.list.currentItem()))
        self.form.edited.connect(self._lock)
        row.addWidget(self.form, 1)
        refresh.signal.changed.connect(self._changed)
        self.reload("")

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.add_button = QPushButton(theme.icon("plus"), _("Add an entry"))
        self.add_button.setAutoDefault(False)
        self.add_button.clicked.connect(self.add)
        row.addWidget(self.add_button)
        row.addStretch()
        self.up = self._arrow("chevron-up", _("Move up"), -1)
        self.down = self._arrow("chevron-down", _("Move down"), 1)
        row.addWidget(self.up)
        row.addWidget(self.down)
        return row

    def _arrow(self, icon: str, text: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setIcon(theme.icon(icon))
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: self.move_entry(step))
        return button

    @property
    def name(self) -> str:
        """The list that is shown."""
        return str(self.which.currentData())

    def entries(self) -> list[Entry]:
        """All its entries, in their order."""
        return lists.entries(self.name, inactive=True)

    def reload(self, code: str | None = None) -> None:
        """Show the list as it is now; `code` is chosen, or what was chosen before."""
        if code is None:
            code = self.form.entry.code if self.form.entry else ""
        self.list.blockSignals(True)
        self.list.clear()
        for entry in self.entries():
            text = entry.label if entry.active else _("{name} (switched off)").format(name=entry.label)
            item = QListWidgetItem(swatch(entry.colour), text)
            item.setSizeHint(QSize(0, 28))
            item.setData(Qt.ItemDataRole.UserRole, entry)
            self.list.addItem(item)
            if entry.code == code:
                self.list.setCurrentItem(item)
        if self.list.currentItem() is None:
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self._choose(self.list.currentItem())

    def add(self) -> None:
        """Start a new entry."""
        self.list.setCurrentRow(-1)
        self._choose(None)
        self.form.first().setFocus()

    def is_dirty(self) -> bool:
        """Whether something was typed and is not saved."""
        return self.form.is_dirty()

    def save(self) -> None:
        """Write the entry; a new one stands at the end."""
        entry, typed, name = self.form.entry, self.form.typed(), self.name
        known = self.entries()
        if any(each.label == self.form.label() and each != entry for each in known):
            self.form.say(_("“{name}” is in the list already.").format(name=self.form.label()))
            return

        def work(c: Change) -> str:
            if entry is not None:
                # by its id: a colleague may have deleted or changed it meanwhile, and the change says so
                c.save(ListEntry(id=entry.id), typed, seen={name: getattr(entry, name) for name in typed})
                return entry.code
            code = new_code(typed["en"], {each.code for each in known})
            last = max((each.sort for each in known), default=0)
            c.save(ListEntry, {**typed, "list": name, "code": code, "sort": last + 10})
            return code

        action = N_("Change list entry") if entry else N_("Add list entry")
        desk.write(self, action, work, self.reload, said=_("Saved: {name}.").format(name=self.form.label()))

    def move_entry(self, step: int) -> None:
        """Let the chosen entry and its neighbour change places."""
        known, place = self.entries(), self.list.currentRow()
        other = place + step
        if self.form.entry is None or not 0 <= other < len(known):
            return
        order = list(known)
        order[place], order[other] = order[other], order[place]
        numbers = sorted(entry.sort for entry in known)
        if len(set(numbers)) < len(numbers):
            numbers = [number * 10 for number in range(len(known))]

        def work(c: Change) -> str:
            for entry, number in zip(order, numbers, strict=True):
                if entry.sort != number:
                    c.save(ListEntry(id=entry.id), {ListEntry.sort: number})
            return order[other].code

        desk.write(self, N_("Change order of a list"), work, self.reload, said=_("The order was changed."))

    def delete(self) -> None:
        """Delete an entry nobody uses; asked again in the store thread, a colleague may have used it meanwhile."""
        entry = self.form.entry
        if entry is None:
            return

        def work(c: Change) -> bool:
            unused = not list_use.uses(entry.list, entry.code)
            if unused:
                c.delete(ListEntry(id=entry.id))
            return unused

        def said(deleted: bool) -> str:
            if deleted:
                return _("“{name}” was deleted.").format(name=entry.label)
            return _("“{name}” is used and stays.").format(name=entry.label)

        desk.write(self, N_("Delete list entry"), work, lambda _gone: self.reload(""), said=said)

    def _lock(self, dirty: bool) -> None:
        """What is being typed is neither lost by choosing something else nor saved unasked."""
        for widget in (self.which, self.list, self.add_button):
            widget.setEnabled(not dirty)
        place = self.list.currentRow()
        chosen = self.form.entry is not None and not dirty
        self.up.setEnabled(chosen and place > 0)
        self.down.setEnabled(chosen and place < self.list.count() - 1)

    def _choose(self, item: QListWidgetItem | None) -> None:
        entry: Entry | None = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        self.form.show_entry(entry)
        if entry is None:
            return

        def count() -> tuple[int, bool]:
            return list_use.uses(entry.list, entry.code), list_use.is_ours(entry.list, entry.code)

        tasks.run(self, count, lambda found: self._say_uses(entry, *found), place="uses", reading=True)

    def _say_uses(self, entry: Entry, uses: int, ours: bool) -> None:
        if entry != self.form.entry or self.form.is_dirty():
            return
        if uses:
            text = ngettext(
                "{n} record uses it. It can be switched off, but not deleted.",
                "{n} records use it. It can be switched off, but not deleted.",
                uses,
            ).format(n=f"{uses:,}")
        else:
            text = _("No record uses it.")
        self.form.say_uses(text, deletable=not uses and not ours)

    def _changed(self, changed: Any) -> None:
        if refresh.concerns(changed, ListEntry.table()) and not self.is_dirty():
            self.reload()


def new_code(english: str, taken: set[str]) -> str:
    """A code for a new entry: from its English name where it has one, and of its own."""
    stem = re.sub(r"[^a-z0-9]+", "_", english.lower()).strip("_")[:30] or "own"
    code, number = stem, 1
    while code in taken:
        number += 1
        code = f"{stem}_{number}"
    return code
