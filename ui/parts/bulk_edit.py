"""One field of all selected records: chosen, looked at beforehand, changed in one go with one way back."""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from crm_desktop import bulk_edit
from crm_desktop.bulk_edit import Edit, Preview
from crm_desktop.errors import UserError
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.models import Record
from ui import errors, tasks
from ui.parts import safekeeping
from ui.parts.dialog import Dialog
from ui.parts.editors import Editor, editor_for


class BulkEdit(Dialog):
    """Field, value, and what would really change."""

    def __init__(self, parent: QWidget, model: type[Record], ids: Sequence[int]) -> None:
        number = ngettext("Change {n} record", "Change {n} records", len(ids)).format(n=f"{len(ids):,}")
        super().__init__(parent, number, "bulk_edit", QSize(560, 420))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._near = parent
        self._model, self._ids, self._touched = model, list(ids), False
        self._asked: Edit | None = None
        """What was typed last, and is looked at or shown."""
        self._offered = bulk_edit.fields(model)
        line = QHBoxLayout()
        line.setSpacing(8)
        self.field = QComboBox()
        self.field.setAccessibleName(_("Which field"))
        for name, field in self._offered.items():
            self.field.addItem(_(field.label), name)
        line.addWidget(self.field)
        self.how = QComboBox()
        self.how.setAccessibleName(_("What happens to it"))
        self.how.currentIndexChanged.connect(lambda _index: self._look())
        line.addWidget(self.how)
        line.addStretch()
        self.content.addLayout(line)
        self.editor: Editor | None = None
        self.said = QLabel()
        self.said.setWordWrap(True)
        self.examples = QLabel()
        self.examples.setWordWrap(True)
        self.examples.setProperty("tone", "muted")
        self.content.addWidget(self.said)
        self.content.addWidget(self.examples)
        self.content.addStretch(1)
        self.add_button(_("Cancel"), self.reject)
        self.button = self.add_button(_("Change"), self.apply, primary=True)
        self.field.currentIndexChanged.connect(lambda _index: self._choose())
        start = next((n for n, name in enumerate(self._offered) if name in ("owner", "by")), 0)
        self.field.setCurrentIndex(start)
        self._choose()

    def _choose(self) -> None:
        """Another field: its own editor, empty."""
        field = self._offered[self.field.currentData()]
        self._touched = False
        if self.editor is not None:
            self.content.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
        self.editor = editor_for(field)
        self.editor.setAccessibleName(_("New value"))
        self.editor.set_value(field.python_value(field.db_value(field.empty)))
        self.editor.edited.connect(self._type)
        self.content.insertWidget(1, self.editor)
        self.how.blockSignals(True)
        self.how.clear()
        several = isinstance(field, bulk_edit.SEVERAL)
        for how in ("add", "remove", "set") if several else ("set",):
            self.how.addItem(_(bulk_edit.HOWS[how]), how)
        self.how.setEnabled(several)
        self.how.blockSignals(False)
        self._look()

    def _type(self) -> None:
        self._touched = True
        self._look()

    def edit(self) -> Edit | None:
        """What is to happen; None while the value cannot be read."""
        assert self.editor is not None
        try:
            return Edit(self.field.currentData(), self.how.currentData(), self.editor.value())
        except UserError:
            return None

    def _look(self) -> None:
        """See what would really change."""
        edit = self._asked = self.edit() if self._touched else None
        self._show(None)  # nothing is offered before it was looked at
        if edit is None:
            return
        model, ids = self._model, self._ids

        def show(preview: Preview) -> None:
            if self._asked == edit:  # the field may be another one by now, with nothing in it
                self._show(preview)

        tasks.run(self, lambda: bulk_edit.preview(model, edit, ids), show, place="preview", reading=True)

    def _show(self, preview: Preview | None) -> None:
        changing = preview.changing if preview is not None else 0
        self.button.setEnabled(changing > 0)
        if preview is None and self._asked is not None:
            return  # on its way: what stands there is soon replaced
        self.button.setText(
            ngettext("Change {n} record", "Change {n} records", changing).format(n=f"{changing:,}")
            if changing
            else _("Change")
        )
        if preview is None:
            self.said.setText(_("Choose a field and its new value. Nothing is changed before you have seen what."))
            self.examples.clear()
            return
        parts = [ngettext("{n} record changes.", "{n} records change.", changing).format(n=f"{changing:,}")]
        if preview.same:
            parts.append(
                ngettext("{n} is like this already.", "{n} are like this already.", preview.same).format(
                    n=f"{preview.same:,}"
                )
            )
        self.said.setText(" ".join(parts))
        line, empty = _("{label}: {before} → {after}"), _("(empty)")
        lines = [line.format(label=e.name, before=e.before or empty, after=e.after or empty) for e in preview.examples]
        self.examples.setText("\n".join([*lines, *(["…"] if changing > len(lines) else [])]))

    def apply(self) -> None:
        """Change them, as one action."""
        edit = self._asked
        if edit is None:
            return
        model, ids = self._model, self._ids
        self.button.setEnabled(False)

        def failed(trouble: Exception) -> None:
            if not shiboken6.isValid(self) and isinstance(trouble, UserError):  # closed while it was written
                errors.tell(self._near, trouble)
                return
            self.message_bar.error(str(trouble))

        safekeeping.write(
            self._near,
            "bulk",
            N_("Change many records"),
            lambda c: bulk_edit.apply(c, model, edit, ids),
            lambda _number: self.accept() if shiboken6.isValid(self) else None,
            said=lambda n: ngettext("{n} record changed.", "{n} records changed.", n).format(n=f"{n:,}"),
            failed=failed,
            ended=lambda: self.button.setEnabled(True) if shiboken6.isValid(self) else None,
            follow=self.message_bar,
        )
