"""Office news: what is published, who has read it, and writing it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from crm_desktop import news, values
from crm_desktop.complaints import evidence
from crm_desktop.i18n import N_, _
from crm_desktop.models import News, NewsFile, lists
from ui import refresh, tasks, theme
from ui.parts import deleting, desk, kept_files
from ui.parts.button_row import ButtonRow
from ui.parts.dialog import Dialog
from ui.parts.empty import Empty
from ui.parts.flow import Flow
from ui.parts.notice import Notice
from ui.parts.record_dialog import RecordDialog
from ui.parts.record_frame import scrolled

FIELDS = ("name", "text", "category", "pinned", "start", "until")
FORM = QSize(600, 600)
TABLES = ("news", "news_file", "news_read")


@dataclass(frozen=True)
class Read:
    """One piece of news with what hangs on it."""

    record: News
    files: list[evidence.Evidence]
    readers: news.Readers


def read(id: int) -> Read | None:
    """A piece of news for showing; None when it is gone; in the store thread."""
    record = News.get_row(id)
    return None if record is None else Read(record, evidence.of(id, NewsFile), news.readers(id))


class NewsDialog(Dialog):
    """The list with its filters left, what is chosen right."""

    def __init__(self, parent: QWidget, wanted: int | None = None) -> None:
        super().__init__(parent.window(), _("Office news"), "news", QSize(900, 560))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._near, self._wanted = parent, wanted
        self.shown: Read | None = None
        self.content.addLayout(self._filters())
        split = QSplitter()
        split.setChildrenCollapsible(False)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Office news"))
        self.list.setMinimumWidth(260)
        self.list.setIconSize(QSize(16, 16))
        self.list.currentItemChanged.connect(lambda _now, _before: self._choose())
        split.addWidget(self.list)
        right = QWidget()
        self._page = QVBoxLayout(right)
        self._page.setContentsMargins(12, 0, 0, 0)
        self.empty = Empty(
            "bell", _("No news. Tell your colleagues something worth knowing."), _("Write news…"), self.new
        )
        self._page.addWidget(self.empty, 1)
        self.body = self._body()
        self._page.addWidget(self.body, 1)
        self.notice = Notice()
        self._page.addWidget(self.notice)
        split.addWidget(right)
        split.setStretchFactor(1, 1)
        self.content.addWidget(split, 1)
        self.add_button(_("Close"), self.reject)
        self.new_button = self.add_button(_("Write news…"), self.new)
        self.read_button = self.add_button(_("I have read it"), self.mark_read, primary=True)
        self.read_button.setEnabled(False)
        refresh.signal.changed.connect(self._changed)
        self.reload()

    def _filters(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.when = QComboBox()
        self.when.setAccessibleName(_("State"))
        for key, title in news.WHEN.items():
            self.when.addItem(_(title), key)
        self.when.setCurrentIndex(1)
        self.category = QComboBox()
        self.category.setAccessibleName(_("Kind of news"))
        self.category.addItem(_("All categories"), "")
        for entry in lists.entries("news_category"):
            self.category.addItem(entry.label, entry.code)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search in the news"))
        self.search.setAccessibleName(_("Search in the news"))
        self.search.setClearButtonEnabled(True)
        soon = QTimer(self, singleShot=True, interval=120)
        soon.timeout.connect(self.reload)
        self.search.textChanged.connect(lambda _text: soon.start())
        for box in (self.when, self.category):
            box.currentIndexChanged.connect(lambda _index: self.reload())
            row.addWidget(box)
        row.addWidget(self.search, 1)
        return row

    def _body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.title = QLabel()
        self.title.setFont(theme.title_font())
        self.title.setWordWrap(True)
        self.meta = QLabel()
        self.meta.setProperty("tone", "muted")
        self.meta.setWordWrap(True)
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.title)
        column.addWidget(self.meta)
        column.addWidget(scrolled(self.text, 0), 1)
        self.files = QWidget()
        self._files = Flow(8)
        self.files.setLayout(self._files)
        column.addWidget(self.files)
        self.readers = QLabel()
        self.readers.setProperty("tone", "muted")
        self.readers.setWordWrap(True)
        column.addWidget(self.readers)
        row = ButtonRow(
            ("edit", _("Edit…"), self.edit),
            ("paperclip", _("Attach a file…"), self.choose_files),
            ("trash", _("Delete…"), self.ask_to_delete),
        )
        column.addLayout(row)
        body.hide()
        return body

    # what is shown

    def reload(self) -> None:
        """Read the list as it is filtered."""
        user, day = desk.user(), date.today()
        when, category, text = str(self.when.currentData()), str(self.category.currentData()), self.search.text()
        who = user.id if user else None
        tasks.run(self, lambda: news.found(who, day, when, category, text), self.show_list, place="news", reading=True)

    def show_list(self, found: list[news.Line]) -> None:
        """Show the list; what was chosen stays chosen."""
        chosen = self._wanted or self.chosen()
        self._wanted = None
        self.list.blockSignals(True)
        self.list.clear()
        for line in found:
            item = QListWidgetItem(theme.icon("pin" if line.pinned else "bell", "muted"), line.name)
            item.setData(Qt.ItemDataRole.UserRole, line.id)
            item.setSizeHint(QSize(0, 30))
            item.setToolTip(line.said)
            font = item.font()
            font.setBold(not line.read)
            item.setFont(font)
            if not line.read:
                item.setData(Qt.ItemDataRole.AccessibleTextRole, _("{name}, not read").format(name=line.name))
            self.list.addItem(item)
        ids = [line.id for line in found]
        self.list.setCurrentRow(ids.index(chosen) if chosen in ids else 0 if ids else -1)
        self.list.blockSignals(False)
        self._choose()

    def chosen(self) -> int | None:
        """The news that are looked at."""
        item = self.list.currentItem()
        return None if item is None else int(item.data(Qt.ItemDataRole.UserRole))

    def _choose(self) -> None:
        id = self.chosen()
        self.notice.hide()
        self.empty.setVisible(id is None)
        if id is None:
            self.show_news(None)
        else:
            tasks.run(self, lambda: read(id), self.show_news, place="one", reading=True)

    def show_news(self, found: Read | None) -> None:
        """Show one piece of news."""
        self.shown = found
        self.body.setVisible(found is not None)
        user = desk.user()
        names = [name for name, _at in found.readers.read] if found else []
        self.read_button.setEnabled(found is not None and user is not None and user.name not in names)
        if found is None:
            return
        one = found.record
        self.title.setText(str(one.name))
        until = _("until {day}").format(day=one.until) if one.until else ""
        parts = (one.shown("category"), str(one.start), until, one.shown("by"))
        self.meta.setText(" · ".join(part for part in parts if part))
        self.text.setText(str(one.text))
        self._show_files(found.files)
        self.readers.setText(found.readers.told)
        tips = [f"{name}  {values.show_datetime(at)}" for name, at in found.readers.read]
        self.readers.setToolTip("\n".join(tips))

    def _show_files(self, files: Sequence[evidence.Evidence]) -> None:
        while self._files.count():
            item = self._files.takeAt(0)
            if item is not None and (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for one in files:
            button = QPushButton(theme.icon("paperclip"), one.name)
            button.setAutoDefault(False)
            button.setToolTip(kept_files.where(one))
            button.clicked.connect(lambda _on=False, one=one: kept_files.open_one(self, one, NewsFile))
            self._files.addWidget(button)
        self.files.setVisible(bool(files))

    def _changed(self, changed: frozenset[tuple[str, int]] | None) -> None:
        if refresh.concerns(changed, *TABLES):
            self.reload()

    # what is done

    def mark_read(self) -> None:
        """Write down that it was read by who is at the keyboard."""
        id, user = self.chosen(), desk.user()
        if id is not None and user is not None:
            desk.write(self, N_("Read news"), lambda c: news.read(c, id, user.id), said=_("Marked as read."))

    def new(self) -> None:
        """Write news."""
        presets = {"start": date.today().isoformat()}
        RecordDialog(
            self, _("Write news"), N_("New news"), News, FIELDS, presets, said=_("The news are published."),
            then=self._written, size=FORM, hint=_("Colleagues see it on Today until they have read it."),
        ).open()  # fmt: skip

    def _written(self, record: object) -> None:
        self._wanted = getattr(record, "id", None)
        self.when.setCurrentIndex(0)
        self.reload()

    def edit(self) -> None:
        """Change what is shown."""
        if self.shown is not None:
            title, said = _("Change news"), _("The news are changed.")
            RecordDialog(self, title, N_("Edit news"), self.shown.record, FIELDS, said=said, size=FORM).open()

    def ask_to_delete(self) -> None:
        """Ask once before the news are deleted; the recycle bin keeps them."""
        if self.shown is None:
            return
        record = self.shown.record

        def delete(why: str) -> None:
            deleting.write(self, N_("Delete news"), why, lambda c: c.delete_many(News, [record.id]), _("News deleted."))

        deleting.ask(self.notice, _("Delete “{name}”?").format(name=record.name), _("Delete"), delete)

    def choose_files(self) -> None:
        """Choose files and attach them."""
        chosen, _kind = QFileDialog.getOpenFileNames(self, _("Attach files"))
        self.add_files([Path(name) for name in chosen])

    def add_files(self, paths: Sequence[Path]) -> None:
        """Attach files; reading them does not wait for the customer file."""
        id = self.chosen()
        if id is not None:
            kept_files.add(self, self, N_("Attach a file"), id, paths, NewsFile)
