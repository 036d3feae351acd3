"""Whom to call: the customer, the contact person, the number in large digits, and what to know before it rings."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crm_desktop import values
from crm_desktop.i18n import _
from crm_desktop.satisfaction.script import LastTime, Script, Voice
from ui import theme
from ui.parts import desk
from ui.parts.badges import BadgeLabel
from ui.parts.list_badges import badge


class VoiceHead(QWidget):
    """Shows one customer after the other."""

    opened = Signal(object)
    """The id of the customer whose file is wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._customer: int | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        top = QHBoxLayout()
        top.setSpacing(10)
        self.name = QLabel()
        self.name.setFont(theme.title_font())
        self.name.setWordWrap(True)
        self.name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        top.addWidget(self.name, 1)
        self.tier = BadgeLabel()
        top.addWidget(self.tier)
        file = QPushButton(theme.icon("external-link"), _("Customer file"))
        file.setAutoDefault(False)
        file.setToolTip(_("Show this customer in the main window"))
        file.clicked.connect(lambda: self.opened.emit(self._customer))
        top.addWidget(file)
        column.addLayout(top)
        line = QHBoxLayout()
        line.setSpacing(10)
        self.person = QComboBox()
        self.person.setAccessibleName(_("Contact person"))
        self.person.setMinimumWidth(180)
        self.person.currentIndexChanged.connect(self._show_number)
        line.addWidget(self.person)
        self.number = QLabel()
        self.number.setFont(theme.title_font(22))
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line.addWidget(self.number)
        self.copy = QToolButton()
        self.copy.setIcon(theme.icon("copy"))
        self.copy.setToolTip(_("Copy the number"))
        self.copy.setAccessibleName(_("Copy the number"))
        self.copy.clicked.connect(self._copy)
        line.addWidget(self.copy)
        self.others = QLabel()
        self.others.setProperty("tone", "muted")
        line.addWidget(self.others, 1)
        column.addLayout(line)
        self.brief = QLabel()
        self.brief.setWordWrap(True)
        self.brief.setProperty("tone", "muted")
        column.addWidget(self.brief)

    def show_script(self, script: Script, about: str) -> None:
        """Show the next customer; `about` is what else to know about it."""
        customer = script.briefing.customer
        self._customer = customer.id
        self.name.setText(str(customer.name))
        self.tier.show_badge(badge("tier", customer.tier))
        self.person.blockSignals(True)
        self.person.clear()
        for voice in script.voices:
            self.person.addItem(voice.name, voice)
        wanted = script.asked.contact
        at = next((n for n, voice in enumerate(script.voices) if voice.contact == wanted and wanted is not None), 0)
        self.person.setCurrentIndex(at)
        self.person.blockSignals(False)
        self._show_number()
        self.brief.setText("\n".join(filter(None, (about, before(script.last)))))

    def contact(self) -> int | None:
        """The contact person who is called."""
        voice: Voice | None = self.person.currentData()
        return voice.contact if voice is not None else None

    def _show_number(self) -> None:
        voice: Voice | None = self.person.currentData()
        phones = voice.phones if voice is not None else []
        self.number.setText(phones[0] if phones else _("no number"))
        theme.set_property(self.number, "tone", "" if phones else "muted")
        self.number.setAccessibleName(_("Phone: {number}").format(number=self.number.text()))
        self.others.setText(_(", ").join(phones[1:]))
        self.copy.setVisible(bool(phones))

    def _copy(self) -> None:
        digits = self.number.text().replace(" ", "")
        QApplication.clipboard().setText(digits)
        if (bar := desk.bar_near(self)) is not None:
            bar.say(_("Copied: {text}").format(text=digits))


def before(last: LastTime | None) -> str:
    """What a customer said in the survey before, in words."""
    if last is None:
        return _("Asked for the first time.")
    parts = [_("Last time, {day}, {survey}").format(day=values.show_date(last.at), survey=last.survey)]
    if last.overall is not None:
        parts.append(_("overall {n} of 5").format(n=last.overall))
    if last.nps is not None:
        parts.append(_("recommends {n} of 10").format(n=last.nps))
    parts += [f"“{said.answer}”" for said in last.remarks]
    return " · ".join(parts)
