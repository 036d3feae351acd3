"""What was typed when the program ended without saving: said at the next start, with the way back to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from crm_desktop import log_words, values
from crm_desktop.i18n import _
from crm_desktop.models import Interaction, Record
from crm_desktop.store import history
from crm_desktop.store.record import tables
from ui import tasks
from ui.parts import drafts
from ui.parts.drafts import Left
from ui.parts.notice import Notice
from ui.parts.tab import Show

CONTACT_LOG: Final = "contact-log"
"""What the dialog that writes down a contact calls its draft."""
_NAMED: Final = 3


class LeftDrafts(QFrame):
    """Hidden while there is nothing; one click goes on typing the newest of them."""

    asked = Signal(object)
    """A Show: this record is to be edited, or a new one begun; its draft is taken up there."""
    contact_asked = Signal()
    """A contact is to be written down; its draft is taken up there."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 0)
        self.notice = Notice()
        column.addWidget(self.notice)
        self.hide()

    def look(self) -> None:
        """Look for drafts from before this start; the start does not wait for it."""
        tasks.elsewhere(self, drafts.left, self._name, place="left")

    def _name(self, found: Sequence[Left]) -> None:
        if found:
            tasks.run(self, lambda: named(found), self.tell, place="left", background=True)

    def tell(self, found: Sequence[Left]) -> None:
        """Say what was left, and offer to go on."""
        self.setVisible(bool(found))
        if not found:
            return
        names = _(", ").join(
            _("{name} ({time})").format(name=one.name, time=values.show_when(one.draft.at)) for one in found[:_NAMED]
        )
        self.notice.say(
            _("Typed and not saved when the program ended: {names}.").format(
                names=names + (" …" if len(found) > _NAMED else "")
            ),
            [(_("Continue"), lambda: self._go_on(found)), (_("Later"), self.hide)],
            "accent",
        )

    def _go_on(self, found: Sequence[Left]) -> None:
        """Take up the first, and go on offering the others."""
        first, *rest = found
        drafts.take_up(first.path)
        self.tell(rest)
        if first.table == CONTACT_LOG:
            self.contact_asked.emit()
        else:
            self.asked.emit(Show(first.table, first.record, new=first.record is None))  # type: ignore[arg-type]


def named(found: Sequence[Left]) -> list[Left]:
    """In the store thread: those that were not saved after all, with what their records are called."""
    models = {name: model for name, model in tables().items() if issubclass(model, Record)}
    known = [one for one in found if one.table in models or one.table == CONTACT_LOG]
    waiting = [one for one in known if not (one.draft.saving and history.is_written(one.draft.saving))]
    names = log_words.names((one.table, one.record) for one in waiting if one.record is not None)
    there: list[Left] = []
    for one in waiting:
        table = Interaction.table() if one.table == CONTACT_LOG else one.table
        new = _("New: {kind}").format(kind=log_words.kind(table))
        if one.record is None:
            there.append(replace(one, name=new))
        elif models[one.table].get_row(one.record) is not None:
            there.append(replace(one, name=names[one.table, one.record]))
    return there
