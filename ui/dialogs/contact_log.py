"""Writing down a contact in seconds: who, how, what was said, what follows (Ctrl+L)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from crm_desktop import contacting, duplicates, values
from crm_desktop.contacting import Briefing
from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models import Interaction, ServiceRequest, lists, people
from crm_desktop.models.base import Invalid
from crm_desktop.service import converting
from crm_desktop.store.change import Change, now
from ui import errors, tasks
from ui.parts import desk
from ui.parts.contact_fields import ContactFields
from ui.parts.dialog import Dialog
from ui.parts.drafts import Keeper
from ui.parts.notice import Notice
from ui.parts.record_loading import ACTIONS
from ui.parts.tab import Show


class ContactLog(Dialog):
    """Writes down one contact; opened with `open()`."""

    written = Signal(object, object)
    """Saved: the id of the contact record and of its customer."""
    asked = Signal(object)
    """A Show: what was begun with this contact."""

    def __init__(self, parent: QWidget | None, customer: int | None = None, contact: int | None = None) -> None:
        super().__init__(parent, _("Write down a contact"), "contact_log", QSize(780, 660))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.briefing: Briefing | None = None
        self._new_name = ""
        self._planned = ""
        self._known: frozenset[int] = frozenset()
        self._wanted_contact = contact
        self._saving = False
        self.draft = Notice()
        self.content.addWidget(self.draft)
        self.fields = ContactFields()
        self.editors = self.fields.editors
        self.content.addWidget(self.fields, 1)
        self.add_button(_("Cancel"), self.reject)
        self.request_button = self.add_button(_("Save, and begin a service request"), lambda: self.save(True))
        self.request_button.setToolTip(_("The customer asks for something: what was said is taken over"))
        self.add_button(_("Save contact"), self.save, primary=True).setToolTip(_("Save (Ctrl+S)"))
        self._keeper = Keeper(self, "contact-log", None, self._raw)
        self._keeper.offer(self.draft, self._set_raw)
        self.fields.edited.connect(self._edited)
        self.fields.customer.picker.picked.connect(self._picked)
        self.fields.customer.new_asked.connect(self._create)
        if customer is not None:
            self.pick(customer)
        (self.fields.customer if customer is None else self.fields.content).setFocus()

    def pick(self, customer: int, title: str = "") -> None:
        """Choose the customer."""
        editor = self.fields.customer
        if editor.picker.value() != customer or not editor.picker.text():
            editor.set_value(customer, title)
        self._new_name = ""
        tasks.run(self, lambda: contacting.briefing(customer), self._brief, place="brief", reading=True)

    @override
    def is_dirty(self) -> bool:
        return self.fields.is_dirty()

    def save(self, requested: bool = False) -> None:
        """Write it, with what follows for the customer, and a service request of it where something is `requested`."""
        if self._saving:
            return
        found = self.fields.values(frozenset({"customer"}) if self._new_name else frozenset())
        if found is None:
            return
        self._saving = True
        box, name, known = self.fields.done_box, self._new_name, self._known
        done = self._planned if box.isChecked() and not box.isHidden() else ""

        def work(c: Change) -> tuple[Interaction, ServiceRequest | None]:
            told = contacting.write_down(c, found, name, done, known)
            return told, converting.from_interaction(c, told.id) if requested else None

        desk.write(
            self.parent() or self,
            ACTIONS["interaction"][0],
            self._keeper.saving(work),
            self._written,
            said=_said,
            failed=self._refused,
            ended=self._saving_ended,
        )

    def _picked(self, id: object) -> None:
        if isinstance(id, int):
            self.pick(id, self.fields.customer.picker.text())
        else:
            self._new_name = ""
            self.briefing = None
            self._say_brief()

    def _create(self, name: str) -> None:
        """A customer that is new: only the name, written together with the contact."""
        self._new_name = name
        self.fields.customer.show_problem("")
        self.fields.customer.hint(_("New customer; it is added when you save."))
        self.briefing = None
        self._say_brief()
        self.fields.content.setFocus()

    def _brief(self, found: Briefing | None) -> None:
        """Show what to know about the customer, and preset what is usual with it."""
        if found is None:
            return
        picker = self.fields.customer.picker
        self.fields.customer.hint("")
        if picker.value() == found.customer.id and not picker.text():
            picker.set_value(found.customer.id, str(found.customer.name))
        self.briefing = found
        self.fields.preset(found, self._wanted_contact)
        self._say_brief()

    def _say_brief(self) -> None:
        it: Any = self.briefing.customer if self.briefing else None
        brief, box = self.fields.brief, self.fields.done_box
        brief.setText("\n".join(about(it)) if it else "")
        brief.setVisible(bool(brief.text()))
        planned = self._planned = (it.next_contact_at or "") if it else ""
        box.setVisible(bool(planned))
        if planned:
            day = values.show_datetime(planned, near=True).removesuffix(" 00:00")
            what = f"{day} {it.next_contact_what}".strip()
            box.setText(_("Planned for {what}: done with this").format(what=what))
            box.setChecked(planned[:10] <= now()[:10])
        self._warn()

    def _warn(self) -> None:
        """Say so when they do not want to be contacted this way."""
        try:
            channel, partner = self.editors["channel"].value(), self.editors["contact"].value()
        except UserError:
            return
        if self.briefing and channel in self.briefing.refused(partner):
            name = lists.label("channel", channel)
            words = _("They do not want to be contacted this way: {channel}.").format(channel=name)
            self.fields.warning.say(words, (), "overdue")
        else:
            self.fields.warning.hide()

    def _edited(self) -> None:
        if self._new_name and self.fields.customer.picker.text().strip() != self._new_name:
            self._new_name = ""
            self.fields.customer.hint("")
        self._warn()
        if self.is_dirty():
            self._keeper.touch()

    def _written(self, done: tuple[Interaction, ServiceRequest | None]) -> None:
        record, request = done
        self._keeper.drop()
        self.written.emit(record.id, record.customer)
        self.accept()
        if request is not None:
            self.asked.emit(Show("service_request", request.id))

    def _saving_ended(self) -> None:
        self._saving = False  # after a bug, too: the window can be closed, or save again

    def _refused(self, trouble: Exception) -> None:
        if isinstance(trouble, duplicates.Similar):
            self._known |= {it.id for it in trouble.found}  # who saves again wants another one all the same
        if isinstance(trouble, Invalid):
            for name, problem in trouble.problems.items():
                self.editors[name].show_problem(problem)
        elif isinstance(trouble, UserError):
            errors.tell(self, trouble)

    def _raw(self) -> dict[str, Any]:
        return self.fields.raw() | {"new": self._new_name}

    def _set_raw(self, raw: dict[str, Any]) -> None:
        self.fields.set_raw(raw)
        if name := raw.get("new", ""):
            self._create(name)
        elif (customer := self.fields.customer.picker.value()) is not None:
            self.pick(customer)

    @override
    def reject(self) -> None:
        if self._saving:
            return
        if self.is_dirty():
            # closing in haste costs nothing: the draft is offered the next time
            self._keeper.write()
        super(Dialog, self).reject()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_S, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in keys:
            self.save()
        else:
            super().keyPressEvent(event)


def about(customer: Any) -> list[str]:
    """What to know about a customer before talking to it: the last contact, the preferred channel, the pinned note."""
    lines = []
    if customer.last_contact_at:
        lines.append(
            _("Last: {who} · {when} · {channel} — {text}").format(
                who=people.name(customer.last_contact_by) or "?",
                when=values.show_date(customer.last_contact_at, near=True),
                channel=lists.label("channel", customer.last_contact_channel),
                text=customer.last_contact_text,
            )
        )
    known = []
    if customer.channel:
        known.append(_("prefers {channel}").format(channel=lists.label("channel", customer.channel)))
    if customer.good_time:
        known.append(_("convenient: {time}").format(time=customer.good_time))
    if customer.taboos:
        known.append(_("taboos: {taboos}").format(taboos=customer.taboos))
    if customer.pinned:
        known.append(_("note: {note}").format(note=customer.pinned))
    return [*lines, " · ".join(known)] if known else lines


def _said(done: tuple[Interaction, ServiceRequest | None]) -> str:
    """What the message bar says."""
    record, request = done
    if request is not None:
        return _("Contact saved, service request {code} begun.").format(code=request.code)
    if not record.next_at:
        return _("Contact saved.")
    day = values.show_datetime(record.next_at, near=True).removesuffix(" 00:00")
    return _("Saved: next contact {day}.").format(day=day)
