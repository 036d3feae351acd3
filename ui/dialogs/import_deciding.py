"""What only the user can decide in an import: how a doubtful column is meant, and who a doubtful name is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crm_desktop.exchange.deciding import CHANGES_PERSON, FILL, LEAVE, MISSING, UPDATE, WHY, Decision, Question
from crm_desktop.exchange.doubts import Doubt
from crm_desktop.i18n import _, ngettext
from crm_desktop.models import Contact, Customer, Record
from crm_desktop.store import file
from ui import tasks
from ui.dialogs.import_lists import Entry
from ui.dialogs.import_mapping import QuietBox, SectionLabel
from ui.parts.dialog import Dialog
from ui.parts.side_by_side import cut_label

ALSO: dict[type[Record], tuple[str, ...]] = {
    Customer: ("code", "tier", "owner", "region", "main_contact", "main_phone"),
    Contact: ("position_title", "phones", "wechat", "email"),
}
"""What is shown of a customer or a contact person who is there besides what the row tells."""
SHOWN = 100
"""So many names are shown at once; the others follow when these are decided."""


class Answers(NamedTuple):
    """What was decided: ways of columns by entry, column and question, and who names mean."""

    ways: list[tuple[Entry, int, str, str]]
    decisions: dict[str, Decision]


class Deciding(Dialog):
    """Doubtful columns first, then name by name with both sides beside each other."""

    answered = Signal(object)
    """Answers, when the window closes with some."""

    def __init__(
        self, parent: QWidget, doubts: Sequence[tuple[Entry, Doubt]], questions: Sequence[Question], decided: int
    ) -> None:
        super().__init__(parent, _("To decide"), "import_deciding", QSize(900, 600))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.boxes: list[QComboBox] = []
        self.cards: list[Card] = []
        self._answers = Answers([], {})
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(8)
        if doubts:
            self._column.addWidget(SectionLabel(_("Columns that can be read in several ways")))
            self._column.addWidget(self._doubts(doubts))
        if questions:
            self._column.addWidget(SectionLabel(_("Names of which only you know who is meant")))
        self._column.addStretch()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(page)
        self.content.addWidget(area, 1)
        if decided:
            text = ngettext("{n} name is decided already.", "{n} names are decided already.", decided)
            note = QLabel(text.format(n=decided))
            note.setProperty("tone", "muted")
            self.content.addWidget(note)
        self.add_button(_("Cancel"), self.reject)
        self.done_button = self.add_button(_("Check the rows again"), self.accept, primary=True)
        self.done_button.setEnabled(False)
        some = list(questions[:SHOWN])
        tasks.run(self, lambda: _sides(some), lambda sides: self._show(some, sides), place="sides", reading=True)

    def _doubts(self, doubts: Sequence[tuple[Entry, Doubt]]) -> QWidget:
        widget = QWidget()
        grid = QGridLayout(widget)
        grid.setContentsMargins(0, 0, 0, 8)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 1)
        for line, (entry, doubt) in enumerate(doubts):
            assert entry.plan is not None
            title = entry.plan.table.titles[doubt.column]
            grid.addWidget(cut_label(title, ""), line, 0)
            cells = ngettext("“{text}” and such, {n} cell", "“{text}” and such, {n} cells", doubt.count)
            grid.addWidget(cut_label(cells.format(text=doubt.sample, n=f"{doubt.count:,}")), line, 1)
            box = QuietBox()
            box.setAccessibleName(_("“{text}” in {column} means").format(text=doubt.sample, column=title))
            if all(way.key != doubt.taken for way in doubt.ways):
                box.addItem(_("in no list: kept in the remarks"), None)
            for way in doubt.ways:
                shown = way.label if way.reading in ("", way.label) else f"{way.label}: {way.reading}"
                box.addItem(shown, way.key)
            box.setCurrentIndex(max(box.findData(doubt.taken), 0))
            box.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            box.setFixedWidth(280)
            box.activated.connect(lambda _n, e=entry, d=doubt, b=box: self._settle(e, d, b.currentData()))
            self.boxes.append(box)
            grid.addWidget(box, line, 2)
        return widget

    def _settle(self, entry: Entry, doubt: Doubt, key: str | None) -> None:
        kept = [each for each in self._answers.ways if each[:3] != (entry, doubt.column, doubt.about)]
        self._answers.ways[:] = [*kept, *([(entry, doubt.column, doubt.about, key)] if key is not None else [])]
        self._count()

    def _show(self, questions: Sequence[Question], sides: dict[int, dict[str, str]]) -> None:
        for question in questions:
            card = Card(question, sides)
            card.decided.connect(self._decide)
            self.cards.append(card)
            self._column.insertWidget(self._column.count() - 1, card)

    def _decide(self, word: str, decision: Decision) -> None:
        self._answers.decisions[word] = decision
        self._count()

    def _count(self) -> None:
        self.done_button.setEnabled(bool(self._answers.ways or self._answers.decisions))

    def accept(self) -> None:
        """Hand over what was decided."""
        self.answered.emit(self._answers)
        super().accept()

    def is_dirty(self) -> bool:
        """Whether answers would be lost."""
        return bool(self._answers.ways or self._answers.decisions)


class Card(QFrame):
    """One name: what the row says beside those who are there."""

    decided = Signal(str, object)

    def __init__(self, question: Question, sides: dict[int, dict[str, str]]) -> None:
        super().__init__()
        self.question = question
        self.setProperty("card", True)
        self.group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 10)
        column.setSpacing(6)
        title = SectionLabel(question.word)
        title.setTextFormat(Qt.TextFormat.PlainText)
        column.addWidget(title)
        rows = _("Rows: {rows}").format(rows=_numbers(question.rows))
        why = QLabel(f"{_(WHY[question.why])} {rows}")
        why.setProperty("tone", "muted")
        why.setWordWrap(True)
        column.addWidget(why)
        column.addLayout(self._grid(sides))
        if question.changes:
            column.insertWidget(column.count() - 1, cut_label("\n".join(question.changes[:6]), "due"))

    def _grid(self, sides: dict[int, dict[str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        question, model = self.question, _kind(self.question)
        fields = model.described()
        mark = _("{name} (comes with this import)")
        sides = {**sides, **{i: {"name": mark.format(name=name)} for i, name in question.new.items()}}
        there = [i for i in question.candidates if i in sides]
        given = {n: _shown(model, n, value) for n, value in question.given.items() if n in fields}
        names = [name for name in dict.fromkeys([*given, *ALSO[model]]) if name != "name"]
        names = [name for name in names if given.get(name) or any(sides[i].get(name) for i in there)]
        grid.addWidget(cut_label(_("In the file")), 0, 1)
        grid.setColumnStretch(1, 1)
        for place, i in enumerate(there, 2):
            grid.addWidget(cut_label(sides[i]["name"], ""), 0, place)
            grid.setColumnStretch(place, 1)
        for line, name in enumerate(names, 1):
            grid.addWidget(cut_label(_(fields[name].label)), line, 0, Qt.AlignmentFlag.AlignTop)
            texts = [given.get(name, ""), *(sides[i].get(name, "") for i in there)]
            for place, text in enumerate(texts, 1):
                differs = bool(text) and text != texts[0] and bool(texts[0])
                grid.addWidget(cut_label(text, "due" if differs else ""), line, place, Qt.AlignmentFlag.AlignTop)
        last = len(names) + 1
        mine = [(_("A new customer"), Decision(None))] if not question.would_change else []
        self._buttons(grid, last, 1, [*mine, (_("Leave its rows out"), Decision(None, LEAVE))])
        for place, i in enumerate(there, 2):
            one = [(_("This one"), self._meaning(i))]
            both = [(_("Update"), Decision(i, UPDATE)), (_("Only fill in"), Decision(i, FILL))]
            self._buttons(grid, last, place, both if question.would_change else one)
        return grid

    def _meaning(self, candidate: int | None) -> Decision:
        """What choosing a candidate decides."""
        name = self.question.new.get(candidate, "") if candidate else ""
        return Decision(None, UPDATE, name) if name else Decision(candidate)

    def _buttons(self, grid: QGridLayout, line: int, place: int, ways: Sequence[tuple[str, Decision]]) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 6, 0, 0)
        row.setSpacing(8)
        for text, decision in ways:
            button = QToolButton()
            button.setText(text)
            button.setCheckable(True)
            button.setProperty("button", True)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setAccessibleName(f"{self.question.word}: {text}")
            # as long as nobody decides, these rows stay out
            open_ = self.question.would_change or self.question.why == MISSING
            button.setChecked(not open_ and decision == self._meaning(self.question.taken))
            self.group.addButton(button)
            button.clicked.connect(lambda _on=True, d=decision: self.decided.emit(self.question.word, d))
            row.addWidget(button)
        row.addStretch()
        grid.addLayout(row, line, place)


def _numbers(rows: Sequence[int]) -> str:
    shown = _(", ").join(str(number) for number in rows[:6])
    return f"{shown} …" if len(rows) > 6 else shown


def _kind(question: Question) -> type[Record]:
    """Whom a question is about."""
    return Contact if question.why == CHANGES_PERSON else Customer


def _shown(model: type[Record], name: str, value: Any) -> str:
    return " ".join(model.described()[name].show(value).split())


def _sides(questions: Sequence[Question]) -> dict[int, dict[str, str]]:
    """What is known of those who could be meant, as it is shown; asks the customer file."""
    sides = {}
    for model, also in ALSO.items():
        fields = model.described()
        mine = [question for question in questions if _kind(question) is model]
        names = list(dict.fromkeys(["name", *also, *(n for q in mine for n in q.given if n in fields)]))
        ids = list(dict.fromkeys(i for question in mine for i in question.candidates))
        for i, row in file.rows(model.table(), ids, names).items():
            sides[i] = {name: _shown(model, name, fields[name].python_value(row[name])) for name in names}
    return sides
