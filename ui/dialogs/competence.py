"""The nine abilities of a colleague: how they stand, what is learnt, the history; assessed here, printed as a sheet."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from crm_desktop import staff
from crm_desktop.i18n import N_, _
from crm_desktop.models import Assessment, people
from crm_desktop.models.competence import ABILITIES, CHECKS
from ui import refresh, tasks, theme
from ui.dialogs.competence_assess import AssessDialog
from ui.dialogs.competence_training import Trainings, fill
from ui.parts import deleting, desk, papers
from ui.parts.button_row import ButtonRow
from ui.parts.chart_view import ChartView, Region
from ui.parts.dialog import Dialog
from ui.parts.empty import Empty
from ui.parts.notice import Notice
from ui.parts.record_frame import scrolled

CHART = (390.0, 330.0)


class Abilities(Dialog):
    """Left the wheel, right gaps, training and history of the colleague that is chosen above."""

    def __init__(self, parent: QWidget, wanted: int | None = None) -> None:
        super().__init__(parent.window(), _("Abilities of colleagues"), "abilities", QSize(960, 600))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.profile: staff.Profile | None = None
        self.content.addLayout(self._top(wanted))
        split = QSplitter()
        split.setChildrenCollapsible(False)
        self.chart = ChartView(_("Abilities"))
        self.wheel = scrolled(self.chart, 0)
        split.addWidget(self.wheel)
        self.pages = QTabWidget()
        self.scores = QLabel()
        self.scores.setWordWrap(True)
        self.scores.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.scores.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.pages.addTab(scrolled(self.scores), _("Scores"))
        self.trainings = Trainings()
        self.pages.addTab(self.trainings, _("Training"))
        self.pages.addTab(self._history(), _("History"))
        split.addWidget(self.pages)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        self.content.addWidget(split, 1)
        self.notice = Notice()
        self.content.addWidget(self.notice)
        self.add_button(_("Close"), self.reject)
        self.print_button = self.add_button(_("Print the sheet…"), self.print)
        self.assess_button = self.add_button(_("Assess…"), self.assess, primary=True)
        refresh.signal.changed.connect(self._changed)
        theme.signal.changed.connect(self._draw)
        self.who.currentIndexChanged.connect(lambda _index: self.reload())
        self.reload()

    def _top(self, wanted: int | None) -> QHBoxLayout:
        row = QHBoxLayout()
        self.who = QComboBox()
        self.who.setAccessibleName(_("Colleague"))
        for person in people.everybody():
            self.who.addItem(person.name, person.id)
        user = desk.user()
        self.who.setCurrentIndex(max(0, self.who.findData(wanted or (user.id if user else None))))
        row.addWidget(QLabel(_("Colleague")))
        row.addWidget(self.who)
        self.said = QLabel()
        self.said.setProperty("tone", "muted")
        row.addWidget(self.said, 1)
        return row

    def _history(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(8, 8, 8, 8)
        self.history = QListWidget()
        self.history.setAccessibleName(_("History"))
        self.history.itemActivated.connect(lambda _item: self.edit_assessment())
        column.addWidget(self.history, 1)
        self.nothing = Empty("history", _("Not assessed yet: begin with Assess…"))
        column.addWidget(self.nothing, 1)
        row = ButtonRow(
            ("edit", _("Change…"), self.edit_assessment),
            ("trash", _("Delete…"), self.ask_to_delete),
        )
        column.addLayout(row)
        return page

    # what is shown

    def chosen(self) -> int | None:
        """The colleague that is looked at."""
        found = self.who.currentData()
        return None if found is None else int(found)

    def reload(self) -> None:
        """Read the colleague's abilities."""
        who = self.chosen()
        if who is not None:
            tasks.run(self, lambda: staff.profile(who), self.show_profile, place="profile", reading=True)

    def show_profile(self, profile: staff.Profile) -> None:
        """Show a colleague's abilities."""
        self.profile = profile
        newest = profile.assessments[0] if profile.assessments else None
        self.said.setText(_("Not assessed yet: begin with Assess…"))
        if newest is not None:
            said = _("assessed on {day} by {name}, mean {mean} of 5")
            who = people.name(newest.assessor) or "–"
            self.said.setText(said.format(day=newest.day, name=who, mean=staff.mean(newest)))
        none = _("Not assessed yet. The nine abilities are scored from 1 to 5; gaps say what to train.")
        self.scores.setText("\n\n".join(map(_score, profile.scores)) if newest else none)
        self.trainings.show_profile(profile)
        fill(self.history, [(one, _assessment(one)) for one in profile.assessments])
        self.history.setVisible(newest is not None)
        self.nothing.setVisible(newest is None)
        if profile.gaps:
            names = _(", ").join(_(ABILITIES[one.ability]) for one in profile.gaps)
            self.notice.say(
                _("Training is needed: {names}").format(names=names), [(_("Plan training…"), self.trainings.plan)]
            )
        else:
            self.notice.hide()
        self.wheel.setVisible(newest is not None)
        self._draw()

    def _draw(self) -> None:
        if self.profile is not None:
            scores, dark = self.profile.scores, theme.is_dark()
            tasks.elsewhere(self, lambda: _drawn(scores, dark), self._show_chart, place="chart")

    def _show_chart(self, drawn: tuple[bytes, list[Region]]) -> None:
        self.chart.show_drawing(*drawn)

    def _changed(self, changed: frozenset[tuple[str, int]] | None) -> None:
        if refresh.concerns(changed, "assessment", "training"):
            self.reload()

    # what is done

    def assess(self) -> None:
        """Score the nine abilities."""
        who = self.chosen()
        if who is not None:
            AssessDialog(self, who, None).open()

    def edit_assessment(self) -> None:
        """Change a kept assessment."""
        item, who = self.history.currentItem(), self.chosen()
        if item is not None and who is not None:
            AssessDialog(self, who, item.data(Qt.ItemDataRole.UserRole)).open()

    def ask_to_delete(self) -> None:
        """Ask once before an assessment is deleted; the recycle bin keeps it."""
        item = self.history.currentItem()
        if item is None:
            return
        one: Assessment = item.data(Qt.ItemDataRole.UserRole)

        def delete(why: str) -> None:
            said = _("Assessment deleted.")
            deleting.write(self, N_("Delete assessment"), why, lambda c: c.delete_many(Assessment, [one.id]), said)

        question = _("Delete the assessment of {day}?").format(day=one.day)
        deleting.ask(self.notice, question, _("Delete"), delete)

    def print(self) -> None:
        """The sheet to print; without an assessment a form to fill in by hand."""
        who = self.chosen()
        if who is not None:
            papers.show(self, "competence_sheet", who)


def _score(one: staff.Score) -> str:
    score = "–" if one.score is None else str(one.score)
    before = "" if one.before is None else _("before: {score}").format(score=one.before)
    head = " · ".join(part for part in (f"{_(ABILITIES[one.ability])}  {score}", before, one.remark) if part)
    sign = "▲ " if one.is_gap else ""
    return f"{sign}{head}\n{_(CHECKS[one.ability])}"


def _assessment(one: Assessment) -> str:
    parts = (str(one.day), people.name(one.assessor), _("mean {mean} of 5").format(mean=staff.mean(one)), one.remark)
    return " · ".join(part for part in parts if part)


def _drawn(scores: list[staff.Score], dark: bool) -> tuple[bytes, list[Region]]:
    """The wheel as SVG, and what its places say; off the GUI thread."""
    from crm_desktop.reports import charts, competence_chart  # lazily: reportlab costs a third of a second

    drawn = competence_chart.draw(scores, *CHART, dark=dark)
    places = [Region(place.row, place.x, place.y, place.width, place.height, place.tip) for place in drawn.places]
    return charts.svg(drawn), places
