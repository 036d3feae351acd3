"""Assessing a colleague: one line an ability, with what to look at, a score and a remark."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from crm_desktop import staff
from crm_desktop.i18n import N_, _
from crm_desktop.models import Assessment, people
from crm_desktop.models.competence import ABILITIES, CHECKS, LEAST, MOST
from ui.parts.dialog import Dialog
from ui.parts.editors import editor_for
from ui.parts.record_frame import scrolled


class AssessDialog(Dialog):
    """One line an ability: score, remark; what to look at stands beside."""

    def __init__(self, parent: QWidget, colleague: int, record: Assessment | None) -> None:
        title = _("Assess {name}").format(name=people.name(colleague))
        super().__init__(parent, title, "assess", QSize(760, 600))
        self._near, self._colleague, self._record = parent, colleague, record
        self.scores: dict[str, QComboBox] = {}
        self.remarks: dict[str, QLineEdit] = {}
        hint = QLabel(_("1: not at all, 3: most of the time, 5: others can learn from it. Below 3 calls for training."))
        hint.setProperty("tone", "muted")
        hint.setWordWrap(True)
        self.content.addWidget(hint)
        self.content.addWidget(scrolled(self._abilities(record.by_ability() if record else {}), 0), 1)
        row = QHBoxLayout()
        row.addWidget(QLabel(_("Assessed on")))
        self.day = editor_for(Assessment.field("day"))
        self.day.set_value(record.day if record else date.today().isoformat())
        row.addWidget(self.day)
        row.addStretch()
        self.content.addLayout(row)
        self.remark = QPlainTextEdit(record.remark if record else "")
        self.remark.setPlaceholderText(_("What was talked about, and what is agreed"))
        self.remark.setAccessibleName(_("Remark"))
        self.remark.setMaximumHeight(70)
        self.content.addWidget(self.remark)
        self.add_button(_("Cancel"), self.reject)
        self.button = self.add_button(_("Save the assessment"), self.save, primary=True)
        self._seen = self.typed()
        next(iter(self.scores.values())).setFocus()

    def _abilities(self, known: dict[str, dict[str, Any]]) -> QWidget:
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(2, 2)
        for line, (key, name) in enumerate(ABILITIES.items()):
            words = QLabel(f"<b>{_(name)}</b><br>{_(CHECKS[key])}")
            words.setWordWrap(True)
            grid.addWidget(words, line, 0)
            box = self.scores[key] = QComboBox()
            box.setAccessibleName(_("Score: {ability}").format(ability=_(name)))
            box.addItem("–", 0)
            for score in range(LEAST, MOST + 1):
                box.addItem(str(score), score)
            box.setCurrentIndex(max(0, box.findData(known.get(key, {}).get("score"))))
            grid.addWidget(box, line, 1)
            remark = self.remarks[key] = QLineEdit(str(known.get(key, {}).get("remark", "")))
            remark.setPlaceholderText(_("Remark"))
            remark.setAccessibleName(_("Remark: {ability}").format(ability=_(name)))
            grid.addWidget(remark, line, 2)
        return page

    def typed(self) -> tuple[dict[str, tuple[int, str]], str, str]:
        """Scores with their remarks, the day, and the remark on the whole."""
        scores = {key: (int(box.currentData()), self.remarks[key].text()) for key, box in self.scores.items()}
        return scores, str(self.day.raw()), self.remark.toPlainText()

    @override
    def is_dirty(self) -> bool:
        return self.typed() != self._seen

    def save(self) -> None:
        """Write the assessment."""
        if problem := self.day.problem():
            self.day.show_problem(problem)
            return
        (scores, _day, remark), who, record = self.typed(), self._colleague, self._record
        day = str(self.day.value() or "")

        self.write_and_close(
            self._near,
            N_("Assess abilities"),
            lambda c: staff.assess(c, who, scores, day, remark, record),
            _("The assessment is saved."),
        )
