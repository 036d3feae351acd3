"""What helps with a service request: its checklist, solutions that helped before, and how it went so far."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop import values
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _
from crm_desktop.models import ServiceRequest, people
from crm_desktop.service import checklist
from crm_desktop.service.reading import Case
from ui import errors
from ui.parts import desk
from ui.parts.course_lines import CourseLines, clear, muted
from ui.parts.request_solutions import Solutions, in_order
from ui.parts.section import SectionTitle
from ui.parts.ticks import SIZE, Tick

BOTH = 560
"""So wide that two parts stand side by side."""
TICK = N_("Checklist of a service request")


class Part(QWidget):
    """A title that opens and closes what stands below it."""

    def __init__(self, title: str, body: QWidget, open: bool) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.title = SectionTitle(title)
        self.body = body
        self.title.toggled.connect(body.setVisible)
        column.addWidget(self.title)
        column.addWidget(body)
        column.addStretch()
        body.setVisible(open)
        self.title.setChecked(open)


class Beside(QWidget):
    """Two parts side by side where there is room, else one below the other."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        for part in parts:
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._row.addWidget(part, 1)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= BOTH
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)


class RequestWork(QWidget):
    """Three parts, each closed and opened by its title; hidden while no request is shown."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: int | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 0, 4)
        column.setSpacing(2)
        self.checks = Checks()
        self.solutions = Solutions()
        self.course = CourseLines("request_state")
        self.course.grid.setContentsMargins(22, 0, 0, 8)
        self.checklist = Part(_("Checklist"), self.checks, True)
        self.helps = Part(_("Known solutions"), self.solutions, True)
        self.steps = Part(_("Course"), self.course, False)
        self._both = Beside(self.checklist, self.helps)
        column.addWidget(self._both)
        column.addWidget(self.steps)
        self.hide()

    def show_case(self, case: Case | None) -> None:
        """Show what belongs to a request; what is done with needs less."""
        self.setVisible(case is not None)
        if case is None:
            self._shown = None
            return
        record = case.record
        done, number = checklist.state(record)
        self.checks.show_request(record)
        self.checklist.setVisible(number > 0)
        self.checklist.title.setText(_("Checklist: {done} of {n}").format(done=done, n=number))
        self.solutions.show_request(record)
        self.helps.setVisible(self.solutions.is_wanted())
        self._both.setVisible(number > 0 or self.solutions.is_wanted())
        in_order(self.checklist.title, *self.checks.ticks)
        self.course.show_course(case.course)
        self.steps.title.remark = case.course[-1].title
        if record.id != self._shown:
            self.checklist.title.setChecked(record.state not in ("closed", "cancelled", "complaint"))
            self.steps.title.setChecked(False)
        self._shown = record.id


class Check(Tick):
    """A step to tick off, on as many lines as it needs."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(60, width - SIZE - 9), 10_000)
        return max(self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, self.text()).height(), SIZE) + 8

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, SIZE + 8)


class Checks(QWidget):
    """The steps to tick off; who did it and when stands beside each."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = _grid(self)
        self.ticks: list[Check] = []
        self._request: ServiceRequest | None = None

    def show_request(self, request: ServiceRequest) -> None:
        """Show the checklist of a request."""
        if self._request is not None and self._request.id == request.id and self._request.checks == request.checks:
            return
        focused = next((number for number, tick in enumerate(self.ticks) if tick.hasFocus()), None)
        self._request, self.ticks = request, []
        clear(self._grid)
        for line, one in enumerate(request.checks):
            what, done = str(one.get("what", "")), str(one.get("done") or "")
            tick = Check(what)
            tick.setAccessibleName(what)
            tick.setChecked(bool(done))
            tick.clicked.connect(lambda done, what=what: self._tick(what, done))
            self.ticks.append(tick)
            self._grid.addWidget(tick, line, 0)
            if done:
                by, when = people.name(one.get("by")), values.show_datetime(done, near=True)
                told = muted(" ".join(filter(None, (by, values.show_date(done)[5:]))))
                told.setToolTip(" · ".join(filter(None, (by, when))))
                self._grid.addWidget(told, line, 1)
        self._grid.setColumnStretch(0, 1)
        if focused is not None and focused < len(self.ticks):
            self.ticks[focused].setFocus()

    def _tick(self, what: str, done: bool) -> None:
        if self._request is None:
            return
        number, request = self._request.id, self._request

        def failed(trouble: Exception) -> None:
            if self._request is request:
                self._request = None
                self.show_request(request)
            if isinstance(trouble, UserError):
                errors.tell(self, trouble)

        desk.write(self, TICK, lambda c: checklist.tick(c, number, what, done), failed=failed)


def _grid(widget: QWidget) -> QGridLayout:
    grid = QGridLayout(widget)
    grid.setContentsMargins(22, 0, 0, 8)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(2)
    return grid
