"""Lists to records: read the files, judge every row, show what would happen, save it as one change."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from crm_desktop.exchange import mappings, words
from crm_desktop.exchange.deciding import UPDATE as OVERWRITE
from crm_desktop.exchange.deciding import Rules
from crm_desktop.exchange.headings import UNKNOWN, Mapping
from crm_desktop.exchange.judging import CREATED, UNCHANGED, UPDATED, Judge, Pending
from crm_desktop.exchange.judging_customers import Contacts, Customers
from crm_desktop.exchange.judging_feedback import JUDGES
from crm_desktop.exchange.linking import resolve
from crm_desktop.exchange.matching import Office, Vanished
from crm_desktop.exchange.parsing import NEW, REFUSED, SAME, UPDATE, RowPlan
from crm_desktop.exchange.reading import Sheet
from crm_desktop.exchange.table_plan import Progress, TablePlan, tables_in, tables_of
from crm_desktop.exchange.words import KINDS
from crm_desktop.i18n import _, ngettext
from crm_desktop.models.office import User
from crm_desktop.store import file
from crm_desktop.store.change import Person

STATUSES: Final = (NEW, UPDATE, SAME, REFUSED)
_COUNTED: Final = {
    "customer": "customers",
    "contact": "contacts",
    "interaction": "interactions",
    "complaint": "complaints",
    "service_request": "requests",
    "service_note": "solutions",
    "feedback": "feedback",
}


@dataclass
class Result:
    """What an import did (or would do), file by file."""

    files: list[dict[str, Any]]
    change: int | None = None
    told_again: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Of records that one list made new: what other lists of the same import did to them, by kind."""
    beside: int = 0
    """Records of a whole office's workbook that hang on others (`hanging`)."""
    left_out: list[str] = field(default_factory=list)
    """Why others of them were left out."""

    def about_beside(self, most: int = 5) -> list[str]:
        """What was brought beside the lists, and at most so many reasons why something was not; nothing without any."""
        text = ngettext(
            "{n} entry beside the lists was brought in: steps of cases, attached files, surveys, abilities, news.",
            "{n} entries beside the lists were brought in: steps of cases, attached files, surveys, abilities, news.",
            self.beside,
        )
        told = [text.format(n=f"{self.beside:,}")] if self.beside else []
        more = len(self.left_out) - most
        rest = ngettext("and {n} more row", "and {n} more rows", more).format(n=more)
        return [*told, *self.left_out[:most], *([rest] if more > 0 else [])]

    def as_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {"files": [{**each, "change": self.change} for each in self.files]}


class Plan:
    """Everything an import would do; nothing is written before `save`."""

    def __init__(self, found: list[TablePlan], create_missing: bool = False) -> None:
        order = [*KINDS, UNKNOWN]
        self.tables = sorted(found, key=lambda each: order.index(each.kind))
        self.rules = Rules(create_missing=create_missing)
        self.office = Office(empty=True)
        self.seen_change: int | None = None

    @property
    def rows(self) -> Iterator[RowPlan]:
        """The rows of all tables, in the order they are imported."""
        return (row for each in self.tables for row in each.rows)

    @property
    def beside(self) -> list[tuple[Path, Sheet]]:
        """The sheets beside the lists, each once, with the file it came from."""
        found = {id(sheet): (each.path, sheet) for each in self.tables for sheet in each.beside}
        return list(found.values())

    @property
    def new_colleagues(self) -> list[str]:
        """Names that will be added as colleagues."""
        return [draft.changes["name"] for draft in self.office.drafts[User.table()].values()]

    def judge(self, progress: Progress | None = None) -> None:
        """Judge all rows (again), after a mapping was corrected or the file was changed by somebody else."""
        with _without_collecting():
            while not self._judged(progress):
                pass

    def _judged(self, progress: Progress | None) -> bool:
        """Whether all rows are judged; not if a colleague deleted meanwhile what a row was found to be about."""
        try:
            self._judge_all(progress)
        except Vanished:
            if last_change() == self.seen_change:
                raise
            return False
        return True

    def _judge_all(self, progress: Progress | None) -> None:
        order = [*KINDS, UNKNOWN]
        self.tables.sort(key=lambda each: order.index(each.kind))
        self._recall()
        self.rules.begin()
        self.office = Office(rules=self.rules)
        self.seen_change = last_change()
        total, before = sum(len(each.table.rows) for each in self.tables), 0
        pending: list[Pending] = []
        judges: list[tuple[TablePlan, Judge]] = []
        for each in self.tables:
            each.rows, each.counted = [], Counter()
            if each.kind == UNKNOWN:
                continue
            done = before

            def tick(count: int, done: int = done) -> None:
                if progress:
                    progress(done + count, total, _("Checking rows"))

            judge = self._judge(each, pending)
            each.rows = judge.judge(each.table.rows, tick)
            judge.finish()
            judges.append((each, judge))
            before += len(each.table.rows)
        resolve(self.office, pending)
        for each, judge in judges:
            each.counted = Counter(_outcomes(judge))
        self.office.release()

    def _recall(self) -> None:
        """Read lists as they were read last time, unless somebody says otherwise."""
        for each in self.tables:
            if not each.settled:
                each.settled = True
                mappings.recall(each)

    def _judge(self, each: TablePlan, pending: list[Pending]) -> Judge:
        if each.kind in JUDGES:
            return JUDGES[each.kind](self.office, each.mapping, pending)
        return (Customers if each.kind == words.CUSTOMERS else Contacts)(self.office, each.mapping, pending)

    def preview(self, count: int = 50) -> list[tuple[TablePlan, RowPlan, list[Any]]]:
        """The first rows with what becomes of them, and their cells as they stand in the file."""
        found: list[tuple[TablePlan, RowPlan, list[Any]]] = []
        for each in self.tables:
            for (_number, cells), row in zip(each.table.rows, each.rows, strict=True):
                if len(found) == count:
                    return found
                found.append((each, row, list(cells)))
        return found

    def counts(self) -> dict[str, int]:
        """How many rows are new, updates, the same, refused and skipped."""
        counted = dict.fromkeys(STATUSES, 0)
        for row in self.rows:
            counted[row.status] += 1
        return {**counted, "skipped": sum(len(each.skipped) for each in self.tables)}

    def result(self) -> Result:
        """The summary, file by file."""
        files: dict[Path, dict[str, Any]] = {}
        told_again: Counter[tuple[str, str]] = Counter()
        for each in sorted(self.tables, key=lambda each: -len(each.rows)):
            blank = {what: dict.fromkeys(_COUNTED.values(), 0) for what in (CREATED, UPDATED, UNCHANGED)}
            entry = files.setdefault(
                each.path,
                {"file": str(each.path), "kind": each.kind, **blank, "refused": [], "skipped": [], "notes": []},
            )
            for (kind, what, again), count in each.counted.items():
                entry[what][kind] += count
                if again:
                    told_again[kind, what] += count
            entry["refused"] += [
                {"row": row.number, "reason": row.reason} for row in each.rows if row.status == REFUSED
            ]
            entry["skipped"] += [{"row": number, "what": what} for number, what in each.skipped]
            entry["notes"] += [{"row": row.number, "note": " ".join(row.notes)} for row in each.rows if row.doubtful]
            if each.kind == UNKNOWN:
                reason = _("It is not clear what this list is about. Say so, and where its columns go.")
                entry["refused"] += [{"row": number, "reason": reason} for number in each.table.heading_rows[:1]]
        order = list(dict.fromkeys(each.path for each in self.tables))
        return Result([files[path] for path in order], told_again=told_again)

    def save(self, user: Person | None, progress: Progress | None = None) -> Result:
        """Write everything as one change; if `progress` raises, nothing is written. Raises UserError."""
        from crm_desktop.exchange.saving import save  # a cycle in words only: saving needs Plan as a type

        with _without_collecting():
            return save(self, user, progress)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Spare the search for unreachable rings while a hundred thousand objects that all stay are made."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def kinds() -> dict[str, str]:
    """What a list can be about, as the user chooses it."""
    return {"auto": _("Find out"), **{kind: _(label) for kind, label in KINDS.items()}}


def read(
    paths: Path | Sequence[Path],
    kind: str = "auto",
    mapping: Mapping | None = None,
    progress: Progress | None = None,
    create_missing: bool = False,
    encoding: str | None = None,
    existing: str = OVERWRITE,
) -> Plan:
    """Read files and judge their rows against the open customer file; raises UserError for a file that is no list.

    Several files are imported customers first, so that contacts find theirs whatever the files are called.
    """
    found: list[TablePlan] = []
    for path in [paths] if isinstance(paths, Path | str) else paths:
        found += tables_of(Path(path), kind, mapping, progress, encoding)
    plan = Plan(found, create_missing)
    plan.rules.existing = existing
    plan.judge(progress)
    return plan


def last_change() -> int:
    """The newest change of a record in the open file: as long as it stays, the judgement holds."""
    return int(file.one("SELECT max(id) FROM change_entry") or 0)


def _outcomes(judge: Judge) -> Iterator[tuple[str, str, bool]]:
    """Each record a list speaks of: (kind, created | updated | unchanged, whether another list made it new); a position
    counts as its person.
    """
    moved = {owner for position, owner in judge.owners.items() if judge.outcomes[position] != UNCHANGED}
    for draft, what in judge.outcomes.items():
        kind = _COUNTED.get(draft.model.table())
        if kind:
            became = UPDATED if what == UNCHANGED and draft in moved else what
            yield kind, became, draft.new and became != CREATED


__all__ = [
    "NEW",
    "REFUSED",
    "SAME",
    "STATUSES",
    "UPDATE",
    "Plan",
    "Progress",
    "Result",
    "RowPlan",
    "TablePlan",
    "kinds",
    "last_change",
    "read",
    "tables_in",
    "tables_of",
]
