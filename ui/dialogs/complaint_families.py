"""Families of like complaints as a Pareto: the largest first, and whether each shrank after its first action."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QLabel, QTreeWidget, QTreeWidgetItem, QWidget

from crm_desktop.complaints import families
from crm_desktop.complaints.families import Family
from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.listing import Filter
from ui import tasks, theme
from ui.parts.dialog import Dialog
from ui.parts.empty import Empty
from ui.parts.tab import Show

HEADINGS = (
    N_("Name of the family"),
    N_("Cause"),
    N_("Complaints"),
    N_("Share, added up"),
    N_("Per 30 days before"),
    N_("since the action"),
    N_("Actions"),
    N_("How it stands"),
)


class FamiliesDialog(Dialog):
    """One line a family; a double-click shows its complaints."""

    asked = Signal(object)
    """A Show: the complaints of a family."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent.window(), _("Families of like complaints"), "families", QSize(1040, 480))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        hint = QLabel(
            _(
                "A family is improved when all its improvement actions are verified and effective, and complaints have"
                " become fewer since the first action was done."
            )
        )
        hint.setWordWrap(True)
        hint.setProperty("tone", "muted")
        self.content.addWidget(hint)
        self.tree = QTreeWidget()
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setAccessibleName(_("Families of like complaints"))
        self.tree.setHeaderLabels([_(heading) for heading in HEADINGS])
        self.tree.itemActivated.connect(lambda item, _column: self._show(item))
        self.content.addWidget(self.tree, 1)
        self.how_to = QLabel(_("A double-click shows the complaints of a family."))
        self.how_to.setProperty("tone", "muted")
        self.content.addWidget(self.how_to)
        self.empty = Empty(
            "copy",
            _("No family yet. Open a complaint, Course and evidence, Like complaints, and put like ones together."),
        )
        self.empty.hide()
        self.content.addWidget(self.empty, 1)
        self.add_button(_("Close"), self.reject)
        tasks.run(self, lambda: families.all_of_them(date.today()), self.show_families, place="families", reading=True)

    def show_families(self, found: list[Family]) -> None:
        """Show them, the largest first."""
        self.tree.clear()
        whole, sum_so_far = sum(one.size for one in found), 0
        for one in found:
            sum_so_far += one.size
            columns = [
                one.name,
                one.cause,
                f"{one.size:,}",
                f"{100 * sum_so_far / whole:.0f} %",
                f"{one.before:g}",
                "–" if one.after is None else f"{one.after:g}",
                f"{one.actions - one.waiting}/{one.actions}",
                how(one),
            ]
            item = QTreeWidgetItem(columns)
            item.setData(0, Qt.ItemDataRole.UserRole, one.name)
            item.setSizeHint(0, QSize(self.tree.fontMetrics().horizontalAdvance(one.name) + 16, 28))
            for column in range(2, 7):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setForeground(7, theme.tone("good" if one.improved else "text"))
            self.tree.addTopLevelItem(item)
        for column in range(8):
            self.tree.resizeColumnToContents(column)
        for widget in (self.tree, self.how_to):
            widget.setVisible(bool(found))
        self.empty.setVisible(not found)

    def _show(self, item: QTreeWidgetItem) -> None:
        name = str(item.data(0, Qt.ItemDataRole.UserRole))
        self.asked.emit(Show("complaint", filters=(Filter("family", "in", [name]),), title=name))
        self.accept()


def how(one: Family) -> str:
    """How a family stands, with a sign."""
    if one.improved:
        return "✓ " + _("improved")
    if not one.actions:
        return "▲ " + _("no action yet")
    if one.waiting:
        return "● " + ngettext("{n} action to verify", "{n} actions to verify", one.waiting).format(n=one.waiting)
    if one.after is None:
        return "○ " + _("too early to tell")
    return "▲ " + _("not fewer than before") if one.after >= one.before else "▲ " + _("not effective")
