"""The tabs of the main window, in their order; each is loaded when it is first looked at, which spares the start."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from crm_desktop.i18n import N_

if TYPE_CHECKING:
    from ui.parts.tab import Tab


@dataclass(frozen=True)
class TabEntry:
    """What the main window knows of a tab before it is loaded."""

    name: str
    """Its module here, and how preferences and tests call it."""
    title: str
    """Its title (msgid)."""
    icon: str
    tables: tuple[str, ...] = ()
    """The kinds of record that are shown there when another tab asks for one."""

    def load(self) -> type[Tab]:
        """The tab's class."""
        found: type[Tab] = import_module(f"{__name__}.{self.name}").TAB
        return found


TABS = (
    TabEntry("today", N_("Today"), "home"),
    TabEntry("customers", N_("Customers"), "users", ("customer", "contact")),
    TabEntry("interactions", N_("Contact history"), "message", ("interaction",)),
    TabEntry("complaints", N_("Complaints"), "message-report", ("complaint",)),
    TabEntry("feedback", N_("Feedback"), "note", ("feedback",)),
    TabEntry("requests", N_("Service"), "tool", ("service_request",)),
    TabEntry("satisfaction", N_("Satisfaction"), "mood-smile", ("survey_run", "survey_asked")),
    TabEntry("statistics", N_("Statistics"), "chart-bar"),
)
