"""One survey: how far it is, its figures, whom to ask, what drives satisfaction, what is done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QTabWidget, QVBoxLayout, QWidget

from crm_desktop import values
from crm_desktop.i18n import _
from crm_desktop.models import SurveyRun, people
from crm_desktop.models.survey import OPEN
from crm_desktop.models.survey_asked import ANSWERED, DECLINED, NOT_REACHED, WAITING
from crm_desktop.satisfaction import asking, overview
from crm_desktop.satisfaction.overview import Overview
from crm_desktop.store.change import Change
from ui import refresh, tasks, theme
from ui.parts import desk
from ui.parts.badges import Badge, BadgeLabel
from ui.parts.more_button import MoreButton
from ui.parts.notice import Notice
from ui.parts.record_frame import scrolled
from ui.parts.record_panel import RecordPanel
from ui.parts.when_seen import WhenSeen
from ui.tabs.satisfaction.actions import ActionsView
from ui.tabs.satisfaction.asked import AskedList
from ui.tabs.satisfaction.drivers import DriversView
from ui.tabs.satisfaction.result import Records, ResultView

TABLES = ("survey_run", "survey_asked", "survey_answer", "survey_action", "survey_template")


class SurveyPage(QWidget):
    """Shows one survey; everything about it is reached from here."""

    opened = Signal(str, object)
    """Somebody wants to see a record: table and id."""
    call_asked = Signal(object, object)
    """Ask by phone: the survey, and which customer first (None: whoever is next)."""
    writing_asked = Signal(object, object)
    more_asked = Signal(object)
    """More customers are to be asked in this survey (a record)."""
    questions_asked = Signal(object)
    """The questionnaire (id) is wanted."""
    paper_asked = Signal(str, object)
    """A form, sheet or report of this survey: which, and the survey (a record)."""
    delete_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wanted: int | None = None
        self.shown: Overview | None = None
        self._land = False
        """Whether the page that fits is to be shown as soon as the survey is here."""
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(self._title_line())
        self.about = QLabel()
        self.about.setProperty("tone", "muted")
        self.about.setWordWrap(True)
        column.addWidget(self.about)
        self.standing = QLabel()
        self.standing.setWordWrap(True)
        column.addWidget(self.standing)
        self.notice = Notice()
        column.addWidget(self.notice)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.result = ResultView()
        self.result_area = scrolled(self.result, 0, wide=True)
        self.asked = AskedList("of_run")
        self.drivers = DriversView()
        self.drivers_area = scrolled(self.drivers, 0, wide=True)
        self.measures = ActionsView()
        self.panel = RecordPanel(SurveyRun, header=False)
        for widget, title in (
            (self.result_area, _("Results")),
            (self.asked, _("Whom to ask")),
            (self.drivers_area, _("What drives it")),
            (self.measures, _("Actions")),
            (self.panel, _("All fields")),
        ):
            self.tabs.addTab(widget, title)
        column.addWidget(self.tabs, 1)
        self._connect()

    def _title_line(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(10)
        self.name = QLabel()
        self.name.setFont(theme.title_font())
        self.name.setWordWrap(True)
        line.addWidget(self.name, 1)
        self.state = BadgeLabel()
        line.addWidget(self.state)
        self.call = QPushButton(theme.icon("phone", "on_accent"), _("Ask by phone"))
        self.call.setProperty("primary", True)
        self.call.setToolTip(_("One customer after the other, question by question"))
        self.call.clicked.connect(lambda: self.call_asked.emit(self.wanted, None))
        line.addWidget(self.call)
        self.report = QPushButton(theme.icon("printer"), _("Report"))
        self.report.setToolTip(_("The result on paper: figures, questions, what drives them, actions"))
        self.report.clicked.connect(lambda: self._paper("report"))
        line.addWidget(self.report)
        self.more = MoreButton()
        self._fill(self.more.menu())
        line.addWidget(self.more)
        return line

    def _fill(self, menu: QMenu) -> None:
        menu.addAction(theme.icon("user-plus"), _("Ask more customers…"), lambda: self._with(self.more_asked.emit))
        menu.addAction(theme.icon("printer"), _("Print forms…"), lambda: self._paper("form"))
        menu.addAction(theme.icon("file-spreadsheet"), _("Save as Excel sheet…"), lambda: self._paper("sheet"))
        menu.addAction(theme.icon("upload"), _("Read answers back from Excel…"), lambda: self._paper("back"))
        menu.addAction(theme.icon("download"), _("All answers as Excel list…"), lambda: self._paper("answers"))
        menu.addAction(theme.icon("mail"), _("Forms or sheets were sent"), self.note_sent)
        menu.addSeparator()
        menu.addAction(theme.icon("list"), _("The questions…"), self._show_questions)
        menu.addAction(theme.icon("edit"), _("Edit"), self.edit)
        self.end_action = menu.addAction(theme.icon("circle-check"), "", self.end)
        menu.addSeparator()
        menu.addAction(theme.icon("trash"), _("Delete…"), lambda: self.delete_asked.emit(self.wanted))

    def _connect(self) -> None:
        self.result.picked.connect(self.show_records)
        self.drivers.picked.connect(self._show_item)
        self.drivers.planned.connect(self._plan)
        self.measures.planned.connect(self._plan)
        self.asked.opened.connect(self.opened)
        self.asked.call_asked.connect(self.call_asked)
        self.asked.writing_asked.connect(self.writing_asked)
        self.asked.all_asked.connect(lambda: self.asked.show_run(self.wanted))
        self.panel.opened.connect(self._follow)
        self.panel.saved.connect(lambda _id: self.reload())
        self._again = WhenSeen(self, self.reload)
        refresh.signal.changed.connect(self._changed)
        theme.signal.changed.connect(self._again.tell)

    # what is shown

    def show_run(self, id: int | None) -> None:
        """Show a survey; asks first when something typed would be left behind."""
        if self.panel.is_dirty():
            self.tabs.setCurrentWidget(self.panel)
        self.panel.leave(lambda: self._show(id))

    def _show(self, id: int | None) -> None:
        other = id != self.wanted
        self.wanted = id
        if id is None:
            return
        if other:
            self._land = True
            self.notice.hide()
            self.asked.show_run(id)
        self.panel.show_record(id)
        self.reload()

    def reload(self) -> None:
        """Read all of it again."""
        wanted = self.wanted
        if wanted is not None:
            tasks.run(self, lambda: overview.of_run(wanted), self._take, place="page", reading=True)

    def _take(self, found: Overview | None) -> None:
        self.shown = found
        self.tabs.setVisible(found is not None)
        for widget in (self.call, self.report, self.more):
            widget.setEnabled(found is not None)
        if found is None:
            self.name.setText("")
            self.about.setText("")
            self.standing.setText("")
            self.notice.say(_("This survey was deleted."), (), "muted")
            return
        run, states = found.run, found.result.states
        self.name.setText(str(run.name))
        running = run.state == OPEN
        self.state.show_badge(Badge("●", _("Running"), "accent") if running else Badge("✓", _("Ended"), "good"))
        self.about.setText(" · ".join(about(found)))
        self.standing.setText(standing(states))
        waiting = sum(states[state] for state in WAITING)
        self.call.setVisible(running and waiting > 0)
        self.end_action.setText(_("End the survey") if running else _("Go on with the survey"))
        self.tabs.setTabText(1, _("Whom to ask") + f" ({sum(states.values()):,})")
        self.tabs.setTabText(3, _("Actions") + (f" ({len(found.actions)})" if found.actions else ""))
        self.result.show_result(found.result, found.items, found.remarks, run.id)
        self.drivers.show_drivers(found.drivers)
        self.measures.show_actions(run, found.template.items, found.actions)
        if self._land:
            self._land = False
            answered = states[ANSWERED] > 0
            self.tabs.setCurrentWidget(self.result_area if answered else self.asked)

    def _changed(self, changed: Any) -> None:
        if refresh.concerns(changed, *TABLES):
            self._again.tell()

    def show_records(self, find: Records, title: str) -> None:
        """Show the customers behind a figure, among those who are asked."""

        def show(ids: Any) -> None:
            self.asked.show_run(self.wanted, list(ids), title)
            self.tabs.setCurrentWidget(self.asked)

        tasks.run(self, find, show, place="records", reading=True)

    def show_asked(self, asked: int) -> None:
        """Show one customer of the survey."""
        self.asked.show_run(self.wanted)
        self.asked.choose(asked)
        self._land = False
        self.tabs.setCurrentWidget(self.asked)

    def _show_item(self, key: str) -> None:
        if self.shown is not None:
            run = self.shown.run.id
            text = next((one.text for one in self.shown.items if one.key == key), key)
            self.show_records(lambda: overview.item_records(run, key), text)

    def _follow(self, table: str, id: Any) -> None:
        if table == "survey_template":
            self.questions_asked.emit(id)
        else:
            self.opened.emit(table, id)

    # what is done

    def _with(self, do: Callable[[SurveyRun], object]) -> None:
        if self.shown is not None:
            do(self.shown.run)

    def _paper(self, which: str) -> None:
        self._with(lambda run: self.paper_asked.emit(which, run))

    def _show_questions(self) -> None:
        self._with(lambda run: self.questions_asked.emit(run.template))

    def _plan(self, key: str) -> None:
        self.tabs.setCurrentWidget(self.measures)
        self.measures.plan(key)

    def edit(self) -> None:
        """Type, in all fields."""
        self.tabs.setCurrentWidget(self.panel)
        self.panel.edit()

    def end(self) -> None:
        """End the survey, or go on with it."""
        if self.shown is None:
            return
        run, again = self.shown.run, self.shown.run.state != OPEN
        said = (_("{survey} goes on.") if again else _("{survey} has ended.")).format(survey=run.name)
        desk.write(self, asking.END, lambda c: asking.end(c, run, again), said=said)

    def note_sent(self) -> None:
        """Note that those still to ask have got a form or a sheet."""
        if self.shown is None:
            return
        number = self.shown.run.id

        def work(c: Change) -> int:
            return asking.sent(c, number)

        desk.write(self, asking.SENT, work, said=lambda n: _("Sent to {n} customers.").format(n=f"{n:,}"))


def about(found: Overview) -> list[str]:
    """What a survey is, in one line."""
    run, template = found.run, found.template
    version = _("version {n}").format(n=template.version) if (template.version or 1) > 1 else ""
    parts = [str(run.code), " ".join(filter(None, (template.called, version)))]
    parts.append(_("from {day}").format(day=values.show_date(run.started_on)))
    if run.due:
        parts.append(_("until {day}").format(day=values.show_date(run.due)))
    parts += [people.name(run.owner), str(run.product or ""), str(run.whom or "")]
    return [part for part in parts if part]


def standing(states: dict[str, int]) -> str:
    """How far the asking is."""
    whole, done = sum(states.values()), states[ANSWERED]
    parts = [_("{n} of {all} answered").format(n=f"{done:,}", all=f"{whole:,}")]
    for state, text in (
        (DECLINED, _("{n} declined")),
        (NOT_REACHED, _("{n} not reached yet")),
        ("asked", _("{n} asked, no answer yet")),
        ("to_ask", _("{n} still to ask")),
    ):
        if states[state]:
            parts.append(text.format(n=f"{states[state]:,}"))
    return " · ".join(parts)
