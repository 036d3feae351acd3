"""What hangs together in a salvaged file is mended: links to what is lost, the log, the search texts."""

from __future__ import annotations

import json
import platform
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol

from crm_desktop.i18n import N_, _, ngettext
from crm_desktop.store import deriving, file, ids, search
from crm_desktop.store.change import now
from crm_desktop.store.deriving import Progress
from crm_desktop.store.record import Row, Stored, chunks, tables

LAST = 'SELECT record, op, max(id) FROM change_entry WHERE "table" = ? GROUP BY record'


class Part(Protocol):
    """What is known of a table: rows read and lost."""

    read: int
    lost: int


def title(table: str) -> str:
    """What the records of a table are called."""
    words = {"change": _("Actions in the log"), "change_entry": _("Lines of the log"), "counter": _("Number series")}
    model = tables().get(table)
    return words.get(table) or _(getattr(model, "title", "")) or table


def name(table: str, record: int) -> str:
    """A record in few words."""
    row = file.rows(table, [record]).get(record, {})
    return next((str(row[c])[:40] for c in ("name", "code", "at") if row.get(c)), str(record))


def deleted(table: str) -> set[int]:
    """Records that the log knows to have been deleted."""
    return {record for record, op, _entry in file.ask(LAST, (table,)) if op == "-"}


def stale_texts() -> list[tuple[str, int]]:
    """Records whose search text is not what it should be."""
    found: list[tuple[str, int]] = []
    for table, model in tables().items():
        if model.searchable:
            stored = dict(file.ask(f'SELECT id, hay FROM "{table}_hay"'))
            for part in chunks([i for (i,) in file.ask(f'SELECT id FROM "{table}"')]):
                found += [(table, i) for i, hay in model.hays(part) if stored.get(i) != hay]
    return found


def rebuild_texts(progress: Progress | None = None) -> None:
    """Derived columns and search texts, made anew; the old index is not trusted."""
    with file.transaction():
        for table, model in tables().items():
            if model.searchable:
                search.drop(file.connection(), table)
                search.create(file.connection(), table)
        everything = {t: [i for (i,) in file.ask(f'SELECT id FROM "{t}"')] for t in tables()}
        deriving.refresh(everything, {}, {}, progress)


def readable(model: type[Stored], row: Row) -> bool:
    """Empty the values of a row that no field can make sense of; whether all made sense and no letter was lost."""
    torn = any(isinstance(v, str) and ("\ufffd" in v or "\0" in v) for v in row.values())
    empty = [c for c, v in row.items() if v is not None and not _makes_sense(model, c, v, False)]
    return _emptied(model, row, empty) and not torn


def _makes_sense(model: type[Stored], column: str, value: object, strictly: bool) -> bool:
    described = model._meta.fields[column]
    try:
        read = described.python_value(value)
        if strictly and hasattr(described, "show"):
            described.check(read)
            described.show(read)
    except Exception:  # a damaged value may break anything
        return False
    return True


def _emptied(model: type[Stored], row: Row, columns: Sequence[str]) -> bool:
    for column in columns:
        row[column] = model.blank()[column]
    return not columns


def make_findable(progress: Progress | None = None) -> list[tuple[str, int]]:
    """Derived columns and search texts of all records; those that had to be emptied of nonsense for it."""
    found: list[tuple[str, int]] = []
    for table in tables():
        for part in chunks([i for (i,) in file.ask(f'SELECT id FROM "{table}"')], 2000):
            if progress:
                progress(0, 1, _("Making everything findable"))
            _derive(table, list(part), found)
    return found


def _derive(table: str, part: list[int], found: list[tuple[str, int]]) -> None:
    """Halve what breaks until the record is found that does."""
    raw = file.connection()
    raw.execute("SAVEPOINT derive")
    try:
        deriving.refresh({table: part}, {}, {})
    except Exception:  # a damaged value may break anything
        raw.execute("ROLLBACK TO derive")
        if len(part) == 1:
            found.append((table, part[0]))
            _empty_nonsense(table, part[0])
            try:
                deriving.refresh({table: part}, {}, {})
            except Exception:  # whatever it is, nobody can show it
                raw.execute("ROLLBACK TO derive")
                _empty_nonsense(table, part[0], keeping=("id", "code", "name"))
                deriving.refresh({table: part}, {}, {})
        else:
            for half in (part[: len(part) // 2], part[len(part) // 2 :]):
                _derive(table, half, found)
    raw.execute("RELEASE derive")


def _empty_nonsense(table: str, record: int, keeping: Collection[str] = ()) -> None:
    """Empty what makes no sense, or everything but the links and what is to be kept."""
    model = tables()[table]
    row = file.rows(table, [record])[record]
    columns = [c for c, v in row.items() if c != "id" and v is not None and not _makes_sense(model, c, v, True)]
    columns = [c for c in row if c not in keeping and c not in model.links] if keeping else columns
    usual = needed(table)
    for column in columns:
        value = model.blank()[column]
        value = usual.get(column, value) if value is None else value
        file.connection().execute(f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?', (value, record))


def needed(table: str) -> Row:
    """What stands in the columns that are never empty when nothing is known."""
    model = tables().get(table)
    blank = model.blank() if model else {}
    return {
        column: blank[column] if blank.get(column) is not None else (0 if "INT" in kind.upper() else "")
        for _n, column, kind, never_empty, _default, key in file.ask(f'PRAGMA table_info("{table}")')
        if never_empty and not key
    }


class Mending:
    """Mends the open file inside the running transaction, and says what it did."""

    def __init__(self, parts: Mapping[str, Part]) -> None:
        self.parts, self.change = parts, ids.new_id()
        self.entries: list[tuple[str, int, str, str | None]] = []
        self.stand_ins: set[tuple[str, int]] = set()

    def run(self) -> list[str]:
        """The sentences about what was mended."""
        self._count_lost()
        sentences = [*self._links()]
        self._log()
        return sentences

    def _count_lost(self) -> None:
        """What the log knows and nobody found is lost; and of the log itself, the gaps in its numbers."""
        for table in tables():
            there = {i for (i,) in file.ask(f'SELECT id FROM "{table}"')}
            known = {record: op for record, op, _entry in file.ask(LAST, (table,))}
            lost = sorted(i for i, op in known.items() if op != "-" and i not in there)
            self.parts[table].lost = len(lost)
            self.entries += [(table, i, "-", json.dumps({"id": i, **self._called(table, i)})) for i in lost]
            self.entries += [(table, i, "+", None) for i in sorted(there) if known.get(i, "-") == "-"]
        entries = [i for (i,) in file.ask("SELECT id FROM change_entry ORDER BY id")]
        while entries and entries[-1] > 2 * len(entries) + 1000:  # a number that was altered itself
            entries.pop()
        self.parts["change_entry"].lost = max(0, entries[-1] - len(entries)) if entries else 0
        self.parts["change"].lost = file.one(
            'SELECT count(DISTINCT change) FROM change_entry WHERE change NOT IN (SELECT id FROM "change")'
        )

    @staticmethod
    def _called(table: str, record: int) -> dict[str, str]:
        """What a lost record is called, and a number that no other one has."""
        said = {"name": _("Lost record {number}").format(number=record), "code": f"?{record}"}
        return {column: text for column, text in said.items() if column in tables()[table].columns()}

    def _links(self) -> Iterator[str]:
        """Owners that are lost get a stand-in, so that what belongs to them stays; other links are emptied."""
        stand_ins: dict[str, set[int]] = defaultdict(set)
        emptied = 0
        for table, model in tables().items():
            for column, (target, end) in model.links.items():
                nowhere = f'"{column}" IS NOT NULL AND "{column}" NOT IN (SELECT id FROM "{target}")'
                if end == "cascade":
                    stand_ins[target] |= {
                        i for (i,) in file.ask(f'SELECT DISTINCT "{column}" FROM "{table}" WHERE {nowhere}')
                    }
                else:
                    sql = f'UPDATE "{table}" SET "{column}" = NULL WHERE {nowhere}'
                    emptied += file.connection().execute(sql).rowcount
        for target, lost in stand_ins.items():
            for i in sorted(lost):
                self._stand_in(tables()[target], i)
            if lost:
                yield ngettext(
                    "{table}: {n} lost one has a stand-in, so that what belongs to it is not lost, too.",
                    "{table}: {n} lost ones have stand-ins, so that what belongs to them is not lost, too.",
                    len(lost),
                ).format(table=title(target), n=len(lost))
        if emptied:
            yield ngettext(
                "{n} link to a lost record was emptied.", "{n} links to lost records were emptied.", emptied
            ).format(n=emptied)

    def _stand_in(self, model: type[Stored], record: int) -> None:
        row = {**model.blank(), "id": record, **self._called(model.table(), record)}
        for column, value in needed(model.table()).items():
            if row.get(column) is None:
                row[column] = value
        names = ",".join(f'"{n}"' for n in row)
        file.connection().execute(
            f'INSERT INTO "{model.table()}" ({names}) VALUES ({",".join("?" * len(row))})', list(row.values())
        )
        self.entries.append((model.table(), record, "+", None))
        self.stand_ins.add((model.table(), record))

    def _log(self) -> None:
        """The log says what was lost and what it did not know; lines without their action get one."""
        raw = file.connection()
        for (lost,) in file.ask(
            'SELECT DISTINCT change FROM change_entry WHERE change NOT IN (SELECT id FROM "change")'
        ):
            at = ids.when(lost).isoformat(timespec="seconds")[:19] if 0 <= lost < 1 << 62 else now()
            self._action(lost, at, N_("Lost action"))
        self._action(self.change, now(), N_("Repair"))
        raw.executemany(
            'INSERT INTO change_entry (change, "table", record, op, before) VALUES (?,?,?,?,?)',
            [(self.change, *entry) for entry in self.entries],
        )

    @staticmethod
    def _action(number: int, at: str, action: str) -> None:
        file.connection().execute(
            'INSERT INTO "change" (id, at, user_name, pc, action) VALUES (?,?,?,?,?)',
            (number, at, "", platform.node(), action),
        )
