"""Lists in and out for the command line: import, export, the whole office, empty lists; each tells what it did."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from crm_desktop import listing
from crm_desktop.errors import UserError
from crm_desktop.exchange import (
    deciding,
    definitions,
    exporting,
    importing,
    new_fields,
    refused,
    templates,
    whole_office,
)
from crm_desktop.exchange.headings import UNKNOWN
from crm_desktop.exchange.sheet_columns import MODELS
from crm_desktop.i18n import _, ngettext
from crm_desktop.models.base import Record
from crm_desktop.store.change import Person

Told = tuple[Any, str]
"""What is to be said: as JSON and in words."""
_EXISTING: Final = {"update": deciding.UPDATE, "fill": deciding.FILL, "add": deciding.KEEP}
_MOST_ROWS: Final = 20
"""How many refused rows of a file are told in words; JSON has them all."""


class Wishes(NamedTuple):
    """How lists are to be brought in."""

    kind: str
    existing: str
    add_customers: bool
    new_fields: bool
    office: bool
    dry_run: bool
    refused: Path | None


def bring_in(files: list[Path], wishes: Wishes, caller: Callable[[], Person]) -> tuple[Any, str, str]:
    """Import files into the open customer file: JSON, words, and the sentences about those that could not be read."""
    readable, unreadable = _read_lists(files, wishes.kind)
    plan = importing.Plan(readable, wishes.add_customers)
    plan.rules.existing = _EXISTING[wishes.existing]
    told_of_office = _take_office(readable, wishes, caller)
    if wishes.new_fields and not wishes.dry_run:
        for each in readable:
            if columns := new_fields.homeless(each):
                new_fields.add(caller(), each, columns)
    plan.judge()
    result = plan.result() if wishes.dry_run else plan.save(caller())
    if wishes.refused and refused.count(plan.tables):
        refused.write(wishes.refused, plan.tables)
    done = {entry["file"]: entry for entry in result.as_json()["files"]}
    told = [done.get(str(path)) or unreadable[path] for path in files]
    for entry in told:
        if entry["kind"] == UNKNOWN and "error" not in entry:
            entry["error"] = _("{file}: it is not clear what this list is about. Say so with --kind.").format(
                file=Path(entry["file"]).name
            )
    lines = [*told_of_office, *(line for entry in told for line in _in_words(entry))]
    if missing := sum(plan.rules.missing.values()):
        text = ngettext(
            "{n} row is about a customer who is not there; --add-customers brings such customers in.",
            "{n} rows are about customers who are not there; --add-customers brings such customers in.",
            missing,
        )
        lines.append(text.format(n=f"{missing:,}"))
    lines += result.about_beside(_MOST_ROWS)
    if result.change:
        lines.append(_("To take all of it back: undo {number}").format(number=result.change))
    elif wishes.dry_run:
        lines.append(_("Nothing was written."))
    return {"files": told}, "\n".join(lines), "\n".join(e["error"] for e in told if "error" in e)


def _take_office(lists: list[importing.TablePlan], wishes: Wishes, caller: Callable[[], Person]) -> list[str]:
    """Take over what the workbooks tell of the office itself, or say that they do."""
    wanted = definitions.differing([sheet for each in lists for sheet in each.beside])
    if not wanted:
        return []
    n = len(wanted)
    if wishes.office and not wishes.dry_run:
        definitions.take(caller(), wanted)
        for each in lists:
            each.mapping = each.guess(each.kind)
        text = ngettext(
            "{n} entry of the office's lists, fields and settings was taken over.",
            "{n} entries of the office's lists, fields and settings were taken over.",
            n,
        )
    else:
        text = ngettext(
            "{n} entry of the office's lists, fields and settings is different there; take it over with --with-office.",
            "{n} entries of the office's lists, fields and settings are different there; take them over with"
            " --with-office.",
            n,
        )
    return [text.format(n=n)]


def _read_lists(files: list[Path], kind: str) -> tuple[list[importing.TablePlan], dict[Path, dict[str, Any]]]:
    """The lists of all files that hold one, and an entry with the reason for each other: one photo stops no list."""
    readable: list[importing.TablePlan] = []
    unreadable: dict[Path, dict[str, Any]] = {}
    for path in files:
        try:
            readable += importing.tables_of(path, kind)
        except UserError as error:
            nothing = {what: dict.fromkeys(MODELS, 0) for what in ("created", "updated", "unchanged")}
            unreadable[path] = {
                "file": str(path),
                "kind": UNKNOWN,
                **nothing,
                **{"refused": [], "skipped": [], "notes": [], "change": None, "error": str(error)},
            }
    return readable, unreadable


def _in_words(entry: dict[str, Any]) -> Iterator[str]:
    """What became of a file that could be read, one sentence a line."""
    if "error" in entry:
        return
    numbers = {what: sum(entry[what].values()) for what in ("created", "updated", "unchanged")}
    yield _("{file}: {created} new, {updated} updated, {unchanged} unchanged, {refused} refused.").format(
        file=Path(entry["file"]).name, refused=len(entry["refused"]), **numbers
    )
    for row in islice(entry["refused"], _MOST_ROWS):
        yield "  " + _("row {row}: {reason}").format(**row)
    more = len(entry["refused"]) - _MOST_ROWS
    if more > 0:
        yield "  " + ngettext("and {n} more row", "and {n} more rows", more).format(n=more)


def write_list(kind: str, out: Path, text: str) -> Told:
    """Write the records of a kind that hold a text, or all kinds as one workbook. Raises UserError."""
    if kind == "all":
        return _write_all(out)
    model = MODELS[kind]
    ids = listing.Listing(model, text=text, sort=default_sort(model), archived=True).ids()
    exporting.export(out, model, ids)
    return {"file": str(out), "rows": len(ids)}, _written(len(ids), out)


def _write_all(out: Path) -> Told:
    if out.suffix.lower() not in (".xlsx", ".zip"):
        raise UserError(
            _("“{file}”: the whole office is written as .xlsx, or with its attached files as .zip.").format(
                file=out.name
            )
        )
    counts = whole_office.write(out)
    rows = sum(counts.values())
    return {"file": str(out), "rows": rows, **counts}, _written(rows, out)


def _written(rows: int, out: Path) -> str:
    return ngettext("{n} record written to {file}.", "{n} records written to {file}.", rows).format(n=rows, file=out)


def write_template(kind: str, out: Path) -> Told:
    """Write an empty list to fill in. Raises UserError."""
    templates.write(out, kind)
    return {"file": str(out)}, _("{file} is ready to be filled in.").format(file=out)


def default_sort(model: type[Record]) -> str:
    """The column a list is sorted by when nobody chose one."""
    return next(name for name in ("name", "at", "received_at") if name in model.described())
