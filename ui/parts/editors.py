"""One editor a kind of field: `editor_for(field)` is all that forms need to know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject
from typing_extensions import override

from crm_desktop import listing
from crm_desktop.models import Contact, Customer, Record, manifold
from crm_desktop.models import fields as kinds
from crm_desktop.models.fields import Field
from ui import tasks
from ui.parts.editors_base import Editor, LineEditor
from ui.parts.editors_choice import ChoiceEditor, LinkEditor, PersonEditor
from ui.parts.editors_dates import BirthdayEditor, DateEditor, DateTimeEditor
from ui.parts.editors_several import SeveralEditor, choices, colleagues, texts
from ui.parts.editors_text import CreditCodeEditor, LongTextEditor, YesNoEditor
from ui.parts.rows_editor import RowsEditor

__all__ = ["Editor", "LineEditor", "editor_for"]

TAGGED: tuple[type[Record], ...] = (Customer, Contact)
MAKERS: tuple[tuple[type[Field[Any]], Callable[[Field[Any]], Editor]], ...] = (
    (manifold.Rows, lambda field: _rows(field)),
    (manifold.Choices, choices),
    (manifold.People, colleagues),
    (manifold.Texts, lambda field: _texts(field)),
    (kinds.LongText, LongTextEditor),
    (kinds.CreditCode, CreditCodeEditor),
    (kinds.Choice, ChoiceEditor),
    (kinds.Birthday, BirthdayEditor),
    (kinds.DateTime, DateTimeEditor),
    (kinds.Date, DateEditor),
    (kinds.YesNo, YesNoEditor),
    (kinds.Person, PersonEditor),
    (kinds.Link, LinkEditor),
)
"""The first kind that fits decides; everything else is a line that its field reads."""


def editor_for(field: Field[Any]) -> Editor:
    """A widget to type this field."""
    return next((make(field) for kind, make in MAKERS if isinstance(field, kind)), None) or LineEditor(field)


def _rows(field: Field[Any]) -> Editor:
    assert isinstance(field, manifold.Rows)
    return RowsEditor(field, editor_for)


def _texts(field: Field[Any]) -> SeveralEditor:
    """Short texts; tags come with those in use."""
    known: list[str] = []
    editor = texts(field, lambda: known)
    model = getattr(field, "model", None)
    if field.name == "tags" and model in TAGGED:
        _Known(editor, model, known)
    return editor


class _Known(QObject):
    """Asks for the tags in use when the cursor first comes to the line."""

    def __init__(self, editor: SeveralEditor, model: type[Record], known: list[str]) -> None:
        super().__init__(editor)
        self._model, self._known, self._line = model, known, editor.line
        editor.line.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: Any) -> bool:
        if event.type() == event.Type.FocusIn:
            self._line.removeEventFilter(self)
            model = self._model
            tasks.run(self._line, lambda: listing.tags(model), self._known.extend, place="tags", reading=True)
        return False
