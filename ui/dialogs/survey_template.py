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
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from crm_desktop.errors import UserError
from crm_desktop.i18n import LANGUAGES, N_, _, language
from crm_desktop.models import SurveyTemplate
from crm_desktop.models.survey import Item
from crm_desktop.satisfaction import templates
from crm_desktop.satisfaction.ready import ready
from ui import tasks
from ui.parts import desk
from ui.parts.dialog import Dialog
from ui.parts.drafts import Keeper
from ui.parts.notice import Notice
from ui.parts.record_frame import scrolled
from ui.parts.survey_item import ItemForm
from ui.parts.survey_items import ItemList
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
        self.content.addLayout(self._top(values))
        self.draft = Notice()
        self.content.addWidget(self.draft)
        self.notice = Notice()
        self.content.addWidget(self.notice)
        if used and old is not None:
            text = _("It was asked already: changed questions become version {n}, and answers so far keep theirs.")
            self.notice.say(text.format(n=(old.version or 1) + 1), (), "accent")
        split = QSplitter()
        split.setChildrenCollapsible(False)
        self.questions = ItemList(values.get("items", ()))
        split.addWidget(self.questions)
        self.form = ItemForm()
        split.addWidget(scrolled(self.form, 8))
        split.addWidget(self._preview())
        split.setSizes([270, 360, 400])
        self.content.addWidget(split, 1)
        self.add_button(_("Cancel"), self.reject)
        self.save_button = self.add_button(_("Save questionnaire"), self.save, primary=True)
        self._later = QTimer(self, singleShot=True, interval=SOON)
        self._later.timeout.connect(self._show_preview)
        self._show_item(self.questions.current())
        self.questions.chosen.connect(self._show_item)
        self.questions.added.connect(self._begin)
        self.form.edited.connect(lambda: self.questions.put(self.form.item()))
        self._show_preview()
        self._start = self.values()
        self._keeper = Keeper(self, "survey-template", old.id if old is not None else None, self._raw)
        self._keeper.offer(self.draft, self._set_raw)
        for line in self.lines.values():
            line.textEdited.connect(self._keeper.touch)
        for tick in self.ticks.values():
            tick.toggled.connect(self._keeper.touch)
        self.questions.changed.connect(self._changed)

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

    def _show_item(self, item: Item | None) -> None:
        if item is not None:
            self.form.set_item(item)

    def _begin(self) -> None:
        (self.form.en if language() == "en" else self.form.zh).setFocus()

    def _changed(self) -> None:
        """Other questions: shown soon, kept as a draft."""
        self._later.start()
        self._keeper.touch()

    def _show_preview(self) -> None:
        shown = [{**item, "key": item.get("key") or f"preview{n}"} for n, item in enumerate(self.questions.items)]
        self.preview.show_items(shown, str(self.lang.currentData()))

    # saving

    def values(self) -> dict[str, Any]:
        """What is written now."""
        texts = {name: line.text().strip() for name, line in self.lines.items()}
        texts["name"] = texts["name"] or texts["name_en"]
        chosen = [code for code, tick in self.ticks.items() if tick.isChecked()]
        return {**texts, "languages": chosen, "items": [dict(item) for item in self.questions.items]}

    def _raw(self) -> dict[str, Any]:
        return self.values() if self.is_dirty() else {}

    def _set_raw(self, raw: dict[str, Any]) -> None:
        for name, line in self.lines.items():
            line.setText(raw.get(name, ""))
        for code, tick in self.ticks.items():
            tick.setChecked(code in raw.get("languages", ()))
        self.questions.set_items(raw["items"])
        self._changed()

    @override
    def is_dirty(self) -> bool:
        return self.values() != self._start

    @override
    def ask_to_discard(self) -> bool:
        discard = super().ask_to_discard()
        if discard:
            self._keeper.drop()
        return discard

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
            self._keeper.saving(lambda c: templates.save(c, values, old)),
            self._saved,
            said=lambda made: _("Saved: {name}.").format(name=made.called),
            failed=self._refused,
        )

    def _saved(self, _made: SurveyTemplate) -> None:
        if shiboken6.isValid(self):
            self._keeper.drop()
            self.accept()

    def _refused(self, trouble: Exception) -> None:
        if shiboken6.isValid(self):
            self.save_button.setEnabled(True)
            if isinstance(trouble, UserError):
                self.message_bar.error(str(trouble))


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
