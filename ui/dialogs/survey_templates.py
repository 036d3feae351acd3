"""The questionnaires of the office: make one, change one, put one aside; older versions stay with their answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from crm_desktop.i18n import N_, _, language
from crm_desktop.satisfaction import templates
from crm_desktop.satisfaction.ready import ready
from crm_desktop.satisfaction.templates import Known
from crm_desktop.store.change import Change
from ui import refresh, tasks, theme
from ui.dialogs import survey_template
from ui.parts import desk
from ui.parts.dialog import Dialog
from ui.parts.empty import Empty
from ui.parts.survey_trees import plain_tree, row
from ui.parts.ticks import Tick

ROLE = Qt.ItemDataRole.UserRole
ASIDE = N_("Put a questionnaire aside")
MAKE = N_("New questionnaire")


class TemplatesDialog(Dialog):
    """One line a questionnaire; a double-click opens it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent.window(), _("Questionnaires"), "survey_templates", QSize(760, 460))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.found: list[Known] = []
        hint = QLabel(
            _("A questionnaire that was asked is never changed under its answers: changes become a new version.")
        )
        hint.setWordWrap(True)
        hint.setProperty("tone", "muted")
        self.content.addWidget(hint)
        headings = [_("Title"), _("Version"), _("Questions"), _("Surveys"), _("State")]
        self.tree = plain_tree(_("Questionnaires"), headings, 0)
        self.tree.itemActivated.connect(lambda _item, _column: self.edit())
        self.tree.itemSelectionChanged.connect(self._enable)
        self.content.addWidget(self.tree, 1)
        self.empty = Empty("file-text", _("No questionnaire yet. Begin with a ready-made one, or write your own."))
        self.empty.hide()
        self.content.addWidget(self.empty, 1)
        self.content.addLayout(self._tools())
        self.add_button(_("Close"), self.reject)
        refresh.signal.changed.connect(self._changed)
        self.reload()

    def _tools(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        self.new = QPushButton(theme.icon("plus"), _("New"))
        menu = QMenu(self.new)
        english = language() == "en"
        for key, each in ready().items():
            name = each.en if english else each.zh
            text = _("{name} (ready-made)").format(name=name)
            menu.addAction(theme.icon("file-text"), text, partial(survey_template.show_ready, self, key))
        menu.addSeparator()
        menu.addAction(theme.icon("edit"), _("An empty one"), self.write_own)
        self.new.setMenu(menu)
        self.change = self._tool("edit", _("Edit…"), self.edit)
        self.copy = self._tool("copy", _("Copy…"), self.make_copy)
        self.aside = self._tool("x", _("Put aside"), self.put_aside)
        for button in (self.new, self.change, self.copy, self.aside):
            button.setAutoDefault(False)
            line.addWidget(button)
        line.addStretch()
        self.older: Tick = Tick(_("Also those put aside and older versions"))
        self.older.toggled.connect(self.reload)
        line.addWidget(self.older)
        return line

    def _tool(self, icon: str, text: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(theme.icon(icon), text)
        button.clicked.connect(lambda: do())
        return button

    def reload(self) -> None:
        """Read them again."""
        older = self.older.isChecked()
        tasks.run(self, lambda: templates.all_of_them(older), self.show_templates, place="templates", reading=True)

    def _changed(self, changed: frozenset[tuple[str, int]] | None) -> None:
        if refresh.concerns(changed, "survey_template", "survey_run"):
            self.reload()

    def show_templates(self, found: list[Known]) -> None:
        """Show these."""
        self.found = found
        self.tree.clear()
        for one in found:
            state = _("in use") if one.active else _("put aside")
            item = row([one.name, str(one.version), str(one.questions), str(one.surveys), state], (1, 2, 3))
            item.setData(0, ROLE, one.id)
            item.setForeground(4, theme.tone("good" if one.active else "muted"))
            self.tree.addTopLevelItem(item)
        self.tree.setVisible(bool(found))
        self.empty.setVisible(not found)
        self._enable()

    def chosen(self) -> Known | None:
        """The questionnaire that is selected."""
        rows = self.tree.selectionModel().selectedRows()
        return self.found[rows[0].row()] if rows else None

    def _enable(self) -> None:
        one = self.chosen()
        for button in (self.change, self.copy, self.aside):
            button.setEnabled(one is not None)
        self.aside.setText(_("Offer again") if one is not None and not one.active else _("Put aside"))

    def edit(self) -> None:
        """Open the selected one."""
        one = self.chosen()
        if one is not None:
            survey_template.edit(self, one.id)

    def write_own(self) -> None:
        """Begin with an empty one."""
        survey_template.TemplateDialog(self, {}).open()

    def make_copy(self) -> None:
        """Begin with the questions of the selected one."""
        one = self.chosen()
        if one is None:
            return

        def show(values: dict[str, object]) -> None:
            survey_template.TemplateDialog(self, values).open()

        tasks.run(self, lambda: _copied(one.id), show, reading=True)

    def put_aside(self) -> None:
        """Offer the selected one no longer, or again."""
        one = self.chosen()
        if one is None:
            return

        def work(c: Change) -> None:
            templates.put_aside(c, templates.template(one.id), active=not one.active)

        said = _("{name}: put aside.") if one.active else _("{name}: offered again.")
        desk.write(self, ASIDE, work, said=said.format(name=one.name))


def _copied(template: int) -> dict[str, object]:
    """A copy of a questionnaire to be changed, under another name."""
    old = templates.template(template)
    values = {name: getattr(old, name) for name in ("purpose", "languages", "items")}
    name = _("{name} (copy)").format(name=old.name)
    return {**values, "name": name, "name_en": f"{old.name_en} (copy)" if old.name_en else ""}
