"""Who is asked: customers by the filters of the customer list, all of them or a sample; said at once in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSpinBox, QVBoxLayout, QWidget

from crm_desktop.errors import UserError
from crm_desktop.i18n import _, ngettext
from crm_desktop.listing import Filter
from crm_desktop.models import Customer
from crm_desktop.satisfaction import sampling
from crm_desktop.satisfaction.sampling import Choice, Sample
from crm_desktop.store import file
from crm_desktop.store.record import chunks
from ui import preferences, tasks, theme
from ui.parts.filter_bar import CUSTOMERS, FilterBar
from ui.parts.search_line import SearchLine

NAMES = 8
"""So many names are shown of those who would be asked."""


class SampleBox(QWidget):
    """Filters, how many of them, and who that is."""

    told = Signal(object)
    """Sample: who would be asked now; None while that is not known."""

    def __init__(self, ids: Sequence[int] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ids = list(ids)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.line = SearchLine(_("Name, pinyin, phone, contact person …"), _("Only customers with this in them"))
        self.filters = FilterBar("survey_whom", Customer, CUSTOMERS)
        top = QHBoxLayout()
        top.addWidget(self.line, 1)
        self.as_list = QPushButton(theme.icon("filter"), _("As in the customer list"))
        self.as_list.setToolTip(_("Take the filters that are chosen in the list of customers now"))
        self.as_list.setAutoDefault(False)
        self.as_list.clicked.connect(self.take_filters)
        top.addWidget(self.as_list)
        column.addLayout(top)
        column.addWidget(self.filters)
        for widget in (self.line, self.as_list, self.filters):
            widget.setVisible(not self._ids)
        column.addLayout(self._sampling())
        self.words = QLabel(" ")
        self.words.setWordWrap(True)
        column.addWidget(self.words)
        self.names = QLabel(" ")
        self.names.setWordWrap(True)
        self.names.setProperty("tone", "muted")
        column.addWidget(self.names)
        self._later = QTimer(self, singleShot=True, interval=200)
        self._later.timeout.connect(self.draw)
        self.line.textChanged.connect(self._changed)
        self.filters.changed.connect(self._changed)
        self.how.currentIndexChanged.connect(self._changed)
        self.number.valueChanged.connect(self._changed)
        self.draw()

    def _sampling(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.how = QComboBox()
        self.how.setAccessibleName(_("How many of them"))
        for code, word in sampling.HOW.items():
            self.how.addItem(_(word), code)
        row.addWidget(self.how)
        self.number = QSpinBox()
        self.number.setRange(1, 100_000)
        self.number.setValue(30)
        self.number.setAccessibleName(_("Number"))
        row.addWidget(self.number)
        self.again = QPushButton(theme.icon("refresh"), _("Draw others"))
        self.again.setAutoDefault(False)
        self.again.setToolTip(_("Another sample of the same size"))
        self.again.clicked.connect(self.draw_others)
        row.addWidget(self.again)
        row.addStretch()
        self._seed = 1
        return row

    def take_filters(self) -> None:
        """The same customers as the list of customers shows."""
        self.filters.take(preferences.FILTERS.of("customers").get())

    def draw_others(self) -> None:
        """Draw another sample of the same size."""
        self._seed += 1
        self.draw()

    def choice(self) -> Choice:
        """What is chosen now."""
        filters = (Filter("id", "ids", self._ids),) if self._ids else self.filters.filters()
        how = str(self.how.currentData())
        n = self.number.value() if how in ("random", "nth") else 0
        return Choice("" if self._ids else self.line.text().strip(), filters, how, n, self._seed)

    def _changed(self) -> None:
        self.told.emit(None)
        self._later.start()

    def draw(self) -> None:
        """Say who would be asked."""
        counted = str(self.how.currentData()) in ("random", "nth")
        self.number.setVisible(counted)
        self.again.setVisible(counted)
        choice = self.choice()
        tasks.run(self, lambda: look(choice), self._tell, failed=self._failed, place="sample", reading=True)

    def _tell(self, found: tuple[Sample, list[str]]) -> None:
        sample, names = found
        self.words.setText(sample.in_words())
        rest = len(sample.customers) - len(names)
        more = [ngettext("and {n} more", "and {n} more", rest).format(n=f"{rest:,}")] if rest > 0 else []
        self.names.setText(_(", ").join([*names, *more]) or " ")
        self.told.emit(sample)

    def _failed(self, trouble: Exception) -> None:
        self.names.setText(" ")
        if isinstance(trouble, UserError):
            self.words.setText(str(trouble))


def look(choice: Choice) -> tuple[Sample, list[str]]:
    """Who would be asked today, and what the first of them are called; in the store thread."""
    sample = sampling.draw(choice, date.today())
    first = sample.customers[:NAMES]
    names: dict[int, str] = {}
    for part in chunks(first):
        names |= {i: str(row["name"]) for i, row in file.rows("customer", part, ["name"]).items()}
    return sample, [names[i] for i in first if i in names]
