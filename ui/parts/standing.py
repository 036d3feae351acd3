"""What stands above everything while it lasts: no connection, only reading, saves that wait; and who else is there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from crm_desktop.i18n import _, ngettext
from crm_desktop.store.troubles import Busy, Passing
from ui import theme
from ui.parts.notice import Notice, Way
from ui.parts.pulse import State, pulse
from ui.parts.waiting import line


class Standing(QFrame):
    """Hidden while all is well."""

    backups_asked = Signal()
    """The file is damaged, and somebody wants to restore it."""

    def __init__(self) -> None:
        super().__init__()
        self._known = ""
        self._close: Callable[[], object] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 0)
        self.notice = Notice()
        column.addWidget(self.notice)
        pulse.changed.connect(self.tell)
        line.changed.connect(self.tell)
        self.tell()

    def tell(self, _state: object = None) -> None:
        """Say what is the case now, the worst first."""
        state, waiting = pulse.state, line.waiting
        ways: list[Way] = []
        if state.reason:
            if state.damaged:
                ways = [(_("Backups…"), self.backups_asked.emit)]
            self.notice.say(state.reason, ways, "overdue" if state.damaged else "due")
        elif state.away is not None or waiting:
            text = away_in_words(state) if state.away is not None else trouble_in_words(waiting[0].trouble)
            if waiting and self._close is not None:
                text += " " + ngettext(
                    "{n} save still waits. What was typed in a form is kept as a draft.",
                    "{n} saves still wait. What was typed in a form is kept as a draft.", len(waiting),
                ).format(n=len(waiting))  # fmt: skip
                ways = [(_("Go on waiting"), self._wait), (_("Close without saving"), self._close)]
            elif waiting:
                text += " " + ngettext(
                    "{n} save waits and is tried again by itself.", "{n} saves wait and are tried again by themselves.",
                    len(waiting)).format(n=len(waiting))  # fmt: skip
                ways = [(_("Try now"), line.try_now)]
                if any(one.may_give_up for one in waiting):
                    ways.append((_("Do not save"), line.give_up))
            self.notice.say(text, ways, "overdue" if state.away is not None else "due")
        elif state.warning and state.warning != self._known:
            self.notice.say(state.warning, [(_("Understood"), self._understand)], "due")
        else:
            self.notice.hide()
        self.setVisible(not self.notice.isHidden())

    def _understand(self) -> None:
        """The warning about the place has been read."""
        self._known = pulse.state.warning
        self.tell()

    def asks(self, close: Callable[[], object]) -> bool:
        """Before the window closes: ask about saves that still wait, and go on with `close`; False when there are none.

        Who closes a second time without an answer has seen it.
        """
        if not line.waiting or self._close is not None:
            return False

        def anyway() -> None:
            line.forget()
            close()

        self._close = anyway
        self.tell()
        return True

    def _wait(self) -> None:
        self._close = None
        self.tell()


def trouble_in_words(trouble: Passing) -> str:
    """Why a save waits; that it is tried again is said beside it."""
    if isinstance(trouble, Busy):
        return trouble.who or _("A colleague is saving just now.")
    return str(trouble)


def away_in_words(state: State) -> str:
    """Since when the drive is away, and what goes on all the same."""
    assert state.away is not None
    return _(
        "No connection to the customer file since {time}. You can read what is loaded and go on typing; "
        "it is saved when the connection is back."
    ).format(time=state.away.strftime("%H:%M"))


class PresenceButton(QPushButton):
    """Where the file lies and who else is there, in a few words; a click tells more."""

    def __init__(self, open_list: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__()
        self.setProperty("link", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(lambda: open_list())
        pulse.changed.connect(self.tell)
        self.tell()

    def tell(self, _state: object = None) -> None:
        """Say it anew."""
        state = pulse.state
        parts = [state.place.word()]
        icon, tone = "users", "muted"
        if state.away is not None:
            parts = [_("no connection since {time}").format(time=state.away.strftime("%H:%M"))]
            icon, tone = "alert-triangle", "overdue"
        elif state.reason:
            parts.append(_("only reading"))
            icon, tone = "alert-circle", "due"
        if state.colleagues:
            n = len(state.colleagues)
            parts.append(ngettext("{n} colleague", "{n} colleagues", n).format(n=n))
        self.setIcon(theme.icon(icon, tone))  # type: ignore[arg-type]
        self.setText(" · ".join(parts))
        self.setToolTip(state.place.sentence())
