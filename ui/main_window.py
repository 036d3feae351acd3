"""The main window: tabs, menus, message bar; it knows the tabs only by their common face."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMainWindow, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop import paths
from crm_desktop.i18n import _
from crm_desktop.store.file import SUFFIX
from ui import dialogs, menus, refresh, tasks, theme
from ui.parts import desk, geometry, papers, reminders, unsaved
from ui.parts.file_drop import FileDrop
from ui.parts.fileinfo import FileInfo
from ui.parts.fitting_tabs import FittingTabs
from ui.parts.left_drafts import LeftDrafts
from ui.parts.message_bar import MessageBar
from ui.parts.pulse import start_folder
from ui.parts.record_window import open_record
from ui.parts.saving_as import ending
from ui.parts.standing import PresenceButton, Standing
from ui.parts.tab import Show, Tab
from ui.tabs import TABS

FILES = f"*{SUFFIX}"


class MainWindow(QMainWindow):
    """One window on one customer file."""

    language_chosen = Signal(str)
    file_chosen = Signal(object)
    new_file_asked = Signal(object)
    user_switch_asked = Signal()
    info_changed = Signal(object)
    """The FileInfo was read again."""

    def __init__(self, info: FileInfo) -> None:
        super().__init__()
        self.info = info
        self.info_changed.connect(self._tell_info)
        self.message_bar = MessageBar()
        self.tabs = FittingTabs(self._corner())
        self._pages: list[QVBoxLayout] = []
        self._built: dict[int, Tab] = {}
        self._add_pages()
        middle = QWidget()
        layout = QVBoxLayout(middle)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.standing = Standing()
        self.standing.backups_asked.connect(self.show_backups)
        layout.addWidget(self.standing)
        self.left = LeftDrafts()
        self.left.asked.connect(self._go_on_typing)
        self.left.contact_asked.connect(lambda: self.write_contact())
        layout.addWidget(self.left)
        layout.addWidget(self.tabs, 1)
        self.message_bar.add_right(PresenceButton(self.show_colleagues))
        layout.addWidget(self.message_bar)
        self.setCentralWidget(middle)
        FileDrop(self).dropped.connect(self.bring_in)
        menus.build(self, [tab.title for tab in TABS])
        self.message_bar.status(f"{info.user_name} · {info.path.name}")
        geometry.restore(self, self.tabs)
        self.tabs.currentChanged.connect(self.tab)
        self.tabs.currentChanged.connect(lambda _number: self._tell_info(self.info))
        self._tell_info(info)
        self.tab()
        refresh.signal.changed.connect(self._tell_saved)
        papers.shown_by(lambda parent, *about: dialogs.case_papers.show(parent, *about))
        self.reminder = reminders.Reminder(self)
        self.reminder.asked.connect(lambda item: self.show_wish(Show(item.table, item.id)))
        self.left.look()
        self._tell_upgrade()

    def _tell_info(self, info: FileInfo) -> None:
        self.info = info
        self.setWindowTitle(f"{info.office or info.path.stem} · {_(TABS[self.tabs.currentIndex()].title)}")

    def _add_pages(self) -> None:
        """Room for each tab; what is in it is made when somebody looks at it."""
        for number, tab in enumerate(TABS):
            page = QWidget()
            self._pages.append(QVBoxLayout(page))
            self._pages[-1].setContentsMargins(0, 0, 0, 0)
            self.tabs.addTab(page, theme.icon(tab.icon), _(tab.title))
            self.tabs.setTabToolTip(number, f"{_(tab.title)}  Alt+{number + 1}")

    def _corner(self) -> QPushButton:
        find = QPushButton(theme.icon("search", "muted"), _("Find anything") + "   Ctrl+K")
        find.setProperty("flat", True)
        find.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        find.clicked.connect(self.jump)
        return find

    def _tell_saved(self, _changed: object) -> None:
        now = datetime.now().strftime("%H:%M")
        self.message_bar.status(" · ".join((self.info.user_name, self.info.path.name, _("all saved"), now)))

    def tab(self, number: int | None = None) -> Tab:
        """A tab, made when it is first looked at."""
        number = self.tabs.currentIndex() if number is None else number
        if number not in self._built:
            tab = self._built[number] = TABS[number].load()(self.info)
            tab.setAccessibleName(_(TABS[number].title))
            tab.asked.connect(self.show_wish)
            tab.contact_asked.connect(self.write_contact)
            tab.import_asked.connect(self.import_files)
            tab.asked_for.connect(partial(self.tabs.setCurrentIndex, number))
            tab.month_asked.connect(lambda month, owner: dialogs.printing.MonthlyDialog(self, month, owner).open())
            self._pages[number].addWidget(tab)
        return self._built[number]

    def show_wish(self, wish: Show) -> None:
        """Show a record, or the records behind a figure, in the tab that is made for them."""
        for number, tab in enumerate(TABS):
            if wish.table in tab.tables:
                self.tabs.setCurrentIndex(number)
                self.tab(number).show_wish(wish)
                return

    def _tell_upgrade(self) -> None:
        """Whoever opens the file first after an update is told what that means for the others."""
        copy = self.info.before_upgrade
        if copy is not None:
            said = _("The file was brought up to date for this program; its copy from before is “{file}”.")
            others = _("Colleagues need this version of the program, too.")
            self.message_bar.say(f"{said.format(file=copy.name)} {others}", tone="due")

    def _go_on_typing(self, wish: Show) -> None:
        """In its tab, or in a window of its own what no tab edits."""
        if wish.id is None or wish.table in [tab.tables[0] for tab in TABS if tab.tables]:
            self.show_wish(wish)
            if not wish.new:
                self.tab().edit()
        else:
            open_record(self, wish.table, wish.id).panel.edit()

    # what the menus call

    def new_record(self) -> None:
        self.tab().new()

    def edit_record(self) -> None:
        self.tab().edit()

    def save_record(self) -> None:
        self.tab().save()

    def search_here(self) -> None:
        self.tab().search()

    def refresh(self) -> None:
        refresh.reread(self)

    def undo(self) -> None:
        desk.undo(self)

    def redo(self) -> None:
        desk.redo(self)

    def jump(self) -> None:
        dialogs.jump.Jump(self, self.show_wish).open()

    def write_contact(self, customer: int | None = None) -> None:
        dialog = dialogs.contact_log.ContactLog(self, customer or self.tab().current_customer())
        dialog.asked.connect(self.show_wish)
        dialog.open()

    def import_files(self) -> None:
        self.bring_in([])

    def bring_in(self, files: list[Path]) -> None:
        dialog = dialogs.import_files.ImportDialog(self, files)
        dialog.asked.connect(self.show_wish)
        dialog.open()

    def export_list(self) -> None:
        self.tab().export()

    def print_month(self) -> None:
        dialogs.printing.MonthlyDialog(self).open()

    def print_card(self) -> None:
        dialogs.printing.print_card(self, self.tab().current_customer())

    def edit_office(self) -> None:
        dialog = dialogs.office.OfficeDialog(self, self.info)
        dialog.settings.saved.connect(self._reread)
        dialog.open()

    def _reread(self) -> None:
        """The office has another name or other thresholds."""
        user = self.info.user
        tasks.run(self, lambda: FileInfo.read(user), self.info_changed.emit)

    def show_backups(self) -> None:
        dialog = dialogs.backups.Backups(self)
        dialog.restored.connect(self.info_changed)
        dialog.open()

    def show_health(self) -> None:
        dialog = dialogs.health.Health(self)
        dialog.file_chosen.connect(self.file_chosen)
        dialog.open()

    def show_sharing(self) -> None:
        dialogs.manual.Manual(self, dialogs.manual.SHARING).open()

    def show_colleagues(self) -> None:
        dialogs.colleagues.Colleagues(self).open()

    def switch_user(self) -> None:
        self.user_switch_asked.emit()

    def open_logs(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(paths.logs())))

    def show_keys(self) -> None:
        dialogs.about.KeysDialog(self).open()

    def about(self) -> None:
        dialogs.about.AboutDialog(self, self.info).open()

    def new_file(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(self, _("New customer file"), *self._where())
        if chosen:
            self.new_file_asked.emit(ending(chosen, SUFFIX))

    def open_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Open customer file"), *self._where())
        if chosen:
            self.file_chosen.emit(Path(chosen))

    def _where(self) -> tuple[str, str]:
        """Where a file is looked for, and which."""
        return start_folder(self.info.path), _("Customer files ({pattern})").format(pattern=FILES)

    def state(self) -> dict[str, Any]:
        """All that is shown and typed, for the window that is built in place of this one."""
        return {
            "tab": self.tabs.currentIndex(),
            "tabs": {number: tab.state() for number, tab in self._built.items()},
            "windows": unsaved.open_windows(self),
        }

    def restore(self, state: unsaved.State) -> None:
        """Show again what another window showed, typing included."""
        for number, shown in state["tabs"].items():
            self.tab(number).restore(shown)
        self.tabs.setCurrentIndex(state["tab"])
        for table, id, typed in state["windows"]:
            unsaved.reopen(self, table, id, typed)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if unsaved.asks(self, self._built.values(), self.close):
            event.ignore()
            return
        if self.standing.asks(self.close):
            event.ignore()
            return
        geometry.remember(self, self.tabs)
        super().closeEvent(event)
