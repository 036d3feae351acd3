"""A questionnaire being written: its questions, each in both languages, with how they will look while one types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import shiboken6
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from crm_desktop.errors import UserError
from crm_desktop.i18n import LANGUAGES, N_, _, language
from crm_desktop.models import SurveyTemplate
from crm_desktop.models.survey import SCALE, Item, words
from crm_desktop.satisfaction import templates
from crm_desktop.satisfaction.ready import ready
from ui import tasks, theme
from ui.parts import desk
from ui.parts.dialog import Dialog
from ui.parts.notice import Notice
from ui.parts.record_frame import scrolled
from ui.parts.survey_item import ItemForm
from ui.parts.survey_questions import Questions
from ui.parts.ticks import Tick

SAVE = N_("Save a questionnaire")
SOON = 150


class TemplateDialog(Dialog):
    """Left the questions, in the middle the one being written, right the preview."""

    def __init__(
        self, parent: QWidget, values: Mapping[str, Any], old: SurveyTemplate | None = None, used: bool = False
    ) -> None:
        title = _("Questionnaire") if old is not None else _("New questionnaire")
        super().__init__(parent.window(), title, "survey_template", QSize(1080, 640))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._near, self._old = parent, old
        self.items: list[Item] = [dict(item) for item in values.get("items", ())] or [
            {"kind": SCALE, "area": "overall"}
        ]
        self.content.addLayout(self._top(values))
        self.notice = Notice()
        self.content.addWidget(self.notice)
        if used and old is not None:
            text = _("It was asked already: changed questions become version {n}, and answers so far keep theirs.")
            self.notice.say(text.format(n=(old.version or 1) + 1), (), "accent")
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(self._questions())
        self.form = ItemForm()
        self.form.edited.connect(self._typed)
        split.addWidget(scrolled(self.form, 8))
        split.addWidget(self._preview())
        split.setSizes([270, 360, 400])
        self.content.addWidget(split, 1)
        self.add_button(_("Cancel"), self.reject)
        self.save_button = self.add_button(_("Save questionnaire"), self.save, primary=True)
        self._later = QTimer(self, singleShot=True, interval=SOON)
        self._later.timeout.connect(self._show_preview)
        self.list.currentRowChanged.connect(self._choose)
        self._fill_list(0)
        self._show_preview()
        self._start = self.values()

    def _top(self, values: Mapping[str, Any]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.lines: dict[str, QLineEdit] = {}
        for name, hint in (("name", _("Name in Chinese")), ("name_en", _("Name in English"))):
            line = self.lines[name] = QLineEdit(str(values.get(name, "")))
            line.setPlaceholderText(hint)
            line.setAccessibleName(hint)
            row.addWidget(line, 1)
        self.ticks: dict[str, Tick] = {}
        known = values.get("languages") or templates.LANGUAGES
        for code in templates.LANGUAGES:
            tick: Tick = Tick(LANGUAGES[code])
            tick.setChecked(code in known)
            self.ticks[code] = tick
            row.addWidget(tick)
        column.addLayout(row)
        line = self.lines["purpose"] = QLineEdit(" ".join(str(values.get("purpose", "")).split()))
        line.setPlaceholderText(_("What it is for"))
        line.setAccessibleName(_("What it is for"))
        column.addWidget(line)
        return column

    def _questions(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(6)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Questions"))
        self.list.setWordWrap(True)
        self.list.setSpacing(3)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setSpacing(4)
        self.add = QPushButton(theme.icon("plus"), _("Question"))
        self.add.setToolTip(_("Add a question below this one"))
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self.add_item)
        row.addWidget(self.add)
        row.addStretch()
        self.tools: dict[str, QToolButton] = {}
        for icon, text, do in (
            ("chevron-up", _("Up"), lambda: self.move_item(-1)),
            ("chevron-down", _("Down"), lambda: self.move_item(1)),
            ("trash", _("Remove"), self.remove_item),
        ):
            button = self.tools[icon] = QToolButton()
            button.setIcon(theme.icon(icon))
            button.setToolTip(text)
            button.setAccessibleName(text)
            button.clicked.connect(do)
            row.addWidget(button)
        column.addLayout(row)
        return box

    def _preview(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(8, 0, 0, 0)
        column.setSpacing(6)
        row = QHBoxLayout()
        title = QLabel(_("How it will look"))
        title.setProperty("tone", "muted")
        row.addWidget(title, 1)
        self.lang = QComboBox()
        self.lang.setAccessibleName(_("Language of the questions"))
        for code in templates.LANGUAGES:
            self.lang.addItem(LANGUAGES[code], code)
        self.lang.setCurrentIndex(max(0, self.lang.findData(language())))
        self.lang.currentIndexChanged.connect(self._show_preview)
        row.addWidget(self.lang)
        column.addLayout(row)
        self.preview = Questions()
        column.addWidget(scrolled(self.preview, 0), 1)
        return box

    # questions

    def _fill_list(self, at: int) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for number, item in enumerate(self.items, 1):
            self.list.addItem(_line(number, item))
        self.list.setCurrentRow(at)
        self.list.blockSignals(False)
        self._choose(at)

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self.items):
            self.form.set_item(self.items[at])
        self.tools["chevron-up"].setEnabled(at > 0)
        self.tools["chevron-down"].setEnabled(at < len(self.items) - 1)
        self.tools["trash"].setEnabled(len(self.items) > 1)

    def _typed(self) -> None:
        at = self.list.currentRow()
        if not 0 <= at < len(self.items):
            return
        self.items[at] = self.form.item()
        if self.items[at].get("overall"):  # only one can be
            for other in (item for n, item in enumerate(self.items) if n != at):
                other.pop("overall", None)
        for number, item in enumerate(self.items):
            self.list.item(number).setText(_line(number + 1, item))
        self._later.start()

    def add_item(self) -> None:
        """A new question below the one that is chosen."""
        at = self.list.currentRow() + 1
        self.items.insert(at, {"kind": SCALE, "area": "other"})
        self._fill_list(at)
        self._show_preview()
        (self.form.en if language() == "en" else self.form.zh).setFocus()

    def move_item(self, step: int) -> None:
        """The chosen question one place up or down."""
        at = self.list.currentRow()
        if 0 <= at + step < len(self.items):
            self.items.insert(at + step, self.items.pop(at))
            self._fill_list(at + step)
            self._show_preview()

    def remove_item(self) -> None:
        """Ask the chosen question no more."""
        at = self.list.currentRow()
        if len(self.items) > 1:
            self.items.pop(at)
            self._fill_list(min(at, len(self.items) - 1))
            self._show_preview()

    def _show_preview(self) -> None:
        shown = [{**item, "key": item.get("key") or f"preview{n}"} for n, item in enumerate(self.items)]
        self.preview.show_items(shown, str(self.lang.currentData()))

    # saving

    def values(self) -> dict[str, Any]:
        """What is written now."""
        texts = {name: line.text().strip() for name, line in self.lines.items()}
        texts["name"] = texts["name"] or texts["name_en"]
        chosen = [code for code, tick in self.ticks.items() if tick.isChecked()]
        return {**texts, "languages": chosen, "items": [dict(item) for item in self.items]}

    @override
    def is_dirty(self) -> bool:
        return self.values() != self._start

    def save(self) -> None:
        """Write it: what cannot be asked is said, and nothing is written."""
        values, old = self.values(), self._old
        if not values["name"]:
            self.message_bar.error(_("Give the questionnaire a name."))
            self.lines["name"].setFocus()
            return
        self.save_button.setEnabled(False)
        desk.write(
            self._near,
            SAVE,
            lambda c: templates.save(c, values, old),
            self._saved,
            said=lambda made: _("Saved: {name}.").format(name=made.called),
            failed=self._refused,
        )

    def _saved(self, _made: SurveyTemplate) -> None:
        if shiboken6.isValid(self):
            self.accept()

    def _refused(self, trouble: Exception) -> None:
        if shiboken6.isValid(self):
            self.save_button.setEnabled(True)
            if isinstance(trouble, UserError):
                self.message_bar.error(str(trouble))


def _line(number: int, item: Item) -> str:
    star = " ★" if item.get("overall") else ""
    text = words(item) if item.get("zh") or item.get("en") else _("(no words yet)")
    return f"{number}. {text}{star}"


def edit(parent: QWidget, template: int) -> None:
    """Open a questionnaire of the office."""

    def show(found: tuple[SurveyTemplate, bool]) -> None:
        old, used = found
        values = {name: getattr(old, name) for name in ("name", "name_en", "purpose", "languages", "items")}
        TemplateDialog(parent, values, old, used).open()

    tasks.run(parent, lambda: (templates.template(template), templates.is_used(template)), show, reading=True)


def show_ready(parent: QWidget, key: str) -> None:
    """Open a ready-made questionnaire; saving it makes it the office's own."""
    made = ready()[key]
    purpose = made.purpose_en if language() == "en" else made.purpose_zh
    TemplateDialog(parent, {"name": made.zh, "name_en": made.en, "purpose": purpose, "items": made.items}).open()
