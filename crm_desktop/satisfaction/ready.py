"""Ready-made questionnaires: what an office asks anyway, in both languages; made on request and then its own."""

from __future__ import annotations

import csv
from functools import cache
from typing import NamedTuple

from crm_desktop.models.survey import Item
from crm_desktop.paths import resource


class Ready(NamedTuple):
    """A questionnaire to begin with."""

    zh: str
    en: str
    purpose_zh: str
    purpose_en: str
    items: tuple[Item, ...]


@cache
def ready() -> dict[str, Ready]:
    """By key, in the order they are offered; the nine abilities are those of product.md C20."""
    words: dict[str, dict[str, tuple[str, str]]] = {}
    items: dict[str, list[Item]] = {}
    with resource("lists", "questionnaires.tsv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            template = row.pop("template")
            if row["key"]:
                items.setdefault(template, []).append(_item(row))
            else:
                words.setdefault(template, {})[row["kind"]] = (row["zh"], row["en"])
    return {key: Ready(*found["name"], *found["purpose"], tuple(items.get(key, ()))) for key, found in words.items()}


def _item(row: dict[str, str]) -> Item:
    item: Item = {name: value.replace("|", "\n") for name, value in row.items() if value}
    return item | {name: True for name in ("needed", "overall") if item.get(name)}
