"""Customers that may be one and the same, over the whole file: what they share, or how alike their names are (F11)."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any, Final, NamedTuple

from crm_desktop import different, values
from crm_desktop.different import Pair
from crm_desktop.i18n import N_, _
from crm_desktop.models import people
from crm_desktop.store import file, pinyin
from crm_desktop.store.deriving import Progress
from crm_desktop.values.traditional import simplified

CODE, PHONE, WECHAT, NAME, CORE, SOUND, ALIKE = "credit code", "phone", "wechat", "name", "core", "sound", "alike"
_WORDS: Final = {
    CODE: N_("same credit code {detail}"),
    PHONE: N_("same phone {detail}"),
    WECHAT: N_("same WeChat {detail}"),
    NAME: N_("same name {detail}"),
    CORE: N_("same core of the name {detail}"),
    SOUND: N_("names that sound the same"),
    ALIKE: N_("names alike {detail} %"),
    # of contact persons
    "email": N_("same e-mail {detail}"),
    "here": N_("same name at {detail}"),
}
_WEIGHT: Final = {CODE: 100, NAME: 95, WECHAT: 85, PHONE: 80, CORE: 70, SOUND: 65}
"""How sure each reason is, of 100; names that are alike weigh less than any of them."""
_ELSEWHERE: Final = 15
"""So much less sure is a name alone, if the regions differ: 南京天诚科技, 宁波天诚科技."""
LEAST_ALIKE: Final = 80
"""Names less alike (per cent) are not told."""
_COMMON: Final = 20
"""What more customers share tells none of them: a dispatcher's phone, a name such as 便利店."""
_RARE: Final = 30
"""Names are compared if they share two neighbouring characters that no more than so many have."""
_LEAST_ALIKE_BRANDS: Final = 75
"""With what is left of two names without their trades, they are less alike: 兴润机电设备, 兴宇机电设备."""
_TRADES: Final = re.compile(
    "(?:科技|技术|电子|信息|网络|软件|机电|机械|设备|精密|五金|金属|制品|材料|新材料|建材|建筑|装饰|工程|贸易|商贸|国际|进出口|实业|工贸|工业|物流|供应链"
    "|管理|运输|食品|餐饮|服装|服饰|纺织|化工|塑料|橡塑|包装|印刷|医疗|器械|医药|生物|环保|能源|新能源|汽车|配件|零部件|家具|家居|日用品|用品|文化|创意"
    "|传媒|传播|广告|咨询|服务|教育|培训|检测|认证|仪器|仪表|自动化|智能|电气|电器|电力|光电|照明|农业|农产品|投资|发展|控股|产业|酒店|旅游|房地产|置业"
    "|物业|百货|超市|商务)+$"
)
_NO_SOUND: Final = re.compile(r"[^\x00-\x7f]+")
_PLACE: Final = re.compile(r"[(（]([^()（）分]{2,4})[)）]")
"""A place in brackets, but no branch: 海康机械(南京)有限公司."""
_DIGITS: Final = 7
"""A shorter number says nothing."""


class Member(NamedTuple):
    """One customer (or contact person) of a group."""

    id: int
    code: str
    """Its number; of a contact person the customer."""
    name: str
    owner: str
    """Who looks after it; empty when nobody does."""


class Reason(NamedTuple):
    """Why two customers may be the same."""

    kind: str
    detail: str

    def in_words(self) -> str:
        """The reason as people read it: same phone 138 0000 1234."""
        detail = values.show_phone(self.detail) if self.kind == PHONE else self.detail
        return _(_WORDS[self.kind]).format(detail=detail)


class Group(NamedTuple):
    """Customers that may be one, the fullest file first: the one to keep."""

    members: list[Member]
    reasons: list[Reason]
    """The surest first."""
    score: int
    """How sure it is, of 100."""


def find(progress: Progress | None = None) -> list[Group]:
    """All groups that nobody has dismissed, the surest first; `progress` may raise to stop.

    20,000 customers take a second or two; nothing is written.
    """
    steps = [_("Reading the customers"), _("Comparing phones and codes"), _("Comparing the names")]

    def tick(step: int) -> None:
        if progress:
            progress(step, len(steps), steps[step])

    tick(0)
    rows = {row[0]: _Known(*row) for row in file.ask(_CUSTOMERS)}
    away = different.pairs()
    tick(1)
    edges: dict[Pair, list[Reason]] = defaultdict(list)
    for pair, reason in _shared(rows):
        if pair not in away and reason not in edges[pair]:
            edges[pair].append(reason)
    tick(2)
    strong = {pair: reasons for pair, reasons in edges.items() if reasons}
    groups = [_group(rows, ids, strong) for ids in together(strong)]
    near = {pair: [reason] for pair, reason in _alike(rows) if pair not in away and pair not in strong}
    groups += [_group(rows, pair, near) for pair in near]
    return sorted(groups, key=lambda group: (-group.score, group.members[0].id))


class _Known(NamedTuple):
    """What is compared of a customer."""

    id: int
    code: str
    name: str
    short_name: str
    aliases: str
    kind: str
    credit_code: str
    wechat: str
    phones: str
    core: str
    region: str
    completeness: int
    owner: int | None


_CUSTOMERS: Final = "SELECT " + ", ".join(_Known._fields) + " FROM customer ORDER BY id"
_PERSONS: Final = (
    "SELECT p.customer, k.id, k.phones, k.wechat FROM position p JOIN contact k ON k.id = p.contact"
    " WHERE k.phones <> '[]' OR k.wechat <> ''"
)


def _shared(rows: dict[int, _Known]) -> Iterator[tuple[Pair, Reason]]:
    """Pairs of customers with what they share."""
    places: dict[tuple[str, str], dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for row in rows.values():
        if row.credit_code:
            places[CODE, row.credit_code.upper()][row.id].add(0)
        for key in _ways(row.phones, row.wechat):
            places[key][row.id].add(row.id)
        for key in _names(row):
            places[key][row.id].add(row.id)
    for customer, person, phones, wechat in file.ask(_PERSONS):
        for key in _ways(phones, wechat):
            places[key][customer].add(person)
    for (kind, detail), found in places.items():
        if 1 < len(found) <= _COMMON:
            for a, b in combinations(sorted(found), 2):
                # one person who serves both is no reason
                one_person = kind in (PHONE, WECHAT) and len(found[a] | found[b]) == 1
                if not one_person and not (kind in (NAME, CORE) and _different(rows[a], rows[b])):
                    yield (a, b), Reason(kind, detail)


def _ways(phones: str, wechat: str) -> Iterator[tuple[str, str]]:
    for row in json.loads(phones) if phones != "[]" else ():
        digits = values.phone_digits(row.get("number", ""))
        if len(digits) >= _DIGITS:
            yield PHONE, digits
    if len(wechat) > 3 and " " not in wechat:
        yield WECHAT, wechat.casefold()


def _names(row: _Known) -> Iterator[tuple[str, str]]:
    """The whole name, and the cores of all names of a company; people's names are told apart by their phones."""
    yield NAME, simplified(values.name_key(row.name))
    if row.kind != "person":
        others = [row.short_name, *(json.loads(row.aliases) if row.aliases != "[]" else ())]
        for core in {_core(row), *(values.name_core(name) for name in others if name)}:
            if len(core) > 1 and not core.isascii():
                yield CORE, simplified(core)


def _core(row: _Known) -> str:
    """The core of a customer's name, without a place in brackets."""
    bare = _PLACE.sub("", row.name)
    return row.core if bare == row.name else values.name_core(bare)


def _different(a: _Known, b: _Known) -> bool:
    """Two credit codes are two companies, whatever they are called."""
    return bool(a.credit_code and b.credit_code and a.credit_code.upper() != b.credit_code.upper())


def together(pairs: Iterable[Pair]) -> Iterator[list[int]]:
    """Who hangs together with whom, by these pairs."""
    neighbours: dict[int, set[int]] = defaultdict(set)
    for a, b in pairs:
        neighbours[a].add(b)
        neighbours[b].add(a)
    seen: set[int] = set()
    for start in neighbours:
        if start in seen:
            continue
        group, waiting = {start}, [start]
        while waiting:
            fresh = neighbours[waiting.pop()] - group
            group |= fresh
            waiting += fresh
        seen |= group
        yield sorted(group)


def _alike(rows: dict[int, _Known]) -> Iterator[tuple[Pair, Reason]]:
    """Pairs of companies whose names' cores are nearly the same: by their characters, or typed by ear."""
    from rapidfuzz import fuzz  # lazily: only who looks for duplicates waits for it

    named = {i: simplified(_core(row)) for i, row in rows.items() if row.kind != "person"}
    cores = {i: core for i, core in named.items() if len(core) > 2}
    brands = {i: core[:2] + _TRADES.sub("", core[2:]) for i, core in cores.items()}
    sounds = {i: _NO_SOUND.sub("", pinyin.sort_key(core)) for i, core in cores.items()}
    for a, b in _neighbours(rows, cores, sounds):
        if sounds[a] == sounds[b]:
            yield (a, b), Reason(SOUND, "")
        elif (alike := fuzz.ratio(cores[a], cores[b], score_cutoff=LEAST_ALIKE)) and (
            fuzz.ratio(brands[a], brands[b]) >= _LEAST_ALIKE_BRANDS
        ):
            yield (a, b), Reason(ALIKE, str(round(alike)))


def _neighbours(rows: dict[int, _Known], cores: dict[int, str], sounds: dict[int, str]) -> Iterator[Pair]:
    """Pairs of different names worth a comparison, each once: who shares two characters that few have, or the sound."""
    sharing: dict[str, list[int]] = defaultdict(list)
    for i, core in cores.items():
        for piece in {sounds[i], *(core[at : at + 2] for at in range(len(core) - 1))}:
            sharing[piece].append(i)
    seen: set[Pair] = set()
    for ids in sharing.values():
        if len(ids) <= _RARE:
            for a, b in combinations(ids, 2):
                if (a, b) not in seen and cores[a] != cores[b] and not _different(rows[a], rows[b]):
                    seen.add((a, b))
                    yield a, b


def _group(rows: dict[int, _Known], ids: Iterable[int], edges: dict[Pair, list[Reason]]) -> Group:
    chosen = sorted((rows[i] for i in ids), key=lambda row: (-row.completeness, row.id))
    found = {reason for pair in combinations(sorted(row.id for row in chosen), 2) for reason in edges.get(pair, ())}
    names = {reason.detail for reason in found if reason.kind == NAME}
    reasons = [r for r in sorted(found, key=_sure) if r.kind != CORE or not names]  # the same name has the same core
    members = [Member(row.id, row.code, row.name, people.name(row.owner)) for row in chosen]
    score = -_sure(reasons[0])[0] + 2 * (len(reasons) - 1)
    by_name = reasons[0].kind in (CORE, SOUND, ALIKE)
    elsewhere = by_name and len({row.region for row in chosen if row.region}) > 1
    return Group(members, reasons, min(100, score) - _ELSEWHERE * elsewhere)


def _sure(reason: Reason) -> Any:
    """The order of reasons: the surest first; names alike 80 to 100 % weigh 40 to 60."""
    weight = int(reason.detail) - 40 if reason.kind == ALIKE else _WEIGHT[reason.kind]
    return -weight, reason.detail
