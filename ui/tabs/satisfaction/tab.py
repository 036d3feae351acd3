"""The satisfaction tab: the surveys on the left; one survey, all of a period, or how to begin on the right."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.listing import Listing
from crm_desktop.models import SurveyAsked, SurveyRun
from crm_desktop.satisfaction import asking
from ui import refresh, tasks, theme
from ui.parts.fileinfo import FileInfo
from ui.parts.filter_bar import Offer
from ui.parts.list_source import Column
from ui.parts.record_panel import RecordPanel
from ui.parts.record_tab import RecordTab
from ui.parts.tab import Show
from ui.tabs.satisfaction.asked import AskedList
from ui.tabs.satisfaction.doing import Doing
from ui.tabs.satisfaction.first import FirstUse
from ui.tabs.satisfaction.overall import AllSurveys
from ui.tabs.satisfaction.page import SurveyPage
from ui.tabs.satisfaction.result import Records
from ui.tabs.satisfaction.runs import PROGRESS, RunsSource

WIDTHS = {"name": 17, "state": 7, "due": 10}


class SatisfactionTab(RecordTab):
    """All surveys, and one of them."""

    NAME = "satisfaction"
    MODEL = SurveyRun
    SHOWN = ("name", "state", "due")
    MORE = ("started_on", "owner", "code", "product", "whom", "closed_on", "remarks")
    OFFERS = (Offer("state"), Offer("owner"))
    SORT = ("started_on", True)
    HINT = N_("Title, number, product …")
    LEFT = 376

    def __init__(self, info: FileInfo, parent: QWidget | None = None) -> None:
        self.page = SurveyPage()
        self.first = FirstUse()
        self.all = AllSurveys()
        self.answers = AskedList("behind")
        super().__init__(info, parent)
        for widget in (self.page, self.first, self.all, self.answers):
            self.right.addWidget(widget)
        self.new_button.setText(_("New survey"))
        refresh.signal.changed.connect(self._answered)
        self.doing = Doing(self)
        self.doing.asked.connect(self.asked)
        self.doing.started.connect(self._started)
        self.first.chosen.connect(self.doing.begin)
        self.first.own_asked.connect(self.doing.show_templates)
        self.all.records_asked.connect(self._show_records)
        self.page.more_asked.connect(self.doing.ask_more)
        self.page.questions_asked.connect(self.doing.show_questions)
        self.page.paper_asked.connect(self.doing.show_paper)
        self.page.delete_asked.connect(lambda id: self.delete([id]))
        self.answers.all_asked.connect(lambda: self.show_record(None))
        for asking_page in (self.page, self.answers):
            asking_page.opened.connect(self._follow)
            asking_page.call_asked.connect(self.doing.call)
            asking_page.writing_asked.connect(self.doing.write_answers)

    # what is shown

    @override
    def columns(self) -> list[Column]:
        found = [replace(each, width=WIDTHS.get(each.key, each.width)) for each in super().columns()]
        return [found[0], PROGRESS, *found[1:]]

    @override
    def source(self, listing: Listing, seen: frozenset[str] | None = None) -> RunsSource:
        return RunsSource(listing, self.columns(), seen)

    @override
    def export(self) -> None:
        from ui.parts import export_list  # lazily: nobody exports while the program starts

        keys = [self.columns()[number].key for number in self.list.header.visible_columns()]
        shown = [key for key in keys if key != PROGRESS.key]
        export_list.export(self, self.listing(), shown, self.accessibleName(), self.list.selected_ids())

    def _answered(self, changed: Any) -> None:
        """Somebody answered: the list says how many have."""
        if changed is not None and refresh.concerns(changed, SurveyAsked.table()):
            self.list.reload()

    @override
    def counted(self, number: int) -> str:
        return ngettext("{n} survey", "{n} surveys", number).format(n=f"{number:,}")

    @override
    def say_empty(self, searching: bool) -> None:
        if searching:
            super().say_empty(searching)
        else:
            self.empty.say("mood-smile", _("No survey so far. Choose a questionnaire on the right to begin."))

    @override
    def show_count(self, number: int) -> None:
        super().show_count(number)
        if self.current_record() is None and self.right.currentWidget() is not self.answers:
            self._show_overall()

    def _show_overall(self) -> None:
        """Nothing is chosen: all surveys together, or how to begin where there is none."""
        nothing = self.list.list_model.rowCount() == 0 and not (self.line.text() or self.filters.filters() or self.wish)
        self.right.setCurrentWidget(self.first if nothing else self.all)

    @override
    def show_record(self, id: int | None) -> None:
        if id is None:
            self.page.show_run(None)
            self._show_overall()
            return
        self.right.setCurrentWidget(self.page)
        self.page.show_run(id)

    @override
    def current_record(self) -> int | None:
        return self.page.wanted

    @override
    def open_record(self, id: int) -> None:
        self.show_one(id)

    @override
    def typing_panel(self) -> RecordPanel:
        return self.page.panel

    @override
    def show_typing(self) -> None:
        self.right.setCurrentWidget(self.page)
        self.page.tabs.setCurrentWidget(self.page.panel)

    def _show_records(self, find: Records, title: str) -> None:
        """Show the customers behind a figure of several surveys."""

        def show(ids: Any) -> None:
            self.answers.show_run(None, list(ids), title)
            self.right.setCurrentWidget(self.answers)

        tasks.run(self, find, show, place="records", reading=True)

    @override
    def show_wish(self, wish: Show) -> None:
        if wish.new:
            chosen: list[int] = next((each.value for each in wish.filters if each.how == "ids"), [])
            self.doing.begin("", [wish.customer] if wish.customer else chosen)
        elif wish.table != SurveyAsked.table():
            super().show_wish(wish)
        elif wish.id is not None:
            asked = wish.id
            tasks.run(self, lambda: asking.row_of(asked), self._show_asked, place="records", reading=True)
        else:
            ids = array("q", next((each.value for each in wish.filters if each.how == "ids"), ()))
            self._show_records(lambda: ids, wish.title)

    def _show_asked(self, row: SurveyAsked) -> None:
        self.show_one(int(row.run or 0))
        self.page.show_asked(row.id)

    def _follow(self, table: str, id: Any) -> None:
        if id is not None:
            self.asked.emit(Show(table, int(id)))  # type: ignore[arg-type]

    @override
    def current_customer(self) -> int | None:
        return None

    # what is done

    @override
    def new(self) -> None:
        self.doing.begin()

    @override
    def begin_new(self) -> None:
        self.doing.begin()

    def _started(self, id: int) -> None:
        self.choose_later(id)
        self.show_record(id)

    @override
    def edit(self) -> None:
        if self.page.wanted is not None:
            self.page.edit()

    @override
    def fill_more(self, menu: QMenu) -> None:
        menu.addAction(theme.icon("file-text"), _("Questionnaires…"), lambda: self.doing.show_templates())
        menu.addAction(theme.icon("chart-bar"), _("All surveys together"), self.show_all_together)
        menu.addSeparator()
        super().fill_more(menu)

    def show_all_together(self) -> None:
        """The figures of all surveys of a period."""
        self.list.clearSelection()
        self.show_record(None)
        self.right.setCurrentWidget(self.all)

    @override
    def fill_list_menu(self, menu: QMenu, ids: Any) -> None:
        menu.addAction(theme.icon("copy"), _("Copy"), self.list.copy)
        menu.addSeparator()
        text = ngettext("Delete {n} survey…", "Delete {n} surveys…", len(ids)).format(n=len(ids))
        menu.addAction(theme.icon("trash"), text, lambda: self.delete(list(ids)))

    def delete(self, ids: list[int]) -> None:
        """Ask once before surveys are deleted, with their answers."""
        self.right.setCurrentWidget(self.page)
        self.doing.delete(self.page.notice, ids)

    @override
    def restore(self, state: Mapping[str, Any]) -> None:
        super().restore(state)
        if state["record"] is None:
            self._show_overall()
