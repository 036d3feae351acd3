"""The office's texts to complainants: changed here, with what can be filled in and how it looks with a real case."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from crm_desktop.complaints import letter_texts, letters
from crm_desktop.errors import UserError
from crm_desktop.i18n import LANGUAGES, N_, _, language
from crm_desktop.models import Complaint
from ui import tasks
from ui.parts import desk

PAUSE = 300
"""Milliseconds without typing until the text is shown with its facts."""


class Read(NamedTuple):
    """What the customer file says."""

    texts: dict[tuple[str, str], str]
    case: Complaint
    facts: dict[str, str]


class LettersPage(QWidget):
    """Left the text, right what can be put in, below how it looks; saved text by text, and can be undone."""

    def __init__(self) -> None:
        super().__init__()
        self._stored: dict[tuple[str, str], str] = {}
        self._typed: dict[tuple[str, str], str] = {}
        self._facts: dict[str, str] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(4, 16, 12, 8)
        grid.setSpacing(8)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        row = QHBoxLayout()
        self.kind = QComboBox()
        self.kind.setAccessibleName(_("Kind of text"))
        for key, title in letter_texts.KINDS.items():
            self.kind.addItem(_(title), key)
        self.tongue = QComboBox()
        self.tongue.setAccessibleName(_("Language"))
        for name, title in LANGUAGES.items():
            self.tongue.addItem(title, name)
        self.tongue.setCurrentIndex(self.tongue.findData(language()))
        row.addWidget(self.kind)
        row.addWidget(self.tongue)
        row.addStretch()
        grid.addLayout(row, 0, 0)
        grid.addWidget(_muted(_("Double-click puts a fact of the case in:")), 0, 1)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(_("Text"))
        grid.addWidget(self.text, 1, 0)
        grid.addWidget(self._holes(), 1, 1)
        self.about = _muted("")
        grid.addWidget(self.about, 2, 0, 1, 2)
        self.preview = QPlainTextEdit()
        self.preview.setReadOnly(True)
        self.preview.setAccessibleName(_("How it looks"))
        grid.addWidget(self.preview, 3, 0, 1, 2)
        grid.setRowStretch(1, 3)
        grid.setRowStretch(3, 2)
        self.problem = QLabel()
        self.problem.setProperty("tone", "overdue")
        self.problem.setWordWrap(True)
        grid.addWidget(self.problem, 4, 0, 1, 2)
        grid.addLayout(self._ways(), 5, 0, 1, 2)
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self.show_preview)
        self.kind.currentIndexChanged.connect(lambda _index: self.show_text())
        self.tongue.currentIndexChanged.connect(lambda _index: self.show_text())
        self.text.textChanged.connect(self._keep)
        tasks.run(self, _read, self.show_stored, place="letters", reading=True)

    def _holes(self) -> QListWidget:
        self.holes = QListWidget()
        self.holes.setAccessibleName(_("What can be filled in"))
        self.holes.setWordWrap(True)
        for name, meaning in letter_texts.HOLES.items():
            item = QListWidgetItem("{" + name + "}  " + _(meaning))
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.holes.addItem(item)
        self.holes.itemActivated.connect(self.put_in)
        return self.holes

    def _ways(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.save_button = QPushButton(_("Save this text"))
        self.save_button.setProperty("primary", True)
        self.save_button.clicked.connect(self.save)
        self.back_button = QPushButton(_("Back to the ready-made text"))
        self.back_button.setAutoDefault(False)
        self.back_button.clicked.connect(self.take_standard)
        row.addWidget(self.save_button)
        row.addWidget(self.back_button)
        row.addStretch()
        return row

    def chosen(self) -> tuple[str, str]:
        """The kind and the language that are looked at."""
        return str(self.kind.currentData()), str(self.tongue.currentData())

    def put_in(self, item: QListWidgetItem) -> None:
        """Put a hole where the cursor is."""
        self.text.insertPlainText("{" + str(item.data(Qt.ItemDataRole.UserRole)) + "}")
        self.text.setFocus()

    def take_standard(self) -> None:
        """Show the ready-made text; it holds when it is saved."""
        self.text.setPlainText(letter_texts.standard(*self.chosen()))

    def show_stored(self, read: Read) -> None:
        """Show what the file says; what was typed meanwhile stays."""
        self._stored, self._facts = read.texts, read.facts
        named = read.case.code if read.case.id else _("an invented one")
        self.about.setText(_("How it looks with the newest complaint ({code}):").format(code=named))
        self.show_text()

    def show_text(self) -> None:
        """Show the text of the chosen kind and language, as it was typed or is stored."""
        chosen = self.chosen()
        self.text.setPlainText(self._typed.get(chosen, self._stored.get(chosen, "")))
        self.show_preview()

    def show_preview(self) -> None:
        """Fill the facts in, or say what cannot be filled in."""
        self._pause.stop()
        if not self._stored:
            return
        try:
            self.preview.setPlainText(letter_texts.fill(self.text.toPlainText(), self._facts))
            self.problem.clear()
        except UserError as trouble:
            self.preview.clear()
            self.problem.setText(str(trouble))

    def is_dirty(self) -> bool:
        """Whether a text was changed and is not saved."""
        return bool(self._typed)

    def save(self) -> None:
        """Keep the text that is looked at."""
        (kind, tongue), text = self.chosen(), self.text.toPlainText()

        def written(_nothing: None) -> None:
            self._stored[kind, tongue] = text if text.strip() else letter_texts.standard(kind, tongue)
            self._typed.pop((kind, tongue), None)
            self.show_text()

        def failed(trouble: Exception) -> None:
            self.problem.setText(str(trouble))

        desk.write(
            self,
            N_("Change a text to complainants"),
            lambda c: letter_texts.save(c, kind, tongue, text),
            written,
            said=_("The text is saved."),
            failed=failed,
        )

    def _keep(self) -> None:
        chosen, text = self.chosen(), self.text.toPlainText()
        if not self._stored or text == self._stored.get(chosen):
            self._typed.pop(chosen, None)
        else:
            self._typed[chosen] = text
        self.save_button.setEnabled(chosen in self._typed)
        self.back_button.setEnabled(text.strip() != letter_texts.standard(*chosen).strip())
        self._pause.start()


def _read() -> Read:
    today = date.today().isoformat()
    case = letters.example(today)
    return Read(letter_texts.templates(), case, letters.facts(case, today))


def _muted(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("tone", "muted")
    label.setWordWrap(True)
    return label
