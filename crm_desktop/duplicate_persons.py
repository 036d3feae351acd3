"""Contact persons that may be one and the same, over the whole file: by what they are reached at, name and customer."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from crm_desktop import different, values
from crm_desktop.different import Pair
from crm_desktop.duplicate_groups import NAME, PHONE, WECHAT, Group, Member, Reason, together
from crm_desktop.i18n import _
from crm_desktop.store import file
from crm_desktop.store.deriving import Progress
from crm_desktop.values.traditional import simplified

EMAIL, HERE = "email", "here"
_WEIGHT: Final = {WECHAT: 90, PHONE: 85, EMAIL: 75, HERE: 80, NAME: 0}
"""How sure each reason is, of 100; the same name makes any other surer and says nothing by itself."""
_SAME_NAME: Final = 10
_COMMON: Final = 5
"""What more persons share tells none of them: the mobile of a front desk."""
_MOBILE: Final = re.compile(r"1[3-9]\d{9}")
"""A landline belongs to an office, a mobile to a person."""


class _Known(NamedTuple):
    id: int
    name: str
    phones: str
    wechat: str
    email: str


def find(progress: Progress | None = None) -> list[Group]:
    """All groups that nobody has dismissed, the surest first; `progress` may raise to stop. Nothing is written.

    Who has the same name is one person only where something else fits, too: there are many 王伟.
    """
    if progress:
        progress(0, 2, _("Reading the contact persons"))
    rows = {row[0]: _Known(*row) for row in file.ask("SELECT id, name, phones, wechat, email FROM contact ORDER BY id")}
    at: dict[int, list[int]] = defaultdict(list)
    for contact, customer in file.ask('SELECT contact, customer FROM position ORDER BY "left", "primary" DESC, id'):
        at[contact].append(customer)
    if progress:
        progress(1, 2, _("Comparing phones and names"))
    away, edges = different.pairs(), defaultdict[Pair, list[Reason]](list)
    for pair, reason in _shared(rows, at):
        if pair not in away and reason not in edges[pair]:
            edges[pair].append(reason)
    found = {pair: reasons for pair, reasons in edges.items() if reasons}
    groups = [_group(rows, at, ids, found) for ids in together(found)]
    return sorted(groups, key=lambda group: (-group.score, group.members[0].id))


def _key(name: str) -> str:
    return simplified(values.name_key(name))


def _shared(rows: dict[int, _Known], at: dict[int, list[int]]) -> Iterator[tuple[Pair, Reason]]:
    """Pairs of persons with what they share."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows.values():
        for key in _ways(row):
            places[key].append(row.id)
    for (kind, detail), ids in places.items():
        if 1 < len(ids) <= _COMMON:
            for pair in combinations(ids, 2):
                yield pair, Reason(kind, detail)
    here: dict[tuple[int, str], set[int]] = defaultdict(set)
    for row in rows.values():
        for customer in at.get(row.id, ()):
            here[customer, _key(row.name)].add(row.id)
    for (customer, name), same in here.items():
        if len(same) > 1 and name:
            called = str(file.one("SELECT name FROM customer WHERE id = ?", (customer,)) or "")
            for a, b in combinations(sorted(same), 2):
                yield (a, b), Reason(HERE, called)


def _ways(row: _Known) -> Iterator[tuple[str, str]]:
    for digits in {values.phone_digits(each.get("number", "")) for each in json.loads(row.phones or "[]")}:
        if _MOBILE.fullmatch(digits):
            yield PHONE, digits
    if len(row.wechat) > 3 and " " not in row.wechat:
        yield WECHAT, row.wechat.casefold()
    if row.email:
        yield EMAIL, row.email.casefold()


def _group(
    rows: dict[int, _Known], at: dict[int, list[int]], ids: Sequence[int], edges: dict[Pair, list[Reason]]
) -> Group:
    """A group, the person of whom most is known first: the one to keep."""
    chosen = sorted((rows[i] for i in ids), key=lambda row: (-len("".join(row[2:])), row.id))
    found = {reason for pair in combinations(sorted(ids), 2) for reason in edges.get(pair, ())}
    same_name = len({_key(row.name) for row in chosen}) == 1
    if same_name and not any(reason.kind == HERE for reason in found):
        found.add(Reason(NAME, chosen[0].name))
    reasons = sorted(found, key=lambda reason: (-_WEIGHT[reason.kind], reason.detail))
    customers = dict(_customers([c for i in ids for c in at.get(i, ())[:1]]))
    members = [Member(row.id, customers.get(next(iter(at.get(row.id, ())), 0), ""), row.name, "") for row in chosen]
    score = _WEIGHT[reasons[0].kind] + _SAME_NAME * same_name + 2 * (len(reasons) - 1)
    return Group(members, reasons, min(100, score))


def _customers(ids: Sequence[int]) -> Iterator[tuple[int, str]]:
    for i, row in file.rows("customer", list(dict.fromkeys(ids)), ["name"]).items():
        yield i, str(row["name"])
