"""One record typed in a dialog: for records that have no tab of their own, such as news or a training."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import shiboken6
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.errors import UserError
from crm_desktop.i18n import _
from crm_desktop.models import Record
from crm_desktop.models.base import Invalid
from crm_desktop.store.change import Conflict
from ui.parts import desk
from ui.parts.dialog import Dialog
from ui.parts.form import Form
from ui.parts.record_frame import scrolled


class RecordDialog(Dialog):
    """The fields of a new or known record; saving is one change with Undo in the message bar."""

    def __init__(
        self,
        near: QWidget,
        title: str,
        action: str,
        target: Record | type[Record],
        fields: Sequence[str],
        presets: Mapping[str, Any] | None = None,
        *,
        hint: str = "",
        needed: Sequence[str] = (),
        said: str = "",
        then: Callable[[Record], object] | None = None,
        size: QSize | None = None,
    ) -> None:
        model = target if isinstance(target, type) else type(target)
        super().__init__(near.window(), title, f"record/{model.table()}", size or QSize(560, 460))
        self._near, self._target, self._action, self._said, self._then = near, target, action, said, then
        self._presets = dict(presets or {})
        if hint:
            label = QLabel(hint)
            label.setWordWrap(True)
            label.setProperty("tone", "muted")
            self.content.addWidget(label)
        record = None if isinstance(target, type) else target
        if record is not None and self._presets:
            record = model.from_row(model.stored({**record.__data__, **self._presets}))
        self.form = Form(model, record, self._presets, fields, needed=needed)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        self.content.addWidget(scrolled(page, 0), 1)
        self.add_button(_("Cancel"), self.reject)
        self.button = self.add_button(_("Save"), self.save, primary=True)
        self.form.focus(next(iter(fields)))

    @override
    def is_dirty(self) -> bool:
        return self.form.is_dirty()

    def save(self) -> None:
        """Write it; what is wrong is said at its field."""
        try:
            problems = self.form.problems()
            values = {} if problems else {**self._presets, **self.form.values()}
        except Invalid as trouble:
            problems = trouble.problems
        if problems:
            self.form.show_problems(problems)
            return
        self.button.setEnabled(False)
        desk.save(
            self._near,
            self._action,
            self._target,
            values,
            self._saved,
            seen={name: value for name, value in self.form.seen.items() if name not in self._presets} or None,
            said=self._said,
            failed=self._refused,
        )

    def _saved(self, record: Record) -> None:
        if shiboken6.isValid(self):
            self.accept()
        if self._then is not None:
            self._then(record)

    def _refused(self, trouble: Exception) -> None:
        if not shiboken6.isValid(self):
            return
        self.button.setEnabled(True)
        if isinstance(trouble, Conflict):
            self.message_bar.error(
                _("A colleague changed the same meanwhile. Close this, look again, and change it anew.")
            )
        elif isinstance(trouble, Invalid):
            self.form.show_problems(trouble.problems)
            self.message_bar.error(str(trouble))
        elif isinstance(trouble, UserError):
            self.message_bar.error(str(trouble))
