"""Above a complaint: its course as a bar, how much time is left, and the obvious next step as the button."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.complaints import due, moves, reading
from crm_desktop.complaints.reading import Case
from crm_desktop.courses import Move
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.models import lists
from ui import tasks, theme
from ui.parts import complaint_move, list_badges, papers
from ui.parts.badges import DUE, OVERDUE, Badge, BadgeLabel
from ui.parts.flow import Flow
from ui.parts.record_heads import Head
from ui.parts.step_bar import Step, StepBar

SHORT = {
    "new": N_("Registered"),
    "accepted": N_("Accepted"),
    "investigating": N_("Inquiry"),
    "approval": N_("Approval"),
    "handling": N_("Action taken"),
    "solved": N_("Call-back"),
    "closed": N_("Closing"),
}
"""What the steps of an ordinary course are called on the bar."""
SIGNS = {"overdue": OVERDUE, "due": DUE, "soon": ("○", "muted")}
EVERY_SECONDS = 60
"""How often the countdown is told anew."""


class ComplaintHead(Head):
    """Bar, countdown, next step, and what else can be done."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.case: Case | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 2, 16, 8)
        column.setSpacing(8)
        self.bar = StepBar()
        column.addWidget(self.bar)
        line = QWidget()
        self._line = Flow(8)
        line.setLayout(self._line)
        self.state = BadgeLabel()
        self.countdown = BadgeLabel()
        for badge in (self.state, self.countdown):
            self._line.addWidget(badge)
        column.addWidget(line)
        buttons = QWidget()
        row = Flow(8)
        buttons.setLayout(row)
        self.next = QPushButton()
        self.next.setProperty("primary", True)
        self.next.clicked.connect(lambda: self._take(self._moves[0]) if self._moves else None)
        row.addWidget(self.next)
        self.others = QPushButton(_("Other steps"))
        self.others.setMenu(QMenu(self.others))
        row.addWidget(self.others)
        self.write = QPushButton(theme.icon("mail"), _("Write to the customer"))
        self.write.clicked.connect(self._write)
        row.addWidget(self.write)
        self.print = QPushButton(theme.icon("printer"), _("Print"))
        self.print.setToolTip(_("The complaint form with the whole course and places to sign"))
        self.print.clicked.connect(self._print)
        row.addWidget(self.print)
        self.more = QPushButton(theme.icon("paperclip"), "")
        self.more.clicked.connect(self._show_case)
        row.addWidget(self.more)
        column.addWidget(buttons)
        self.reopened = QLabel()
        self.reopened.setProperty("tone", "overdue")
        self._line.addWidget(self.reopened)
        self._moves: list[Move] = []
        clock = QTimer(self, interval=EVERY_SECONDS * 1000)
        clock.timeout.connect(self._count_down)
        clock.start()
        self.hide()

    @override
    def show_record(self, record: Any) -> None:
        if record is None:
            self.case = None
            self.hide()
            return
        if self.case is not None and self.case.record.id != record.id:
            self.case = None
            self.hide()
        tasks.run(self, lambda: reading.case(record.id), self._show, place="case", reading=True)

    def _show(self, case: Case | None) -> None:
        self.case = case
        self.setVisible(case is not None)
        if case is None:
            return
        record = case.record
        self.bar.show_steps(steps(case))
        self.state.show_badge(list_badges.badge("complaint_state", record.state))
        self._count_down()
        again = record.reopened or 0
        self.reopened.setText(ngettext("opened again {n} time", "opened again {n} times", again).format(n=again))
        self.reopened.setVisible(again > 0)
        self._moves = moves.allowed(record.state)
        first = self._moves[0]
        self.next.setText(_(first.title))
        self.next.setIcon(theme.icon(first.icon, "on_accent"))
        theme.set_property(self.next, "primary", first.key != "reopen")
        if first.key == "reopen":
            self.next.setIcon(theme.icon(first.icon))
        menu = self.others.menu()
        menu.clear()
        for each in self._moves[1:]:
            menu.addAction(theme.icon(each.icon), _(each.title), partial(self._take, each))
        self.others.setVisible(len(self._moves) > 1)
        self.print.setVisible(papers.can_show())
        number = len(case.files)
        self.more.setText(_("Course and evidence") + (f" ({number})" if number else ""))

    def _count_down(self) -> None:
        if self.case is None:
            return
        record = self.case.record
        now = due.countdown(record.due_what, record.due_at, datetime.now())
        shape, colour = SIGNS[now.tone]
        self.countdown.show_badge(Badge(shape, now.text, colour) if now.text else None)
        tips = [
            f"{_(record.described()[name].label)}: {record.shown(name)}"
            for name in ("acknowledge_by", "reply_by", "solve_by")
            if getattr(record, name)
        ]
        self.countdown.setToolTip("\n".join(tips))

    def _take(self, move: Move) -> None:
        if self.case is not None:
            complaint_move.take(self, self.case.record, move)

    def _write(self) -> None:
        if self.case is not None:
            from ui.parts.complaint_letter import LetterDialog  # lazily: opened now and then

            LetterDialog(self.window(), self.case, self).open()

    def _print(self) -> None:
        if self.case is not None:
            papers.show(self, "complaint_form", self.case.record.id)

    def _show_case(self) -> None:
        if self.case is not None:
            from ui.parts.complaint_case import CaseDialog  # lazily: opened now and then

            CaseDialog(self.window(), self.case, self).open()


def steps(case: Case) -> list[Step]:
    """The ordinary course, with what has been done; a state beside it stands where it left the course."""
    record, state = case.record, case.record.state
    last = {stamp.state: stamp for stamp in case.course if stamp.move != moves.INFORM}
    order = list(moves.MAIN)
    beside = state not in order
    main = [stamp.state for stamp in case.course if stamp.state in order]
    here = order.index(main[-1] if beside and main else state if state in order else "new")
    ended = state in ("closed", "not_founded", "withdrawn")
    found = []
    for place, name in enumerate(order):
        stamp = last.get(name)
        note = reading.told(stamp) if stamp is not None and place <= here else ""
        if place == here and beside:
            found.append(Step(lists.label("complaint_state", state), "now" if ended else "stopped", _when(case)))
        elif place == here:
            found.append(Step(_(SHORT[name]), "done" if ended else "now", note))
        elif place < here and (stamp is not None or name not in ("approval",) or len(case.course) == 1):
            found.append(Step(_(SHORT[name]), "done", note))
        else:
            skipped = place < here
            found.append(Step(_(SHORT[name]), "later", _("not needed") if skipped else ""))
    if record.state == "reopened":
        found[here] = Step(lists.label("complaint_state", state), "now", _when(case))
    return found


def _when(case: Case) -> str:
    return reading.told(case.course[-1])
