"""What we understand of a file, flattened so that it can be laid beside what a careful clerk reads."""

import json

from crm_desktop.exchange import importing
from crm_desktop.exchange.matching import Office
from crm_desktop.exchange.parsing import Reader, apart
from crm_desktop.models.contact import Contact


def understood(path):
    """The lists of a file: kind, rows (flat, as text), what was skipped, and which rows are to be looked at."""
    found = []
    for each in importing.tables_of(path):
        reader = Reader(each.mapping, Office(), each.table.rows)
        parsed = [reader.parse(number, row) for number, row in each.table.rows]
        for row in parsed if each.kind == "customers" else ():
            for slot in [slot for model, slot in row.values if model is Contact]:
                apart(row, slot, "")
        found.append({
            "kind": each.kind,
            "rows": [_flat(one) for one in parsed],
            "skipped": [what for _number, what in each.table.skipped],
            "doubtful": [one.row.number for one in parsed if one.row.doubtful],
            "left": each.mapping.not_imported(),
        })  # fmt: skip
    return found


def _flat(parsed):
    flat = {}
    for (model, slot), values in parsed.values.items():
        for name, value in values.items():
            if name in ("by", "owner", "registered_by", "about"):
                value = "(colleague)"
            flat[f"{model.table()}{slot + 1 if slot else ''}.{name}"] = _plain(name, value)
    for model, words in parsed.lost.items():
        flat[f"{model.table()}.lost"] = "; ".join(words)
    return flat


def _plain(name, value):
    if name == "phones":
        return ", ".join(row["number"] for row in value)
    if name == "addresses":
        return "; ".join(row["street"] for row in value)
    if isinstance(value, list):
        return ", ".join(map(str, value)) if all(isinstance(v, str) for v in value) else json.dumps(value)
    return value
