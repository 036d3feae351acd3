"""A new survey: which questionnaire, whom it asks, until when and by whom; and more customers for one that runs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import shiboken6
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from crm_desktop.errors import UserError
from crm_desktop.i18n import _, language, ngettext
from crm_desktop.models import SurveyRun
from crm_desktop.models.base import Invalid
from crm_desktop.satisfaction import asking, sampling, templates
from crm_desktop.satisfaction.ready import ready
from crm_desktop.satisfaction.sampling import Sample
from crm_desktop.satisfaction.templates import Known
from crm_desktop.store.change import Change
from ui import dialogs, refresh, tasks, theme
from ui.parts import desk
from ui.parts.dialog import Dialog
from ui.parts.form import Form
from ui.parts.record_frame import scrolled
from ui.parts.survey_sample import SampleBox

FIELDS = ("name", "owner", "due", "product")
Template = tuple[str, int | str]
""""own" and an id, or "ready" and the key of a ready-made one."""


class NewSurvey(Dialog):
    """Starts a survey; who is asked is drawn when it is started."""

    started = Signal(object)
    """The id of the new survey."""

    def __init__(self, parent: QWidget, ready: str = "", customers: Sequence[int] = ()) -> None:
        super().__init__(parent.window(), _("New survey"), "survey_new", QSize(760, 640))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._near, self._wanted = parent, ready
        self._named = ""
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(_label(_("Questionnaire")))
        line = QHBoxLayout()
        self.template = QComboBox()
        self.template.setAccessibleName(_("Questionnaire"))
        self.template.currentIndexChanged.connect(self._name_it)
        line.addWidget(self.template, 1)
        self.look = QPushButton(theme.icon("list"), _("The questions…"))
        self.look.setAutoDefault(False)
        self.look.clicked.connect(self._show_questions)
        line.addWidget(self.look)
        column.addLayout(line)
        user = desk.user()
        self.form = Form(SurveyRun, None, {"owner": user.id} if user else {}, FIELDS)
        column.addWidget(self.form)
        column.addWidget(_label(_("If nobody is named there, each customer is asked by whoever serves it.")))
        title = QLabel(_("Who is asked"))
        title.setFont(theme.title_font(11))
        column.addWidget(title)
        self.sample = SampleBox(customers)
        self.sample.told.connect(self._tell)
        column.addWidget(self.sample)
        column.addStretch()
        self.content.addWidget(scrolled(page, 0), 1)
        self.add_button(_("Cancel"), self.reject)
        self.start_button = self.add_button(_("Start the survey"), self.start, primary=True)
        refresh.signal.changed.connect(self._changed)
        self._read()

    def _read(self) -> None:
        tasks.run(self, templates.all_of_them, self._offer, place="templates", reading=True)

    def _changed(self, changed: frozenset[tuple[str, int]] | None) -> None:
        if refresh.concerns(changed, "survey_template"):
            self._read()

    def _offer(self, own: list[Known]) -> None:
        """The office's own questionnaires, then the ready-made ones it has not made its own."""
        chosen: Template | None = self.template.currentData()
        self.template.blockSignals(True)
        self.template.clear()
        for one in own:
            version = " " + _("version {n}").format(n=one.version) if one.version > 1 else ""
            self.template.addItem(one.name + version, ("own", one.id))
        named = {one.name for one in own}
        for key, made in ready().items():
            if not named & {made.zh, made.en}:
                name = made.en if language() == "en" else made.zh
                self.template.addItem(_("{name} (ready-made)").format(name=name), ("ready", key))
        self.template.blockSignals(False)
        self.template.setCurrentIndex(max(0, self._place_of(chosen)))
        self._name_it()

    def _place_of(self, chosen: Template | None) -> int:
        datas = [self.template.itemData(n) for n in range(self.template.count())]
        if chosen is not None and chosen in datas:
            return datas.index(chosen)
        if self._wanted and ("ready", self._wanted) in datas:
            return datas.index(("ready", self._wanted))
        if self._wanted:  # made the office's own in the meantime
            made = ready()[self._wanted]
            texts = [self.template.itemText(n) for n in range(self.template.count())]
            return next((n for n, text in enumerate(texts) if text in (made.zh, made.en)), 0)
        return 0

    def _name_it(self) -> None:
        """Call the survey by its questionnaire and month, as long as nobody typed a title."""
        editor = self.form.editor("name")
        if self.template.count() and str(editor.raw()) in ("", self._named):
            name = self.template.currentText().removesuffix(_("{name} (ready-made)").format(name=""))
            self._named = f"{name} {date.today():%Y-%m}"
            editor.set_raw(self._named)

    def _show_questions(self) -> None:
        kind, what = self.template.currentData()
        if kind == "own":
            dialogs.survey_template.edit(self, int(what))
        else:
            dialogs.survey_template.show_ready(self, str(what))

    def _tell(self, sample: Sample | None) -> None:
        n = 0 if sample is None else len(sample.customers)
        words = ngettext("Ask {n} customer", "Ask {n} customers", n).format(n=f"{n:,}")
        self.start_button.setText(words if n else _("Start the survey"))
        self.start_button.setEnabled(n > 0)

    @override
    def is_dirty(self) -> bool:
        return str(self.form.editor("name").raw()) not in ("", self._named) or bool(self.form.editor("product").raw())

    def start(self) -> None:
        """Write it; what is missing is said at its field."""
        try:
            problems = self.form.problems()
            values = {} if problems else self.form.values()
        except Invalid as trouble:
            problems, values = trouble.problems, {}
        if problems:
            self.form.show_problems(problems)
            return
        kind, what = self.template.currentData()
        choice = self.sample.choice()

        def work(c: Change) -> SurveyRun:
            number = int(what) if kind == "own" else templates.make_ready(c, str(what)).id
            return asking.start(c, number, values, sampling.draw(choice, date.today()).customers, choice)

        self.start_button.setEnabled(False)
        desk.write(
            self._near,
            asking.START,
            work,
            self._started,
            said=lambda run: _("{survey} has begun.").format(survey=run.name),
            failed=self._refused,
        )

    def _started(self, run: SurveyRun) -> None:
        self.started.emit(run.id)
        if shiboken6.isValid(self):
            self.accept()

    def _refused(self, trouble: Exception) -> None:
        if not shiboken6.isValid(self):
            return
        self.start_button.setEnabled(True)
        if isinstance(trouble, Invalid):
            self.form.show_problems(trouble.problems)
        elif isinstance(trouble, UserError):
            self.message_bar.error(str(trouble))


class MoreCustomers(Dialog):
    """Asks more customers in a survey that runs."""

    def __init__(self, parent: QWidget, run: SurveyRun) -> None:
        title = _("Ask more customers: {survey}").format(survey=run.name)
        super().__init__(parent.window(), title, "survey_more", QSize(700, 360))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._near, self._run = parent, run
        self.sample = SampleBox()
        self.sample.told.connect(self._tell)
        self.content.addWidget(self.sample)
        self.content.addStretch()
        self.add_button(_("Cancel"), self.reject)
        self.ask_button = self.add_button(_("Ask them, too"), self.ask, primary=True)

    def _tell(self, sample: Sample | None) -> None:
        n = 0 if sample is None else len(sample.customers)
        words = ngettext("Ask {n} more customer", "Ask {n} more customers", n).format(n=f"{n:,}")
        self.ask_button.setText(words if n else _("Ask them, too"))
        self.ask_button.setEnabled(n > 0)

    def ask(self) -> None:
        """Write them into the survey."""
        run, choice = self._run, self.sample.choice()
        self.ask_button.setEnabled(False)
        desk.write(
            self._near,
            asking.MORE,
            lambda c: asking.ask_also(c, run, sampling.draw(choice, date.today()).customers),
            lambda _n: self.accept() if shiboken6.isValid(self) else None,
            said=lambda n: ngettext("{n} more customer is asked.", "{n} more customers are asked.", n).format(n=n),
            failed=lambda trouble: self._refused(trouble),
        )

    def _refused(self, trouble: Exception) -> None:
        if shiboken6.isValid(self) and isinstance(trouble, UserError):
            self.ask_button.setEnabled(True)
            self.message_bar.error(str(trouble))


def _label(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("tone", "muted")
    return label
