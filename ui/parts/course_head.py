"""Above a case: its course as a bar, how much time is left, and the obvious next step as the button."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop import courses
from crm_desktop.complaints import due
from crm_desktop.courses import Move, Stamp
from crm_desktop.i18n import _, ngettext
from crm_desktop.models import lists
from ui import tasks, theme
from ui.parts import course_move, list_badges
from ui.parts.badges import DUE, OVERDUE, Badge, BadgeLabel
from ui.parts.course_move import Course
from ui.parts.flow import Flow
from ui.parts.record_heads import Head
from ui.parts.step_bar import Step, StepBar

SIGNS = {"overdue": OVERDUE, "due": DUE, "soon": ("○", "muted")}
EVERY_SECONDS = 60
"""How often the countdown is told anew."""


class CourseHead(Head):
    """Bar, countdown, next step, and what else can be done; the subclasses say of what."""

    COURSE: ClassVar[Course]
    STATES: ClassVar[str]
    """The list of the states."""
    DEADLINES: ClassVar[Sequence[str]]

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.case: Any = None
        self._moves: list[Move] = []
        column = self.column = QVBoxLayout(self)
        column.setContentsMargins(20, 2, 16, 8)
        column.setSpacing(8)
        self.bar = StepBar()
        column.addWidget(self.bar)
        line = QWidget()
        self.line = Flow(8)
        line.setLayout(self.line)
        self.state = BadgeLabel()
        self.countdown = BadgeLabel()
        self.reopened = QLabel()
        self.reopened.setProperty("tone", "overdue")
        self.reopened.setMinimumHeight(24)  # as high as the badges beside it
        for widget in (self.state, self.countdown, self.reopened):
            self.line.addWidget(widget)
        column.addWidget(line)
        buttons = QWidget()
        self.row = Flow(8)
        buttons.setLayout(self.row)
        self.next = QPushButton()
        self.next.setProperty("primary", True)
        self.next.clicked.connect(lambda: self._take(self._moves[0]) if self._moves else None)
        self.row.addWidget(self.next)
        self.others = QPushButton(_("Other steps"))
        self.others.setMenu(QMenu(self.others))
        self.row.addWidget(self.others)
        column.addWidget(buttons)
        clock = QTimer(self, interval=EVERY_SECONDS * 1000)
        clock.timeout.connect(self._count_down)
        clock.start()
        self.hide()

    # what the subclasses know

    def read(self, id: int) -> Any:
        """The case of that id; in the store thread."""
        raise NotImplementedError

    def allowed(self, state: str) -> list[Move]:
        """The steps that are possible, the obvious one first."""
        raise NotImplementedError

    def steps(self, case: Any) -> list[Step]:
        """The course as a bar."""
        raise NotImplementedError

    def standing(self, what: str, until: str | None, now: datetime) -> due.Countdown:
        """How a case stands against its next deadline."""
        return due.countdown(what, until, now)

    def show_case(self, case: Any) -> None:
        """Show what else there is to a case."""

    def taken(self, made: Any) -> None:
        """A step was taken here."""

    # what they share

    @override
    def show_record(self, record: Any) -> None:
        if record is None:
            self._show(None)
            return
        if self.case is not None and self.case.record.id != record.id:
            self._show(None)
        tasks.run(self, lambda: self.read(record.id), self._show, place="case", reading=True)

    def _show(self, case: Any) -> None:
        self.case = case
        self.setVisible(case is not None)
        if case is not None:
            self._show_course(case)
        self.show_case(case)

    def _show_course(self, case: Any) -> None:
        record = case.record
        self.bar.show_steps(self.steps(case))
        self.state.show_badge(list_badges.badge(self.STATES, record.state))
        self._count_down()
        again = record.reopened or 0
        self.reopened.setText(ngettext("opened again {n} time", "opened again {n} times", again).format(n=again))
        self.reopened.setVisible(again > 0)
        self._moves = self.allowed(record.state)
        self.next.setVisible(bool(self._moves))
        for first in self._moves[:1]:
            again_only = first.key == "reopen"
            self.next.setText(_(first.title))
            self.next.setIcon(theme.icon(first.icon) if again_only else theme.icon(first.icon, "on_accent"))
            theme.set_property(self.next, "primary", not again_only)
        menu = self.others.menu()
        menu.clear()
        for each in self._moves[1:]:
            menu.addAction(theme.icon(each.icon), _(each.title), partial(self._take, each))
        self.others.setVisible(len(self._moves) > 1)

    def _count_down(self) -> None:
        if self.case is None:
            return
        record = self.case.record
        now = self.standing(record.due_what, record.due_at, datetime.now())
        shape, colour = SIGNS[now.tone]
        self.countdown.show_badge(Badge(shape, now.text, colour) if now.text else None)
        tips = [
            f"{_(record.described()[name].label)}: {record.shown(name)}"
            for name in self.DEADLINES
            if getattr(record, name)
        ]
        self.countdown.setToolTip("\n".join(tips))

    def _take(self, move: Move) -> None:
        if self.case is None:
            return
        # who clicks twice takes one step
        again = lambda: self.next.setEnabled(True)  # noqa: E731
        if course_move.take(self, self.COURSE, self.case.record, move, self.taken, again):
            self.next.setEnabled(False)


def steps(
    case: Any,
    names: dict[str, str],
    states: str,
    tells: str,
    ended: Collection[str],
    optional: Collection[str],
    aside: Mapping[str, str] | None = None,
) -> list[Step]:
    """The ordinary course, with what has been done; a state beside it stands where it left the course.

    `names` are the states of the ordinary course with what the bar calls them (msgids), `ended` those in which nothing
    is to be done, `optional` those a course may leave out, `tells` the step that changes no state, `aside` what the bar
    calls states beside the course whose own name is long (msgids).
    """
    state, course = case.record.state, list[Stamp](case.course)
    order, last = list(names), {stamp.state: stamp for stamp in course if stamp.move != tells}
    beside = state not in order
    main = [stamp.state for stamp in course if stamp.state in order]
    here = order.index(main[-1] if beside and main else state if state in order else order[0])
    found = []
    for place, name in enumerate(order):
        stamp = last.get(name)
        note = courses.told(stamp) if stamp is not None and place <= here else ""
        if place == here and beside:
            how = "now" if state in ended or state == "reopened" else "stopped"
            short = (aside or {}).get(state)
            found.append(Step(_(short) if short else lists.label(states, state), how, courses.told(course[-1])))
        elif place == here:
            found.append(Step(_(names[name]), "done" if state in ended else "now", note))
        elif place < here and (stamp is not None or name not in optional or len(course) == 1):
            found.append(Step(_(names[name]), "done", note))
        else:
            found.append(Step(_(names[name]), "later", _("not needed") if place < here else ""))
    return found
