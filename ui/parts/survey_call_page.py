"""The page of a call: whom one talks to, the questions, a note; what is typed here is kept as a draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from crm_desktop.i18n import LANGUAGES, _, language
from crm_desktop.models.survey_asked import WAYS
from crm_desktop.satisfaction.script import Script
from ui.parts.drafts import Keeper
from ui.parts.notice import Notice
from ui.parts.record_frame import scrolled
from ui.parts.survey_questions import Questions
from ui.parts.survey_voice import VoiceHead


class CallPage(QWidget):
    """Shows one customer of a survey after the other."""

    ended = Signal()
    """The last question was answered."""

    def __init__(self, how: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.script: Script | None = None
        self.keeper: Keeper | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.head = VoiceHead()
        column.addWidget(self.head)
        self.draft = Notice()
        column.addWidget(self.draft)
        self.questions = Questions()
        self.questions.edited.connect(self._edited)
        self.questions.ended.connect(self.ended)
        self.area = scrolled(self.questions, 0)
        self.questions.at.connect(lambda line: self.area.ensureWidgetVisible(line, 0, 40))
        column.addWidget(self.area, 1)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.note = QLineEdit()
        self.note.setPlaceholderText(_("Note, such as when to call again"))
        self.note.setAccessibleName(_("Note"))
        self.note.textEdited.connect(self._edited)
        line.addWidget(self.note, 1)
        self.how = QComboBox()
        self.how.setAccessibleName(_("How it was answered"))
        for code, word in WAYS.items():
            self.how.addItem(_(word), code)
        self.how.setCurrentIndex(self.how.findData(how))
        line.addWidget(self.how)
        self.lang = QComboBox()
        self.lang.setAccessibleName(_("Language of the questions"))
        self.lang.currentIndexChanged.connect(self._ask)
        line.addWidget(self.lang)
        column.addLayout(line)

    def show_script(self, found: Script, about: str) -> None:
        """Show the next customer, with what it answered so far and what was typed about it and not saved."""
        self.script = found
        self.head.show_script(found, about)
        self.note.setText(found.asked.note or "")
        self._offer_languages(found.template.languages)
        self._ask()
        self.questions.set_answers(found.answers)
        self.area.verticalScrollBar().setValue(0)
        self.draft.hide()
        if self.keeper is not None:
            self.keeper.deleteLater()
        self.keeper = Keeper(self, "survey-call", found.asked.id, self._raw)
        self.keeper.offer(self.draft, self._set_raw)
        self.questions.begin()

    def _offer_languages(self, languages: Sequence[str]) -> None:
        chosen = self.lang.currentData() or language()
        self.lang.blockSignals(True)
        self.lang.clear()
        for code in languages:
            self.lang.addItem(LANGUAGES.get(code, code), code)
        self.lang.setCurrentIndex(max(0, self.lang.findData(chosen)))
        self.lang.blockSignals(False)
        self.lang.setVisible(len(languages) > 1)

    def _ask(self) -> None:
        if self.script is not None:
            self.questions.show_items(self.script.template.items, str(self.lang.currentData() or ""))
            self.questions.begin()

    def is_dirty(self) -> bool:
        """Whether something was typed that is not written down yet."""
        if self.script is None:
            return False
        told = (self.questions.answers(), self.note.text())
        return told != (self.script.answers, str(self.script.asked.note or ""))

    def keep(self) -> None:
        """Keep what is typed, to be offered again."""
        if self.keeper is not None and self.is_dirty():
            self.keeper.write()

    def _raw(self) -> dict[str, Any]:
        if not self.is_dirty():
            return {}
        return {"answers": self.questions.answers(), "note": self.note.text(), "how": self.how.currentData()}

    def _set_raw(self, raw: dict[str, Any]) -> None:
        self.questions.set_answers(raw.get("answers", {}))
        self.note.setText(raw.get("note", ""))
        self.how.setCurrentIndex(max(0, self.how.findData(raw.get("how"))))
        self.questions.begin()

    def _edited(self) -> None:
        if self.keeper is not None:
            self.keeper.touch()
