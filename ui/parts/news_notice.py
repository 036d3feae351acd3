"""The first piece of news that the colleague at the keyboard has not read, with the button that says so."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from crm_desktop import news
from crm_desktop.i18n import N_, _, ngettext
from ui import refresh, tasks
from ui.parts import desk
from ui.parts.notice import Notice

LENGTH = 160
"""So many characters of the text are shown here."""


class NewsNotice(Notice):
    """Hidden while everything is read."""

    wanted = Signal(object)  # the id of the news that is to be shown in full

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found: list[news.Line] = []
        refresh.signal.changed.connect(self._changed)

    def reload(self) -> None:
        """Ask what is not read yet: one question."""
        user, day = desk.user(), date.today()
        if user is None:
            self.hide()
        else:
            tasks.run(self, lambda: news.unread(user.id, day), self.show_unread, place="news", reading=True)

    def show_unread(self, found: list[news.Line]) -> None:
        """Show the first, and how many more wait."""
        self.found = found
        if not found:
            self.hide()
            return
        first, more = found[0], len(found) - 1
        text = " ".join(first.text.split())
        said = first.name if not text else _("{title}: {text}").format(title=first.name, text=_short(text))
        ways = [(_("Read"), self.mark_read), (_("Show"), self.show_all)]
        if more:
            ways[1] = (ngettext("Show, and {n} more", "Show, and {n} more", more).format(n=more), self.show_all)
        self.say(said, ways, "accent")

    def mark_read(self) -> None:
        """Write down that the first was read; the next one comes."""
        user = desk.user()
        if self.found and user is not None:
            id = self.found[0].id
            desk.write(self, N_("Read news"), lambda c: news.read(c, id, user.id), said=_("Marked as read."))

    def show_all(self) -> None:
        """Ask for it to be shown in full, among the others."""
        if self.found:
            self.wanted.emit(self.found[0].id)

    def _changed(self, changed: frozenset[tuple[str, int]] | None) -> None:
        if refresh.concerns(changed, "news", "news_read"):
            self.reload()


def _short(text: str) -> str:
    return text if len(text) <= LENGTH else f"{text[:LENGTH]}…"
