"""The button with three dots: what else can be done here."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from crm_desktop.i18n import _
from ui import theme


class MoreButton(QToolButton):
    """A click opens its menu, which is for its owner to fill."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(theme.icon("dots"))
        self.setToolTip(_("More"))
        self.setAccessibleName(_("More"))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setMenu(QMenu(self))
