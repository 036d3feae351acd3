"""Writing down a contact in seconds: who, how, what was said, what follows (Ctrl+L)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget
from typing_extensions import override

from crm_desktop import contacting, values
from crm_desktop.contacting import Briefing
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.models import Interaction, Record, lists, people
from crm_desktop.models.base import Invalid
from crm_desktop.models.fields import Link
from crm_desktop.store.change import now
from ui import errors, tasks
from ui.parts import desk
from ui.parts.dialog import Dialog
from ui.parts.drafts import Keeper
from ui.parts.editors import Editor, editor_for
from ui.parts.editors_choice import ChoosingLine, LinkEditor
from ui.parts.editors_dates import DateTimeEditor, in_months
from ui.parts.editors_text import LongTextEditor
from ui.parts.notice import Notice
from ui.parts.record_loading import ACTIONS
from ui.parts.suggestions import Option

QUICK: tuple[tuple[str, Callable[[date], date]], ...] = (
    (N_("Tomorrow"), lambda today: today + timedelta(days=1)),
    (N_("In 3 days"), lambda today: today + timedelta(days=3)),
    (N_("In a week"), lambda today: today + timedelta(days=7)),
    (N_("In a month"), lambda today: in_months(today, 1)),
)
ORDER = ("customer", "contact", "at", "channel", "direction", "content", "outcome", "mood", "purpose", "next_what",
         "next_at")  # fmt: skip


class PartnerEditor(Editor):
    """A contact person of the customer, or anybody else by name."""

    def __init__(self, field: Link) -> None:
        super().__init__(field)
        self.partners: list[contacting.Partner] = []
        self._id: int | None = None
        self.line = ChoosingLine(lambda: [Option(None, ""), *(Option(p.id, p.name, p.job) for p in self.partners)])
        self.line.chosen.connect(self._chosen)
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self.check)
        self.place(self.line)

    def offer(self, partners: list[contacting.Partner], chosen: int | None) -> None:
        """The contact persons of the customer now picked."""
        self.partners = partners
        if self._id is None or self._id not in [p.id for p in partners]:
            self.set_value(chosen if chosen is not None else partners[0].id if partners else None)

    @override
    def value(self) -> Any:
        text = self.line.text().strip()
        if not text:
            return None
        found = next((p.id for p in self.partners if p.name == text), None)
        if found is None:
            raise UserError(
                _("“{name}” is no contact person of this customer. Choose one, or leave it empty.").format(name=text)
            )
        return self._id if self._id in [p.id for p in self.partners if p.name == text] else found

    @override
    def set_value(self, value: Any) -> None:
        self._id = value
        self.line.setText(next((p.name for p in self.partners if p.id == value), ""))
        self.begun()

    @override
    def raw(self) -> Any:
        return self.line.text()

    @override
    def set_raw(self, raw: Any) -> None:
        self.line.setText(raw or "")

    def _chosen(self, option: Option) -> None:
        self._id = option.key
        self.line.setText(option.label)
        self.show_problem("")
        self.edited.emit()

    def _typed(self) -> None:
        self.show_problem("")
        self.edited.emit()


class ContactLog(Dialog):
    """Writes down one contact; opened with `open()`."""

    written = Signal(object, object)
    """Saved: the id of the contact record and of its customer."""

    def __init__(self, parent: QWidget | None, customer: int | None = None, contact: int | None = None) -> None:
        super().__init__(parent, _("Write down a contact"), "contact_log", QSize(780, 640))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.briefing: Briefing | None = None
        self._new_name = ""
        self._wanted_contact = contact
        self._saving = False
        self.editors = self._make_editors()
        self.draft = Notice()
        self.warning = Notice()
        self.brief = QLabel()
        self.brief.setWordWrap(True)
        self.brief.setProperty("tone", "muted")
        self.brief.hide()
        self.done_box = QCheckBox()
        self.done_box.hide()
        self._build()
        self.add_button(_("Cancel"), self.reject)
        save = self.add_button(_("Save contact"), self.save, primary=True)
        save.setToolTip(_("Save (Ctrl+S)"))
        self._keeper = Keeper(self, "interaction", None, self._raw)
        self._keeper.offer(self.draft, self._set_raw)
        for editor in self.editors.values():
            editor.edited.connect(self._edited)
        self._preset()
        if customer is not None:
            self.pick(customer)
            self.editors["content"].setFocus()
        else:
            self.editors["customer"].setFocus()

    def pick(self, customer: int, title: str = "") -> None:
        """Choose the customer."""
        picker = self._customer()
        if picker.value() != customer or not picker.picker.text():
            picker.set_value(customer, title)
        self._new_name = ""
        tasks.run(self, lambda: contacting.briefing(customer), self._brief, place="brief", reading=True)

    @override
    def is_dirty(self) -> bool:
        return self.editors["content"].is_dirty() or self.editors["next_what"].is_dirty()

    def save(self) -> None:
        """Write it, with what follows for the customer."""
        if self._saving:
            return
        found = self._values()
        if found is None:
            return
        self._saving = True
        name, done = self._new_name, not self.done_box.isHidden() and self.done_box.isChecked()
        desk.write(
            self.parent() or self,
            ACTIONS["interaction"][0],
            lambda c: contacting.write_down(c, found, name, done),
            self._written,
            said=_said,
            failed=self._refused,
        )

    def _make_editors(self) -> dict[str, Editor]:
        fields = Interaction.described()
        customer, contact = fields["customer"], fields["contact"]
        assert isinstance(contact, Link)
        made = {name: editor_for(fields[name]) for name in ORDER if name not in ("customer", "contact", "content")}
        picker = LinkEditor(customer, may_create=True)
        picker.picker.picked.connect(self._picked)
        picker.new_asked.connect(self._create)
        made |= {"customer": picker, "contact": PartnerEditor(contact)}
        made["content"] = LongTextEditor(fields["content"], least=6)
        return made

    def _customer(self) -> LinkEditor:
        editor = self.editors["customer"]
        assert isinstance(editor, LinkEditor)
        return editor

    def _build(self) -> None:
        """Rows in the order one tells it: who, how, what was said, what follows."""
        self.content.addWidget(self.draft)
        self._row(("customer", 3), ("contact", 2))
        self.content.addWidget(self.brief)
        self.content.addWidget(self.warning)
        self._row(("channel", 1), ("direction", 1), ("at", 1))
        self._row(("content", 1))
        self._row(("outcome", 1), ("mood", 1), ("purpose", 1))
        self._row(("next_what", 3), ("next_at", 2))
        quick = QHBoxLayout()
        quick.setSpacing(0)
        quick.addWidget(self.done_box)
        quick.addStretch()
        for title, day in QUICK:
            button = QPushButton(_(title))
            button.setProperty("link", True)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on, d=day: self._follow_up(d(date.today())))
            quick.addWidget(button)
        self.content.addLayout(quick)
        self.content.addStretch()

    def _row(self, *fields: tuple[str, int]) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        for column, (name, share) in enumerate(fields):
            field = Interaction.described()[name]
            label = QLabel(_("{label} *").format(label=_(field.label)) if field.required else _(field.label))
            label.setProperty("tone", "muted")
            label.setBuddy(self.editors[name])
            grid.addWidget(label, 0, column)
            grid.addWidget(self.editors[name], 1, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, share)
            grid.setColumnMinimumWidth(column, 120)
        self.content.addLayout(grid)

    def _preset(self) -> None:
        self.editors["at"].set_value(f"{now()[:16]}:00")
        self.editors["direction"].set_value("out")
        self.editors["channel"].set_value(lists.entries("channel")[0].code if lists.entries("channel") else "")

    def _picked(self, id: object) -> None:
        if isinstance(id, int):
            self.pick(id, self._customer().picker.text())
        else:
            self._new_name = ""
            self.briefing = None
            self._say_brief()

    def _create(self, name: str) -> None:
        """A customer that is new: only the name, written together with the contact."""
        self._new_name = name
        self._customer().show_problem("")
        self._customer().hint(_("New customer; it is added when you save."))
        self.briefing = None
        self._say_brief()
        self.editors["content"].setFocus()

    def _brief(self, found: Briefing | None) -> None:
        """Show what to know about the customer, and preset what is usual with it."""
        if found is None:
            return
        self._customer().hint("")
        picker = self._customer().picker
        if picker.value() == found.customer.id and not picker.text():
            picker.set_value(found.customer.id, str(found.customer.name))
        self.briefing = found
        partner = self.editors["contact"]
        assert isinstance(partner, PartnerEditor)
        partner.offer(found.partners, self._wanted_contact)
        if found.channel and not self.editors["channel"].is_dirty():
            self.editors["channel"].set_value(found.channel)
        self._say_brief()

    def _say_brief(self) -> None:
        it = self.briefing.customer if self.briefing else None
        self.brief.setText("\n".join(about(it)) if it else "")
        self.brief.setVisible(bool(self.brief.text()))
        planned = it.next_contact_at if it else None
        self.done_box.setVisible(bool(planned))
        if it and planned:
            day = values.show_datetime(planned, near=True).removesuffix(" 00:00")
            self.done_box.setText(_("Planned {day} {what}: done").format(day=day, what=it.next_contact_what).strip())
            self.done_box.setChecked(planned[:10] <= now()[:10])
        self._warn()

    def _warn(self) -> None:
        """Say so when they do not want to be contacted this way."""
        try:
            channel, partner = self.editors["channel"].value(), self.editors["contact"].value()
        except UserError:
            return
        if self.briefing and channel in self.briefing.refused(partner) and self.editors["direction"].raw():
            name = lists.label("channel", channel)
            self.warning.say(_("They do not want to be contacted by {channel}.").format(channel=name), (), "overdue")
        else:
            self.warning.hide()

    def _follow_up(self, day: date) -> None:
        editor = self.editors["next_at"]
        assert isinstance(editor, DateTimeEditor)
        editor.choose(day)
        if self.editors["next_what"].is_empty():
            self.editors["next_what"].setFocus()

    def _values(self) -> dict[str, Any] | None:
        """What is to be written, or None when something is wrong; the cursor goes there."""
        found: dict[str, Any] = {}
        wrong: list[str] = []
        for name in ORDER:
            editor = self.editors[name]
            if name == "customer" and self._new_name:
                continue
            problem = editor.check()
            if editor.field.required and editor.is_empty():
                problem = _("{label} is needed.").format(label=_(editor.field.label))
                editor.show_problem(problem)
            if problem:
                wrong.append(name)
            else:
                found[name] = editor.value()
        if wrong:
            self.editors[wrong[0]].setFocus()
            return None
        return found

    def _edited(self) -> None:
        if self._new_name and self._customer().picker.text().strip() != self._new_name:
            self._new_name = ""
            self._customer().hint("")
        self._warn()
        if self.is_dirty():
            self._keeper.touch()

    def _written(self, record: Record) -> None:
        self._keeper.drop()
        self.written.emit(record.id, record.customer)  # type: ignore[attr-defined]
        self.accept()

    def _refused(self, trouble: Exception) -> None:
        self._saving = False
        if isinstance(trouble, Invalid):
            for name, problem in trouble.problems.items():
                self.editors[name].show_problem(problem)
        elif isinstance(trouble, UserError):
            errors.tell(self, trouble)

    def _raw(self) -> dict[str, Any]:
        return {name: editor.raw() for name, editor in self.editors.items()} | {"new": self._new_name}

    def _set_raw(self, raw: dict[str, Any]) -> None:
        for name, editor in self.editors.items():
            if name in raw:
                editor.set_raw(raw[name])
        self._new_name = raw.get("new", "")
        if (customer := self._customer().picker.value()) is not None:
            self.pick(customer)

    @override
    def reject(self) -> None:
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
    if known:
        lines.append(" · ".join(known))
    return lines


def _said(record: Record) -> str:
    """What the message bar says."""
    next_at = record.next_at  # type: ignore[attr-defined]
    if not next_at:
        return _("Contact saved.")
    day = values.show_datetime(next_at, near=True).removesuffix(" 00:00")
    return _("Saved: next contact {day}.").format(day=day)


__all__ = ["ContactLog", "about"]
